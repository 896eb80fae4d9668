"""In which language people are told: the one place that decides it.

It is the one asked for by ``--language``, else the configuration's, else the locale's where that is
Danish or English, else Danish. JSON, logs and codes don't change with it.
"""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common
from dinero_sync.domain.step import Language
from dinero_sync.errors import DineroSyncError

if TYPE_CHECKING:
    from dinero_sync.config.model import Config

NAMED = re.compile(rb"(?m)^language:[ \t]*[\"']?(da|en)\b")
"""The configuration's own line, also in a file that is refused for something else."""


def language_of(common: Common, config: "Config | None" = None) -> Language:
    """Return the language to tell a person something in.

    Without a ``config``, as before it is read or where it can't be, its file is looked at for the
    line that names one.
    """
    if common.language is not None:
        return common.language
    named = _in_file(common.config_path) if config is None else config.language
    return named or _of_locale()


def language_here() -> Language:
    """Return the same for those who are given no :class:`Common`, as what reads an option."""
    context = click.get_current_context(silent=True)
    common = context.find_object(Common) if context else None
    return language_of(common or Common())


def _in_file(option: Path | None) -> Language | None:
    from dinero_sync.config.home import config_if_any  # noqa: PLC0415 - most come with a config

    try:
        path = config_if_any(option)
        found = NAMED.search(path.read_bytes()) if path else None
    except (DineroSyncError, OSError):
        return None
    return Language(found[1].decode()) if found else None


def _of_locale() -> Language:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((each for each in named if each), "")[:2]
    return Language(code) if code in set(Language) else Language.DANISH
