"""Payments of an invoice, as requests say them and as Dinero's answers do.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import cast
from uuid import UUID

from dinero_sync.dinero.answers import (
    Wire,
    amount_of,
    decoded,
    one,
    optional_guid_of,
    parsed,
    text_of,
    timestamp_of,
)
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write
from dinero_sync.domain.documents import Payment
from dinero_sync.http_answers import Answer


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


def of_invoice(transport: Transport, guid: UUID) -> InvoicePayments:
    """List the payments of an invoice."""
    return decoded(invoice_payments, transport.read_object("v2", f"invoices/{guid}/payments"))


def register(guid: UUID, payment: Payment, day: date, timestamp: str) -> Write[str]:
    """Register a payment of the invoice ``guid``, which answers the invoice's new version.

    The amount is gross, never net of fees, and in kroner; that in the invoice's currency beside it
    gives the rate.

    ``timestamp`` must have been taken before the invoice's payments were looked at: then a
    payment made by somebody else in between makes it stale, and nothing is paid twice.
    StaleTimestampError says that it is.
    """
    foreign = payment.foreign_amount
    body: Body = {
        **timestamp_body(timestamp),
        "DepositAccountNumber": payment.deposit_account,
        "Amount": payment.amount,
        **({} if foreign is None else {"AmountInForeignCurrency": foreign}),
        "Description": payment.description,
        "RemainderIsFee": False,
        "ExternalReference": payment.reference,
        "PaymentDate": day,
    }
    path = f"invoices/{guid}/payments"
    return Write("POST", "v1", path, to_json(body), one(timestamp_of))


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


def voucher_of(answer: str) -> UUID | None:
    """Return the voucher that Dinero made of a payment, by its answer to it; None where it doesn't.

    The entries of the payment bear its name. Where the answer isn't known any more, pass "".
    """
    body = parsed(Answer(HTTPStatus.OK, {}, answer))
    if not isinstance(body, Mapping):
        return None
    try:
        return optional_guid_of(body, "RelatedVoucherGuid")
    except ValueError:
        return None
