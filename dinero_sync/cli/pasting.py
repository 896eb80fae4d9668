"""Commands in texts are written so that they can be pasted as they stand."""

import re
import shlex
from pathlib import Path

import click

from dinero_sync.cli.context import GIVEN, Common
from dinero_sync.errors import THIS_COMMAND


def to_paste(text: str) -> str:
    """Have the commands in a text name the configuration file that was named this time.

    What comes without ``-c`` finds the file by itself, and stays as it is. Where a text names the
    command that was given, it is put in.
    """
    context = click.get_current_context(silent=True)
    common = context.find_object(Common) if context else None
    if context is None or common is None:
        return text
    given = context.meta.get(GIVEN, THIS_COMMAND)
    if common.config_path is None:
        return text.replace(THIS_COMMAND, given)
    root = context.find_root()
    assert isinstance(root.command, click.Group)  # noqa: S101 - the command is a group of commands
    text = _with_config(text, common.config_path, root.command.list_commands(root))
    return text.replace(THIS_COMMAND, given)


def _with_config(text: str, path: Path, commands: list[str]) -> str:
    named = shlex.join(["dinero-sync", "-c", str(path)])
    command = re.compile(rf"\bdinero-sync (?=(?:{'|'.join(commands)})\b)")
    return command.sub(lambda _: f"{named} ", text)
