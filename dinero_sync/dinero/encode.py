"""Documents to Dinero's wire form. Dinero's field names for requests stand here and nowhere else.

Dinero drops a misspelt field in silence, so every request is built here and the tests check each
against Dinero's OpenAPI document (https://api.dinero.dk/openapi/index.html).
"""

import json
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.documents import BuyerKind, Contact, Invoice, InvoiceLine, Payment
from dinero_sync.domain.money import is_whole_ore

LARGEST_AMOUNT = Decimal(10) ** 12
"""Up to here a binary float prints any amount in øre digit by digit as it was."""

Body = dict[str, object]


def to_json(body: Body) -> str:
    """Write a request body; raises ValueError for an amount with a fraction of an øre."""
    return json.dumps(body, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, (UUID, date)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a request to Dinero")


def _number(amount: Decimal) -> int | float:
    if not is_whole_ore(amount) or abs(amount) > LARGEST_AMOUNT:
        raise ValueError("Dinero takes amounts in whole øre, up to 10^12 kroner")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def contact_body(contact: Contact) -> Body:
    """Encode ``POST /v1/{org}/contacts``. Persons carry no company fields at all."""
    is_person = contact.kind is BuyerKind.CONSUMER
    return {
        "ContactGuid": contact.guid,
        "ExternalReference": None,
        "Name": contact.name,
        "Street": contact.street or None,
        "ZipCode": contact.zip_code or None,
        "City": contact.city or None,
        "CountryKey": contact.country,
        "Email": contact.email,
        "AttPerson": None if is_person else contact.attention,
        "VatNumber": None if is_person else _vat_number(contact),
        "EanNumber": None if is_person else contact.ean,
        "IsPerson": is_person,
        "IsMember": False,
        "UseCvr": False,
    }


def _vat_number(contact: Contact) -> str | None:
    """Danish numbers go without their prefix, as Dinero's own CVR field wants them."""
    return contact.vat_number and contact.vat_number.removeprefix("DK")


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
        "ProductLines": [_line(line) for line in invoice.lines],
    }


def _line(line: InvoiceLine) -> Body:
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


def draft_update_body(invoice: Invoice, contact_guid: UUID, timestamp: str) -> Body:
    """Encode ``PUT /v1.2/{org}/invoices/{guid}``, which replaces the whole draft."""
    return {**invoice_body(invoice, contact_guid), "Timestamp": timestamp}


def timestamp_body(timestamp: str) -> Body:
    """Encode the body of booking and of deleting a draft.

    Requests spell it ``Timestamp``, Dinero's answers ``TimeStamp``.
    """
    return {"Timestamp": timestamp}


def payment_body(payment: Payment, day: date, timestamp: str) -> Body:
    """Encode ``POST /v1/{org}/invoices/{guid}/payments``: the gross amount, never net of fees."""
    return {
        "Timestamp": timestamp,
        "DepositAccountNumber": payment.deposit_account,
        "Amount": payment.amount,
        "Description": payment.description,
        "RemainderIsFee": False,
        "ExternalReference": payment.reference,
        "PaymentDate": day,
    }
