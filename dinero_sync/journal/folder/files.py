"""The state folder and its files: private, never half written, and set aside where damaged."""

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import StateError
from dinero_sync.journal.folder.owners import is_shared, refuse_another_users
from dinero_sync.journal.folder.trouble import file_trouble

FOLDER_MODE = 0o700
FILE_MODE = 0o600
DAMAGED = ".damaged-"
"""In the names of files that were set aside, followed by when."""
EARLIER = ".version-"
"""In the names of copies of journals as an earlier version wrote them, followed by its number."""
OLD_STAYS = spoken("Its old content is untouched.")
SET_ASIDE_FOR = timedelta(days=90)
"""How long both are kept at most: what is in them can't be picked by its age."""
WHEN = "%Y%m%dT%H%M%S"


def open_state_folder(folder: Path) -> Path:
    """Create ``folder`` if need be, for its owner alone, and return it.

    Permissions that let others in are tightened, but for a folder that root gave to our group.
    Raises StateError where that isn't possible, or where the folder or files in it are another
    user's.
    """
    try:
        refuse_another_users(folder)
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) != FOLDER_MODE and not is_shared(folder):
            folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise file_trouble(
            error, spoken("The state folder {folder} can't be used", folder=folder), folder
        ) from error
    return folder


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace ``path`` as a whole, durably: after a crash it holds the old content or the new.

    Raises StateError when the disk refuses.
    """
    try:
        replace_whole(path, content)
    except OSError as error:
        what = spoken("{path} can't be written", path=path)
        raise file_trouble(error, what, path, OLD_STAYS) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise StateError(
            spoken(
                "{path} was written, but the disk can't say that it will stay ({strerror}). "
                "Check the disk, then run again.",
                path=path,
                strerror=error.strerror,
            )
        ) from error


def replace_whole(path: Path, content: str | bytes) -> None:
    """Replace ``path`` by ``content`` as a whole; raises OSError when the disk refuses."""
    _write_beside(path, content)
    beside(path).replace(path)


def beside(path: Path) -> Path:
    """Return the one name under which a file is written before it takes its place.

    What a killed process left there is removed by the next.
    """
    return path.with_name(f".{path.name}.new")


def _write_beside(path: Path, content: str | bytes) -> None:
    beside(path).unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL  # never what somebody else put there, nor a link
    with os.fdopen(os.open(beside(path), flags, FILE_MODE), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in ``folder`` outlast a power cut; raises OSError where the disk can't."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path, now: datetime) -> None:
    """Give a damaged file a name under which nothing uses it, until it is removed for its age.

    Raises StateError where the folder doesn't let it be renamed.
    """
    try:
        path.rename(path.with_name(f"{path.name}{DAMAGED}{now.astimezone(UTC):{WHEN}}"))
    except OSError as error:
        raise file_trouble(error, spoken("{path} can't be set aside", path=path), path) from error


def remove_set_aside(folder: Path, before: datetime) -> None:
    """Remove the damaged files and the copies of earlier journals that are from before a time."""
    for path in folder.glob(f"*{DAMAGED}*"):
        if path.name.rpartition(DAMAGED)[2] < f"{before.astimezone(UTC):{WHEN}}":
            with suppress(OSError):  # the next run tries again
                path.unlink()
    for path in folder.glob(f"*{EARLIER}*"):
        with suppress(OSError):  # the same
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
