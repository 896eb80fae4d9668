"""Sending a booked invoice to the customer, and what became of it.

Dinero knows no identity of a mail-out: what was sent twice arrives twice. So a sending without a
clear answer is in doubt, and :func:`mail_outs` tells whether it happened.

Source: https://api.dinero.dk/openapi/index.html
"""

from enum import StrEnum
from uuid import UUID

from dinero_sync.dinero.answers import Wire, text_of
from dinero_sync.dinero.body import Body, timestamp_body
from dinero_sync.dinero.transport import Transport


class MailOutStatus(StrEnum):
    """How far a mail-out came, in Dinero's own words."""

    PENDING = "Pending"
    SENT = "Sent"
    SEEN = "SeenByCustomer"
    FAILED = "Failed"
    BY_HAND = "ManuallySent"


def send_by_email(
    transport: Transport, invoice_guid: UUID, timestamp: str, *, receiver: str | None = None
) -> None:
    """Send a booked invoice by e-mail, to the contact's own address unless ``receiver`` is given.

    ``timestamp`` is the invoice's version that was looked at. Raises StaleTimestampError when it
    changed since, NotSentError when Dinero couldn't send, and RejectedError without an address.
    """
    body = email_body(timestamp, receiver)
    transport.write("POST", "v1", f"invoices/{invoice_guid}/email", body)


def send_as_e_invoice(
    transport: Transport,
    invoice_guid: UUID,
    timestamp: str,
    *,
    order_reference: str | None,
    attention: str | None,
) -> None:
    """Send a booked invoice to the contact's EAN number.

    ``order_reference`` and ``attention`` are the order number and the person at the buyer's that it
    finds the order by (BEK 206 of 2011 §§ 3-4). Raises EanRefusedError for a contact without a
    right EAN number, NotSentError when Dinero couldn't send, and StaleTimestampError when the
    invoice changed.
    """
    body = e_invoice_body(timestamp, order_reference, attention)
    transport.write("POST", "v3", f"invoices/{invoice_guid}/e-invoice", body)


def mail_outs(transport: Transport, invoice_guid: UUID) -> list[MailOutStatus | None]:
    """List what was sent of an invoice by how far it came: None where Dinero has another word.

    Nothing else of a mail-out is read: neither the address it went to nor the words it carried.
    """
    listed = transport.read_list("v1", f"invoices/{invoice_guid}/mailouts", {})
    return [_status(wire) for wire in listed]


def email_body(timestamp: str, receiver: str | None) -> Body:
    """Encode ``POST /v1/{org}/invoices/{guid}/email``, in Dinero's own words to the customer."""
    return {
        **timestamp_body(timestamp),
        "Receiver": receiver,
        "AddVoucherAsPdfAttachment": True,
        "ShouldAddTrustPilotEmailAsBcc": False,
    }


def e_invoice_body(timestamp: str, order_reference: str | None, attention: str | None) -> Body:
    """Encode ``POST /v3/{org}/invoices/{guid}/e-invoice``: paid to a Danish bank account."""
    return {
        **timestamp_body(timestamp),
        "OrderReference": order_reference,
        "AttPerson": attention,
        "PaymentMeanEnum": "Domestic",
    }


def _status(wire: Wire) -> MailOutStatus | None:
    try:
        return MailOutStatus(text_of(wire, "Status"))
    except ValueError:
        return None
