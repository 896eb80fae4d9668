"""Sending a booked invoice to the customer, and what became of it.

Dinero knows no identity of a mail-out: what was sent twice arrives twice. So a sending without a
clear answer is in doubt, and :func:`of_invoice` tells whether it happened.

Source: https://api.dinero.dk/openapi/index.html
"""

from enum import StrEnum
from uuid import UUID

from dinero_sync.dinero.answers import Wire, text_of
from dinero_sync.dinero.body import Body, timestamp_body, to_json
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing


class MailOutStatus(StrEnum):
    """How far a mail-out came, in Dinero's own words."""

    PENDING = "Pending"
    SENT = "Sent"
    SEEN = "SeenByCustomer"
    FAILED = "Failed"
    BY_HAND = "ManuallySent"


def by_email(invoice_guid: UUID, timestamp: str, *, receiver: str | None = None) -> Write[None]:
    """Send a booked invoice by e-mail, to the contact's own address unless ``receiver`` is given.

    The words to the customer are Dinero's own. ``timestamp`` is the invoice's version that was
    looked at. StaleTimestampError says that it changed since, NotSentError that Dinero couldn't
    send, and RejectedError that there is no address.
    """
    body: Body = {
        **timestamp_body(timestamp),
        "Receiver": receiver,
        "AddVoucherAsPdfAttachment": True,
        "ShouldAddTrustPilotEmailAsBcc": False,
    }
    return Write("POST", "v1", f"invoices/{invoice_guid}/email", to_json(body), nothing)


def as_e_invoice(
    invoice_guid: UUID, timestamp: str, *, order_reference: str | None, attention: str | None
) -> Write[None]:
    """Send a booked invoice to the contact's EAN number.

    ``order_reference`` and ``attention`` are the order number and the person at the buyer's that it
    finds the order by (BEK 206 of 2011 §§ 3-4). EanRefusedError says that the contact has no right
    EAN number, NotSentError that Dinero couldn't send, and StaleTimestampError that the invoice
    changed.
    """
    body: Body = {
        **timestamp_body(timestamp),
        "OrderReference": order_reference,
        "AttPerson": attention,
        "PaymentMeanEnum": "Domestic",
    }
    return Write("POST", "v3", f"invoices/{invoice_guid}/e-invoice", to_json(body), nothing)


def of_invoice(transport: Transport, invoice_guid: UUID) -> list[MailOutStatus | None]:
    """List what was sent of an invoice by how far it came: None where Dinero has another word.

    Nothing else of a mail-out is read: neither the address it went to nor the words it carried.
    """
    listed = transport.read_list("v1", f"invoices/{invoice_guid}/mailouts", {})
    return [_status(wire) for wire in listed]


def _status(wire: Wire) -> MailOutStatus | None:
    try:
        return MailOutStatus(text_of(wire, "Status"))
    except ValueError:
        return None
