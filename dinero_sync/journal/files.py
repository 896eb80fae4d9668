"""The state folder and its files: private, and never half written."""

import os
import stat
from pathlib import Path

from dinero_sync.errors import StateError

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def open_state_folder(folder: Path) -> Path:
    """Create ``folder`` if need be, for its owner alone, and return it.

    Permissions that let others in are tightened. Raises StateError where that isn't possible.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) != FOLDER_MODE:
            folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise StateError(
            f"The state folder {folder} can't be used ({error.strerror}). Nothing was booked. "
            "Give it to the user that runs dinero-sync, or name another as sync.state_dir."
        ) from error
    return folder


def write_whole(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` as a whole, durably: after a crash it holds the old or the new.

    Raises StateError when the disk refuses.
    """
    try:
        _write_beside(path, text)
        beside(path).replace(path)
    except OSError as error:
        raise StateError(
            f"{path} can't be written ({error.strerror}); its old content is untouched. "
            "Make room or mend the permissions, then run again."
        ) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise StateError(
            f"{path} was written, but the disk can't say that it will stay ({error.strerror}). "
            "Check the disk, then run again."
        ) from error


def beside(path: Path) -> Path:
    """Return the one name under which a file is written before it takes its place.

    What a killed process left there is removed by the next.
    """
    return path.with_name(f".{path.name}.new")


def _write_beside(path: Path, text: str) -> None:
    beside(path).unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL  # never what somebody else put there, nor a link
    with os.fdopen(os.open(beside(path), flags, FILE_MODE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in ``folder`` outlast a power cut; raises OSError where the disk can't."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
