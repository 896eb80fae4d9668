"""How an order was paid: each payment of its invoice, with the account that took it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import Plan
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidWith:
    """A payment of an order's invoice, as it is planned or was registered."""

    kind: DocumentKind
    """``PAYMENT`` for money, ``GIFT_CARD_PAYMENT`` for a gift card."""
    reference: str
    """Its ``ExternalReference`` at Dinero."""
    account: int
    """The deposit account that took it."""
    amount: Decimal | None
    """In kroner; None in another currency until Dinero tells the invoice's rate."""
    rate: Decimal | None
    """Kroner for one unit of the invoice's currency, unrounded; None as ``amount``."""
    is_registered: bool


def payments_of(record: OrderRecord) -> tuple[PaidWith, ...]:
    """Return the payments of a sale in the order they are paid back: money, then the gift card.

    Empty where none is registered, and where what was booked isn't kept any more.
    """
    return () if record.plan is None else tuple(_paid_with(record, record.plan))


def _paid_with(record: OrderRecord, plan: Plan) -> Iterator[PaidWith]:
    for payment in plan.payments:
        is_money = payment is plan.payment
        kind = DocumentKind.PAYMENT if is_money else DocumentKind.GIFT_CARD_PAYMENT
        amount = record.total_dkk if payment.amount is None else payment.amount
        foreign = payment.foreign_amount
        document = record.document(kind)
        yield PaidWith(
            kind=kind,
            reference=payment.reference,
            account=payment.deposit_account,
            amount=amount,
            rate=Decimal(1) if foreign is None else amount and amount / foreign,
            is_registered=document is not None and document.rung is Rung.PAID,
        )
