"""What an error of SQLite's or of the disk's means, and what to do about it: said here alone.

Only content that isn't what was written leads to a backup or a journal made anew. A file that
somebody holds, or that belongs to somebody else, a full disk and a broken one are other matters.
SQLite's codes: https://www.sqlite.org/rescode.html
"""

import errno
import os
import shlex
import sqlite3
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError, DineroSyncError, StateError, TemporaryError
from dinero_sync.journal.folder.owners import NOTHING_BOOKED, refuse_strange_files, user_name

PRIMARY_CODE = 0xFF
"""The part of SQLite's error codes that tells the kind; the rest tells it more exactly."""
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
NO_ACCESS = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
CHANGED = {
    sqlite3.SQLITE_READONLY_ROLLBACK: spoken("a run was killed in the middle of a change"),
    sqlite3.SQLITE_READONLY_DBMOVED: spoken("somebody moved it, or put another in its place"),
}
"""What passes for a lack of access, and isn't one."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP})
REFUSED = frozenset({errno.EACCES, errno.EPERM})
LOCKS = Path("/proc/locks")

UNDER_WAY = spoken("What was begun is known and is never done twice.")
BACK = spoken(
    "Put the folder's last backup back; or let it be made anew from what Dinero "
    "holds: dinero-sync doctor --rebuild"
)
BROKEN = spoken(
    "Look at the machine's log and at the disk, then run again. If the disk is lost, put the "
    "folder's last backup on another."
)
ON_A_LOCAL_DISK = spoken("A state folder must be on a local disk: see sync.state_dir.")
ANY_OTHER = spoken(
    "A state folder must be a folder on a local disk, of the user that runs dinero-sync. "
    "Another one is named as sync.state_dir."
)
ROOM = spoken(
    "Make room there, or raise the quota or the limit on file sizes (ulimit -f), then run again."
)


def lacks_room(error: sqlite3.Error | OSError) -> bool:
    """Tell whether nothing more can be written where an error comes from."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    is_refused = error_code(error) == sqlite3.SQLITE_IOERR_WRITE
    return is_refused or primary_code(error) == sqlite3.SQLITE_FULL


def primary_code(error: BaseException | None) -> int | None:
    """Return the kind of an error of SQLite's; None for one of the module's own, or another's."""
    code = error_code(error)
    return None if code is None else code & PRIMARY_CODE


def error_code(error: BaseException | None) -> int | None:
    """Return an error's exact code; None for one that isn't SQLite's own."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code


def journal_trouble(error: sqlite3.Error, path: Path, books: str = UNDER_WAY) -> DineroSyncError:
    """Build the error for what SQLite says of the journal at ``path``.

    ``books`` says what the trouble means for the books.
    """
    code = primary_code(error)
    if code in DAMAGED:
        return damaged_journal(path, str(error), books)
    if code in HELD:
        return TemporaryError(
            spoken(
                "Another program has the journal {path} open{holders}: {error}. It may be a "
                "backup, or a tool that shows databases. {books} Close it there; the next "
                "run goes on by itself.",
                path=path,
                holders=_holders(path),
                error=error,
                books=books,
            )
        )
    change = CHANGED.get(error_code(error) or 0)
    if change is not None:
        return TemporaryError(
            spoken(
                "The journal {path} changed while it was used: {change}. {books} Give the "
                "command again.",
                path=path,
                change=change,
                books=books,
            )
        )
    return _refused(error, path, books)


def _refused(error: sqlite3.Error, path: Path, books: str) -> DineroSyncError:
    """Build the error for what neither a backup nor time mends."""
    code = primary_code(error)
    if code in NO_ACCESS:
        return _told(
            spoken("The journal {path} can't be opened ({error})", path=path, error=error),
            books,
            _access(path, books),
        )
    if code == sqlite3.SQLITE_FULL:
        return _told(
            spoken("The journal {path} has no room to grow ({error})", path=path, error=error),
            books,
            ROOM,
        )
    if code == sqlite3.SQLITE_IOERR:
        return _told(
            spoken(
                "The disk with the journal {path} failed ({error}, {sqlite_errorname})",
                path=path,
                error=error,
                sqlite_errorname=error.sqlite_errorname,
            ),
            books,
            _disk(error),
        )
    return _told(
        spoken("The journal {path} can't be used ({error})", path=path, error=error),
        books,
        spoken(
            "That is no damage of the file as far as anybody can tell. Please report "
            "this line to the maintainers."
        ),
    )


def damaged_journal(path: Path, why: str, books: str = NOTHING_BOOKED) -> DamagedStateError:
    """Build the error for a journal whose content isn't what was written."""
    return DamagedStateError(
        spoken(
            "The journal {path} is damaged and can't be read ({why}). {books} It was "
            "left as it is. {back}",
            path=path,
            why=why,
            books=books,
            back=BACK,
        )
    )


def file_trouble(
    error: OSError, what: str, path: Path, books: str = NOTHING_BOOKED
) -> DineroSyncError:
    """Build the error for a file or folder that the disk doesn't give us.

    ``what`` names it and what was tried: ``/var/lib/x can't be written``.
    """
    reason = error.strerror or str(error)
    told = spoken("{what} ({reason})", what=what, reason=reason)
    return _told(told, books, _cure(error.errno, path, books))


def lock_trouble(error: OSError | NotImplementedError, path: Path) -> DineroSyncError:
    """Build the error for a lock that can't be had at all."""
    told = error if isinstance(error, OSError) else OSError(errno.ENOLCK, "no locks here")
    return file_trouble(told, spoken("{path} can't be locked", path=path), path)


def _told(what: str, books: str, cure: DineroSyncError | str) -> DineroSyncError:
    return (
        cure
        if isinstance(cure, DineroSyncError)
        else StateError(spoken("{what}. {books} {cure}", what=what, books=books, cure=cure))
    )


def _cure(number: int | None, path: Path, books: str) -> DineroSyncError | str:
    if number in REFUSED:
        return _access(path, books)
    name = shlex.quote(str(path))
    cures = {
        **dict.fromkeys(NO_ROOM, ROOM),
        **dict.fromkeys(NO_LOCKS, ON_A_LOCAL_DISK),
        errno.EROFS: _read_only(path),
        errno.EIO: BROKEN,
        errno.EISDIR: spoken(
            "A folder is in its place. Move it away, then run again:\n  mv {name} {name}.folder",
            name=name,
        ),
    }
    return cures.get(number or 0, ANY_OTHER)


def _access(path: Path, books: str) -> DineroSyncError | str:
    """Say whose a file is that can't be opened; where it belongs to others, with all of those."""
    try:
        refuse_strange_files(path.parent, books)
    except StateError as error:
        return error
    if _is_read_only(path):
        return _read_only(path)
    at = next((each for each in (path, *path.parents) if _is_there(each)), path.parent)
    try:
        kept = at.stat()
    except OSError:  # gone meanwhile
        return spoken("Run again.")
    owner, me = user_name(kept.st_uid), user_name(os.geteuid())
    if kept.st_uid != os.geteuid():
        return spoken(
            "{at} belongs to {owner}, and this command runs as {me}. Give the command as "
            "{owner}, or the folder to {me}; another folder is named as sync.state_dir.",
            at=at,
            owner=owner,
            me=me,
        )
    return spoken(
        "{at} belongs to {owner}, who runs this command, with the permissions "
        "{mode}. Mend them:\n  chmod u+rwX {folder} {at_quoted}",
        at=at,
        owner=owner,
        mode=format(kept.st_mode & 0o7777, "04o"),
        folder=shlex.quote(str(path.parent)),
        at_quoted=shlex.quote(str(at)),
    )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _read_only(path: Path) -> str:
    return spoken(
        "The disk with {parent} is read-only. Let it be mounted for writing, or name "
        "another folder as sync.state_dir.",
        parent=path.parent,
    )


def _is_read_only(path: Path) -> bool:
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _disk(error: sqlite3.Error) -> str:
    """Tell a write that was refused, which SQLite calls so too, from a disk that can't read."""
    name = error.sqlite_errorname
    if name == "SQLITE_IOERR_WRITE":
        return spoken(
            "A write was refused: a quota or a limit is reached, or the disk is failing. {room}",
            room=ROOM,
        )
    if name.endswith("LOCK"):
        return spoken(
            "It can't lock files. A state folder must be on a local disk: see sync.state_dir."
        )
    return BROKEN


def _holders(path: Path) -> str:
    """Name the processes that lock a file, where this machine tells them."""
    try:
        node = path.stat().st_ino
        rows = [line.split() for line in LOCKS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    found = {
        row[4]
        for row in rows
        if len(row) > 5 and row[1] == "POSIX" and row[5].rpartition(":")[2] == str(node)  # noqa: PLR2004 - proc_locks(5)
    } - {str(os.getpid())}
    named = "; ".join(f"{pid}{_program(pid)}" for pid in sorted(found) if pid.isdecimal())
    return spoken(" (process {named})", named=named) if named else ""


def _program(pid: str) -> str:
    try:
        return f", {Path('/proc', pid, 'comm').read_text(encoding='utf-8').strip()}"
    except OSError:
        return ""
