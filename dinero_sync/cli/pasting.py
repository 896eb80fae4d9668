"""Commands in texts are written so that they can be pasted as they stand, by whoever reads them."""

import re

import click

from dinero_sync.cli.calling import called
from dinero_sync.cli.context import GIVEN, Common
from dinero_sync.errors import THIS_COMMAND


def to_paste(text: str) -> str:
    """Have the commands in a text call the program as the reader of the text has to.

    They name the configuration file that was named this time. What comes without ``-c`` finds the
    file by itself, and stays as it is. Where a text names the command that was given, it is put in.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return text
    root = context.find_root()
    assert isinstance(root.command, click.Group)  # noqa: S101 - the command is a group of commands
    common = context.find_object(Common)
    way = called(common.config_path if common else None)
    text = _with_call(text, way, root.command.list_commands(root))
    return text.replace(THIS_COMMAND, context.meta.get(GIVEN, THIS_COMMAND))


def _with_call(text: str, way: str, commands: list[str]) -> str:
    command = re.compile(rf"\bdinero-sync (?=(?:{'|'.join(commands)})\b)")
    return command.sub(lambda _: f"{way} ", text)
