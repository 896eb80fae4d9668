"""The state folder of a configuration, and what has to agree with it before it is used.

It belongs to one user and to one company, and to a configuration that ends as it once did. What is
left of a file after a full disk, or a copy that broke off, may well be a configuration, with other
rules: one that once ended with ``...`` and no longer does isn't whole.
"""

import sqlite3
from pathlib import Path

from dinero_sync.config.model import Config
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal.database import meta, reading, set_meta
from dinero_sync.journal.folder.files import open_state_folder
from dinero_sync.journal.folder.owners import is_shared
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.logs import get_logger
from dinero_sync.sync.work.settings import state_folder

log = get_logger()
ORGANIZATION = "organization"
"""Under which the journal keeps the company that the state folder belongs to."""
HAS_END_MARK = "config_has_end_mark"
"""Stands in the journal, and so for a state folder, once it worked by a file with the mark."""


def own_state_folder(config: Config) -> Path:
    """Return the state folder, made if need be, and warn where its group can look into it.

    Raises StateError where it, or files in it, belong to another user.
    """
    folder = open_state_folder(state_folder(config))
    if is_shared(folder):
        log.warning(
            "state.shared_folder",
            message=f"The state folder {folder} is root's and was given to a group, as Kubernetes "
            "does with fsGroup. Its permissions stay as they are: whoever is in that group may "
            "look into it. A folder inside it would be for this user alone: sync.state_dir.",
        )
    return folder


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


LACKS_ITS_END = spoken(
    "the file lacks the line ... at its end, which the configuration of this "
    "state folder had. It may have been cut short by a full disk, or by a copy "
    "that broke off, and say something else now. Nothing was booked. Put the "
    "whole file back; or, where nothing is missing, add ... as its last line"
)


def bound_organization(folder: Path) -> int | None:
    """Return the organisation that a state folder belongs to; None for a new one."""
    with reading(folder) as db:
        bound = meta(db, ORGANIZATION)
    return None if bound is None else int(bound)


def organization_of(
    config: Config, config_file: str, tokens: TokenFile, db: sqlite3.Connection
) -> int:
    """Return the organisation to write to: the configured or chosen one, else the folder's own.

    Raises NotConnectedError when none is chosen, ConfigError when the folder belongs to another.
    """
    kept = tokens.read()
    pinned = kept.organization_id if kept else None
    bound = meta(db, ORGANIZATION)
    chosen = config.dinero.organization_id or pinned or (bound and int(bound))
    if not chosen:
        raise NotConnectedError(
            spoken(
                "No company in Dinero is chosen yet. Nothing was booked. Connect and choose "
                "one: dinero-sync connect"
            )
        )
    if bound is not None and int(bound) != chosen:
        raise ConfigError(
            [
                Problem(
                    file=config_file,
                    key="dinero.organization_id",
                    message=spoken(
                        "the state folder belongs to company {bound}, not to {chosen}. Nothing was "
                        "written. Put the number back, or name a folder of its own for the other "
                        "company as sync.state_dir.",
                        bound=bound,
                        chosen=chosen,
                    ),
                )
            ]
        )
    return chosen
