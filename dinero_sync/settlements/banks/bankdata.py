"""Entries of the banks at Bankdata (Jyske Bank, Sydbank, Nykredit …), and of Lån & Spar (CSV)."""

from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.settlements.file import File
from dinero_sync.settlements.statements import BankReader, bank_line, sheet_of_bank
from dinero_sync.settlements.table import Table, Titles, having, titled

_has_all = having("Dato", "Tekst", "Beløb", "Saldo")


def _is_bankdata(titles: Titles) -> bool:
    return _has_all(titles) and "status" not in titles


def _table(file: File) -> Table | None:
    return titled(file.text, _is_bankdata)


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File) -> tuple[BankLine, ...]:
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of_bank(table, wanted=("Tekst",), day="Dato")
    return tuple(bank_line(line, "Dato", "Tekst") for line in sheet.rows())


READER = BankReader(name="Bankdata", fits=_fits, read=_read)
