"""Stripe, payout reconciliation, itemised (CSV): any choice of columns, in any order."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dinero_sync.domain.papers.payout import NOTHING, Columns, Movement, Payout, SettlementFormat
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day, proved
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.stripe_rows import ITEMIZED, PAYOUT, movement_of, wrong_report
from dinero_sync.settlements.table import Table, having, titled

NEEDED = ("balance_transaction_id", "reporting_category", "currency", "automatic_payout_id")
AMOUNTS = ("gross", "fee", "net")
PAID_AT = ("automatic_payout_effective_at", "automatic_payout_effective_at_utc")
CREATED = ("created", "created_utc")
PAYMENT = ("payment_intent_id", "charge_id", "source_id")
SOLD = ("customer_facing_amount", "customer_facing_currency")
DESCRIPTION = "description"
METADATA = re.compile(r"(payment|refund) metadata\[.*(order|ordre|invoice|faktura|referen).*\]")
"""Plug-ins write the shop's order number into the payment's metadata, under a name of theirs."""
BALANCE_REPORT = (
    *("balance transaction id", "created", "available on", "currency", "gross", "fee", "net"),
    *("reporting category", "description", "automatic payout id", "automatic payout effective at"),
)
"""The titles of the balance report, in its order: it cuts payouts at the ends of its period."""


class _Read(NamedTuple):
    """What is kept of a row: a file may have a hundred thousand."""

    payout: str
    paid_on: date
    currency: str
    movement: Movement | None
    """None where the row is the payout itself."""
    net: Decimal


def _table(file: File) -> Table | None:
    return titled(file.text, having("balance_transaction_id", "reporting_category"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read the payouts; a row without one shows that it is the report of the balance."""
    table = _table(file)
    if table is None or table.titles == BALANCE_REPORT:
        raise wrong_report("Balance change from activity")
    payouts: dict[str, list[_Read]] = {}
    for each in _rows(table, columns):
        payouts.setdefault(each.payout, []).append(each)
    return Found(by_day(_payout(rows) for rows in payouts.values()))


def _rows(table: Table, columns: Columns) -> Iterator[_Read]:
    references = tuple(title for title in table.titles if METADATA.fullmatch(title))
    paid_at = _first_of(table, PAID_AT)
    created = _first_of(table, CREATED)
    sheet = sheet_of(
        table,
        said=columns,
        needed=NEEDED,
        wanted=(*references, *PAYMENT, *SOLD, DESCRIPTION),
        amounts=AMOUNTS,
        days=(paid_at, created),
    )
    ids: set[str] = set()
    for line in sheet.rows():
        own = line.text("balance_transaction_id")
        if own in ids:
            raise RefusedFileError("row_twice")
        ids.add(own)
        payout = line.text("automatic_payout_id")
        if not payout:
            raise wrong_report("Balance change from activity")
        yield _row(line, payout, references, (paid_at, created))


def _first_of(table: Table, titles: tuple[str, ...]) -> str:
    return next((each for each in titles if table.has(each)), titles[0])


def _row(line: Line, payout: str, references: tuple[str, ...], days: tuple[str, str]) -> _Read:
    currency = line.currency("currency")
    gross, fee, net = (line.amount(each, currency) for each in AMOUNTS)
    if gross - fee != net:
        raise RefusedFileError("row_sum", line=line.number, net=net, parts=gross - fee)
    category = line.text("reporting_category")
    paid_on, created = (line.day(each) for each in days)
    if category == PAYOUT:
        return _Read(payout, paid_on, currency, None, net)
    sold_currency = line.text(SOLD[1]).upper()
    is_sold_abroad = bool(sold_currency) and sold_currency != currency
    movement = movement_of(
        category,
        gross,
        fee,
        reference=_one_of(line, (*references, DESCRIPTION)),
        payment=_one_of(line, PAYMENT),
        currency=currency,
        day=created,
        sold=line.amount(SOLD[0], sold_currency) if is_sold_abroad and line.text(SOLD[0]) else None,
        sold_currency=sold_currency if is_sold_abroad else "",
    )
    return _Read(payout, paid_on, currency, movement, net)


def _one_of(line: Line, titles: tuple[str, ...]) -> str:
    return next((text for each in titles if (text := line.text(each))), "")


def _payout(rows: list[_Read]) -> Payout:
    """Add up a payout; a row of its own, where there is one, tells what it has to come to."""
    first = rows[0]
    if any(each.paid_on != first.paid_on for each in rows):
        raise RefusedFileError("several_days", payout=first.payout)
    told = [-each.net for each in rows if each.movement is None]
    return proved(
        (each.movement for each in rows if each.movement is not None),
        id=first.payout,
        day=first.paid_on,
        currency=first.currency,
        net=sum(told, NOTHING) if told else None,
    )


READER = Reader(
    format=SettlementFormat.STRIPE, report=ITEMIZED, is_proven=True, fits=_fits, read=_read
)
