"""Whose the state folder is, and who may use it: its files are for one user alone.

A command that another user gives, root above all, would leave files that the folder's own user
can't open afterwards. So it is refused before it writes, and the command to give instead is said.
"""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import THIS_COMMAND, StateError

USED = (
    "journal.sqlite3",
    "journal.sqlite3-journal",
    "watermark.json",
    "tokens.json",
    "run.lock",
    "tokens.lock",
)
"""The files in a state folder that a command opens; what is written beside them is replaced."""
ROOT = 0
NOTHING_BOOKED = spoken("Nothing was booked.")
GROUP_MAY_USE = stat.S_IRGRP | stat.S_IWGRP
OTHERS_MAY_USE = stat.S_IROTH | stat.S_IWOTH


def user_name(uid: int) -> str:
    """Return a user's name; one without a name as ``#12345``, which ``sudo -u`` takes as well."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"#{uid}"


def is_shared(folder: Path) -> bool:
    """Tell whether a folder is root's and was given to our group, as Kubernetes does (fsGroup).

    Its permissions aren't ours to change; false where there is no folder.
    """
    try:
        kept = folder.stat()
    except OSError:
        return False
    return _is_given_to_a_group(kept) and kept.st_uid != os.geteuid() and _is_ours(kept.st_gid)


def is_another_users(folder: Path) -> bool:
    """Tell whether a folder belongs to somebody else; one that isn't there is nobody's."""
    try:
        return _owner(folder) not in {None, os.geteuid()}
    except OSError:
        return False


def refuse_another_users(folder: Path) -> None:
    """Refuse to write in a state folder that belongs to somebody else, or whose files do.

    Raises StateError, with the command to give instead. A folder that isn't there is nobody's.
    """
    try:
        owner = _owner(folder)
    except OSError:  # none is there, or we can't get at it: whoever opens it is told so
        return
    if owner not in {None, os.geteuid()}:
        raise _not_ours(folder, owner)
    refuse_strange_files(folder)


def refuse_strange_files(folder: Path, books: str = NOTHING_BOOKED) -> None:
    """Raise StateError where files in ``folder`` belong to others, so that we can't use them.

    ``books`` says what that means for the books.
    """
    strange = list(_strange_files(folder))
    if not strange:
        return
    me = user_name(os.geteuid())
    listed = ", ".join(f"{path.name} ({user_name(uid)})" for path, uid in strange)
    paths = shlex.join(str(path) for path, _ in strange)
    raise StateError(
        spoken(
            "Files in the state folder {folder} belong to somebody else, so that {me}, "
            "who runs this command, can't use them: {listed}. They aren't damaged: a "
            "command was given as another user. {books} Give them to {me}:\n  sudo chown "
            "{owner} {paths}",
            folder=folder,
            me=me,
            listed=listed,
            books=books,
            owner=_for_chown(),
            paths=paths,
        )
    )


def _owner(folder: Path) -> int | None:
    """Return whose a folder is; None where it was given to a group, and nobody uses it yet."""
    kept = folder.stat()
    if not _is_given_to_a_group(kept) or not (os.geteuid() == ROOT or _is_ours(kept.st_gid)):
        return kept.st_uid
    if os.geteuid() != ROOT:  # the files tell more exactly whether we can use them
        return None
    journal = folder / USED[0]
    return journal.stat().st_uid if journal.exists() else None


def _is_given_to_a_group(kept: os.stat_result) -> bool:
    return kept.st_uid == ROOT != kept.st_gid and kept.st_mode & stat.S_IRWXG == stat.S_IRWXG


def _is_ours(gid: int) -> bool:
    return gid in {os.getegid(), *os.getgroups()}


def _not_ours(folder: Path, owner: int) -> StateError:
    name, me = user_name(owner), user_name(os.geteuid())
    return StateError(
        spoken(
            "The state folder {folder} belongs to {name}, and this command runs as {me}, "
            "whose files {name} couldn't use. Nothing was booked or written. Give the "
            "command as {name}:\n  sudo -u {user} {this_command}\n"
            "Or give the folder to {me}, who then has to give every command:\n  sudo "
            "chown -R {owner} {at}",
            folder=folder,
            name=name,
            me=me,
            user=shlex.quote(name),
            this_command=THIS_COMMAND,
            owner=_for_chown(),
            at=shlex.quote(str(folder)),
        )
    )


def _for_chown() -> str:
    """Return the present user and group as chown(1) takes them, with names or without."""
    return f"{os.geteuid()}:{os.getegid()}"


def _strange_files(folder: Path) -> Iterator[tuple[Path, int]]:
    for name in USED:
        path = folder / name
        try:
            kept = path.stat()
        except OSError:  # it isn't there; or we can't look, and the folder itself is told of
            continue
        if not _may_use(kept) and not os.access(path, os.R_OK | os.W_OK):
            yield path, kept.st_uid


def _may_use(kept: os.stat_result) -> bool:
    """Tell whether a file is ours, or may be used as if it were. A disk may be read-only still."""
    if os.geteuid() in {ROOT, kept.st_uid}:
        return True
    needed = GROUP_MAY_USE if _is_ours(kept.st_gid) else OTHERS_MAY_USE
    return kept.st_mode & needed == needed
