"""Makes e-invoices as the public examples of each language show them."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from types import MappingProxyType

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
CII = "urn:un:unece:uncefact:data:standard"
Rates = Sequence[tuple[str, str, str]]
"""Rate, net and VAT, as they are written."""
CVR = "DK13585628"


def ubl(  # noqa: PLR0913 - an e-invoice says that many things
    rates: Rates = (("25", "750.00", "187.50"),),
    *,
    total: str = "937.50",
    credit: bool = False,
    peppol: bool = True,
    changes: Sequence[tuple[str, str]] = (),
    fields: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return an invoice or a credit note in Peppol BIS 3, or in OIOUBL 2.1.

    ``changes`` are texts to be put in place of others, for what is seldom otherwise.
    """
    said: dict[str, str] = {
        "number": "2026-0917",
        "date": "2026-09-03",
        "due": "2026-09-17",
        "currency": "DKK",
        "supplier": "Papir & Pap A/S",
        "vat_number": CVR,
        "country": "DK",
        "more": "",
        **fields,
    }
    said["supplier"] = said["supplier"].replace("&", "&amp;")
    name = "CreditNote" if credit else "Invoice"
    scheme, code = ("VAT", "381" if credit else "380") if peppol else ("63", "380")
    money = f'currencyID="{said["currency"]}"'
    vat = f"{sum(float(each[2]) for each in rates):.2f}"
    net = f"{sum(float(each[1]) for each in rates):.2f}"
    at_top = f"<cbc:DueDate>{said['due']}</cbc:DueDate>" if peppol and not credit else ""
    with_means = "" if at_top else f"<cbc:PaymentDueDate>{said['due']}</cbc:PaymentDueDate>"
    subtotals = "".join(
        f"<cac:TaxSubtotal><cbc:TaxableAmount {money}>{base}</cbc:TaxableAmount>"
        f"<cbc:TaxAmount {money}>{tax}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID>"
        f"<cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme><cbc:ID>{scheme}</cbc:ID>"
        "</cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
        for rate, base, tax in rates
    )
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<{name} xmlns="{UBL}:{name}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"
 xmlns:cbc="{UBL}:CommonBasicComponents-2">
<cbc:ID>{said["number"]}</cbc:ID><cbc:IssueDate>{said["date"]}</cbc:IssueDate>{at_top}
<cbc:{name}TypeCode>{code}</cbc:{name}TypeCode>
<cbc:DocumentCurrencyCode>{said["currency"]}</cbc:DocumentCurrencyCode>{said["more"]}
<cac:AccountingSupplierParty><cac:Party>
<cac:PartyName><cbc:Name>{said["supplier"]}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cac:Country><cbc:IdentificationCode>{said["country"]}</cbc:IdentificationCode>
</cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>{said["vat_number"]}</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>{said["supplier"]}</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>DK10150817</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party>
</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>42</cbc:PaymentMeansCode>{with_means}</cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount {money}>{vat}</cbc:TaxAmount>{subtotals}</cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount {money}>{net}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount {money}>{net if peppol else vat}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount {money}>{total}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount {money}>{total}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{name}Line><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount {money}>{net}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Kasser, brun pap</cbc:Name></cac:Item></cac:{name}Line></{name}>"""
    return _changed(text, changes)


def without(content: bytes, *tags: str) -> bytes:
    """Return an e-invoice without any of these elements."""
    text = content.decode()
    for tag in tags:
        text = re.sub(rf"<{tag}>.*?</{tag}>", "", text, flags=re.DOTALL)
    return text.encode()


def attached(pdf: bytes) -> str:
    """Return the part of an e-invoice that holds a PDF."""
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">'
        f"{b64encode(pdf).decode()}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
        "</cac:AdditionalDocumentReference>"
    )


def cii(
    rates: Rates = (("19", "100.00", "19.00"),),
    *,
    total: str = "119.00",
    vat: str = "19.00",
    code: str = "380",
    changes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return an invoice in CII, as Factur-X and ZUGFeRD have it; without rates a MINIMUM one."""
    taxes = "".join(
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount>"
        f"<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{net}</ram:BasisAmount>"
        f"<ram:CategoryCode>S</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        for rate, net, tax in rates
    )
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{CII}:CrossIndustryInvoice:100"
 xmlns:ram="{CII}:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="{CII}:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>RE-4711</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260903</udt:DateTimeString>
</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Etiketten</ram:Name>
</ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Etiketten GmbH</ram:Name>
<ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID>
</ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration>
<ram:ID schemeID="VA">DE 136 695 976</ram:ID></ram:SpecifiedTaxRegistration>
</ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{taxes}
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
<udt:DateTimeString format="102">20261003</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>{float(total) - float(vat):.2f}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">{vat}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
<ram:DuePayableAmount>{total}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""
    return _changed(text, changes)


def _changed(text: str, changes: Sequence[tuple[str, str]]) -> bytes:
    for former, new in changes:
        assert former in text, former
        text = text.replace(former, new)
    return text.encode()
