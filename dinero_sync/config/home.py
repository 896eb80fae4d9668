"""Where the configuration is, and the folders of the user: the one place that asks for a home.

There may be none: a user without an entry in passwd, as in many containers, and no ``$HOME``. One
that is empty or relative says nothing either (basedir-spec: relative paths are invalid).
"""

import os
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

APPLICATION = "dinero-sync"
ENVIRONMENT_VARIABLE = "DINERO_SYNC_CONFIG"


def config_if_any(option: Path | None) -> Path | None:
    """Return the file that ``find_config`` finds; None where none is named, and none is there."""
    if option is not None:
        return _asked_for(option, spoken("by the option -c"))
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return _asked_for(Path(named), spoken("by ${variable}", variable=ENVIRONMENT_VARIABLE))
    return next((place for place in usual_places() if _is_there(place)), None)


def usual_places() -> Iterator[Path]:
    """Yield where a configuration is looked for that nobody named, in this order."""
    yield Path("config.yaml")
    of_user = user_config_folder()
    if of_user is not None:
        yield of_user / "config.yaml"
    yield Path("/etc/dinero-sync/config.yaml")


def how_to_begin(path: Path) -> str:
    """Say how a configuration comes to be at ``path``."""
    return spoken(
        "Let the shop and Dinero be asked: `dinero-sync init -o {named}`. Or begin "
        "with `dinero-sync config example -o {named}`, fill it in, and run `dinero-sync connect`",
        named=shlex.quote(str(path)),
    )


def _asked_for(path: Path, how: str) -> Path:
    if _is_there(path):
        return path
    message = spoken(
        "this configuration file, asked for {how}, is not there. {how_to_begin}",
        how=how,
        how_to_begin=how_to_begin(path),
    )
    raise ConfigError([Problem(message=message, file=str(path))])


def _is_there(path: Path) -> bool:
    """Tell whether there is a file, or something that only its reading can tell about."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        # ValueError: a null character in the path
        return False
    return True


def user_config_folder() -> Path | None:
    """Return the user's folder for our configuration; None where no home folder can be found."""
    import platformdirs  # noqa: PLC0415 - help in a folder with a configuration needs none

    return _found(platformdirs.user_config_path)


def user_state_folder() -> Path | None:
    """Return the user's folder for what is remembered; None where no home folder can be found."""
    import platformdirs  # noqa: PLC0415 - as above

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
