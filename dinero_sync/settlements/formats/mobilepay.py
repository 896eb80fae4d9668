"""MobilePay in Denmark, transactions (CSV, 2026): sales alone, without fees.

One row of a real file was seen, of the type Payment. How refunds and fees are written isn't known:
a file with anything else is refused.
"""

from dinero_sync.domain.papers.payout import Columns, Movement, MovementKind, SettlementFormat
from dinero_sync.settlements.amounts import Days
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.table import Table, having, titled

CURRENCY = "DKK"
TRANSFER = "Transfer Reference"


def _table(file: File) -> Table | None:
    return titled(file.text, having("Payment Transaction ID", TRANSFER, "Transfer Date"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the transfers; what isn't transferred yet comes in a later file."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of(
        table,
        said=columns,
        needed=("Message", "Transaction Type", TRANSFER, "Payment Transaction ID"),
        amounts=("Amount",),
        days=("Date", "Transfer Date"),
        order=Days(day_first=True),
    )
    transfers: dict[str, list[Line]] = {}
    for line in sheet.rows():
        if line.text(TRANSFER):
            transfers.setdefault(line.text(TRANSFER), []).append(line)
    payouts = []
    for name, lines in transfers.items():
        days = {line.day("Transfer Date") for line in lines}
        if len(days) > 1:
            raise RefusedFileError("several_days", payout=name)
        movements = map(_movement, lines)
        payouts.append(
            proved(movements, id=name, day=days.pop(), currency=CURRENCY, bank_text=name)
        )
    return Found(by_day(payouts))


def _movement(line: Line) -> Movement:
    amount = line.amount("Amount", CURRENCY)
    if line.text("Transaction Type").casefold() != "payment" or amount <= 0:
        raise line.unknown_type("Transaction Type")
    return Movement(
        kind=MovementKind.SALE,
        reference=line.text("Message"),
        payment=line.text("Payment Transaction ID"),
        amount=amount,
        currency=CURRENCY,
        day=line.day("Date"),
    )


READER = Reader(
    format=SettlementFormat.MOBILEPAY,
    report="Transactions",
    is_proven=False,
    fits=_fits,
    read=_read,
)
