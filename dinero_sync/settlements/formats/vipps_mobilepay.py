"""Vipps MobilePay, transactions from the portal (CSV, 2025 and later)."""

from collections.abc import Iterator

from dinero_sync.domain.papers.payout import Columns, Movement, MovementKind, SettlementFormat
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Entry, Found, Paid, along_each_account, moved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.table import Table, having, titled

PAYOUT = "payout scheduled"
KINDS = {
    "capture": MovementKind.SALE,
    "refund": MovementKind.REFUND,
    "fees retained": MovementKind.FEE,
    "payout aborted": MovementKind.OTHER,
    "retained disputed capture": MovementKind.CHARGEBACK,
    "returned disputed capture": MovementKind.CHARGEBACK,
    "correction": MovementKind.OTHER,
    "top-up": MovementKind.OTHER,
    "credit note": MovementKind.FEE,
}
UNIT = "MSN/Vipps number"


def _table(file: File) -> Table | None:
    return titled(file.text, having("PSP reference", "Booking date", "Order ID/Reference"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the payouts of each sales unit.

    A fee stands twice: beside its sale, where it only informs, and in the row that retains it.
    """
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of(
        table,
        said=columns,
        needed=("Type", "Currency", "PSP reference", "Order ID/Reference", UNIT),
        wanted=("Balance", "Time"),
        amounts=("Amount", "Balance"),
        days=("Booking date",),
    )
    return along_each_account(_entries(sheet.rows()))


def _entries(lines: Iterator[Line]) -> Iterator[tuple[tuple[str, str], Entry]]:
    for line in lines:
        currency = line.currency("Currency")
        balance = line.amount("Balance", currency) if line.text("Balance") else None
        day = line.day("Booking date")
        when = f"{day.isoformat()} {line.text('Time')}"
        yield (line.text(UNIT), currency), Entry(when, _what(line, currency), balance)


def _what(line: Line, currency: str) -> Movement | Paid:
    name = " ".join(line.text("Type").casefold().split())
    amount, day = line.amount("Amount", currency), line.day("Booking date")
    own = line.text("PSP reference")
    if name == PAYOUT:
        return Paid(own, day, -amount, line.text("Order ID/Reference"))
    if name not in KINDS:
        raise line.unknown_type("Type")
    return moved(KINDS[name], amount, line.text("Order ID/Reference"), own, currency, day)


READER = Reader(
    format=SettlementFormat.VIPPS_MOBILEPAY,
    report="Transactions",
    is_proven=True,
    fits=_fits,
    read=_read,
)
