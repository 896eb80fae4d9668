"""Which payouts a provider's bill of its fees is about, and whether the sums prove it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

BEFORE, AFTER = timedelta(days=31), timedelta(days=7)
"""How far the day of a single payout may be from that of its bill."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBill:
    """A provider's bill whose fees its payouts post already."""

    name: str
    """What the journal calls it."""
    day: date
    currency: str
    total: Decimal
    """With its VAT."""
    file_guid: str
    """Dinero's name of its document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidFees:
    """What a payout of the same provider kept as fees."""

    name: str
    """What the journal calls the payout."""
    day: date
    currency: str
    fees: Decimal
    """With their VAT; positive where they were taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The payouts that a bill is about."""

    payouts: tuple[PaidFees, ...]
    is_proved: bool
    """Whether their fees are the bill's total."""


def covered(bill: FeeBill, payouts: Iterable[PaidFees]) -> Covered:
    """Return the payouts that a bill is about.

    The one that kept just its total, about its day; else those of its month or of the month before
    whose fees come to it. Where no sum proves it, those of its month up to its day.
    """
    own = sorted(
        (each for each in payouts if each.currency == bill.currency), key=lambda each: each.day
    )
    near = (each for each in own if bill.day - BEFORE <= each.day <= bill.day + AFTER)
    alone = [each for each in near if each.fees == bill.total]
    if len(alone) == 1:
        return Covered(payouts=tuple(alone), is_proved=True)
    for month in _months(bill.day):
        within = [each for each in own if each.day.replace(day=1) == month]
        if within and sum(each.fees for each in within) == bill.total:
            return Covered(payouts=tuple(within), is_proved=True)
    until = (each for each in own if bill.day.replace(day=1) <= each.day <= bill.day)
    return Covered(payouts=tuple(until), is_proved=False)


def _months(day: date) -> Iterator[date]:
    """Yield the first days of a day's month and of the month before."""
    first = day.replace(day=1)
    yield first
    yield (first - A_DAY).replace(day=1)


def bill_of(payout: str, bills: Iterable[FeeBill], payouts: Collection[PaidFees]) -> FeeBill | None:
    """Return the bill that is proved to be about a payout; None without one, and for one of two."""
    found = [
        bill
        for bill in bills
        if (about := covered(bill, payouts)).is_proved
        and any(each.name == payout for each in about.payouts)
    ]
    return found[0] if len(found) == 1 else None
