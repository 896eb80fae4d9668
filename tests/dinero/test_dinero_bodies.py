"""What is sent to Dinero: exact amounts, no company fields on persons, nothing to be dropped."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from dinero_samples import (
    CONTACT_GUID,
    DAY,
    INVOICE_GUID,
    TIMESTAMP,
    a_business,
    a_contact,
    a_line,
    a_payment,
    an_invoice,
    read_as_dinero_does,
)
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.dinero import contacts, invoices, payments
from dinero_sync.dinero.body import to_json
from dinero_sync.dinero.write import Write
from dinero_sync.domain.documents import BuyerKind, PaymentTerms, PaymentTermsType

COMPANY_FIELDS = ("AttPerson", "VatNumber", "EanNumber")

WRITES: dict[str, tuple[str, Write[Any]]] = {
    "a person": ("CreateContact", contacts.create(a_contact())),
    "a person without address": (
        "CreateContact",
        contacts.create(a_contact(street="", zip_code="", city="", email=None)),
    ),
    "a business": ("CreateContact", contacts.create(a_business())),
    "a public body": (
        "CreateContact",
        contacts.create(a_business(kind=BuyerKind.PUBLIC, vat_number=None, ean="5798009999993")),
    ),
    "an invoice": ("CreateInvoice", invoices.create(an_invoice(), CONTACT_GUID)),
    "an invoice with terms": (
        "CreateInvoice",
        invoices.create(
            an_invoice(terms=PaymentTerms(type=PaymentTermsType.NETTO, days=14)), CONTACT_GUID
        ),
    ),
    "an invoice with the contact's terms": (
        "CreateInvoice",
        invoices.create(an_invoice(terms=None), CONTACT_GUID),
    ),
    "an invoice with comments": (
        "CreateInvoice",
        invoices.create(an_invoice(lines=(a_line(comments="Normalpris 125,00"),)), CONTACT_GUID),
    ),
    "an invoice with rows without amounts": (
        "CreateInvoice",
        invoices.create(an_invoice(texts=("Gave: 1 nøglering",)), CONTACT_GUID),
    ),
    "a contact's new content": ("UpdateContactV2", contacts.update(CONTACT_GUID, a_contact(), {})),
    "a contact's new content beside what was entered by hand": (
        "UpdateContactV2",
        contacts.update(
            CONTACT_GUID,
            a_business(ean="5798009999993"),
            {
                **dict.fromkeys(contacts.KEPT_OF_CONTACTS, "x"),
                **dict.fromkeys(contacts.KEPT_OF_COMPANIES, "x"),
                "CompanyTypeKey": "Others",
                "PaymentConditionType": "Netto",
                "PaymentConditionNumberOfDays": 30,
                "IsMember": False,
                "InvoiceMailOutOptionKey": "GLN",
                "PreferredInvoiceLanguageKey": "en",
            },
        ),
    ),
    "a draft's new content": (
        "UpdateInvoiceV12",
        invoices.replace(an_invoice(), CONTACT_GUID, TIMESTAMP),
    ),
    "a booking": ("BookInvoice", invoices.book(INVOICE_GUID, TIMESTAMP)),
    "a deletion": ("DeleteInvoice", invoices.delete(INVOICE_GUID, TIMESTAMP)),
    "a payment": (
        "AddInvoicePayment",
        payments.register(INVOICE_GUID, a_payment(), DAY, TIMESTAMP),
    ),
    "a payment of an invoice in euro": (
        "AddInvoicePayment",
        payments.register(INVOICE_GUID, a_payment(foreign_amount=Decimal("16.76")), DAY, TIMESTAMP),
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_every_body_fits_dineros_own_description_and_loses_nothing(name: str) -> None:
    operation, write = WRITES[name]

    reading = read_as_dinero_does(operation, write.body)

    assert (reading.problems, reading.complaints) == ({}, [])
    assert set(reading.body) == set(json.loads(write.body))


def test_a_person_carries_no_company_fields_whatever_the_order_said() -> None:
    person = a_contact(attention="Bo Prøve", vat_number="DK90000039", ean="5798009999993")

    body = contacts.contact_body(person)

    assert [body[name] for name in COMPANY_FIELDS] == [None, None, None]
    assert body["IsPerson"] is True


@pytest.mark.parametrize(
    ("written", "sent"), [("DK90000039", "90000039"), ("DE136695976", "DE136695976"), (None, None)]
)
def test_danish_vat_numbers_go_without_prefix_and_foreign_ones_with_it(
    written: str | None, sent: str | None
) -> None:
    assert contacts.contact_body(a_business(vat_number=written))["VatNumber"] == sent


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (Decimal("678.01"), "678.01"),
        (Decimal("1E+3"), "1000"),
        (Decimal("125.00"), "125"),
        (Decimal("0.30"), "0.3"),
        (Decimal("-49.95"), "-49.95"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E-2"), "0.01"),
        (Decimal("999999999999.99"), "999999999999.99"),
        (Decimal(10) ** 12, "1000000000000"),
    ],
)
def test_an_amount_is_written_as_the_exact_number(amount: Decimal, text: str) -> None:
    assert to_json({"Amount": amount}) == f'{{"Amount": {text}}}'


@pytest.mark.parametrize("amount", ["0.001", "33.333", "1E-3", "1000000000000.01", "-1E+13"])
def test_an_amount_that_is_no_whole_number_of_ore_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="whole øre"):
        to_json({"Amount": Decimal(amount)})


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_comes_back_as_it_was(amount: Decimal) -> None:
    text = to_json({"Amount": amount})

    assert json.loads(text, parse_float=Decimal)["Amount"] == amount


@pytest.mark.parametrize("value", [1.5 + 2j, object(), {1, 2}])
def test_what_has_no_place_in_a_request_is_a_fault_of_the_program(value: Any) -> None:  # noqa: ANN401 - anything at all
    with pytest.raises(TypeError, match="no place in a request"):
        to_json({"Amount": value})


def test_identities_and_days_are_written_as_text() -> None:
    text = to_json({"Guid": UUID(int=1), "Date": DAY})

    assert json.loads(text) == {"Guid": str(UUID(int=1)), "Date": "2026-12-08"}


def test_letters_are_written_as_they_are() -> None:
    assert to_json({"Name": "Ærø ßü 😀"}) == '{"Name": "Ærø ßü 😀"}'


def test_quantities_keep_their_decimals() -> None:
    lines = (a_line(quantity=Decimal("2.5"), unit_price=Decimal("10.00")),)

    body = invoices.invoice_body(an_invoice(lines=lines), CONTACT_GUID)

    assert '"Quantity": 2.5' in to_json(body)


def test_amounts_include_vat_and_the_encoder_says_so() -> None:
    body = invoices.invoice_body(an_invoice(), CONTACT_GUID)

    assert body["ShowLinesInclVat"] is True


def test_empty_parts_of_an_address_are_left_to_dinero() -> None:
    body = contacts.contact_body(a_contact(street="", zip_code="", city=""))

    assert (body["Street"], body["ZipCode"], body["City"]) == (None, None, None)


def test_a_payment_in_euro_says_kroner_and_euro_and_one_in_kroner_only_kroner() -> None:
    in_euro = a_payment(foreign_amount=Decimal("16.76"))
    euro = json.loads(payments.register(INVOICE_GUID, in_euro, DAY, TIMESTAMP).body)
    kroner = json.loads(payments.register(INVOICE_GUID, a_payment(), DAY, TIMESTAMP).body)

    assert (euro["Amount"], euro["AmountInForeignCurrency"]) == (125, 16.76)
    assert "AmountInForeignCurrency" not in kroner


def test_rows_without_amounts_follow_the_lines_and_cost_nothing() -> None:
    invoice = an_invoice(lines=(a_line(account=1051),), texts=("Gave: 1 nøglering", "Tak"))

    _, first, second = json.loads(to_json(invoices.invoice_body(invoice, CONTACT_GUID)))[
        "ProductLines"
    ]

    assert first == {
        "BaseAmountValue": 0,
        "Quantity": 0,
        "Discount": 0,
        "AccountNumber": 1051,
        "Description": "Gave: 1 nøglering",
        "LineType": "Text",
    }
    assert second["Description"] == "Tak"


def test_an_update_keeps_what_an_order_does_not_tell() -> None:
    present = {
        "Name": "Café Gammel ApS",
        "City": "Odense",
        "Phone": "+4500000000",
        "PaymentConditionType": "Netto",
        "PaymentConditionNumberOfDays": 30,
        "PNumber": "1000000000",
        "UseCvr": True,
        "InvoiceMailOutOptionKey": "GLN",
        "DeletedAt": None,
        "VatRegionKey": "DK",
    }

    body = contacts.contact_update_body(a_business(ean="5798009999993"), present)

    assert (body["Name"], body["City"], body["UseCvr"]) == ("Café Prøve ApS", "Aarhus C", False)
    assert (body["Phone"], body["PNumber"]) == ("+4500000000", "1000000000")
    assert (body["PaymentConditionType"], body["PaymentConditionNumberOfDays"]) == ("Netto", 30)
    assert body["InvoiceMailOutOptionKey"] == "GLN"
    assert not {"ContactGuid", "DeletedAt", "VatRegionKey"} & set(body)


def test_an_update_to_a_person_drops_everything_of_a_company() -> None:
    present = {"PNumber": "1000000000", "CompanyTypeKey": "Others", "InvoiceMailOutOptionKey": "P"}

    body = contacts.contact_update_body(a_contact(), present)

    assert not {"PNumber", "CompanyTypeKey", "InvoiceMailOutOptionKey"} & set(body)


def test_a_way_of_sending_without_its_number_is_not_kept() -> None:
    body = contacts.contact_update_body(a_business(), {"InvoiceMailOutOptionKey": "GLN"})

    assert "InvoiceMailOutOptionKey" not in body


def test_cash_terms_are_sent_without_days_though_dinero_reads_them_as_zero() -> None:
    present = {"PaymentConditionType": "NettoCash", "PaymentConditionNumberOfDays": 0}

    body = contacts.contact_update_body(a_business(), present)

    assert body["PaymentConditionNumberOfDays"] is None
