"""Documents to Dinero's wire form. Dinero's field names for requests stand here and nowhere else.

Dinero drops a misspelt field in silence, so every request is built here and the tests check each
against Dinero's OpenAPI document (https://api.dinero.dk/openapi/index.html).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.documents import (
    BuyerKind,
    Contact,
    Invoice,
    InvoiceLine,
    LedgerItem,
    Payment,
    PaymentTermsType,
)
from dinero_sync.domain.money import is_whole_ore

LARGEST_AMOUNT = Decimal(10) ** 12
"""Up to here a binary float prints any amount in øre digit by digit as it was."""

NO_VAT = "none"
"""The word that keeps an account's own VAT code from a ledger item; ``null`` would take it."""
KEPT_OF_CONTACTS = (
    "ExternalReference",
    "Phone",
    "Webpage",
    "PaymentConditionType",
    "PaymentConditionNumberOfDays",
    "IsMember",
    "MemberNumber",
    "PreferredInvoiceLanguageKey",
    "PreferredInvoiceCurrencyKey",
)
"""What an order doesn't tell of a buyer, and a person may have entered in Dinero."""
KEPT_OF_COMPANIES = ("SENumber", "PNumber", "CompanyTypeKey")
NAMED_BY_OPTION = {"VAT": "VatNumber", "GLN": "EanNumber", "SE": "SENumber", "P": "PNumber"}
"""The number that each way of sending electronic invoices needs on the contact."""

Body = dict[str, object]
Bodies = Sequence[Body]


def to_json(body: Body | Bodies) -> str:
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


def contact_update_body(contact: Contact, present: Mapping[str, object]) -> Body:
    """Encode ``PUT /v2/{org}/contacts/{guid}``, which clears every field that it leaves out.

    ``present`` is the contact as Dinero holds it.
    """
    body = contact_body(contact)
    del body["ContactGuid"]
    companies = () if body["IsPerson"] else KEPT_OF_COMPANIES
    for name in (*KEPT_OF_CONTACTS, *companies):
        if present.get(name) is not None:
            body[name] = present[name]
    if body.get("PaymentConditionType") == PaymentTermsType.NETTO_CASH:
        body["PaymentConditionNumberOfDays"] = None
    option = present.get("InvoiceMailOutOptionKey")
    if isinstance(option, str) and body.get(NAMED_BY_OPTION.get(option, "")):
        body["InvoiceMailOutOptionKey"] = option
    return body


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
        "ProductLines": [
            *(_line(line) for line in invoice.lines),
            *(_text_row(text, invoice.lines) for text in invoice.texts),
        ],
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


def _text_row(text: str, lines: Sequence[InvoiceLine]) -> Body:
    """Encode a row that only says something; Dinero wants an account and zeros even there."""
    return {
        "BaseAmountValue": 0,
        "Quantity": 0,
        "Discount": 0,
        "AccountNumber": lines[0].account if lines else 0,
        "Description": text,
        "LineType": "Text",
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
    """Encode ``POST /v1/{org}/invoices/{guid}/payments``: the gross amount, never net of fees.

    ``Amount`` is in kroner. The amount in the invoice's currency beside it gives the rate.
    """
    foreign = payment.foreign_amount
    return {
        "Timestamp": timestamp,
        "DepositAccountNumber": payment.deposit_account,
        "Amount": payment.amount,
        **({} if foreign is None else {"AmountInForeignCurrency": foreign}),
        "Description": payment.description,
        "RemainderIsFee": False,
        "ExternalReference": payment.reference,
        "PaymentDate": day,
    }


def ledger_items_body(items: Iterable[LedgerItem]) -> Bodies:
    """Encode ``POST /v1.2/{org}/ledgeritems``: a positive amount debits the item's account."""
    return [
        {"Id": item.guid, "VoucherDate": item.date, "Lines": [_ledger_line(item)]} for item in items
    ]


def _ledger_line(item: LedgerItem) -> Body:
    return {
        "Description": item.description,
        "Amount": item.amount,
        "AccountNumber": item.account,
        "AccountVatCode": item.vat_code or NO_VAT,
        "BalancingAccountNumber": item.balancing_account,
        "BalancingAccountVatCode": item.balancing_vat_code or NO_VAT,
    }


def ledger_ids_body(guids: Iterable[UUID]) -> Bodies:
    """Encode the questions about ledger items (``ledgers`` and ``status``)."""
    return [{"Id": guid} for guid in guids]


def ledger_versions_body(versions: Iterable[tuple[UUID, str | None]]) -> Bodies:
    """Encode ``POST /v1/{org}/ledgeritems/book``: each item in the version that was seen."""
    return [{"Id": guid, "Version": version} for guid, version in versions]


def email_body(timestamp: str, receiver: str | None) -> Body:
    """Encode ``POST /v1/{org}/invoices/{guid}/email``, in Dinero's own words to the customer."""
    return {
        "Timestamp": timestamp,
        "Receiver": receiver,
        "AddVoucherAsPdfAttachment": True,
        "ShouldAddTrustPilotEmailAsBcc": False,
    }


def e_invoice_body(timestamp: str, order_reference: str | None, attention: str | None) -> Body:
    """Encode ``POST /v3/{org}/invoices/{guid}/e-invoice``: paid to a Danish bank account."""
    return {
        "Timestamp": timestamp,
        "OrderReference": order_reference,
        "AttPerson": attention,
        "PaymentMeanEnum": "Domestic",
    }
