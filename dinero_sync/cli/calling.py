"""How a person calls the program, which isn't always how it was called.

Who reads isn't always who ran: a user that only services have can't be logged in to, so a person
always comes by ``sudo``.
"""

import os
import pwd
import shlex
import sys
from pathlib import Path

CALLED_AS = "DINERO_SYNC_COMMAND"
"""The environment variable by which a wrapper says how a person calls it: ``sudo dinero-sync``."""
CONFIG_NAMED = "DINERO_SYNC_CONFIG"
WITHOUT_LOGIN = frozenset({"nologin", "false"})
"""The shells of users that nobody logs in as."""


def called(config: Path | None) -> str:
    """Return how whoever reads this calls the program, with the configuration that was named."""
    wrapper = os.environ.get(CALLED_AS)
    if wrapper:
        return wrapper if config is None else f"{wrapper} {shlex.join(['-c', str(config)])}"
    words = ["dinero-sync"]
    user = _user_without_login()
    if user is not None:
        words = ["sudo", "-u", user, str(Path(sys.argv[0]).absolute())]
        named = os.environ.get(CONFIG_NAMED)
        config = config or (Path(named) if named else None)
        config = config.absolute() if config else None
    return shlex.join([*words, *(["-c", str(config)] if config else [])])


def _user_without_login() -> str | None:
    """Return the name of the user that runs this, if nobody can log in as that user."""
    try:
        account = pwd.getpwuid(os.geteuid())
    except KeyError:
        return None
    is_for_services = Path(account.pw_shell).name in WITHOUT_LOGIN
    return account.pw_name if is_for_services else None
