"""Invoices and their drafts, as requests say them and as Dinero's answers do.

Words of Dinero's that are merely compared may be new ones: they are then none of those known, and
what follows is on the safe side.

Source: https://api.dinero.dk/openapi/index.html
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from dinero_sync.dinero import errors
from dinero_sync.dinero.answers import (
    Wire,
    amount_of,
    date_of,
    decoded,
    one,
    optional_amount_of,
    optional_guid_of,
    optional_moment_of,
    optional_number_of,
    text_of,
    timestamp_of,
)
from dinero_sync.dinero.body import Body, timestamp_body, to_json, utc_text
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write, nothing
from dinero_sync.domain.documents import Invoice, InvoiceLine

TOTALS_FIELDS = "Guid,Currency,TotalInclVat,TotalExclVat,TotalInclVatInDkk"
SUMMARY_FIELDS = (
    "Guid,Number,Date,ExternalReference,Description,ContactGuid,Currency,TotalInclVat,TotalExclVat,"
    "TotalInclVatInDkk,Status,UpdatedAt"
)
OVERPAID = "OverPaid"
PAID = frozenset({"Paid", OVERPAID})
BOOKED = frozenset({"Booked", "Overdue", *PAID})
"""Statuses of booked invoices. Of an invoice with any other it isn't known that it is booked: what
is tried with it then is refused by Dinero where it is."""
TEXT_ROW = "Text"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotals:
    """An invoice in a list. Amounts in the invoice's currency."""

    guid: UUID
    total: Decimal
    """With VAT."""
    vat: Decimal
    currency: str
    total_dkk: Decimal | None = None
    """The total in kroner at Dinero's rate; None where the list doesn't say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSummary(InvoiceTotals):
    """An invoice in a list, with what may tell which sale it is."""

    number: int | None
    """None unless it is known to be booked."""
    date: date
    reference: str
    heading: str
    contact_guid: UUID | None
    is_paid: bool
    is_overpaid: bool = False
    """Whether more is paid than it comes to."""
    updated: datetime | None = None
    """When it was changed last; None where the list doesn't say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A line of an invoice as Dinero holds it; the amount is gross.

    Account and amount are None where a line has none, as a kind of line may that we never make.
    """

    description: str
    comments: str
    account: int | None
    amount: Decimal | None
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """One invoice as Dinero holds it. Amounts in the invoice's currency."""

    guid: UUID
    timestamp: str
    booked: bool
    number: int | None
    """None on drafts, whose number is a placeholder."""
    date: date
    reference: str
    currency: str
    total: Decimal
    vat: Decimal
    contact_guid: UUID | None
    heading: str
    comment: str
    address: str
    language: str
    terms: str
    """The type of the terms of payment, in Dinero's own words."""
    lines: tuple[LineRecord, ...]
    texts: tuple[str, ...]
    """Rows without amounts."""


def drafts(transport: Transport) -> Iterator[InvoiceTotals]:
    """List all drafts with their totals: one call for up to a thousand."""
    query = {"fields": TOTALS_FIELDS, "statusFilter": "Draft"}
    for wire in transport.pages("v1", "invoices", query):
        yield decoded(invoice_totals, wire)


def listed(transport: Transport, first: date, last: date) -> Iterator[InvoiceSummary]:
    """List the invoices dated in a range of days, and all drafts: one call for a thousand."""
    query = {"fields": SUMMARY_FIELDS, "startDate": str(first), "endDate": str(last)}
    for wire in transport.pages("v1", "invoices", query):
        yield decoded(invoice_summary, wire)


def changed_since(transport: Transport, moment: datetime) -> Iterator[InvoiceSummary]:
    """List the invoices created or changed at or after ``moment``: one call for a thousand."""
    query = {"fields": SUMMARY_FIELDS, "changesSince": utc_text(moment)}
    for wire in transport.pages("v1", "invoices", query):
        yield decoded(invoice_summary, wire)


def read(transport: Transport, guid: UUID) -> InvoiceRecord:
    """Read one invoice; raises NotFoundError or DeletedError."""
    return decoded(invoice, transport.read_object("v1", f"invoices/{guid}"))


def create(new: Invoice, contact_guid: UUID) -> Write[str]:
    """Create a draft under its own guid, which answers its version.

    AlreadyExistsError says that the guid is taken.
    """
    body = to_json(invoice_body(new, contact_guid))
    return Write("POST", "v1", "invoices", body, one(timestamp_of), has_identity=True)


def replace(new: Invoice, contact_guid: UUID, timestamp: str) -> Write[str]:
    """Replace a draft as a whole, which answers its new version.

    StaleTimestampError says that somebody changed it.
    """
    body = to_json({**invoice_body(new, contact_guid), **timestamp_body(timestamp)})
    return Write("PUT", "v1.2", f"invoices/{new.guid}", body, one(timestamp_of))


def delete(guid: UUID, timestamp: str) -> Write[None]:
    """Delete a draft; a booked invoice is refused by Dinero."""
    body = to_json(timestamp_body(timestamp))
    return Write("DELETE", "v1", f"invoices/{guid}", body, nothing)


def book(guid: UUID, timestamp: str) -> Write[InvoiceRecord]:
    """Book a draft, which can't be undone; StaleTimestampError says that it changed."""
    body = to_json(timestamp_body(timestamp))
    return Write("POST", "v1", f"invoices/{guid}/book", body, one(invoice))


def invoice_body(invoice: Invoice, contact_guid: UUID) -> Body:
    """Encode ``POST /v1/{org}/invoices``; all amounts include VAT (``ShowLinesInclVat``)."""
    return {
        "Guid": invoice.guid,
        "ContactGuid": contact_guid,
        "Date": invoice.date,
        "Currency": invoice.currency,
        "Language": invoice.language,
        "ExternalReference": invoice.reference,
        "Description": invoice.heading,
        "Comment": invoice.comment,
        "Address": invoice.address,
        "ShowLinesInclVat": True,
        "PaymentConditionType": invoice.terms.type if invoice.terms else None,
        "PaymentConditionNumberOfDays": invoice.terms.days if invoice.terms else None,
        "ProductLines": [
            *(_line_body(line) for line in invoice.lines),
            *(_text_body(text, invoice.lines) for text in invoice.texts),
        ],
    }


def _line_body(line: InvoiceLine) -> Body:
    return {
        "BaseAmountValue": line.unit_price,
        "Quantity": line.quantity,
        "Discount": 0,
        "AccountNumber": line.account,
        "Description": line.description,
        "Comments": line.comments,
        "Unit": line.unit,
        "LineType": "Product",
    }


def _text_body(text: str, lines: Sequence[InvoiceLine]) -> Body:
    """Encode a row that only says something; Dinero wants an account and zeros even there."""
    return {
        "BaseAmountValue": 0,
        "Quantity": 0,
        "Discount": 0,
        "AccountNumber": lines[0].account if lines else 0,
        "Description": text,
        "LineType": "Text",
    }


def invoice_totals(wire: Wire) -> InvoiceTotals:
    """Decode one entry of the list of invoices."""
    total = amount_of(wire, "TotalInclVat")
    return InvoiceTotals(
        guid=UUID(str(wire["Guid"])),
        total=total,
        vat=total - amount_of(wire, "TotalExclVat"),
        currency=text_of(wire, "Currency"),
        total_dkk=optional_amount_of(wire, "TotalInclVatInDkk"),
    )


def invoice_summary(wire: Wire) -> InvoiceSummary:
    """Decode one entry of the list of invoices; ``Status`` is the payment status there."""
    total = amount_of(wire, "TotalInclVat")
    return InvoiceSummary(
        guid=UUID(str(wire["Guid"])),
        number=_booked_number(wire),
        date=date_of(wire, "Date"),
        reference=text_of(wire, "ExternalReference"),
        heading=text_of(wire, "Description"),
        contact_guid=optional_guid_of(wire, "ContactGuid"),
        currency=text_of(wire, "Currency"),
        total=total,
        vat=total - amount_of(wire, "TotalExclVat"),
        total_dkk=optional_amount_of(wire, "TotalInclVatInDkk"),
        is_paid=text_of(wire, "Status") in PAID,
        is_overpaid=text_of(wire, "Status") == OVERPAID,
        updated=optional_moment_of(wire, "UpdatedAt"),
    )


def invoice(wire: Wire) -> InvoiceRecord:
    """Decode one invoice; a deleted one raises DeletedError."""
    if wire.get("DeletedAt"):
        raise errors.DeletedError("the invoice was deleted", errors.DELETED)
    rows = cast("list[Wire]", wire.get("ProductLines") or [])
    return InvoiceRecord(
        guid=UUID(str(wire["Guid"])),
        timestamp=timestamp_of(wire),
        booked=_is_booked(wire),
        number=_booked_number(wire),
        date=date_of(wire, "Date"),
        reference=text_of(wire, "ExternalReference"),
        currency=text_of(wire, "Currency"),
        total=amount_of(wire, "TotalInclVat"),
        vat=amount_of(wire, "TotalVat"),
        contact_guid=optional_guid_of(wire, "ContactGuid"),
        heading=text_of(wire, "Description"),
        comment=text_of(wire, "Comment"),
        address=text_of(wire, "Address"),
        language=text_of(wire, "Language"),
        terms=text_of(wire, "PaymentConditionType"),
        lines=tuple(_line(row) for row in rows if not _is_text(row)),
        texts=tuple(text_of(row, "Description") for row in rows if _is_text(row)),
    )


def _is_booked(wire: Wire) -> bool:
    return text_of(wire, "Status") in BOOKED


def _booked_number(wire: Wire) -> int | None:
    return optional_number_of(wire, "Number") if _is_booked(wire) else None


def _is_text(wire: Wire) -> bool:
    return text_of(wire, "LineType") == TEXT_ROW


def _line(wire: Wire) -> LineRecord:
    return LineRecord(
        description=text_of(wire, "Description"),
        comments=text_of(wire, "Comments"),
        account=optional_number_of(wire, "AccountNumber"),
        amount=optional_amount_of(wire, "TotalAmountInclVat"),
        quantity=optional_amount_of(wire, "Quantity") or Decimal(1),
    )
