"""The folders of the user that this runs as: the one place that asks for a home folder.

There may be none: a user without an entry in passwd, as in many containers, and no ``$HOME``. One
that is empty or relative says nothing either (basedir-spec: relative paths are invalid).
"""

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

APPLICATION = "dinero-sync"


def user_config_folder() -> Path | None:
    """Return the user's folder for our configuration; None where no home folder can be found."""
    return _found(platformdirs.user_config_path)


def user_state_folder() -> Path | None:
    """Return the user's folder for what is remembered; None where no home folder can be found."""
    return _found(platformdirs.user_state_path)


def _found(look: Callable[[str], Path]) -> Path | None:
    try:
        folder = look(APPLICATION)
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None


def without_tilde(text: str) -> Path:
    """Return a path as it is written, its ``~`` replaced; raises RuntimeError for no home."""
    of_nobody_else = text == "~" or text.startswith("~/")
    if of_nobody_else and not Path(os.environ.get("HOME", "/")).is_absolute():
        raise RuntimeError("$HOME is no folder")
    return Path(text).expanduser()
