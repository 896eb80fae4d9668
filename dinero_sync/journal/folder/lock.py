"""One run at a time in a state folder, and how long that one may last.

The lock is the kernel's: it ends with its holder, however that dies. Only a holder that lives and
doesn't go on (a hanging disk, Ctrl-Z) keeps it; so the file says who has it and until when.
"""

import fcntl
import json
import os
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from dinero_sync.clock import SystemClock
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DineroSyncError, ExitCode, TemporaryError
from dinero_sync.journal.folder.files import FILE_MODE
from dinero_sync.journal.folder.trouble import lock_trouble

LOCK_NAME = "run.lock"
GRACE = timedelta(hours=1)
"""How long after its own deadline a holder can still be at work: the longest call, and a clock that
was set meanwhile."""
PATIENCE_SECONDS = 0.3
"""A look at the lock takes it for a moment (:func:`holder`); no run is to leave because of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds the lock, as the file tells it."""

    pid: int
    host: str
    since: datetime
    until: datetime
    """Its own deadline and :data:`GRACE`."""

    def can_be_at_work(self, now: datetime) -> bool:
        """Tell whether a run that began then can still be going on.

        One that began in the future can't: the clock was set, and nothing tells when it ends.
        """
        return self.since - GRACE <= now <= self.until

    def __str__(self) -> str:
        """Say which process it is, and since when."""
        return f"process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M} UTC"


class LockHeldError(DineroSyncError):
    """Another run works in this state folder; this one has nothing to do (exit 0)."""

    exit_code = ExitCode.OK


class StuckHolderError(TemporaryError):
    """The lock is held by a process that can't be at work any more (exit 75)."""

    def __init__(self, stuck: Holder) -> None:
        """Say which process it is, since when, and how to end it."""
        super().__init__(
            spoken(
                "Another dinero-sync keeps the state folder locked: {stuck}. By its own deadline "
                "it should have ended long ago, so it hangs, or somebody stopped it (Ctrl-Z). "
                "Until it goes on or ends, no order is booked; what it began is known and is never "
                "done twice. Look at it, let it go on, or end it:\n{ways_out}",
                stuck=stuck,
                ways_out=_ways_out(stuck),
            )
        )


def _ways_out(stuck: Holder) -> str:
    pid = str(stuck.pid)
    look = shlex.join(["ps", "-o", "pid,user,stat,lstart,args", "-p", pid])
    return f"  {look}\n  sudo kill -CONT {pid}\n  sudo kill -KILL {pid}"


@contextmanager
def run_lock(folder: Path, lasts: timedelta = timedelta(0)) -> Iterator[None]:
    """Hold the folder for one run, which ends by itself within ``lasts``.

    Raises LockHeldError when another run has it, StuckHolderError when that one can't be at work.
    """
    path = folder / LOCK_NAME
    lock = FileLock(path, timeout=PATIENCE_SECONDS, mode=FILE_MODE, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise _held(path) from error
    except (OSError, NotImplementedError) as error:
        raise lock_trouble(error, path) from error
    try:
        _write(path, _told(lasts))
        yield
    finally:
        _write(path, "")
        lock.release()


def holder(folder: Path) -> Holder | None:
    """Return who holds the folder at this moment; None where nobody does, or nobody knows who.

    Changes nothing.
    """
    path = folder / LOCK_NAME
    return _read(path) if is_held(folder) else None


def is_held(folder: Path) -> bool:
    """Tell whether a run, or another command, holds the folder at this moment; changes nothing."""
    try:
        descriptor = os.open(folder / LOCK_NAME, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)  # which gives the lock back
    return False


def _held(path: Path) -> DineroSyncError:
    found = _read(path)
    if found is not None and not found.can_be_at_work(SystemClock().now()):
        return StuckHolderError(found)
    return LockHeldError(
        spoken(
            "Another run of dinero-sync is at work with this state folder; it does what "
            "this one would have done."
        )
    )


def _told(lasts: timedelta) -> str:
    now = SystemClock().now()
    told = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": now.isoformat(),
        "until": (now + lasts + GRACE).isoformat(),
    }
    return json.dumps(told) + "\n"


def _write(path: Path, text: str) -> None:
    """Say who holds the lock; on a full disk nobody is told, and the work goes on."""
    with suppress(OSError):
        path.write_text(text, encoding="utf-8")


def _read(path: Path) -> Holder | None:
    """Return what the file tells; None for one that is empty or damaged."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Holder(
            pid=int(told["pid"]),
            host=str(told["host"]),
            since=datetime.fromisoformat(told["since"]).astimezone(UTC),
            until=datetime.fromisoformat(told["until"]).astimezone(UTC),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
