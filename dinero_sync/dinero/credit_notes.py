"""Credit notes (kreditnotaer), as requests say them; Dinero's answers read as an invoice's do.

Their amounts are positive. A booked one is set off against its invoice by Dinero itself, by a
payment of the invoice that is no money.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from dinero_sync.dinero.answers import decoded, one, optional_guid_of, timestamp_of
from dinero_sync.dinero.body import Body, timestamp_body, to_json, utc_text
from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.invoices import (
    SUMMARY_FIELDS,
    InvoiceRecord,
    InvoiceSummary,
    invoice,
    invoice_body,
    invoice_summary,
)
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.documents import CreditPlan

PATH = "sales/creditnotes"
OF_INVOICES_ALONE = frozenset({"PaymentConditionType", "PaymentConditionNumberOfDays"})


def listed(transport: Transport, first: date, last: date) -> Iterator[InvoiceSummary]:
    """List the credit notes dated in a range of days, and all drafts: one call for a thousand."""
    query = {"fields": SUMMARY_FIELDS, "startDate": str(first), "endDate": str(last)}
    for wire in transport.pages("v1", PATH, query):
        yield decoded(invoice_summary, wire)


def changed_since(transport: Transport, moment: datetime) -> Iterator[InvoiceSummary]:
    """List the credit notes created or changed at or after ``moment``, as those of invoices."""
    query = {"fields": SUMMARY_FIELDS, "changesSince": utc_text(moment)}
    for wire in transport.pages("v1", PATH, query):
        yield decoded(invoice_summary, wire)


def invoice_credited(transport: Transport, guid: UUID) -> UUID | None:
    """Read which invoice a credit note is for; raises NotFoundError or DeletedError."""
    return optional_guid_of(transport.read_object("v1", f"{PATH}/{guid}"), "CreditNoteFor")


def read(transport: Transport, guid: UUID) -> InvoiceRecord:
    """Read one credit note; raises NotFoundError or DeletedError."""
    return decoded(invoice, transport.read_object("v1", f"{PATH}/{guid}"))


def found(transport: Transport, guid: UUID) -> InvoiceRecord | None:
    """Read a credit note; None where there is none, or somebody deleted it."""
    try:
        return read(transport, guid)
    except (DeletedError, NotFoundError):
        return None


def create(new: CreditPlan, contact_guid: UUID) -> Write[str]:
    """Create a draft under its own guid, which answers its version.

    AlreadyExistsError says that the guid is taken.
    """
    body = to_json(_body(new, contact_guid))
    return Write("POST", "v1", PATH, body, one(timestamp_of), has_identity=True)


def replace(new: CreditPlan, contact_guid: UUID, timestamp: str) -> Write[str]:
    """Replace a draft as a whole, which answers its new version.

    StaleTimestampError says that somebody changed it.
    """
    body = to_json({**_body(new, contact_guid), **timestamp_body(timestamp)})
    return Write("PUT", "v1.2", f"{PATH}/{new.note.guid}", body, one(timestamp_of))


def delete(guid: UUID, timestamp: str) -> Write[None]:
    """Delete a draft; a booked credit note is refused by Dinero."""
    body = to_json(timestamp_body(timestamp))
    return Write("DELETE", "v1", f"{PATH}/{guid}", body, nothing)


def book(guid: UUID, timestamp: str) -> Write[InvoiceRecord]:
    """Book a draft, which can't be undone; StaleTimestampError says that it changed."""
    body = to_json(timestamp_body(timestamp))
    return Write("POST", "v1", f"{PATH}/{guid}/book", body, one(invoice))


def _body(new: CreditPlan, contact_guid: UUID) -> Body:
    body = invoice_body(new.note, contact_guid)
    own = {name: value for name, value in body.items() if name not in OF_INVOICES_ALONE}
    return {"CreditNoteFor": new.invoice_guid, **own}
