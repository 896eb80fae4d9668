"""Adyen, settlement details report (CSV): one batch a payout, or a balance that is carried on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Columns,
    Movement,
    MovementKind,
    Payout,
    SettlementFormat,
)
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, Sheet, sheet_of
from dinero_sync.settlements.table import Table, having, titled

TYPE, BATCH, CURRENCY = "Type", "Batch Number", "Net Currency"
NET = ("Net Debit (NC)", "Net Credit (NC)")
GROSS = ("Gross Debit (GC)", "Gross Credit (GC)")
BLENDED = "Commission (NC)"
SPLIT = ("Markup (NC)", "Scheme Fees (NC)", "Interchange (NC)")
PAYOUT = "MerchantPayout"
KINDS = {
    "Settled": MovementKind.SALE,
    "Refunded": MovementKind.REFUND,
    "RefundedReversed": MovementKind.REFUND,
    "SettledReversed": MovementKind.CHARGEBACK,
    "Chargeback": MovementKind.CHARGEBACK,
    "SecondChargeback": MovementKind.CHARGEBACK,
    "ChargebackReversed": MovementKind.CHARGEBACK,
    "Fee": MovementKind.FEE,
    "MiscCosts": MovementKind.FEE,
    "PaymentCost": MovementKind.FEE,
    "InvoiceDeduction": MovementKind.FEE,
    "DepositCorrection": MovementKind.RESERVE,
    "ReserveAdjustment": MovementKind.RESERVE,
    "Balancetransfer": MovementKind.CARRIED,
    "MatchedStatement": MovementKind.OTHER,
}


class _Read(NamedTuple):
    """A row, which is a movement or the payout itself."""

    batch: str
    day: date
    movement: Movement | None
    currency: str
    net: Decimal
    bank_text: str


def _table(file: File) -> Table | None:
    return titled(file.text, having("Psp Reference", NET[0], NET[1]))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the batches; one without a payout is a payout of 0 whose balance is carried on."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of(
        table,
        said=columns,
        needed=(TYPE, BATCH, CURRENCY, "Merchant Account", "Merchant Reference", "Psp Reference"),
        wanted=("Gross Currency", "Modification Reference", *GROSS, BLENDED, *SPLIT),
        amounts=(*NET, *GROSS, BLENDED, *SPLIT),
        days=("Creation Date",),
    )
    if len({line.text("Merchant Account") for line in sheet.rows()}) > 1:
        raise RefusedFileError("several_accounts")
    batches: dict[str, list[_Read]] = {}
    for each in _rows(sheet):
        batches.setdefault(each.batch, []).append(each)
    return Found(by_day(_payout(batch, rows) for batch, rows in batches.items()))


def _rows(sheet: Sheet) -> Iterator[_Read]:
    for line in sheet.rows():
        currency = line.currency(CURRENCY)
        net = _directed(line, NET, currency)
        kind = line.text(TYPE)
        day = line.day("Creation Date")
        movement = None
        if kind != PAYOUT:
            movement = _movement(line, kind, net, currency, day)
        yield _Read(
            line.text(BATCH), day, movement, currency, net, line.text("Modification Reference")
        )


def _directed(line: Line, columns: tuple[str, str], currency: str) -> Decimal:
    """Return an amount by the column that is filled: debit takes, credit gives."""
    debit, credit = (line.amount_if_any(each, currency) for each in columns)
    if (debit and credit) or min(debit, credit) < 0:
        raise RefusedFileError("direction_unclear", line=line.number)
    return credit - debit


def _movement(line: Line, kind: str, net: Decimal, currency: str, day: date) -> Movement:
    if kind not in KINDS:
        raise line.unknown_type(TYPE)
    if KINDS[kind] is MovementKind.FEE:
        return Movement(
            kind=MovementKind.FEE,
            payment=line.text("Psp Reference"),
            fee=net,
            currency=currency,
            day=day,
        )
    fee = sum((line.amount_if_any(each, currency) for each in (BLENDED, *SPLIT)), NOTHING)
    amount = net + fee
    sold_currency = line.text("Gross Currency").upper()
    is_sold_abroad = bool(sold_currency) and sold_currency != currency
    gross = _directed(line, GROSS, sold_currency) if sold_currency else NOTHING
    if not is_sold_abroad and gross and abs(gross) != abs(amount):
        raise RefusedFileError("row_sum", line=line.number, net=amount, parts=gross)
    return Movement(
        kind=KINDS[kind],
        reference=line.text("Merchant Reference"),
        payment=line.text("Psp Reference"),
        amount=amount,
        fee=-fee,
        currency=currency,
        day=day,
        sold=abs(gross).copy_sign(amount) if is_sold_abroad and gross else None,
        sold_currency=sold_currency if is_sold_abroad and gross else "",
    )


def _payout(batch: str, rows: list[_Read]) -> Payout:
    movements = [each.movement for each in rows if each.movement is not None]
    paid = [each for each in rows if each.movement is None]
    if len(paid) > 1 or not (paid or _is_carried_on(movements)):
        raise RefusedFileError("batch_without_end", batch=batch)
    last = paid[0] if paid else rows[-1]
    return proved(
        movements,
        id=batch,
        day=last.day,
        currency=last.currency,
        net=-last.net if paid else NOTHING,
        bank_text=last.bank_text,
    )


def _is_carried_on(movements: list[Movement]) -> bool:
    """Tell whether what is left goes to the next batch: then nothing is paid."""
    return any(each.kind is MovementKind.CARRIED for each in movements)


READER = Reader(
    format=SettlementFormat.ADYEN,
    report="Settlement details report",
    is_proven=True,
    fits=_fits,
    read=_read,
)
