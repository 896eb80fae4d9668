"""Acting as another user, which only root may do: the state folder is one user's alone."""

import os
import pickle
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar

import pytest

UID = 12345
COMMON = {Path(gettempdir()), Path("/dev/shm"), Path("/")}  # noqa: S108 - not written in here
Value = TypeVar("Value")

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as another user")


def as_user(act: Callable[[], Value], uid: int = UID, gid: int = UID) -> Value:
    """Do ``act`` as another user in a process of its own; what it raises is raised here too.

    What it returns or raises has to go through a pipe. Everything it uses is imported by then:
    Python's own folder may be closed to that user.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            with os.fdopen(writing, "wb") as told:
                pickle.dump(_outcome(act), told)
        finally:
            os._exit(0)  # whatever happened: the test goes on in one process alone
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        done, value = pickle.load(told)  # noqa: S301 - our own child wrote it
    os.waitpid(child, 0)
    if not done:
        raise value
    return value  # type: ignore[no-any-return]


def _outcome(act: Callable[[], object]) -> tuple[bool, object]:
    try:
        return True, act()
    except BaseException as error:  # noqa: BLE001 - it is raised in the test
        return False, error


def give(path: Path, uid: int = UID, gid: int = UID) -> None:
    """Give a file, or a folder with all in it, to another user."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        os.chown(each, uid, gid)


def let_through(path: Path) -> None:
    """Let every user pass through the test's own folders, which are for one user alone."""
    for each in (path, *path.parents):
        if each in COMMON:
            return
        each.chmod(each.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)
