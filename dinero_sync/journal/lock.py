"""One run at a time in a state folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from dinero_sync.errors import DineroSyncError, ExitCode, StateError
from dinero_sync.journal.files import FILE_MODE

LOCK_NAME = "run.lock"
TOKEN_LOCK_NAME = "tokens.lock"  # noqa: S105 - the name of a file


class LockHeldError(DineroSyncError):
    """Another run works in this state folder; this one has nothing to do (exit 0)."""

    exit_code = ExitCode.OK


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the folder for one run; raises LockHeldError at once when another run has it."""
    lock = FileLock(folder / LOCK_NAME, timeout=0, mode=FILE_MODE, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockHeldError(
            "Another run of dinero-sync is at work with this state folder; "
            "it does what this one would have done."
        ) from error
    except (OSError, NotImplementedError) as error:
        raise StateError(
            f"{folder / LOCK_NAME} can't be locked ({error}). Nothing was booked. The state folder "
            "must be on a local disk and belong to the user that runs dinero-sync; another one is "
            "named as sync.state_dir."
        ) from error
    try:
        yield
    finally:
        lock.release()
