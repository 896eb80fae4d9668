"""Klarna and Kustom, settlement file (CSV): a table of totals, then one of transactions.

The merchant may drop, add and reorder columns, and choose whether amounts bear signs. The totals
are needed: they alone say when and what was paid.
"""

from collections.abc import Iterator
from decimal import Decimal

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Columns,
    Movement,
    MovementKind,
    SettlementFormat,
)
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, Sheet, sheet_of
from dinero_sync.settlements.table import Table, Titles, having, plain_title, titled

TOTAL = "total_settlement_amount"
REFERENCES = ("merchant_reference1", "merchant_reference2")
KINDS = {
    "sale": (MovementKind.SALE, 1),
    "return": (MovementKind.REFUND, -1),
    "reversal": (MovementKind.CHARGEBACK, -1),
    "reversal_merchant_protection": (MovementKind.CHARGEBACK, 1),
    "fee": (MovementKind.FEE, -1),
    "fee_refund": (MovementKind.FEE, 1),
    "correction": (MovementKind.FEE, 1),
    "commission": (MovementKind.OTHER, 1),
    "tax": (MovementKind.FEE, -1),
    "charge": (MovementKind.OTHER, -1),
    "credit": (MovementKind.OTHER, 1),
    "holdback": (MovementKind.RESERVE, -1),
    "release": (MovementKind.RESERVE, 1),
}
"""By Klarna's types, with the direction in which each moves money where amounts bear no sign."""
PARTS = {
    "total_sale_amount": ("sale",),
    "total_return_amount": ("return",),
    "total_reversal_amount": ("reversal",),
    "total_fee_amount": ("fee",),
    "total_tax_amount": ("tax",),
    "total_charge_amount": ("charge",),
    "total_credit_amount": ("credit",),
    "total_holdback_amount": ("holdback",),
    "total_release_amount": ("release",),
    "total_fee_refund_amount": ("fee_refund",),
}
"""Which types each total is the sum of; what is more involved is proved by the net."""
PAID_ON = ("payout_date", "settlement_date", "payment_date")
CURRENCIES = ("currency", "currency_code", "settlement_currency", "posting_currency")
TAX = "tax"
_is_transactions = having("type", "amount", "capture_id")


def _totals(file: File) -> Table | None:
    return titled(file.text, having(TOTAL), within=3, until=_is_transactions)


def _transactions(file: File) -> Table | None:
    return titled(file.text, _is_transactions, within=20)


def _fits(file: File) -> bool:
    return _totals(file) is not None or _transactions(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the one payout of the file."""
    totals, transactions = _totals(file), _transactions(file)
    if totals is None or transactions is None:
        raise RefusedFileError(
            "table_missing", (sentence("settlement_keep_summary"),), provider="Klarna"
        )
    of_payout = _only(totals, columns)
    currency = of_payout.currency(_first_of(totals, CURRENCIES))
    sheet = sheet_of(
        transactions,
        said=columns,
        needed=("type",),
        wanted=(*REFERENCES, "order_id", "vat_amount", "posting_currency", "sale_date"),
        amounts=("amount", "vat_amount"),
        days=("capture_date",),
        mark=of_payout.sheet.amounts.mark if of_payout.text(TOTAL).lstrip("-").isdigit() else "",
    )
    movements = tuple(_movements(sheet, currency))
    _prove_parts(of_payout, sheet, currency)
    payout = proved(
        movements,
        id=of_payout.text("payment_reference"),
        day=of_payout.day(_first_of(totals, PAID_ON)),
        currency=currency,
        net=of_payout.amount(TOTAL, currency),
        bank_text=of_payout.text("payment_reference"),
    )
    return Found((payout,))


def _only(totals: Table, columns: Columns) -> Line:
    amounts = tuple(each for each in totals.titles if _is_total(each))
    sheet = sheet_of(
        totals,
        said=columns,
        needed=("payment_reference", TOTAL),
        wanted=(*CURRENCIES, *PARTS, *PAID_ON),
        amounts=amounts,
        days=(_first_of(totals, PAID_ON),),
    )
    lines = list(sheet.rows())
    if len(lines) != 1 or not lines[0].text("payment_reference"):
        raise RefusedFileError("not_one_payout", payouts=len(lines))
    return lines[0]


def _is_total(title: str) -> bool:
    return title.startswith("total ") and title.endswith(" amount")


def _first_of(table: Table, titles: Titles) -> str:
    return next((each for each in titles if table.has(each)), titles[0])


def _movements(sheet: Sheet, currency: str) -> Iterator[Movement]:
    bear_signs = _bear_signs(sheet, currency)
    for line in sheet.rows():
        name = _type(line)
        kind, direction = KINDS[name]
        posted = line.text("posting_currency")
        amount = _signed(line, "amount", currency, 1 if bear_signs else direction)
        vat = None
        if name == TAX:
            vat = amount
        elif line.text("vat_amount") and kind is MovementKind.FEE:
            vat = abs(line.amount("vat_amount", currency)).copy_sign(amount)
        is_fee = kind is MovementKind.FEE
        yield Movement(
            kind=kind,
            reference=next((text for each in REFERENCES if (text := line.text(each))), ""),
            payment=line.text("order_id"),
            amount=NOTHING if is_fee else amount,
            fee=amount if is_fee else NOTHING,
            vat=vat,
            currency=line.currency("posting_currency") if posted else currency,
            day=line.day("capture_date"),
        )


def _type(line: Line) -> str:
    name = line.text("type").casefold()
    if name not in KINDS:
        raise line.unknown_type("type")
    return name


def _signed(line: Line, column: str, currency: str, direction: int) -> Decimal:
    amount = line.amount(column, currency) * direction
    return amount or NOTHING


def _bear_signs(sheet: Sheet, currency: str) -> bool:
    """Tell whether amounts bear signs: where what is taken is negative, if only once."""
    signs = {
        line.amount("amount", currency) < 0 for line in sheet.rows() if KINDS[_type(line)][1] < 0
    }
    return True in signs


def _prove_parts(of_payout: Line, sheet: Sheet, currency: str) -> None:
    """Compare the totals of the kinds with their rows, without regard to signs."""
    found: dict[str, Decimal] = {}
    for line in sheet.rows():
        name = _type(line)
        found[name] = found.get(name, NOTHING) + line.amount("amount", currency)
    for title, names in PARTS.items():
        if not of_payout.text(title):
            continue
        told = of_payout.amount(title, currency)
        added = sum((found.get(each, NOTHING) for each in names), NOTHING)
        if abs(told) != abs(added):
            raise RefusedFileError(
                "part_sum", part=plain_title(title), told=told, sum=added, currency=currency
            )


READER = Reader(
    format=SettlementFormat.KLARNA,
    report="Settlement file",
    is_proven=False,
    fits=_fits,
    read=_read,
)
