"""The state folder of a configuration, for commands that write in it."""

from pathlib import Path

import structlog

from dinero_sync.config.model import Config
from dinero_sync.journal.files import open_state_folder
from dinero_sync.journal.owners import is_shared
from dinero_sync.sync.work.settings import state_folder

log = structlog.get_logger()


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
