"""Commands in texts are written so that they can be pasted as they stand, by whoever reads them.

Who reads isn't always who ran: a user that only services have can't be logged in to, so a person
always comes by ``sudo``.
"""

import os
import pwd
import re
import shlex
import sys
from pathlib import Path

import click

from dinero_sync.cli.context import Common

CALLED_AS = "DINERO_SYNC_COMMAND"
"""The environment variable by which a wrapper says how a person calls it: ``sudo dinero-sync``."""
CONFIG_NAMED = "DINERO_SYNC_CONFIG"
WITHOUT_LOGIN = frozenset({"nologin", "false"})
"""The shells of users that nobody logs in as."""


def to_paste(text: str) -> str:
    """Have the commands in a text call the program as the reader of the text has to.

    They name the configuration file that was named this time. What comes without ``-c`` finds the
    file by itself, and stays as it is.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return text
    root = context.find_root()
    assert isinstance(root.command, click.Group)  # noqa: S101 - the command is a group of commands
    common = context.find_object(Common)
    called = _called(common.config_path if common else None)
    return _with_call(text, called, root.command.list_commands(root))


def _called(config: Path | None) -> str:
    """Return how the reader calls the program."""
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


def _with_call(text: str, called: str, commands: list[str]) -> str:
    command = re.compile(rf"\bdinero-sync (?=(?:{'|'.join(commands)})\b)")
    return command.sub(lambda _: f"{called} ", text)
