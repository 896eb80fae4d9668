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
    optional_amount_of,
    optional_guid_of,
    optional_number_of,
    parsed,
    text_of,
    timestamp_of,
)
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write
from dinero_sync.domain.documents import Payment
from dinero_sync.domain.money import round_to_ore
from dinero_sync.http_answers import Answer

ROUNDED = Decimal("0.05")
"""Up to so much comes of rates that Dinero tells with few decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """A payment registered on an invoice."""

    reference: str
    amount: Decimal
    """In kroner; negative for what was paid back."""
    deposit_account: int | None = None
    """None where it is no money: a credit note set off, a ledger item."""
    voucher: UUID | None = None
    """What was booked for it: the credit note where that was set off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePayments:
    """All payments of an invoice and what is left to pay."""

    payments: tuple[PaymentRecord, ...]
    remaining: Decimal
    """Negative when overpaid."""
    invoice_total: Decimal = Decimal(0)
    """What there was to pay, reminders included."""
    credited: Decimal = Decimal(0)
    """What credit notes took off it, in the invoice's currency; by Dinero's rounded rate, where
    that is another than kroner."""
    credit_notes: tuple[UUID, ...] = ()
    """Those that took it off, where Dinero names them."""

    def credited_more_than(self, amount: Decimal) -> bool:
        """Tell whether credit notes took more than an amount in the invoice's currency off it."""
        return self.credited - amount > ROUNDED


def of_invoice(transport: Transport, guid: UUID) -> InvoicePayments:
    """List the payments of an invoice."""
    return decoded(invoice_payments, transport.read_object("v2", f"invoices/{guid}/payments"))


def register(guid: UUID, payment: Payment, day: date, timestamp: str) -> Write[str]:
    """Register a payment of the invoice ``guid``, which answers the invoice's new version.

    The amount is gross, never net of fees, and in kroner, negative where money goes back; that in
    the invoice's currency beside it gives the rate.

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
    payments = cast("list[Wire]", wire["Payments"])
    notes = [item for item in payments if _is_credit_note(item)]
    remaining = amount_of(wire, "RemainingAmount")
    told = optional_amount_of(wire, "InvoiceTotalIncludingReminderExpenses")
    paid = sum((amount_of(item, "Amount") for item in payments), Decimal(0))
    return InvoicePayments(
        payments=tuple(_payment(item) for item in payments),
        remaining=remaining,
        invoice_total=remaining + paid if told is None else told,
        credited=sum(map(_set_off, notes), Decimal(0)),
        credit_notes=tuple(each.voucher for each in map(_payment, notes) if each.voucher),
    )


def _payment(wire: Wire) -> PaymentRecord:
    return PaymentRecord(
        reference=text_of(wire, "ExternalReference"),
        amount=amount_of(wire, "Amount"),
        deposit_account=optional_number_of(wire, "DepositAccountNumber"),
        voucher=optional_guid_of(wire, "RelatedVoucherId"),
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


def _is_credit_note(wire: Wire) -> bool:
    return "credit" in text_of(wire, "PaymentClass").lower()


def _set_off(wire: Wire) -> Decimal:
    """Return what a credit note took off an invoice by this entry, in the invoice's currency.

    Dinero gives the amount in kroner, with its rate beside it.
    """
    return round_to_ore(amount_of(wire, "Amount") * 100 / _rate(wire))


def _rate(wire: Wire) -> Decimal:
    """Return the kroner for a hundred of the invoice's currency; a hundred where none is told."""
    return optional_amount_of(wire, "ExchangeRate") or Decimal(100)
