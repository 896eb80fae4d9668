"""What is shown to people: wrapped at words, coloured only where colours are wanted."""

import io
import os
from types import SimpleNamespace
from typing import TextIO

import click
import pytest

from dinero_sync.cli import terminal
from dinero_sync.cli.terminal import PAGERS, Line, Tone, has_colours, show, show_long, wrapped

COMMAND = "dinero-sync -c /etc/dinero-sync/a-long-name-of-a-file.yaml resolve 4815162 --accept NOTE"


class Screen(io.StringIO):
    """A terminal that takes what is written, and has ``columns``."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.columns = columns

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.columns


def set_streams(monkeypatch: pytest.MonkeyPatch, stdout: TextIO, stderr: TextIO) -> None:
    """Set what the module writes to: pytest itself sets those of ``sys`` before each test."""
    monkeypatch.setattr(terminal, "sys", SimpleNamespace(stdout=stdout, stderr=stderr))


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen(80)
    set_streams(monkeypatch, screen, io.StringIO())
    monkeypatch.setattr(os, "get_terminal_size", lambda columns: os.terminal_size((columns, 24)))
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return screen


@pytest.mark.parametrize(("columns", "used"), [(80, 80), (0, 80), (20, 40), (64, 64), (200, 100)])
def test_lines_are_as_wide_as_the_terminal_but_no_wider_than_one_reads_well(
    at_terminal: Screen, columns: int, used: int
) -> None:
    at_terminal.columns = columns

    assert terminal.width() == used


def test_in_a_pipe_to_a_pager_the_terminal_is_the_one_of_stderr(
    at_terminal: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal.columns = 60
    set_streams(monkeypatch, io.StringIO(), at_terminal)

    assert terminal.width() == 60
    set_streams(monkeypatch, io.StringIO(), io.StringIO())
    assert terminal.width() == 80


def test_lines_break_between_words_and_never_inside_a_command(at_terminal: Screen) -> None:
    at_terminal.columns = 40

    lines = list(wrapped(f"Look at what Dinero has, and then say so: {COMMAND}. It ends there.", 4))

    assert lines == [
        "    Look at what Dinero has, and then",
        "    say so:",
        f"    {COMMAND}.",
        "    It ends there.",
    ]


def test_what_is_indented_or_empty_stays_as_it_is(at_terminal: Screen) -> None:
    at_terminal.columns = 40
    pasted = "  account: 1000  # " + "a long remark " * 4 + "end"

    assert list(wrapped(f"Paste this:\n\n{pasted}", 2, "! ")) == [
        "! Paste this:",
        "",
        f"  {pasted}",
    ]


def test_a_line_has_the_colour_of_its_tone_at_a_terminal(at_terminal: Screen) -> None:
    show([Line("held: 1 order", Tone.HELD), "plain", Line("", Tone.DONE)])

    assert at_terminal.getvalue() == "\x1b[33m\x1b[1mheld: 1 order\x1b[0m\nplain\n\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_no_colours_gets_none(
    at_terminal: Screen, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert not has_colours(at_terminal)
    show([Line("held: 1 order", Tone.HELD)])
    assert at_terminal.getvalue() == "held: 1 order\n"


def test_nothing_of_a_line_steers_the_terminal_or_pads_it(
    at_terminal: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    show(["a mug\x1b[2J   "])

    assert at_terminal.getvalue() == "a mug\N{REPLACEMENT CHARACTER}[2J\n"


@pytest.mark.parametrize(
    ("pagers", "height", "pages", "used"),
    [
        ({"PAGER": "less"}, 24, True, "less"),
        ({"DINERO_SYNC_PAGER": "most -w", "PAGER": "less"}, 24, True, "most -w"),
        ({"DINERO_SYNC_PAGER": "", "PAGER": "less"}, 24, True, None),
        ({"DINERO_SYNC_PAGER": " "}, 24, True, None),
        ({"DINERO_SYNC_PAGER": "less 'unclosed"}, 24, True, None),
        ({"PAGER": "less"}, 24, False, None),
        ({"PAGER": "less"}, 25, True, None),
        ({"PAGER": "less"}, 0, True, None),
        ({}, 24, True, None),
    ],
)
def test_what_is_longer_than_the_screen_goes_to_the_pager_that_was_named(  # noqa: PLR0913 - each is one of its own
    at_terminal: Screen,
    monkeypatch: pytest.MonkeyPatch,
    pagers: dict[str, str],
    height: int,
    *,
    pages: bool,
    used: str | None,
) -> None:
    lines: list[str | Line] = [
        "a\nb",
        *map(str, range(20)),
        Line("in doubt", Tone.IN_DOUBT),
        "the end",
    ]
    paged: list[tuple[str, str]] = []
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, height)))
    monkeypatch.setattr(
        click, "echo_via_pager", lambda text, **_: paged.append((os.environ["PAGER"], text))
    )
    for name in (*PAGERS, "LESS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    for name, pager in pagers.items():
        monkeypatch.setenv(name, pager)

    show_long(lines, pages=pages)

    text = "".join(text for _, text in paged) or at_terminal.getvalue()
    assert [pager for pager, _ in paged] == ([used] if used else [])
    assert text.startswith("a\nb\n0\n")
    assert text.endswith("\x1b[31m\x1b[1min doubt\x1b[0m\nthe end\n")


def test_a_file_goes_to_no_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    set_streams(monkeypatch, file, Screen(80))
    monkeypatch.setenv("PAGER", "less")

    show_long(map(str, range(100)), pages=True)

    assert file.getvalue().endswith("99\n")
