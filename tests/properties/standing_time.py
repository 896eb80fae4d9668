"""Time that stands still, and runs that something happens to at one of their looks at it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeAlias
from zoneinfo import ZoneInfo

from dinero_sync.clock import SystemClock

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=COPENHAGEN)
DEADLINE_SECONDS = 1800.0
"""When a run ends whatever it waits for, as with the default of ``sync.deadline_minutes``."""


class Killed(BaseException):
    """The process ended between two of its steps, as by a power cut."""


class StandingTime:
    """The time of the shop, of Dinero and of every run; moves only when it is told to."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.moment = NOON

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.moment.astimezone(UTC)

    def move(self, duration: timedelta) -> None:
        """Let time pass."""
        self.moment = (self() + duration).astimezone(COPENHAGEN)

    def shop_text(self) -> str:
        """Write the present moment as the shop does."""
        return f"{self.moment:%Y-%m-%d %H:%M:%S}"


class RunClock(SystemClock):
    """A run's clock: a pause moves the time on, and at one look at it something may happen."""

    def __init__(self, time: StandingTime, at_look: int, happen: "Happening") -> None:
        """Let ``happen`` be called at look number ``at_look``, counted from 1; never with 0."""
        self._time = time
        self._begun = time()
        self._looks_left = at_look
        self._happen = happen
        super().__init__(DEADLINE_SECONDS)

    def now(self) -> datetime:
        """Return the time."""
        self._look()
        return self._time()

    def check(self) -> None:
        """Raise StoppedError once the run was stopped."""
        self._look()
        super().check()

    def pause(self, seconds: float) -> None:
        """Let the time pass without waiting."""
        self.check()
        self._time.move(timedelta(seconds=seconds))

    def seconds(self) -> float:
        """Return how long the run has lasted."""
        return (self._time() - self._begun).total_seconds()

    def _look(self) -> None:
        self._looks_left -= 1
        if self._looks_left == 0:
            self._happen(self)


def nothing(_: RunClock) -> None:
    """Let the run be."""


def kill(_: RunClock) -> NoReturn:
    """End the run's process."""
    raise Killed


Happening: TypeAlias = Callable[[RunClock], object]
"""What happens to a run."""
