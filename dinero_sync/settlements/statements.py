"""Bank statements: on which day an amount arrived, and what the bank calls it. No more is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from dinero_sync.domain.papers.payout import BankLine
from dinero_sync.domain.step import sentence
from dinero_sync.settlements import banks
from dinero_sync.settlements.amounts import Days
from dinero_sync.settlements.file import File, opened
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, Sheet, sheet_of
from dinero_sync.settlements.table import Table

CURRENCY = "DKK"
"""Of the accounts that the tables of Danish banks are of, where they don't say another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReader:
    """Reads the statements of one bank, or of several with the same form."""

    name: str
    fits: Callable[[File], bool]
    read: Callable[[File], tuple[BankLine, ...]]
    """Reads the whole file, or raises RefusedFileError."""


def read_statement(path: Path) -> tuple[BankLine, ...]:
    """Read a bank statement: what was booked, in the order of the file.

    Raises RefusedFileError where the form isn't known, or the file is damaged or cut off.
    """
    file = opened(path)
    reader = next((each for each in bank_readers() if each.fits(file)), None)
    if reader is None:
        names = tuple(each.name for each in bank_readers())
        raise RefusedFileError(
            "unknown_statement", (sentence("settlement_other_statement"),), banks=names
        )
    return reader.read(file)


@cache
def bank_readers() -> tuple[BankReader, ...]:
    """Return the readers of all banks."""
    modules = (
        import_module(f"{banks.__name__}.{each.name}") for each in iter_modules(banks.__path__)
    )
    found = (module.READER for module in modules)
    return tuple(each for each in found if isinstance(each, BankReader))


def sheet_of_bank(table: Table, *, wanted: tuple[str, ...], day: str) -> Sheet:
    """Return a Danish bank's table as it can be read: days first, amounts under "Beløb"."""
    order = Days(day_first=True)
    return sheet_of(table, wanted=wanted, amounts=("Beløb",), days=(day,), order=order)


def bank_line(line: Line, day: str, *texts: str) -> BankLine:
    """Read a row of a Danish bank's table."""
    said = " ".join(text for each in texts if (text := line.text(each)))
    currency = line.currency("Valuta") if line.text("Valuta") else CURRENCY
    return BankLine(day=line.day(day), amount=line.amount("Beløb", currency), text=said)
