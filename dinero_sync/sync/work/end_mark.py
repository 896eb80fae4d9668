"""A configuration that was cut short: told from a whole one by the mark at its end.

What is left of a file after a full disk, or a copy that broke off, may well be a configuration,
with other rules. A file that once ended with ``...`` and no longer does isn't whole.
"""

import sqlite3

from dinero_sync.config.model import Config
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal.database import meta, set_meta

HAS_END_MARK = "config_has_end_mark"
"""Stands in the journal, and so for a state folder, once it worked by a file with the mark."""


def refuse_cut_short(config: Config, config_file: str, db: sqlite3.Connection) -> None:
    """Remember in the journal that the configuration ends with its mark.

    Raises ConfigError where it doesn't, and one that this journal worked by did.
    """
    kept = meta(db, HAS_END_MARK)
    refuse_unlike(config, config_file, kept)
    if config.has_end_mark and kept is None:
        set_meta(db, HAS_END_MARK, "true")


def refuse_unlike(config: Config, config_file: str, kept: str | None) -> None:
    """Raise ConfigError for a configuration that lacks the mark which a journal kept."""
    if kept is not None and not config.has_end_mark:
        raise ConfigError([Problem(file=config_file, message=LACKS_ITS_END)])


LACKS_ITS_END = (
    "the file lacks the line ... at its end, which the configuration of this state folder had. It "
    "may have been cut short by a full disk, or by a copy that broke off, and say something else "
    "now. Nothing was booked. Put the whole file back; or, where nothing is missing, add ... as "
    "its last line"
)
