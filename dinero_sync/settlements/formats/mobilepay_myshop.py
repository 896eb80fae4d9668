"""MobilePay MyShop, transfer overview (CSV, until 2024): the payout is a row, and positive."""

from dinero_sync.domain.papers.payout import (
    Columns,
    Movement,
    MovementKind,
    Payout,
    SettlementFormat,
)
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, Paid, by_day, moved, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.table import Table, having, titled

REPORT = "Transfer overview"
TRANSFER, AT, PAYOUT = "TransferID", "Date and time", "transfer"
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


def _read(file: File, columns: Columns) -> Found:
    """Read the transfers: each row of one is the sum of the others of its number."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    if not table.has(TRANSFER):
        steps = (sentence("settlement_download_report", provider="MobilePay", report=REPORT),)
        raise RefusedFileError("wrong_report", steps, report="Sales overview")
    sheet = sheet_of(
        table,
        said=columns,
        needed=("Event", "Currency", TRANSFER, "TransactionID", "Comment"),
        amounts=("Amount",),
        days=(AT,),
    )
    transfers: dict[str, list[Movement | Paid]] = {}
    for line in sheet.rows():
        if line.text(TRANSFER):
            transfers.setdefault(line.text(TRANSFER), []).append(_what(line))
    return Found(by_day(_payout(name, rows) for name, rows in transfers.items()))


def _payout(name: str, rows: list[Movement | Paid]) -> Payout:
    paid = [each for each in rows if isinstance(each, Paid)]
    if len(paid) != 1:
        raise RefusedFileError("batch_without_end", batch=name)
    return proved(
        (each for each in rows if isinstance(each, Movement)),
        id=name,
        day=paid[0].day,
        currency=paid[0].currency,
        net=paid[0].net,
        bank_text=name,
    )


def _what(line: Line) -> Movement | Paid:
    name, currency = line.text("Event").casefold(), line.currency("Currency")
    amount, day = line.amount("Amount", currency), line.day(AT)
    if name == PAYOUT:
        return Paid(line.text(TRANSFER), day, amount, currency=currency)
    if name not in KINDS:
        raise line.unknown_type("Event")
    comment, own = line.text("Comment"), line.text("TransactionID")
    return moved(KINDS[name], amount, comment, own, currency, day)


READER = Reader(
    format=SettlementFormat.MOBILEPAY,
    report=REPORT,
    is_proven=True,
    fits=_fits,
    read=_read,
)
