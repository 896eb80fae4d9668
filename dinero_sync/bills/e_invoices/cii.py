"""E-invoices in UN/CEFACT's CII (D16B): Factur-X and ZUGFeRD 2, inside a PDF or on their own.

https://fnfe-mpe.org/factur-x/factur-x_en/ and EN 16931. Their smallest profiles (MINIMUM, BASIC WL)
need not state what each VAT rate comes to.
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

CII = "{urn:un:unece:uncefact:data:standard:"
RSM = f"{CII}CrossIndustryInvoice:100}}"
RAM = f"{CII}ReusableAggregateBusinessInformationEntity:100}}"
UDT = f"{CII}UnqualifiedDataType:100}}"
TRADE = f"{RSM}SupplyChainTradeTransaction"
SETTLEMENT = f"{TRADE}/{RAM}ApplicableHeaderTradeSettlement"
SELLER = f"{TRADE}/{RAM}ApplicableHeaderTradeAgreement/{RAM}SellerTradeParty"
SUMS = f"{SETTLEMENT}/{RAM}SpecifiedTradeSettlementHeaderMonetarySummation"
CREDIT_NOTES = {"381", "396", "532"}
"""UNCL 1001: a credit note, one of a factor, one of a forwarder."""
PROFORMA = "325"
VAT_NUMBER = "VA"
YEAR_MONTH_DAY = "102"
"""The format of days (UNCL 2379)."""
DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")


def is_cii(root: Element) -> bool:
    """Tell whether an XML document is an invoice or a credit note in CII."""
    return root.tag == f"{RSM}CrossIndustryInvoice"


def is_proforma(root: Element) -> bool:
    """Tell whether it announces a bill instead of being one."""
    return _type(root) == PROFORMA


def stated_in_cii(root: Element) -> Statement:
    """Read an invoice or a credit note; what isn't there, or isn't what it should be, is None."""
    seller, sums = root.find(SELLER), root.find(SUMS)
    currency = text_at(root, SETTLEMENT, f"{RAM}InvoiceCurrencyCode")
    total = _amount(sums, f"{RAM}GrandTotalAmount")
    vat = _vat(sums, currency)
    amounts = tuple(_rates(root))
    if not amounts and total is not None and vat == 0:
        amounts = (RateAmount(rate=Decimal(0), net=total, vat=Decimal(0)),)
    return Statement(
        kind=BillKind.CREDIT_NOTE if _type(root) in CREDIT_NOTES else BillKind.INVOICE,
        supplier=text_at(seller, f"{RAM}Name"),
        vat_number=_vat_number(seller),
        number=text_at(root, f"{RSM}ExchangedDocument", f"{RAM}ID"),
        date=_day(root, f"{RSM}ExchangedDocument/{RAM}IssueDateTime"),
        due=_day(root, f"{SETTLEMENT}/{RAM}SpecifiedTradePaymentTerms/{RAM}DueDateDateTime"),
        currency=currency,
        amounts=amounts,
        total=total,
        vat=vat,
        lines=len(root.findall(f"{TRADE}/{RAM}IncludedSupplyChainTradeLineItem")),
    )


def other_amounts(root: Element) -> Iterator[Decimal]:
    """Yield what is to be paid besides net and VAT: other taxes, and what was rounded off."""
    yield _amount(root.find(SUMS), f"{RAM}RoundingAmount") or Decimal(0)
    for each in root.iterfind(f"{SETTLEMENT}/{RAM}ApplicableTradeTax"):
        if not _is_vat(each):
            yield _amount(each, f"{RAM}CalculatedAmount") or Decimal(0)


def lines_of(root: Element) -> Iterator[tuple[str, str]]:
    """Yield what each line is for, and its amount without VAT, as they are written."""
    for line in root.iterfind(f"{TRADE}/{RAM}IncludedSupplyChainTradeLineItem"):
        what = text_at(line, f"{RAM}SpecifiedTradeProduct", f"{RAM}Name")
        sums = f"{RAM}SpecifiedTradeSettlementLineMonetarySummation"
        amount = text_at(line, f"{RAM}SpecifiedLineTradeSettlement", sums, f"{RAM}LineTotalAmount")
        yield what or "", amount or ""


def _type(root: Element) -> str | None:
    return text_at(root, f"{RSM}ExchangedDocument", f"{RAM}TypeCode")


def _rates(root: Element) -> Iterator[RateAmount]:
    for each in root.iterfind(f"{SETTLEMENT}/{RAM}ApplicableTradeTax"):
        vat = _amount(each, f"{RAM}CalculatedAmount")
        net = _amount(each, f"{RAM}BasisAmount")
        rate = _amount(each, f"{RAM}RateApplicablePercent")
        if rate is None and vat == 0:
            rate = Decimal(0)
        if rate is not None and net is not None and vat is not None and _is_vat(each):
            yield RateAmount(rate=percent(rate), net=net, vat=vat)


def _is_vat(tax: Element) -> bool:
    return text_at(tax, f"{RAM}TypeCode") in {None, "VAT"}


def _vat(sums: Element | None, currency: str | None) -> Decimal | None:
    """Return all the VAT in the bill's currency; it may be stated in the tax office's too."""
    if sums is None:
        return None
    for each in sums.iterfind(f"{RAM}TaxTotalAmount"):
        if each.get("currencyID", currency) == currency:
            return exact_decimal(each.text or "")
    return None


def _vat_number(seller: Element | None) -> str | None:
    if seller is None:
        return None
    country = text_at(seller, f"{RAM}PostalTradeAddress", f"{RAM}CountryID") or ""
    for each in seller.iterfind(f"{RAM}SpecifiedTaxRegistration/{RAM}ID"):
        if each.get("schemeID") == VAT_NUMBER and each.text:
            return supplier_number(each.text, country.upper())
    return None


def _day(root: Element, path: str) -> date | None:
    stated = root.find(f"{path}/{UDT}DateTimeString")
    if stated is None or stated.get("format", YEAR_MONTH_DAY) != YEAR_MONTH_DAY:
        return None
    written = DAY.fullmatch((stated.text or "").strip())
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def _amount(element: Element | None, path: str) -> Decimal | None:
    text = text_at(element, path)
    return None if text is None else exact_decimal(text)
