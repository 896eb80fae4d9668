"""How an invoice reads in answers: the whole document, the dry calculation, the list's row."""

import calendar
from datetime import date, timedelta
from decimal import Decimal

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.clock import utc_text
from dinero_sync.sandbox.dinero.books import Invoice, Line, Organisation
from dinero_sync.sandbox.dinero.call import same_guid
from dinero_sync.sandbox.dinero.company import USUAL_TERMS
from dinero_sync.sandbox.dinero.invoice_rules import DKK_PER_UNIT, TEXT
from dinero_sync.sandbox.dinero.pricing import rounded

DRAFT_NUMBER = 9223372036854775807
"""What stands in a list's ``Number`` while there is none: a placeholder without meaning."""
HEADING = "Faktura"


def read_model(invoice: Invoice, organisation: Organisation, today: date) -> Json:
    """Return the invoice as ``GET invoices/{guid}`` and booking answer it.

    A draft has the number that the next invoice will get, which is no sign that it is booked.
    """
    fields = invoice.fields
    return {
        **calculation(invoice, organisation),
        "Guid": invoice.guid,
        "TimeStamp": invoice.timestamp,
        "Status": "Booked" if invoice.is_booked else "Draft",
        "PaymentStatus": payment_status(invoice, organisation, today),
        "Number": invoice.number or organisation.next_number,
        "FikCode": None,
        "DepositAccountNumber": None,
        **_mailout_fields(invoice),
        "IsSentToDebtCollection": False,
        "IsMobilePayInvoiceEnabled": bool(fields.get("IsMobilePayInvoiceEnabled")),
        "IsPensoPayEnabled": bool(fields.get("IsPensoPayEnabled")),
        "CreatedAt": utc_text(invoice.created_at),
        "UpdatedAt": utc_text(invoice.updated_at),
        "DeletedAt": utc_text(invoice.deleted_at) if invoice.deleted_at else None,
    }


def calculation(invoice: Invoice, organisation: Organisation) -> Json:
    """Return what an invoice and its dry calculation (``invoices/fetch``) have in common."""
    fields = invoice.fields
    terms, days = payment_terms(invoice, organisation)
    return {
        "ContactGuid": fields.get("ContactGuid"),
        "ContactName": contact_name(invoice, organisation),
        "Date": invoice.date.isoformat(),
        "PaymentDate": due_date(invoice, organisation).isoformat(),
        "PaymentConditionType": terms,
        "PaymentConditionNumberOfDays": days,
        "Number": DRAFT_NUMBER,
        "ShowLinesInclVat": bool(fields.get("ShowLinesInclVat")),
        **_total_fields(invoice),
        "InvoiceTemplateId": fields.get("InvoiceTemplateId"),
        "Currency": invoice.currency,
        "Language": fields.get("Language") or "da-DK",
        "ExternalReference": fields.get("ExternalReference"),
        "Description": fields.get("Description") or _heading(invoice),
        **({"CreditNoteFor": invoice.credits} if invoice.is_credit else {}),
        "Comment": fields.get("Comment"),
        "ProductLines": [_line(line) for line in invoice.lines],
        "Address": fields.get("Address") or _contact_address(invoice, organisation),
    }


OF_INVOICES_ALONE = frozenset(
    [
        "PaymentDate",
        "PaymentConditionType",
        "PaymentConditionNumberOfDays",
        "FikCode",
        "DepositAccountNumber",
        "IsSentToDebtCollection",
        "IsMobilePayInvoiceEnabled",
        "IsPensoPayEnabled",
    ]
)
"""What the model of a credit note lacks."""


def credit_note_fields(body: Json) -> Json:
    """Return what a credit note's own model has of what an invoice's has."""
    return {name: value for name, value in body.items() if name not in OF_INVOICES_ALONE}


def list_row(invoice: Invoice, organisation: Organisation, today: date) -> Json:
    """Return the invoice as the sales lists show it; ``Status`` is the payment status there."""
    rate = Decimal(DKK_PER_UNIT[invoice.currency])
    return {
        "Number": invoice.number or DRAFT_NUMBER,
        "Guid": invoice.guid,
        "Type": "CreditNote" if invoice.is_credit else "Invoice",
        "ExternalReference": invoice.fields.get("ExternalReference"),
        "ContactName": contact_name(invoice, organisation),
        "ContactGuid": invoice.fields.get("ContactGuid"),
        "Date": invoice.date.isoformat(),
        "PaymentDate": due_date(invoice, organisation).isoformat(),
        "Description": invoice.fields.get("Description") or _heading(invoice),
        "Currency": invoice.currency,
        "Status": payment_status(invoice, organisation, today),
        **_mailout_fields(invoice),
        "TotalExclVat": invoice.totals.net,
        "TotalInclVat": invoice.totals.gross,
        "TotalExclVatInDkk": rounded(invoice.totals.net * rate),
        "TotalInclVatInDkk": rounded(invoice.totals.gross * rate),
        "CreatedAt": utc_text(invoice.created_at),
        "UpdatedAt": utc_text(invoice.updated_at),
        "DeletedAt": utc_text(invoice.deleted_at) if invoice.deleted_at else None,
    }


def _heading(invoice: Invoice) -> str:
    return "Kreditnota" if invoice.is_credit else HEADING


def _mailout_fields(invoice: Invoice) -> Json:
    if not invoice.mailouts:
        return {"MailOutStatus": "NotSent", "LatestMailOutType": "None"}
    latest = invoice.mailouts[-1]
    status = "Failed" if latest.failed else "Sent"
    return {"MailOutStatus": status, "LatestMailOutType": latest.kind}


def _total_fields(invoice: Invoice) -> Json:
    totals = invoice.totals
    lines = [
        _total_line("SubTotal", totals.net, 0, "Subtotal"),
        _total_line("Vat", totals.vat, 1, "Moms (25,00%)"),
        _total_line("Total", totals.gross, 2, f"Total {invoice.currency}"),
    ]
    return {
        "TotalExclVat": totals.net,
        "TotalVatableAmount": totals.vatable,
        "TotalNonVatableAmount": totals.net - totals.vatable,
        "TotalVat": totals.vat,
        "TotalInclVat": totals.gross,
        "TotalLines": [line for line in lines if line["Type"] != "Vat" or totals.vat],
    }


def _total_line(kind: str, amount: Decimal, position: int, label: str) -> Json:
    return {"Type": kind, "TotalAmount": amount, "Position": position, "Label": label}


def _line(line: Line) -> Json:
    fields = line.fields
    return {
        "ProductGuid": fields.get("ProductGuid"),
        "Description": fields.get("Description"),
        "Comments": fields.get("Comments"),
        "Quantity": fields["Quantity"],
        "AccountNumber": line.account.number,
        "Unit": None if fields.get("LineType") == TEXT else fields.get("Unit"),
        "Discount": fields["Discount"],
        "LineType": fields.get("LineType") or "Product",
        "AccountName": line.account.name,
        "BaseAmountValue": line.unit_net,
        "BaseAmountValueInclVat": line.unit_gross,
        "TotalAmount": line.net,
        "TotalAmountInclVat": line.gross,
    }


def contact_name(invoice: Invoice, organisation: Organisation) -> str:
    """Return the contact's name: today's on a draft, that of the booking afterwards."""
    if invoice.is_booked:
        return invoice.contact_name
    contact = organisation.contacts.get(same_guid(invoice.fields.get("ContactGuid") or ""))
    return contact.fields["Name"] if contact else ""


def _contact_address(invoice: Invoice, organisation: Organisation) -> str | None:
    contact = organisation.contacts.get(same_guid(invoice.fields.get("ContactGuid") or ""))
    if contact is None:
        return None
    fields = contact.fields
    place = f"{fields.get('ZipCode') or ''} {fields.get('City') or ''}".strip()
    rows = (fields["Name"], fields.get("Street"), place)
    return "\n".join(row for row in rows if row)


def payment_terms(invoice: Invoice, organisation: Organisation) -> tuple[str, int]:
    """Return the terms: the invoice's, else the contact's, else the company's 8 days net."""
    contact = organisation.contacts.get(same_guid(invoice.fields.get("ContactGuid") or ""))
    for fields in (invoice.fields, contact.fields if contact else {}):
        terms = fields.get("PaymentConditionType")
        if terms:
            return terms, fields.get("PaymentConditionNumberOfDays") or 0
    return USUAL_TERMS


def due_date(invoice: Invoice, organisation: Organisation) -> date:
    """Return the day the invoice falls due, which the API calls ``PaymentDate``."""
    terms, days = payment_terms(invoice, organisation)
    day = invoice.date
    if terms == "CurrentMonthOut":
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day + timedelta(days=days)


def payment_status(invoice: Invoice, organisation: Organisation, today: date) -> str:
    """Return Draft, Booked, Paid, OverPaid or Overdue."""
    if not invoice.is_booked:
        return "Draft"
    if invoice.remaining < 0:
        return "OverPaid"
    if invoice.remaining == 0:
        return "Paid"
    return "Overdue" if due_date(invoice, organisation) < today else "Booked"
