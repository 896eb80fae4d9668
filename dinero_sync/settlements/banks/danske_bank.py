"""Danske Bank's entries (CSV), whose quotes within a text stand behind a backslash."""

import re

from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.settlements.file import File
from dinero_sync.settlements.refusal import unknown_type
from dinero_sync.settlements.statements import BankReader, bank_line, sheet_of_bank
from dinero_sync.settlements.table import Table, having, titled

BOOKED, WAITING = "udført", "venter"
QUOTE = re.compile(r'\\"(?![;,\r\n]|$)')
"""A quote within a text; one before the sign between fields ends the text, after a backslash that
is the text's own."""


def _table(file: File) -> Table | None:
    if not file.text.lstrip('"').startswith("Dato"):
        return None
    text = QUOTE.sub('""', file.text)
    return titled(text, having("Dato", "Tekst", "Beløb", "Saldo", "Status"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File) -> tuple[BankLine, ...]:
    """Read what is booked; what waits isn't yet."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    found = []
    for line in sheet_of_bank(table, wanted=("Tekst", "Status"), day="Dato").rows():
        status = line.text("Status").casefold()
        if status not in {BOOKED, WAITING}:
            raise unknown_type(status, "Status")
        if status == BOOKED:
            found.append(bank_line(line, "Dato", "Tekst"))
    return tuple(found)


READER = BankReader(name="Danske Bank", fits=_fits, read=_read)
