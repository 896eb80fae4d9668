"""A table whose amounts and days can be read, because all of them are written in one way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.papers.payout import NOTHING, Columns
from dinero_sync.settlements.amounts import Amounts, Days, currency_of, days_of, mark_of
from dinero_sync.settlements.refusal import RefusedFileError, unknown_type, words
from dinero_sync.settlements.table import Row, Table

AS_FOUND = Columns()
"""Nothing is said of a file: all is found out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, with how it is written."""

    table: Table
    amounts: Amounts
    days: Days
    _at: dict[str, int]
    """Where the columns stand that are read."""

    def rows(self) -> Iterator["Line"]:
        """Yield the rows of the table."""
        return (Line(self, row) for row in self.table.rows())


@dataclass(frozen=True, slots=True)
class Line:
    """A row whose fields are read by their titles."""

    sheet: Sheet
    row: Row

    @property
    def number(self) -> int:
        """Return where the row stands in the file, counted from 1."""
        return self.row.line

    def text(self, title: str) -> str:
        """Return a field without blanks around it; empty where there is no such column."""
        at = self.sheet._at.get(title)  # noqa: SLF001 - a line is a part of its sheet
        return "" if at is None else self.row.fields[at].strip()

    def amount(self, title: str, currency: str) -> Decimal:
        """Return an amount; raises RefusedFileError where there is none."""
        return self.sheet.amounts.read(self.text(title), currency, self.row.line, title)

    def amount_if_any(self, title: str, currency: str) -> Decimal:
        """Return an amount, 0 for an empty field."""
        return self.amount(title, currency) if self.text(title) else NOTHING

    def day(self, title: str) -> date:
        """Return a day; raises RefusedFileError where there is none."""
        return self.sheet.days.read(self.text(title), self.row.line, title)

    def currency(self, title: str) -> str:
        """Return the code of a currency; raises RefusedFileError where there is none."""
        return currency_of(self.text(title), self.row.line)

    def unknown_type(self, title: str) -> RefusedFileError:
        """Build the error of a kind of movement that nobody told us of."""
        return unknown_type(self.text(title), title)


def sheet_of(  # noqa: PLR0913 - what is known of the table, by name
    table: Table,
    *,
    needed: tuple[str, ...] = (),
    wanted: tuple[str, ...] = (),
    amounts: tuple[str, ...] = (),
    days: tuple[str, ...] = (),
    said: Columns = AS_FOUND,
    mark: str = "",
    order: Days | None = None,
) -> Sheet:
    """Find out how a table is written; columns of ``wanted`` may lack, those of ``needed`` not.

    Columns of ``amounts`` and ``days`` are needed too, unless they are among ``wanted``. ``said``
    is what the configuration says of it, ``mark`` and ``order`` are what is known besides. Raises
    RefusedFileError for columns that lack or stand twice, and where the way of writing can't be
    told.
    """
    at = _columns(table, {*needed, *amounts, *days} - {*wanted}, wanted)
    of_amounts = [at[each] for each in amounts if each in at]
    of_days = [at[each] for each in days if each in at]
    mark = said.decimal or mark
    if not mark:
        mark = mark_of((row.line, row.fields[each]) for row in table.rows() for each in of_amounts)
    if said.dates:
        order = Days(day_first=True, stated=said.dates)
    if order is None:
        order = days_of(row.fields[each] for row in table.rows() for each in of_days)
    return Sheet(table, Amounts(mark), order, at)


def _columns(table: Table, needed: set[str], wanted: tuple[str, ...]) -> dict[str, int]:
    missing = sorted(each for each in needed if not table.has(each))
    if missing:
        raise RefusedFileError("column_missing", columns=words(missing))
    return {each: table.column(each) for each in {*needed, *wanted} if table.has(each)}
