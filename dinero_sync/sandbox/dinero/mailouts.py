"""Sending a booked invoice: by e-mail, or as an e-invoice to an EAN number; and what was sent."""

from http import HTTPStatus

from stdnum import ean

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.clock import utc_text
from dinero_sync.sandbox.dinero.books import Invoice, Mailout
from dinero_sync.sandbox.dinero.call import Call, Handlers, same_guid
from dinero_sync.sandbox.dinero.errors import (
    EAN_INVALID,
    EAN_MISSING,
    NOT_SENT,
    Refusal,
    invalid,
)
from dinero_sync.sandbox.dinero.invoices import check_timestamp, known_live, touch
from dinero_sync.sandbox.dinero.listing import changed_since

LINK = "[link-to-pdf]"


def email_invoice(call: Call) -> Answer:
    """``POST invoices/{guid}/email``: to ``Receiver``, else to the contact's address."""
    invoice = _sendable(call)
    message = call.body.get("Message")
    if message and LINK not in message:
        raise invalid("Message", f"Must contain {LINK}.")
    receiver = call.body.get("Receiver") or _contact_field(call, invoice, "Email")
    addresses = [address.strip() for address in receiver.split(",") if address.strip()]
    if not addresses:
        raise invalid("Receiver", "The contact has no e-mail address.")
    _keep(call, invoice, Mailout(**_new(call), kind="Mailout", receiver=", ".join(addresses)))
    return json_answer({"Recipients": [{"Email": address} for address in addresses]})


def send_e_invoice(call: Call) -> Answer:
    """``POST /v3/…/invoices/{guid}/e-invoice``: to the contact's EAN number (codes 51, 56, 57)."""
    invoice = _sendable(call)
    number = _contact_field(call, invoice, "EanNumber")
    if not number:
        raise Refusal("The contact has no EAN number.", code=EAN_MISSING)
    if not ean.is_valid(number):
        raise Refusal("The EAN number is invalid.", code=EAN_INVALID)
    delivery = call.sandbox.settings.e_invoice_delivery
    if delivery == "refused":
        raise Refusal("The e-invoice could not be sent.", code=NOT_SENT)
    mailout = Mailout(
        **_new(call),
        kind="Einvoice",
        receiver=number,
        failed=delivery == "endpoint_not_found",
        latest_event="EndpointNotFound" if delivery == "endpoint_not_found" else "SentToCustomer",
    )
    _keep(call, invoice, mailout)
    return Answer(HTTPStatus.OK)


def list_mailouts(call: Call) -> Answer:
    """``GET invoices/{guid}/mailouts``, oldest first."""
    recent = changed_since(call)
    rows = [mailout_row(mailout) for mailout in known_live(call).mailouts]
    return json_answer([row for row in rows if recent({"UpdatedAt": row["Date"]})])


def _sendable(call: Call) -> Invoice:
    invoice = known_live(call)
    if not invoice.is_booked:
        raise Refusal("A draft can't be sent.")
    if call.body.get("Timestamp"):
        check_timestamp(call, invoice)
    return invoice


def _contact_field(call: Call, invoice: Invoice, name: str) -> str:
    contact = call.organisation.contacts.get(same_guid(invoice.fields.get("ContactGuid") or ""))
    return (contact.fields.get(name) or "").strip() if contact else ""


def _new(call: Call) -> Json:
    return {"id": call.sandbox.new_mailout_id(), "date": call.sandbox.now(), "fields": call.body}


def _keep(call: Call, invoice: Invoice, mailout: Mailout) -> None:
    invoice.mailouts.append(mailout)
    touch(call, invoice)


def mailout_row(mailout: Mailout) -> Json:
    """Return what was sent as the API lists it."""
    fields = mailout.fields
    return {
        "Id": mailout.id,
        "Date": utc_text(mailout.date),
        "SeenAt": None,
        "Sender": fields.get("Sender"),
        "Receiver": mailout.receiver,
        "Subject": fields.get("Subject"),
        "Message": fields.get("Message"),
        "DownloadCount": 0,
        "PrintCount": 0,
        "Type": mailout.kind,
        "Status": "Failed" if mailout.failed else "Sent",
        "LatestEvent": mailout.latest_event,
        "IsSmsMessage": False,
        "CCToSender": bool(fields.get("CcToSender")),
    }


HANDLERS: Handlers = {
    "EmailInvoice": email_invoice,
    "SendEInvoiceV3": send_e_invoice,
    "ListInvoiceMailouts": list_mailouts,
}
