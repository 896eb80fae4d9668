"""A screen for people: its width, its lines wrapped at words, its colours.

Colour never tells anything alone: each line says in words what its tone means.
"""

import os
import re
import shlex
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
PAGERS = ("DINERO_SYNC_PAGER", "PAGER")
"""Environment variables that name a pager, the first that is there; an empty one names none."""
AS_GIT_HAS_IT = "FRX"
"""What ``less`` is told unless the reader tells it: keep colours, and leave the text there."""
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
        click.echo(_as_shown(each, coloured=coloured), file=stream, color=coloured)


def show_long(lines: Iterable[str | Line], *, pages: bool) -> None:
    """Write lines to stdout as :func:`show` does; what is longer than the screen goes to a pager.

    Only to one that was named in the environment, and not unless it ``pages``: nobody who never
    heard of pagers is caught in one.
    """
    told = list(lines)
    pager = next((os.environ[name] for name in PAGERS if name in os.environ), "")
    if not (pages and _is_a_command(pager) and _is_longer_than_the_screen(told)):
        show(told)
        return
    os.environ["PAGER"] = pager
    os.environ.setdefault("LESS", AS_GIT_HAS_IT)
    coloured = has_colours(sys.stdout)
    text = "".join(f"{_as_shown(each, coloured=coloured)}\n" for each in told)
    click.echo_via_pager(text, color=coloured)


def _is_a_command(pager: str) -> bool:
    """Tell whether the name of a pager names one: it isn't empty, and its quotes are closed."""
    try:
        return bool(shlex.split(pager))
    except ValueError:
        return False


def _is_longer_than_the_screen(lines: Iterable[str | Line]) -> bool:
    if not sys.stdout.isatty():
        return False
    height = os.get_terminal_size(sys.stdout.fileno()).lines
    return 0 < height <= sum(text_of(each).count("\n") + 1 for each in lines)


def _as_shown(line: str | Line, *, coloured: bool) -> str:
    text = printable(to_paste(text_of(line))).rstrip()
    if not (coloured and isinstance(line, Line) and text):
        return text
    style = STYLES[line.tone]
    return click.style(text, fg=style.colour, bold=style.bold or None)


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
