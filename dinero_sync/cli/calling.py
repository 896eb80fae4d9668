"""How a person calls the program, which isn't always how it was called.

Who reads isn't always who ran: a user that only services have can't be logged in to, so a person
always comes by ``sudo``. Commands in texts are written so that they can be pasted as they stand, by
whoever reads them.
"""

import os
import pwd
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.core import ParameterSource

from dinero_sync.cli.context import Common
from dinero_sync.errors import THIS_COMMAND

CALLED_AS = "DINERO_SYNC_COMMAND"
"""The environment variable by which a wrapper says how a person calls it: ``sudo dinero-sync``."""
CONFIG_NAMED = "DINERO_SYNC_CONFIG"
WITHOUT_LOGIN = frozenset({"nologin", "false"})
"""The shells of users that nobody logs in as."""
GIVEN = f"{__name__}.given"
"""Under this name click's contexts keep the command that was given, like ``dinero-sync run``."""
FREE_TEXT = frozenset({"reason", "note", "accept"})
"""Options in which a person may write anything, a name as well: never told in a log."""


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


def command_line(common: Common, command: str, file: Path) -> str:
    """Write a command on a file to paste, for the configuration that was named this time."""
    return f"{called(common.config_path)} {shlex.join([command, str(file)])}"


def to_paste(text: str) -> str:
    """Have the commands in a text call the program as the reader of the text has to.

    They name the configuration file that was named this time. What comes without ``-c`` finds the
    file by itself, and stays as it is; ``init`` begins one, and names none. Where a text names the
    command that was given, it is put in. What was put in before stays as it is.
    """
    context = click.get_current_context(silent=True)
    if context is None or "dinero-sync " not in text:
        return text
    root = context.find_root()
    assert isinstance(root.command, click.Group)  # noqa: S101 - the command is a group of commands
    common = context.find_object(Common)
    way = called(common.config_path if common else None)
    commands = "|".join(root.command.list_commands(root))
    for ours, which in ((called(None), r"init\b"), (way, rf"(?!init\b)(?:{commands})\b")):
        found = rf"(?:{re.escape(ours)}|(?<!/)\bdinero-sync) (?={which})"
        text = re.sub(found, f"{ours} ".replace("\\", r"\\"), text)
    return text.replace(THIS_COMMAND, context.meta.get(GIVEN, THIS_COMMAND))


def remember_command() -> None:
    """Remember the command that was given, for errors that say how to give it otherwise."""
    context = click.get_current_context()
    context.meta[GIVEN] = _given(context)


def given_with(config: Path) -> str:
    """Write the command that was given as it is given for a configuration."""
    context = click.get_current_context()
    _, *words = _words_given(context)
    return " ".join([called(config), *words])


def _given(context: click.Context) -> str:
    """Write the command that was given, to be given again; what a person wrote is left out."""
    program, *words = _words_given(context)
    common = context.find_object(Common) or Common()
    named = [] if common.config_path is None else ["-c", shlex.quote(str(common.config_path))]
    return " ".join([program, *named, *words])


def _words_given(context: click.Context) -> list[str]:
    """Return the program, the command and its own options."""
    told = [
        parameter
        for parameter in context.command.params
        if parameter.name in context.params
        and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
    ]
    words = (word for each in told for word in _words(each, context.params[each.name or ""]))
    return [*context.command_path.split(), *words]


def _words(parameter: click.Parameter, value: object) -> Iterator[str]:
    values = value if isinstance(value, tuple) else (value,)
    for each in values:
        if isinstance(parameter, click.Option):
            yield max(parameter.opts, key=len)
        if not (isinstance(parameter, click.Option) and parameter.is_flag):
            yield "TEXT" if parameter.name in FREE_TEXT else shlex.quote(str(each))
