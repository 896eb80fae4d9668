"""E-invoices in UBL 2.1: OIOUBL 2.1 (NemHandel) and Peppol BIS Billing 3.

https://docs.peppol.eu/poacc/billing/3.0/ and https://oioubl21.oioubl.dk. They name the same
elements, with one trap: OIOUBL's TaxExclusiveAmount is the tax, Peppol's what stands without it. So
nothing here asks for that amount; what is without VAT is told by each rate.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from dinero_sync.bills.e_invoices.xml import text_at
from dinero_sync.bills.numbers import exact_decimal, percent, supplier_number
from dinero_sync.bills.statement import Statement
from dinero_sync.domain.papers.bill import BillKind, RateAmount

UBL = "{urn:oasis:names:specification:ubl:schema:xsd:"
CAC = f"{UBL}CommonAggregateComponents-2}}"
CBC = f"{UBL}CommonBasicComponents-2}}"
ROOTS = {
    f"{UBL}Invoice-2}}Invoice": BillKind.INVOICE,
    f"{UBL}CreditNote-2}}CreditNote": BillKind.CREDIT_NOTE,
}
CREDIT_NOTES = {"381", "396"}
"""The types of credit notes (UNCL 1001), by whatever root one is written."""
PROFORMA = "325"
"""The type of what isn't a bill yet (UNCL 1001, in OIOUBL's list)."""
VAT_SCHEMES = {"VAT", "63"}
"""How Peppol and OIOUBL (Moms) name value added tax among taxes."""
REGISTERED_AT = {"DK:CVR", "DK:SE", "0184", "0198"}
"""Schemes of Danish numbers that are VAT numbers, where a supplier states no other."""
DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
PDF = "application/pdf"


def is_ubl(root: Element) -> bool:
    """Tell whether an XML document is an invoice or a credit note in UBL."""
    return root.tag in ROOTS


def is_proforma(root: Element) -> bool:
    """Tell whether it announces a bill instead of being one."""
    return text_at(root, f"{CBC}InvoiceTypeCode") == PROFORMA


def stated_in_ubl(root: Element) -> Statement:
    """Read an invoice or a credit note; what isn't there, or isn't what it should be, is None."""
    supplier = root.find(f"{CAC}AccountingSupplierParty/{CAC}Party")
    totals = root.find(f"{CAC}LegalMonetaryTotal")
    currency = text_at(root, f"{CBC}DocumentCurrencyCode")
    taxes = _taxes_in(root, currency)
    total = _amount(totals, f"{CBC}TaxInclusiveAmount") or _amount(totals, f"{CBC}PayableAmount")
    amounts = tuple(_rates(taxes))
    if not taxes and total is not None and total == _amount(totals, f"{CBC}LineExtensionAmount"):
        amounts = (RateAmount(rate=Decimal(0), net=total, vat=Decimal(0)),)
    return Statement(
        kind=_kind(root),
        supplier=_name(supplier),
        vat_number=_vat_number(supplier),
        number=text_at(root, f"{CBC}ID"),
        date=_day(text_at(root, f"{CBC}IssueDate")),
        due=_due(root),
        currency=currency,
        amounts=amounts,
        total=total,
        vat=_amount(taxes[0], f"{CBC}TaxAmount") if len(taxes) == 1 else None,
        lines=len(root.findall(f"{CAC}InvoiceLine")) + len(root.findall(f"{CAC}CreditNoteLine")),
    )


def other_amounts(root: Element) -> Iterator[Decimal]:
    """Yield what is to be paid besides net and VAT: other taxes, and what was rounded off."""
    totals = root.find(f"{CAC}LegalMonetaryTotal")
    yield _amount(totals, f"{CBC}PayableRoundingAmount") or Decimal(0)
    for each in root.iterfind(f"{CAC}TaxTotal/{CAC}TaxSubtotal"):
        if not _is_vat(each):
            yield _amount(each, f"{CBC}TaxAmount") or Decimal(0)


def own_pdf(root: Element) -> str | None:
    """Return the PDF that a supplier put into an e-invoice, in Base64; None without one."""
    for each in root.iterfind(f"{CAC}AdditionalDocumentReference/{CAC}Attachment"):
        embedded = each.find(f"{CBC}EmbeddedDocumentBinaryObject")
        if embedded is not None and embedded.get("mimeCode", "").lower() == PDF:
            return embedded.text
    return None


def lines_of(root: Element) -> Iterator[tuple[str, str]]:
    """Yield what each line is for, and its amount without VAT, as they are written."""
    for tag in ("InvoiceLine", "CreditNoteLine"):
        for line in root.iterfind(f"{CAC}{tag}"):
            what = text_at(line, f"{CAC}Item", f"{CBC}Name") or text_at(
                line, f"{CAC}Item", f"{CBC}Description"
            )
            yield what or "", text_at(line, f"{CBC}LineExtensionAmount") or ""


def _kind(root: Element) -> BillKind:
    if text_at(root, f"{CBC}InvoiceTypeCode") in CREDIT_NOTES:
        return BillKind.CREDIT_NOTE
    return ROOTS[root.tag]


def _taxes_in(root: Element, currency: str | None) -> list[Element]:
    """Return the totals of taxes in the bill's currency; Peppol may have another total."""
    totals = root.findall(f"{CAC}TaxTotal")
    return [
        each
        for each in totals
        if (amount := each.find(f"{CBC}TaxAmount")) is not None
        and amount.get("currencyID", currency) == currency
    ]


def _rates(taxes: list[Element]) -> Iterator[RateAmount]:
    for total in taxes:
        for each in total.iterfind(f"{CAC}TaxSubtotal"):
            rate = _rate(each)
            net = _amount(each, f"{CBC}TaxableAmount")
            vat = _amount(each, f"{CBC}TaxAmount")
            if rate is not None and net is not None and vat is not None and _is_vat(each):
                yield RateAmount(rate=percent(rate), net=net, vat=vat)


def _rate(subtotal: Element) -> Decimal | None:
    """Return a rate; one that isn't stated is 0 where there is no VAT either (category O)."""
    stated = _amount(subtotal, f"{CAC}TaxCategory/{CBC}Percent")
    if stated is None:
        stated = _amount(subtotal, f"{CBC}Percent")
    if stated is None and _amount(subtotal, f"{CBC}TaxAmount") == 0:
        return Decimal(0)
    return stated


def _is_vat(subtotal: Element) -> bool:
    scheme = text_at(subtotal, f"{CAC}TaxCategory", f"{CAC}TaxScheme", f"{CBC}ID")
    return scheme is None or scheme.upper() in VAT_SCHEMES


def _name(supplier: Element | None) -> str | None:
    return text_at(supplier, f"{CAC}PartyLegalEntity", f"{CBC}RegistrationName") or text_at(
        supplier, f"{CAC}PartyName", f"{CBC}Name"
    )


def _vat_number(supplier: Element | None) -> str | None:
    if supplier is None:
        return None
    where = f"{CAC}PostalAddress", f"{CAC}Country", f"{CBC}IdentificationCode"
    country = (text_at(supplier, *where) or "").upper()
    for each in supplier.iterfind(f"{CAC}PartyTaxScheme"):
        scheme = text_at(each, f"{CAC}TaxScheme", f"{CBC}ID")
        number = text_at(each, f"{CBC}CompanyID")
        if number and (scheme or "VAT").upper() in VAT_SCHEMES:
            return supplier_number(number, country)
    registered = supplier.find(f"{CAC}PartyLegalEntity/{CBC}CompanyID")
    if registered is not None and registered.get("schemeID") in REGISTERED_AT:
        return supplier_number(registered.text or "", "DK")
    return None


def _due(root: Element) -> date | None:
    """Return the day to pay: Peppol invoices state it at the top, all others with the means."""
    return _day(
        text_at(root, f"{CBC}DueDate")
        or text_at(root, f"{CAC}PaymentMeans", f"{CBC}PaymentDueDate")
    )


def _day(text: str | None) -> date | None:
    written = DAY.fullmatch(text or "")
    try:
        return date.fromisoformat(written.group(1)) if written else None
    except ValueError:
        return None


def _amount(element: Element | None, path: str) -> Decimal | None:
    text = text_at(element, path)
    return None if text is None else exact_decimal(text)
