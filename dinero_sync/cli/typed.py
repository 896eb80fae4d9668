"""Days and amounts as people type them: in the form of programs, or as Danes write them.

What could mean two things is refused: ``12.500`` is twelve and a half, or twelve thousand.
"""

import re
from datetime import date, datetime
from decimal import Decimal

import click

from dinero_sync.texts.screens.saying import tell

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
DANISH = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")


def day(text: str) -> date:
    """Read a day like 2026-12-01, 01-12-2026 or 1.12.2026; raises BadParameter for others."""
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise refused("typed.no_day", text)


def kroner(text: str) -> Decimal:
    """Read an amount like 12500.50, 12500,50 or 12.500,50; raises BadParameter for others."""
    if DANISH.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if not PLAIN.fullmatch(text):
        raise refused("typed.no_amount", text)
    return Decimal(text.replace(",", "."))


def refused(code: str, text: str, **facts: tuple[str, ...]) -> click.BadParameter:
    """Return the error that says why what was typed isn't taken, in the reader's language."""
    from dinero_sync.cli.language import language_here  # noqa: PLC0415 - only who mistypes waits

    return click.BadParameter(tell(code, language_here(), text=text, **facts))
