"""Writes the manual pages from the commands' own help: dinero-sync(1), and one for each command.

``python packaging/man_pages.py FOLDER``. They are in man(7)'s language, for groff and mandoc.
"""

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path

import click

from dinero_sync import __version__
from dinero_sync.cli.group import EXIT_CODES, dinero_sync

FILES = {
    "/etc/dinero-sync/config.yaml": "The configuration of the service.",
    "/etc/dinero-sync/credentials": "Its keys, a file each.",
    "/var/lib/dinero-sync": "Its state: the journal, the tokens. This is what backups are made of.",
}
UNWRAPPED = "\b"
"""Click's mark above lines that stay as they are."""


def main(folder: Path) -> None:
    """Write every page into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with click.Context(dinero_sync, info_name="dinero-sync") as context:
        for inner in _contexts(context):
            name = inner.command_path.replace(" ", "-")
            (folder / f"{name}.1").write_text("\n".join(_page(inner, name)) + "\n", "utf-8")


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command, and those of all commands below it."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None  # noqa: S101 - it was listed
            yield from _contexts(click.Context(command, info_name=name, parent=context))


def _page(context: click.Context, name: str) -> Iterator[str]:
    command = context.command
    text = cleandoc(command.help or "")
    first, _, rest = text.partition("\n\n")
    day = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    yield f'.TH "{name.upper()}" 1 {day:%Y-%m-%d} "dinero-sync {__version__}" "dinero-sync"'
    yield from (".SH NAME", rf"{_escaped(name)} \- {_escaped(_one_line(first).rstrip('.'))}")
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (".SH SYNOPSIS", rf"\fB{_escaped(context.command_path)}\fR {_escaped(usage)}")
    yield from (".SH DESCRIPTION", *_paragraphs(text if command is dinero_sync else rest or first))
    yield ".SH OPTIONS"
    for record in filter(None, (each.get_help_record(context) for each in _options(context))):
        yield from (".TP", rf"\fB{_escaped(record[0])}\fR", _escaped(_one_line(record[1]) or "."))
    yield from _commands(context)
    if command is dinero_sync:
        yield from (".SH EXIT STATUS", *_paragraphs(EXIT_CODES))
        yield ".SH FILES"
        for path, what in FILES.items():
            yield from (".TP", rf"\fI{_escaped(path)}\fR", _escaped(what))
    else:
        above = context.parent.command_path.replace(" ", "-") if context.parent else ""
        yield from (".SH SEE ALSO", rf"\fB{_escaped(above)}\fR(1)")


def _options(context: click.Context) -> list[click.Parameter]:
    return [each for each in context.command.get_params(context) if isinstance(each, click.Option)]


def _commands(context: click.Context) -> Iterator[str]:
    if not isinstance(context.command, click.Group):
        return
    yield ".SH COMMANDS"
    name = context.command_path.replace(" ", "-")
    for each in context.command.list_commands(context):
        command = context.command.get_command(context, each)
        assert command is not None  # noqa: S101 - it was listed
        first = cleandoc(command.help or "").partition("\n\n")[0]
        yield from (".TP", rf"\fB{_escaped(name)}\-{_escaped(each)}\fR(1)")
        yield _escaped(_one_line(first))


def _paragraphs(text: str) -> Iterator[str]:
    """Set paragraphs, and as they stand those that click doesn't wrap either."""
    for number, paragraph in enumerate(re.split(r"\n\n+", text)):
        if number:
            yield ".PP"
        if paragraph.startswith(UNWRAPPED):
            lines = paragraph.removeprefix(UNWRAPPED).strip("\n").splitlines()
            yield from (".nf", *(_escaped(line) for line in lines), ".fi")
        else:
            yield _escaped(_one_line(paragraph))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Write what would be groff's own: backslashes, hyphens, and what begins a request."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
