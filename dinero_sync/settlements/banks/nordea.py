"""Nordea's entries (CSV, since July 2022): amounts that are only reserved stand first."""

from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.settlements.file import File
from dinero_sync.settlements.sheet import Line
from dinero_sync.settlements.statements import BankReader, bank_line, sheet_of_bank
from dinero_sync.settlements.table import Table, having, titled

DAY = "Bogføringsdato"
RESERVED = "reserveret"


def _table(file: File) -> Table | None:
    return titled(file.text, having(DAY, "Beløb", "Afsender", "Beskrivelse"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File) -> tuple[BankLine, ...]:
    """Read what is booked."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of_bank(table, wanted=("Navn", "Beskrivelse", "Valuta"), day=DAY)
    return tuple(
        bank_line(line, DAY, "Navn", "Beskrivelse") for line in sheet.rows() if _is_booked(line)
    )


def _is_booked(line: Line) -> bool:
    return line.text(DAY).casefold() != RESERVED


READER = BankReader(name="Nordea", fits=_fits, read=_read)
