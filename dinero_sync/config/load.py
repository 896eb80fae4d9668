"""Find the configuration file and read it, with every problem at once."""

import os
import shlex
import stat
import sys
from pathlib import Path

from dinero_sync.config.agreement import agreement_problems, name_problems
from dinero_sync.config.home import user_config_folder
from dinero_sync.config.inboxes.payout_agreement import source_problems
from dinero_sync.config.model import END_MARK, NAME, ONE_OF_MANY, Config
from dinero_sync.config.problems import validated
from dinero_sync.config.references import has_reference, resolve_references
from dinero_sync.config.yaml_text import KeyPath, read_yaml, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

ENVIRONMENT_VARIABLE = "DINERO_SYNC_CONFIG"
SECRET_KEYS: tuple[KeyPath, ...] = (
    ("shoporama", "api_key"),
    ("dinero", "auth", "client_secret"),
    ("dinero", "auth", "api_key"),
)
READABLE_FOR_OTHERS = stat.S_IRGRP | stat.S_IROTH


def find_config(option: Path | None) -> Path:
    """Return the configuration file to use: ``option``, or the first that is there.

    Looked for in ``$DINERO_SYNC_CONFIG``, ``./config.yaml``, the user's config folder and
    ``/etc/dinero-sync``, in this order. A file that was asked for by name is used or refused, but
    never replaced by another. Raises ConfigError when there is none.
    """
    if (found := config_if_any(option)) is not None:
        return found
    looked = ", ".join(str(place) for place in _usual_places())
    message = spoken(
        "there is no configuration: ${environment_variable} is not set, and none of "
        "these is there: {looked}. {how_to_begin}",
        environment_variable=ENVIRONMENT_VARIABLE,
        looked=looked,
        how_to_begin=_how_to_begin(Path("config.yaml")),
    )
    raise ConfigError([Problem(message=message)])


def config_if_any(option: Path | None) -> Path | None:
    """Return the file that :func:`find_config` finds; None where none is named, and none there."""
    if option is not None:
        return _asked_for(option, spoken("by the option -c"))
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        return _asked_for(Path(named), spoken("by ${variable}", variable=ENVIRONMENT_VARIABLE))
    return next((place for place in _usual_places() if _is_there(place)), None)


def load_config(path: Path) -> Config:
    """Read the configuration file at ``path``.

    Raises ConfigError with every problem in it, in the order of the file. A relative
    ``sync.state_dir`` begins at the file's folder.
    """
    document = read_yaml(path)
    resolved = resolve_references(document)
    disagreeing = (
        *name_problems(document, resolved),
        *agreement_problems(document, resolved),
        *source_problems(document, resolved),
    )
    context = {
        "folder": path.parent,
        END_MARK: document.has_end_mark,
        NAME: path.stem,
        ONE_OF_MANY: _is_one_of_many(path),
    }
    return validated(Config, document, resolved, disagreeing, context)


def _is_one_of_many(path: Path) -> bool:
    """Tell whether a file is in the folder of configurations that the environment names."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    try:
        return named is not None and path.parent.samefile(named)
    except (OSError, ValueError):
        return False


def config_warnings(path: Path) -> tuple[Problem, ...]:
    """Return what is unwise in a configuration that loads: secrets that others can read.

    A warning only, because the file works; empty when the file belongs to its owner alone.
    """
    if not path.stat().st_mode & READABLE_FOR_OTHERS:
        return ()
    document = read_yaml(path)
    message = spoken(
        "the secret stands in a file that other users of this machine can read; "
        "close it with `chmod 600 {path}`, or refer to it: ${{NAME}}, ${{file:PATH}} "
        "or ${{credential:NAME}}",
        path=path,
    )
    return tuple(
        document.problem(key, message)
        for key in SECRET_KEYS
        if (value := value_at(document.data, key)) is not None and not has_reference(value)
    )


def _asked_for(path: Path, how: str) -> Path:
    if _is_there(path):
        return path
    message = spoken(
        "this configuration file, asked for {how}, is not there. {how_to_begin}",
        how=how,
        how_to_begin=_how_to_begin(path),
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


def _usual_places() -> tuple[Path, ...]:
    of_user = user_config_folder()
    return (
        Path("config.yaml"),
        *(() if of_user is None else (of_user / "config.yaml",)),
        Path("/etc/dinero-sync/config.yaml"),
    )


def _how_to_begin(path: Path) -> str:
    named, program = shlex.quote(str(path)), shlex.quote(sys.executable)
    return spoken(
        "Let the shop and Dinero be asked: `dinero-sync init -o {named}`. Or begin "
        "with `{program} -m dinero_sync.config.example > {named}`, fill it in, and "
        "run `dinero-sync connect`",
        named=named,
        program=program,
    )
