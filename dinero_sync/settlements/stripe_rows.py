"""What Stripe calls movements, in every one of its forms."""

from datetime import date
from decimal import Decimal

from dinero_sync.domain.papers.payout import NOTHING, Movement, MovementKind
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.refusal import RefusedFileError, unknown_type

ITEMIZED = "Payout reconciliation, itemized"
PAYOUT = "payout"
TAX = "tax"
KINDS = {
    "charge": MovementKind.SALE,
    "charge_failure": MovementKind.CHARGEBACK,
    "refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND,
    "partial_capture_reversal": MovementKind.REFUND,
    "dispute": MovementKind.CHARGEBACK,
    "dispute_reversal": MovementKind.CHARGEBACK,
    "fee": MovementKind.FEE,
    TAX: MovementKind.FEE,
    "payout_minimum_balance_hold": MovementKind.RESERVE,
    "payout_minimum_balance_release": MovementKind.RESERVE,
    "risk_reserved_funds": MovementKind.RESERVE,
    "payment_network_reserve_hold": MovementKind.RESERVE,
    "payment_network_reserve_release": MovementKind.RESERVE,
    "payout_reversal": MovementKind.OTHER,
    "topup": MovementKind.OTHER,
    "topup_reversal": MovementKind.OTHER,
    "transfer": MovementKind.OTHER,
    "transfer_reversal": MovementKind.OTHER,
    "other_adjustment": MovementKind.OTHER,
}
"""Kinds by ``reporting_category`` (docs.stripe.com/reports/reporting-categories)."""


def movement_of(  # noqa: PLR0913 - what a row says, by name
    category: str,
    gross: Decimal,
    fee: Decimal,
    *,
    reference: str,
    payment: str,
    currency: str,
    day: date,
    sold: Decimal | None = None,
    sold_currency: str = "",
) -> Movement:
    """Build a movement; ``fee`` is as Stripe writes it: positive where it is a cost.

    Raises RefusedFileError for a category that isn't known: it may be anything.
    """
    if category not in KINDS:
        raise unknown_type(category, "reporting_category")
    kind = KINDS[category]
    is_fee = kind is MovementKind.FEE
    return Movement(
        kind=kind,
        reference=reference,
        payment=payment,
        amount=NOTHING if is_fee else gross,
        fee=gross - fee if is_fee else -fee,
        vat=gross - fee if category == TAX else None,
        currency=currency,
        day=day,
        sold=sold,
        sold_currency=sold_currency,
    )


def wrong_report(seen: str) -> RefusedFileError:
    """Build the error of another report than the one that has payouts."""
    steps = (sentence("settlement_download_report", provider="Stripe", report=ITEMIZED),)
    return RefusedFileError("wrong_report", steps, report=seen)
