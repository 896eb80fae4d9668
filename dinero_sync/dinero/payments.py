"""Payments of an invoice, as requests say them and as Dinero's answers do.

Source: https://api.dinero.dk/openapi/index.html
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from dinero_sync.dinero.answers import Wire, amount_of, text_of, timestamp_of
from dinero_sync.dinero.body import Body, timestamp_body
from dinero_sync.domain.documents import Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """A payment registered on an invoice."""

    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePayments:
    """All payments of an invoice and what is left to pay."""

    payments: tuple[PaymentRecord, ...]
    remaining: Decimal
    """Negative when overpaid."""


def payment_body(payment: Payment, day: date, timestamp: str) -> Body:
    """Encode ``POST /v1/{org}/invoices/{guid}/payments``: the gross amount, never net of fees.

    ``Amount`` is in kroner. The amount in the invoice's currency beside it gives the rate.
    """
    foreign = payment.foreign_amount
    return {
        **timestamp_body(timestamp),
        "DepositAccountNumber": payment.deposit_account,
        "Amount": payment.amount,
        **({} if foreign is None else {"AmountInForeignCurrency": foreign}),
        "Description": payment.description,
        "RemainderIsFee": False,
        "ExternalReference": payment.reference,
        "PaymentDate": day,
    }


def new_timestamp(wire: Wire) -> str:
    """Decode the invoice's new version from the answer to a payment."""
    return timestamp_of(wire)


def invoice_payments(wire: Wire) -> InvoicePayments:
    """Decode ``GET /v2/{org}/invoices/{guid}/payments``."""
    payments = wire["Payments"]
    return InvoicePayments(
        payments=tuple(_payment(item) for item in cast("list[Wire]", payments)),
        remaining=amount_of(wire, "RemainingAmount"),
    )


def _payment(wire: Wire) -> PaymentRecord:
    return PaymentRecord(
        reference=text_of(wire, "ExternalReference"),
        amount=amount_of(wire, "Amount"),
    )
