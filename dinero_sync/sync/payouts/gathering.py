"""What the journal and bank statements tell of a payout: whose its movements are, what arrived."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dinero_sync.domain.hold import SkipReason
from dinero_sync.domain.identity import payout_name
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.papers.payout import (
    OF_AN_ORDER,
    BankLine,
    Movement,
    MovementKind,
    Payout,
    Source,
)
from dinero_sync.domain.papers.period import Compared, Period
from dinero_sync.journal.money.periods import compared
from dinero_sync.journal.money.went_back import CHARGEBACK, REFUND, WentBack
from dinero_sync.posting.payouts.matching import Matching, match, number_reader

EARLY, LATE = timedelta(days=1), timedelta(days=10)
"""How long before and after the provider's day the bank may book what it paid."""
AT_ONCE = 500
"""Numbers in one question to the journal."""
SHORTEST_NAME = 4
"""A shorter one may stand in any text."""
NOTHING = Decimal(0)
WENT_BACK = {MovementKind.REFUND: REFUND, MovementKind.CHARGEBACK: CHARGEBACK}
"""Movements by which money goes back to a buyer, as the journal calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What the journal knows of an order that a movement is of."""

    number: str
    currency: str
    total: Decimal | None
    total_dkk: Decimal | None
    is_before_start: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A payout's movements, and the orders that they are of."""

    matching: Matching
    orders: dict[int, Sold]
    before_start: Decimal
    """What movements of orders from before the start date come to: somebody else posted those."""
    compared: Compared | None
    """Where the file names no orders: its period. None else, and for another currency."""


def gather(db: sqlite3.Connection, payout: Payout, source: Source, start: date) -> Gathered:
    """Find the order of each movement; ``start`` is the day from which orders are ours.

    A movement of an earlier day whose order isn't known is one of before the start, too.
    """
    number_in = number_reader(source.references)
    kept = [each for each in payout.movements if each.kind in OF_AN_ORDER]
    numbers = {number for each in kept if (number := number_in(each.reference)) is not None}
    known = dict(_orders(db, numbers))
    by_number: dict[str, list[int]] = {}
    for order_id, sold in known.items():
        for name in {sold.number, str(order_id)} & numbers:
            by_number.setdefault(name, []).append(order_id)
    found = match(kept, by_number, number_in)
    early = [each for each in found.unmatched if each.day < start]
    of_skipped = [each for each, order_id in found.matched if known[order_id].is_before_start]
    return Gathered(
        matching=Matching(
            found.matched, tuple(each for each in found.unmatched if each.day >= start)
        ),
        orders=known,
        before_start=_sum([*early, *of_skipped]),
        compared=_compared(db, payout, source),
    )


def _compared(db: sqlite3.Connection, payout: Payout, source: Source) -> Compared | None:
    if payout.period is None or payout.currency != KRONER:
        return None
    first, last = payout.period
    period = Period(
        payout=payout_name(source.id, payout.id),
        account=source.clearing_account,
        first=first,
        last=last,
        sales=payout.gross,
        refunds=payout.refunds,
    )
    return compared(db, [period])[0]


def _sum(movements: Iterable[Movement]) -> Decimal:
    return sum((each.amount for each in movements), NOTHING)


def _orders(db: sqlite3.Connection, numbers: Iterable[str]) -> Iterator[tuple[int, Sold]]:
    for some in _batches(sorted(numbers)):
        marks = ", ".join("?" * len(some))
        ids = [int(each) for each in some if len(each) <= len(str(2**62))]
        id_marks = ", ".join("?" * len(ids))
        rows = db.execute(
            "SELECT subject, number, currency, total, total_dkk, reason FROM subjects"  # noqa: S608 - marks only
            " JOIN documents USING (subject) WHERE kind = 'order' AND document = 'invoice'"
            f" AND (number IN ({marks}) OR subject IN ({id_marks}))",
            (*some, *ids),
        )
        for row in rows:
            yield (
                row["subject"],
                Sold(
                    number=row["number"],
                    currency=row["currency"] or KRONER,
                    total=_amount(row["total"]),
                    total_dkk=_amount(row["total_dkk"]),
                    is_before_start=row["reason"] == SkipReason.BEFORE_START,
                ),
            )


def _batches(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(numbers), AT_ONCE):
        yield numbers[at : at + AT_ONCE]


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def went_back(name: str, payout: Payout, gathered: Gathered) -> dict[int, list[WentBack]]:
    """Return what went back of each order by a payout, which has the whole ``name``.

    Not of orders from before the start: somebody else keeps their books.
    """
    found: dict[int, list[WentBack]] = {}
    for movement, order_id in gathered.matching.matched:
        kind = WENT_BACK.get(movement.kind)
        if kind is None or gathered.orders[order_id].is_before_start or not movement.amount:
            continue
        rows = found.setdefault(order_id, [])
        amount = movement.amount if movement.sold is None else movement.sold
        rows.append(
            WentBack(
                payout=name,
                kind=kind,
                place=1 + sum(each.kind == kind for each in rows),
                day=movement.day,
                amount=-amount,
                currency=movement.sold_currency or payout.currency,
            )
        )
    return found


def on_clearing(payout: Payout, gathered: Gathered) -> Decimal | None:
    """Return what the payments in a payout come to on the clearing account, in kroner.

    An order in another currency is there at Dinero's rate of its invoice. None for a payout in
    another currency, where some orders aren't known.
    """
    of_orders = payout.gross + payout.refunds + payout.chargebacks
    differs = NOTHING
    counted = NOTHING
    for movement, order_id in gathered.matching.matched:
        value = _in_kroner(movement, gathered.orders[order_id])
        if value is not None:
            differs += value - movement.amount
            counted += movement.amount
    if payout.currency != KRONER and counted != of_orders:
        return None
    return of_orders + differs


def _in_kroner(movement: Movement, sold: Sold) -> Decimal | None:
    """Return what a payment comes to at the rate of its invoice; None where that isn't known."""
    amount = movement.amount if movement.sold is None else movement.sold
    currency = movement.sold_currency or movement.currency
    if currency != sold.currency:
        return None
    if currency == KRONER:
        return amount
    if not sold.total or sold.total_dkk is None:
        return None
    return round_to_ore(amount * sold.total_dkk / sold.total)


def arrived(payout: Payout, lines: Iterable[BankLine]) -> Decimal | None:
    """Return what the bank got of a payout, by statements in kroner; None where none tells it.

    By what the provider says that the bank calls it, or the payout's own id; in kroner else by the
    very amount.
    """
    near = [each for each in lines if payout.day - EARLY <= each.day <= payout.day + LATE]
    called = payout.bank_text or payout.id
    named = [each for each in near if len(called) >= SHORTEST_NAME and called in each.text]
    found = named or [
        each for each in near if payout.currency == KRONER and each.amount == payout.net
    ]
    amounts = {each.amount for each in found}
    return amounts.pop() if len(amounts) == 1 else None


def kind_of(movement: Movement) -> str:
    """Name the kind of a movement, as reports do."""
    return str(MovementKind(movement.kind))
