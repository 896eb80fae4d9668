"""A folder of configurations: every file ``*.yaml`` in it is a shop."""

import os
from pathlib import Path
from typing import NamedTuple

from dinero_sync.cli.calling import given_with
from dinero_sync.cli.context import Common
from dinero_sync.config.home import config_if_any
from dinero_sync.config.load import find_config
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem, UsageError

ENDING = ".yaml"
LISTED = 20
"""How many files a message names."""


class Shop(NamedTuple):
    """A shop of the folder."""

    name: str
    """Its file's name without the ending: in log lines, in tables, and for its state folder."""
    file: Path


def folder_named(common: Common) -> Path | None:
    """Return the folder that ``-c`` or the environment names; None where that is no folder.

    Raises ConfigError where what is named isn't there.
    """
    path = config_if_any(common.config_path)
    return path if path is not None and os.path.isdir(path) else None  # noqa: PTH112 - never raises


def shops_in(folder: Path) -> tuple[Shop, ...]:
    """Return the shops of a folder by their names.

    Hidden files, folders and other endings are left alone. A file that can't be read is a shop all
    the same: it is told of, not passed over. Raises ConfigError where there is none.
    """
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name.endswith(ENDING) and not entry.name.startswith(".")
                if not entry.is_dir()
            )
    except OSError as error:
        message = spoken(
            "this folder of configurations can't be read ({reason}). No shop was looked at, and "
            "nothing was booked. Mend its permissions, then give the command again",
            reason=error.strerror or error,
        )
        raise ConfigError([Problem(file=str(folder), message=message)]) from error
    if not names:
        message = spoken(
            "this folder of configurations holds no file whose name ends with .yaml, so there is "
            "no shop to work for. Nothing was booked. Put a configuration for each shop into it: "
            "dinero-sync init -o {file}",
            file=folder / "my-shop.yaml",
        )
        raise ConfigError([Problem(file=str(folder), message=message)])
    return tuple(Shop(name.removesuffix(ENDING), folder / name) for name in names)


def one_config(common: Common) -> Path:
    """Return the configuration file of a command that works for one shop.

    Raises ConfigError as :func:`find_config` does, and UsageError for a folder.
    """
    path = find_config(common.config_path)
    if not os.path.isdir(path):  # noqa: PTH112 - never raises
        return path
    raise for_one_shop(path, spoken("this command is"))


def for_one_shop(folder: Path, what: str) -> UsageError:
    """Say that ``what`` is for one shop, and how that is named; raises as :func:`shops_in` does."""
    shops = shops_in(folder)
    return UsageError(
        spoken(
            "{folder} is a folder of configurations, one for each shop, and {what} for one shop. "
            "Nothing was done. Name the file of the shop that you mean; there are {count}: "
            "{files}{more}\n  {command}",
            folder=folder,
            what=what,
            count=len(shops),
            files=", ".join(shop.file.name for shop in shops[:LISTED]),
            more=" …" if len(shops) > LISTED else "",
            command=given_with(shops[0].file),
        )
    )
