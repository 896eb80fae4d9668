"""docs/commands.md and docs/kommandoer.md: every command as it explains itself with ``--help``."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner
from published_texts import ROOT

from dinero_sync.cli.group import dinero_sync

PAGES = {"en": ROOT / "docs" / "commands.md", "da": ROOT / "docs" / "kommandoer.md"}
WIDTH = 80
HELP_HERE = re.compile(r"(<!-- help -->\n).*(<!-- end -->)", re.DOTALL)


def commands(of: click.Command = dinero_sync, *names: str) -> Iterator[tuple[str, ...]]:
    """Return the names of every command as they are typed, each group before its own."""
    if names:
        yield names
    if isinstance(of, click.Group):
        ctx = click.Context(of)
        for name in of.list_commands(ctx):
            command = of.get_command(ctx, name)
            assert command is not None
            yield from commands(command, *names, name)


def helped(language: str, *names: str) -> str:
    """Return what ``--help`` says of a command."""
    result = CliRunner().invoke(
        dinero_sync,
        ["--language", language, *names, "--help"],
        prog_name="dinero-sync",
        terminal_width=WIDTH,
        catch_exceptions=False,
    )
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def with_commands(path: Path) -> str:
    """Return the text of a page with what the commands say of themselves made anew."""
    (language,) = (each for each, page in PAGES.items() if page == path)
    told = [((), helped(language)), *((names, helped(language, *names)) for names in commands())]
    sections = (
        f"## {' '.join(('dinero-sync', *names))}\n\n```text\n{text}\n```\n" for names, text in told
    )
    page = path.read_text(encoding="utf-8")
    made = "\n".join(sections)
    return HELP_HERE.sub(lambda marks: f"{marks[1]}\n{made}\n{marks[2]}", page)
