"""A screen for people: its width, its lines wrapped at words, its colours.

Colour never tells anything alone: each line says in words what its tone means.
"""

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple, TextIO

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.domain.plain_text import printable

USUAL = 80
"""Columns where no terminal tells them, as in a pipe to a pager or a mail."""
WIDEST = 100
"""Lines that are longer are hard to read, however wide the terminal is."""
NARROWEST = 40
COMMAND = re.compile(r"(?:sudo (?:-u \S+ \S*/)?)?dinero-sync (?:(?![.,;)](?:\s|$)).)+")
"""A command inside a sentence, up to the mark that ends it."""
NO_BREAK = "\N{NO-BREAK SPACE}"


class Tone(StrEnum):
    """What the colour of a line goes with."""

    HEADING = "heading"
    DONE = "done"
    WAITING = "waiting"
    HELD = "held"
    IN_DOUBT = "in_doubt"


class Style(NamedTuple):
    """How a tone looks, by the sixteen colours that every terminal has."""

    colour: str | None = None
    bold: bool = False


STYLES = {
    Tone.HEADING: Style(bold=True),
    Tone.DONE: Style("green"),
    Tone.WAITING: Style("cyan"),
    Tone.HELD: Style("yellow", bold=True),
    Tone.IN_DOUBT: Style("red", bold=True),
}


class Line(NamedTuple):
    """A line with a tone; one without is a plain text."""

    text: str
    tone: Tone


def width() -> int:
    """Return how many columns lines may have: those of the terminal, but none that is hard to read.

    Where output goes into a pager, the terminal is the one that stderr is at.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            columns = os.get_terminal_size(stream.fileno()).columns or USUAL
            return max(NARROWEST, min(columns, WIDEST))
    return USUAL


def has_colours(stream: TextIO) -> bool:
    """Tell whether a stream shows colours, and its reader wants them (no-color.org)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_plain


def show(lines: Iterable[str | Line], *, err: bool = False) -> None:
    """Write lines to stdout (or stderr) for a person, each in the colour of its tone.

    Commands in them can be pasted as they stand, here as in :func:`wrapped`. What drives a terminal
    in the texts of others is shown as a sign that stands for it.
    """
    stream = sys.stderr if err else sys.stdout
    coloured = has_colours(stream)
    for each in lines:
        text = printable(to_paste(text_of(each))).rstrip()
        if coloured and isinstance(each, Line) and text:
            style = STYLES[each.tone]
            text = click.style(text, fg=style.colour, bold=style.bold or None)
        click.echo(text, file=stream, color=coloured)


def text_of(line: str | Line) -> str:
    """Return a line's text."""
    return line.text if isinstance(line, Line) else line


def wrapped(text: str, margin: int = 0, first: str | None = None) -> Iterator[str]:
    """Wrap text at words behind a margin, and leave commands and what is indented as they are.

    ``first`` stands in place of the margin before the first line.
    """
    space = " " * margin
    start = space if first is None else first
    for paragraph in to_paste(text).split("\n"):
        if not paragraph or paragraph.startswith(" "):
            yield f"{space}{paragraph}".rstrip()
            continue
        whole = COMMAND.sub(lambda found: found.group().replace(" ", NO_BREAK), paragraph)
        for line in textwrap.wrap(
            whole,
            width(),
            initial_indent=start,
            subsequent_indent=space,
            break_on_hyphens=False,
            break_long_words=False,
        ):
            yield line.replace(NO_BREAK, " ")
        start = space
