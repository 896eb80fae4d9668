"""One run at a time in a state folder."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from dinero_sync.errors import DineroSyncError, ExitCode
from dinero_sync.journal.files import FILE_MODE
from dinero_sync.journal.trouble import file_trouble

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
        raise lock_trouble(error, folder / LOCK_NAME) from error
    try:
        yield
    finally:
        lock.release()


def lock_trouble(error: OSError | NotImplementedError, path: Path) -> DineroSyncError:
    """Build the error for a lock that can't be had at all."""
    told = error if isinstance(error, OSError) else OSError(errno.ENOLCK, "no locks here")
    return file_trouble(told, f"{path} can't be locked", path)
