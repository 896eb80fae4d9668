"""MobilePay MyShop, transfer overview (CSV, until 2024): the payout is a row, and positive."""

from decimal import Decimal

from dinero_sync.domain.payout import Columns, Movement, MovementKind, Payout, SettlementFormat
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, moved, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.table import Table, having, titled

REPORT = "Transfer overview"
TRANSFER, AT = "TransferID", "Date and time"
KINDS = {
    "payment": MovementKind.SALE,
    "refund": MovementKind.REFUND,
    "retainable": MovementKind.FEE,
    "servicefee": MovementKind.FEE,
}


def _table(file: File) -> Table | None:
    return titled(file.text, having("Event", "MP-number", AT))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, _: Columns) -> Found:
    """Read the transfers: each row of one is the sum of the others of its number."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    if not table.has(TRANSFER):
        steps = (sentence("settlement_download_report", provider="MobilePay", report=REPORT),)
        raise RefusedFileError("wrong_report", steps, report="Sales overview")
    sheet = sheet_of(
        table,
        needed=("Event", "Currency", TRANSFER, "TransactionID", "Comment"),
        amounts=("Amount",),
        days=(AT,),
    )
    transfers: dict[str, list[Line]] = {}
    for line in sheet.rows():
        transfers.setdefault(line.text(TRANSFER), []).append(line)
    return Found(by_day(_payout(name, lines) for name, lines in transfers.items() if name))


def _payout(name: str, lines: list[Line]) -> Payout:
    paid = [line for line in lines if line.text("Event").casefold() == "transfer"]
    if len(paid) != 1:
        raise RefusedFileError("batch_without_end", batch=name)
    currency = paid[0].currency("Currency")
    net: Decimal = paid[0].amount("Amount", currency)
    return proved(
        (_movement(line) for line in lines if line is not paid[0]),
        id=name,
        day=paid[0].day(AT),
        currency=currency,
        net=net,
        bank_text=name,
    )


def _movement(line: Line) -> Movement:
    name, currency = line.text("Event").casefold(), line.currency("Currency")
    if name not in KINDS:
        raise line.unknown_type("Event")
    amount = line.amount("Amount", currency)
    comment, own = line.text("Comment"), line.text("TransactionID")
    return moved(KINDS[name], amount, comment, own, currency, line.day(AT))


READER = Reader(
    format=SettlementFormat.MOBILEPAY,
    report=REPORT,
    is_proven=True,
    fits=_fits,
    read=_read,
)
