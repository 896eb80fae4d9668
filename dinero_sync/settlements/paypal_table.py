"""PayPal's activity as a table: its first ten columns by their place, the others by what they hold.

So it is read in any language. Date, time, zone, name, type, status, currency, gross, fee and net
stand first in every language that was seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from dinero_sync.domain.papers.payout import Columns
from dinero_sync.settlements.amounts import (
    AMOUNT,
    CODE,
    Amounts,
    Days,
    currency_of,
    days_of,
    mark_of,
    plain_amount,
)
from dinero_sync.settlements.file import File
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.table import DELIMITERS, Row, Table, Titles, titled

FIRST = 10
DATE, TIME, _ZONE, NAME, TYPE, STATUS, CURRENCY, GROSS, FEE, NET = range(FIRST)
ENGLISH = ("date", "time", "timezone", "name", "type", "status", "currency", "gross", "fee", "net")
ID = re.compile(r"[0-9A-Z]{17}")
BALANCES = ("balance", "saldo", "guthaben", "solde")
REFERENCES = (
    *("invoice number", "invoice id", "rechnungsnummer", "fakturanummer"),
    *("custom number", "custom field"),
)
MEMO_TYPES = ("temporary hold", "update to ")
MEMO = "memo"
PENDING = frozenset({"pending", "in progress"})
WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Activity:
    """How one file is written, and where its further columns stand; None for those it lacks."""

    table: Table
    amounts: Amounts
    days: Days
    id: int
    original: int | None
    balance: int | None
    references: tuple[int, ...]

    @property
    def is_english(self) -> bool:
        """Tell whether the titles are those of which most files were seen."""
        return tuple(each.replace(" ", "") for each in self.table.titles[:FIRST]) == ENGLISH

    def lines(self) -> Iterator["Transaction"]:
        """Yield what moves the balance; raises RefusedFileError where net isn't gross and fee."""
        for row in self.table.rows():
            if not _moves_nothing(row):
                yield self._line(row)

    def id_of(self, line: "Transaction") -> str:
        """Return PayPal's own id of a transaction."""
        return line.row.fields[self.id].strip()

    def _line(self, row: Row) -> "Transaction":
        currency = currency_of(row.fields[CURRENCY], row.line)
        gross, fee, net = (self.amount(row, at, currency) for at in (GROSS, FEE, NET))
        if gross + fee != net:
            raise RefusedFileError("row_sum", line=row.line, net=net, parts=gross + fee)
        return Transaction(
            row=row,
            day=self.days.read(row.fields[DATE], row.line, self.table.written[DATE]),
            currency=currency,
            gross=gross,
            fee=fee,
            balance=None if self.balance is None else self.amount(row, self.balance, currency),
            original="" if self.original is None else row.fields[self.original].strip(),
            reference=next(
                (text for at in self.references if (text := row.fields[at].strip())), ""
            ),
        )

    def amount(self, row: Row, at: int, currency: str) -> Decimal:
        """Return the amount in a column."""
        return self.amounts.read(row.fields[at], currency, row.line, self.table.written[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A row that moves the balance."""

    row: Row
    day: date
    currency: str
    gross: Decimal
    fee: Decimal
    balance: Decimal | None
    original: str
    """The id of the transaction that it belongs to."""
    reference: str

    @property
    def when(self) -> str:
        """Return its time as text that sorts."""
        return f"{self.day.isoformat()} {self.row.fields[TIME].strip().rjust(8, '0')}"

    @property
    def has_counterpart(self) -> bool:
        """Tell whether there is somebody at the other end."""
        return bool(self.row.fields[NAME].strip())

    @property
    def type(self) -> str:
        """Return its type, in the file's language."""
        return " ".join(self.row.fields[TYPE].split())


def table_of(file: File) -> Table | None:
    """Return the table if it has amounts and currencies where PayPal has them."""
    for delimiter in DELIMITERS:
        table = titled(file.text, _is_placed, delimiters=delimiter)
        if table is not None and _begins_as_activity(table):
            return table
    return None


def activity_of(table: Table, columns: Columns) -> Activity:
    """Find out how a file is written, and which further column is which."""
    mark = columns.decimal or mark_of(
        (row.line, row.fields[at]) for row in table.rows() for at in (GROSS, FEE, NET)
    )
    stated = Days(day_first=True, stated=columns.dates) if columns.dates else None
    days = stated or days_of(row.fields[DATE] for row in table.rows())
    amounts = Amounts(mark)
    ids, originals, of_amounts = _columns_by_content(table, mark)
    if not ids:
        raise RefusedFileError("column_missing", columns=("Transaction ID",))
    found = Activity(
        table=table,
        amounts=amounts,
        days=days,
        id=ids[0],
        original=next((each for each in originals if each != ids[0]), None),
        balance=None,
        references=_references(table, columns),
    )
    balance = _balance(found, sorted(of_amounts, key=lambda at: _is_no_balance(table.titles[at])))
    if balance is None and any(_is_no_balance(each) is False for each in table.titles[FIRST:]):
        raise RefusedFileError("balance_broken")
    return Activity(
        table=table,
        amounts=amounts,
        days=days,
        id=found.id,
        original=found.original,
        balance=balance,
        references=found.references,
    )


def _is_placed(titles: Titles) -> bool:
    return len(titles) > FIRST and all(titles[:FIRST])


def _begins_as_activity(table: Table) -> bool:
    try:
        rows = list(islice(table.rows(), 3))
    except RefusedFileError:
        return False
    return bool(rows) and all(map(_is_activity, rows))


def _is_activity(row: Row) -> bool:
    amounts = [plain_amount(row.fields[at]) for at in (GROSS, FEE, NET)]
    are_amounts = any(all(map(shape.fullmatch, amounts)) for shape in AMOUNT.values())
    return are_amounts and CODE.fullmatch(row.fields[CURRENCY].strip()) is not None


def _moves_nothing(row: Row) -> bool:
    """Tell whether a row is for information alone, as English files say it.

    Transfers to the bank are called pending too, and do move the balance.
    """
    name = " ".join(row.fields[TYPE].casefold().split())
    is_memo = any(len(each) == len(MEMO) and each.casefold() == MEMO for each in row.fields[FIRST:])
    is_pending = row.fields[STATUS].strip().casefold() in PENDING and WITHDRAWAL not in name
    return is_memo or is_pending or name.startswith(MEMO_TYPES)


def _columns_by_content(table: Table, mark: str) -> tuple[list[int], list[int], list[int]]:
    """Return the columns that have an id in each row, those with some, and those of amounts."""
    further = range(FIRST, len(table.titles))
    ids, maybe_ids, amounts = list(further), list(further), list(further)
    filled: set[int] = set()
    of_amounts = AMOUNT[mark]
    for row in table.rows():
        fields = row.fields
        ids = [at for at in ids if ID.fullmatch(fields[at].strip())]
        maybe_ids = [at for at in maybe_ids if not fields[at] or ID.fullmatch(fields[at].strip())]
        amounts = [at for at in amounts if of_amounts.fullmatch(plain_amount(fields[at]))]
        filled.update(at for at in maybe_ids if at not in filled and fields[at])
    return ids, [at for at in maybe_ids if at in filled], amounts


def _references(table: Table, columns: Columns) -> tuple[int, ...]:
    if columns.reference:
        return (table.column(columns.reference),)
    return tuple(table.titles.index(each) for each in REFERENCES if each in table.titles)


def _is_no_balance(title: str) -> bool:
    return title not in BALANCES


def _balance(found: Activity, candidates: list[int]) -> int | None:
    """Return the column in which the balance runs on, forwards or backwards in every currency."""
    ways = {(at, forwards) for at in candidates for forwards in (True, False)}
    before: dict[str, tuple[Row, Decimal]] = {}
    for line in found.lines():
        net = line.gross + line.fee
        if line.currency in before:
            row, earlier_net = before[line.currency]
            ways = {
                (at, forwards)
                for at, forwards in ways
                if found.amount(line.row, at, line.currency) - found.amount(row, at, line.currency)
                == (net if forwards else -earlier_net)
            }
        before[line.currency] = (line.row, net)
    proved = [at for at in candidates if {(at, True), (at, False)} & ways]
    return proved[0] if proved else None
