"""What is read and written at the terminal: the one place that minds the locale.

A locale that isn't UTF-8 lacks signs that orders and accounts have. What can't be written becomes
``?`` (in JSON an escape), and never changes how work ends that is done.
"""

import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from dinero_sync.domain.plain_text import printable
from dinero_sync.signs import takes_every_sign


def say(text: object = "", *, err: bool = False) -> None:
    """Write a text to stdout (or stderr) for a person: what shop and Dinero call things is in it.

    Signs that drive a terminal are shown as one that stands for them. What programs read is
    written word by word, by :func:`json_text`.
    """
    click.echo(printable(str(text)), err=err)


def open_streams() -> None:
    """Make every stream usable: one that was closed leads nowhere, none refuses a sign."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before we began
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until we end
            setattr(sys, name, nowhere)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def arguments_of(given: Sequence[str]) -> list[str]:
    """Return the command line's words as text.

    Bytes that the locale can't read are taken for ISO 8859-1, as an old terminal sends them; but
    the name of a file that is there stays as it is.
    """
    return [each if _is_text(each) or _is_there(each) else _as_latin(each) for each in given]


def _is_text(argument: str) -> bool:
    return not any("\udc80" <= sign <= "\udcff" for sign in argument)


def _is_there(argument: str) -> bool:
    try:
        return Path(argument).exists()
    except (OSError, ValueError):
        return False


def _as_latin(argument: str) -> str:
    return os.fsencode(argument).decode("iso-8859-1")


def json_text(data: object) -> str:
    """Write ``data`` as JSON for stdout; where that can't take every sign, with escapes.

    What JSON has no form for becomes text: an amount with a point and two decimals, a time by ISO
    8601, anything else in its own words.
    """
    return json.dumps(
        data, default=_as_text, ensure_ascii=not takes_every_sign(sys.stdout), indent=2
    )


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, datetime) else str(value)
