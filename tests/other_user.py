"""Acting as another user, which only root may do: the state folder is one user's alone."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

UID = 12345
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
        os.close(reading)
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
        try:
            outcome: tuple[bool, object] = (True, act())
        except Exception as error:  # noqa: BLE001 - it is raised in the test
            outcome = (False, error)
        with os.fdopen(writing, "wb") as told:
            pickle.dump(outcome, told)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        done, value = pickle.load(told)  # noqa: S301 - our own child wrote it
    os.waitpid(child, 0)
    if not done:
        raise value
    return value  # type: ignore[no-any-return]


def give(path: Path, uid: int = UID, gid: int = UID) -> None:
    """Give a file, or a folder with all in it, to another user."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        os.chown(each, uid, gid)


def let_through(path: Path) -> None:
    """Let every user pass through the folders that pytest keeps for its own user alone."""
    for each in path.parents:
        if each.owner() == "root" and each.name.startswith(("pytest-", "tmp")):
            each.chmod(each.stat().st_mode | 0o011)
    path.chmod(path.stat().st_mode | 0o011)
