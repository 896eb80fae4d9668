"""Chargebacks of orders that nobody has ended yet, and what refunds have taken of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.documents import ChargedBack
from dinero_sync.domain.hold import HoldReason
from dinero_sync.journal.documents import OrderRecord, Rung, Standing

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChargeback:
    """A chargeback that waits for a person: to be credited, or to be owed again."""

    record: OrderRecord
    """The order, by the chain of the chargeback."""
    day: date
    """The provider's."""
    amount: Decimal
    """What is left of it, in the invoice's currency."""


def open_chargebacks(chains: Sequence[OrderRecord]) -> list[OpenChargeback]:
    """Return the chargebacks of an order that are held, by their days; ``chains`` are all its own.

    Those alone whose invoice is known here: others are dealt with in Dinero by hand.
    """
    taken: dict[str, Decimal] = {}
    for each in chains:
        if each.credit and each.credit.refund and each.rung is Rung.PAID:
            for part in each.credit.refund.charged_back:
                taken[part.chain] = taken.get(part.chain, NOTHING) + part.amount
    found = [
        OpenChargeback(
            record=each,
            day=each.chargeback.day,
            amount=each.chargeback.amount - taken.get(each.chain, NOTHING),
        )
        for each in chains
        if each.chargeback is not None
        and each.standing is Standing.HELD
        and each.reason == HoldReason.CHARGEBACK
    ]
    return sorted(found, key=lambda each: (each.day, each.record.chain))


def covered(open_: Sequence[OpenChargeback], amount: Decimal) -> tuple[ChargedBack, ...]:
    """Return what a refund of ``amount`` takes of open chargebacks, the earliest first."""
    parts = []
    for each in open_:
        part = min(each.amount, amount)
        if part > 0:
            parts.append(ChargedBack(chain=each.record.chain, amount=part))
            amount -= part
    return tuple(parts)
