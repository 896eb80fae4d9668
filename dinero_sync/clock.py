"""Time: the only place that reads a clock or waits."""

import time
from datetime import UTC, datetime
from typing import Protocol

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DeadlineError, StoppedError

SLICE_SECONDS = 0.2
"""How soon a pause notices that the run is to end. A plain flag, because locks and signal handlers
don't go together."""


class Clock(Protocol):
    """What a run needs to know about time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def pause(self, seconds: float) -> None:
        """Wait; raises DeadlineError or StoppedError when the run may not wait that long."""

    def check(self) -> None:
        """Raise DeadlineError or StoppedError when the run must end now."""


class SystemClock:
    """The machine's clock, with a deadline for the run and a way to stop it from outside."""

    def __init__(self, deadline_seconds: float | None = None) -> None:
        """Start the run's time; no deadline with None."""
        self._started = time.monotonic()
        self._deadline_seconds = deadline_seconds
        self._stopped = False

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return how long the run has lasted."""
        return time.monotonic() - self._started

    def stop(self) -> None:
        """Ask the run to end; safe to call from a signal handler."""
        self._stopped = True

    def check(self) -> None:
        """Raise StoppedError after :meth:`stop`, DeadlineError past the deadline."""
        if self._stopped:
            raise StoppedError(
                spoken(
                    "The run was asked to stop. What was begun is written down; the next run "
                    "goes on."
                )
            )
        if self._remaining() <= 0:
            raise DeadlineError(self._deadline_text())

    def pause(self, seconds: float) -> None:
        """Wait ``seconds``, or not at all when the deadline comes first."""
        self.check()
        if seconds > self._remaining():
            raise DeadlineError(self._deadline_text())
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, SLICE_SECONDS))
            self.check()

    def _remaining(self) -> float:
        if self._deadline_seconds is None:
            return float("inf")
        return self._deadline_seconds - self.seconds()

    def _deadline_text(self) -> str:
        return spoken(
            "The run reached sync.deadline_minutes before its work was done. Nothing is "
            "half done; the next run goes on where this one stopped."
        )
