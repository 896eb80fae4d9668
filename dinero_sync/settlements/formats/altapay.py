"""AltaPay, funding (CSV): the VAT of each fee stands in a column of its own.

No real file with fees was seen. The file names no payout and no net: a payout is named after the
rows that it is made of, so that a copy of the file yields the same name.
"""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Columns,
    Movement,
    MovementKind,
    SettlementFormat,
)
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, Sheet, sheet_of
from dinero_sync.settlements.table import Table, having, titled

FEES = ("Fixed Fee", "Rate Based Fee")
VAT = ("Fixed Fee VAT", "Rate Based Fee VAT")
CURRENCY, AMOUNT = "Settlement Currency", "Settlement Amount"
SOLD = ("Transaction Currency", "Transaction Amount")
KINDS = {
    "payment": MovementKind.SALE,
    "refund": MovementKind.REFUND,
    "chargeback": MovementKind.CHARGEBACK,
}
DIGITS = 16


def _table(file: File) -> Table | None:
    return titled(file.text, having("Reconciliation Identifier", AMOUNT))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the one payout of the file, paid on the last day in it."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of(
        table,
        said=columns,
        needed=("Type", "ID", "Payment", "Order", CURRENCY),
        wanted=SOLD,
        amounts=(AMOUNT, SOLD[1], *FEES, *VAT),
        days=("Date",),
    )
    movements = tuple(_movements(sheet))
    if not movements:
        raise RefusedFileError("nothing_paid_out")
    ids = sorted(line.text("ID") for line in sheet.rows())
    if len(set(ids)) < len(ids):
        raise RefusedFileError("row_twice")
    payout = proved(
        movements,
        id=hashlib.sha256("\n".join(ids).encode()).hexdigest()[:DIGITS],
        day=max(each.day for each in movements),
        currency=movements[0].currency,
    )
    return Found((payout,))


def _movements(sheet: Sheet) -> Iterator[Movement]:
    for line in sheet.rows():
        name, currency = line.text("Type").casefold(), line.currency(CURRENCY)
        if name not in KINDS:
            raise line.unknown_type("Type")
        amount = line.amount(AMOUNT, currency)
        if (amount < 0) == (KINDS[name] is MovementKind.SALE) and amount:
            raise RefusedFileError("direction_unclear", line=line.number)
        sold_currency = line.text(SOLD[0]).upper()
        is_sold_abroad = bool(sold_currency) and sold_currency != currency
        vat = _cost(line, VAT, currency)
        yield Movement(
            kind=KINDS[name],
            reference=line.text("Order"),
            payment=line.text("Payment"),
            amount=amount,
            fee=-(_cost(line, FEES, currency) + vat),
            vat=-vat,
            currency=currency,
            day=line.day("Date"),
            sold=line.amount_if_any(SOLD[1], sold_currency) if is_sold_abroad else None,
            sold_currency=sold_currency if is_sold_abroad else "",
        )


def _cost(line: Line, columns: tuple[str, ...], currency: str) -> Decimal:
    """Add up what a row costs; raises RefusedFileError for what is negative, and so no cost."""
    costs = [line.amount_if_any(each, currency) for each in columns]
    if min(costs) < 0:
        raise RefusedFileError("direction_unclear", line=line.number)
    return sum(costs, NOTHING)


READER = Reader(
    format=SettlementFormat.ALTAPAY,
    report="Funding",
    is_proven=False,
    fits=_fits,
    read=_read,
)
