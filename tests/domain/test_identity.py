"""Everything created at Dinero has an identity that follows from the order alone."""

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.identity import (
    LONGEST_REFERENCE,
    NAMESPACE,
    bill_reference,
    contact_guid,
    contact_key,
    invoice_guid,
    invoice_reference,
    payment_reference,
    purchase_credit_guid,
    supplier_guid,
    supplier_key,
)

EAN = "5798000416604"
VAT_NUMBER = "DE136695976"
EMAIL = "anna@example.com"

order_ids = st.integers(min_value=1, max_value=10**12)


def test_the_namespace_never_changes() -> None:
    assert UUID("3c9beee6-40e7-53a9-8179-d19a40393b6b") == NAMESPACE


def test_the_invoice_of_an_order_has_the_same_guid_forever() -> None:
    assert invoice_guid(123456, 4815162) == UUID("452c54aa-74d7-5bb0-b7a0-994c2ed29b59")


def test_a_contact_has_a_guid_of_its_own_kind() -> None:
    expected = uuid5(UUID("3c9beee6-40e7-53a9-8179-d19a40393b6b"), "123456:contact:DE136695976")

    assert contact_guid(123456, VAT_NUMBER) == expected
    assert contact_guid(123456, "4815162") != invoice_guid(123456, 4815162)


@given(order_ids, order_ids)
def test_two_orders_or_two_companies_never_share_an_invoice(one: int, other: int) -> None:
    assert (invoice_guid(1, one) == invoice_guid(1, other)) == (one == other)
    assert (invoice_guid(one, 1) == invoice_guid(other, 1)) == (one == other)


@pytest.mark.parametrize(
    ("ean", "vat_number", "email", "key"),
    [
        (EAN, VAT_NUMBER, EMAIL, EAN),
        (None, VAT_NUMBER, EMAIL, VAT_NUMBER),
        (None, None, EMAIL, EMAIL),
        (None, None, None, "order:4815162"),
        ("", "", "", "order:4815162"),
        (None, None, "   ", "order:4815162"),
    ],
)
def test_a_contact_is_named_by_ean_then_vat_number_then_email_then_its_order(
    ean: str | None, vat_number: str | None, email: str | None, key: str
) -> None:
    assert contact_key(4815162, ean, vat_number, email) == key


@pytest.mark.parametrize("written", ["DE136695976", "de136695976", "DE 136 695 976"])
def test_spaces_and_case_of_a_vat_number_make_no_second_contact(written: str) -> None:
    assert contact_key(1, None, written, None) == VAT_NUMBER


@pytest.mark.parametrize("written", ["anna@example.com", " Anna@Example.com\n", "ANNA@EXAMPLE.COM"])
def test_spaces_and_case_of_an_email_address_make_no_second_contact(written: str) -> None:
    assert contact_key(1, None, None, written) == EMAIL


def test_references_name_the_shop_and_the_order() -> None:
    assert invoice_reference(4815162) == "shoporama:4815162"
    assert payment_reference(4815162) == "shoporama:4815162:payment"


def test_a_bill_is_named_by_its_supplier_and_its_own_number() -> None:
    by_number = bill_reference("DK 35055096", "SHOPORAMA ApS", "20260903")
    by_name = bill_reference(None, "Kaffe & Kage", "88")

    assert by_number == "bill:DK35055096:20260903"
    assert by_name == "bill:kaffe&kage:88"


def test_a_long_reference_is_cut_and_still_its_bills_alone() -> None:
    number = "9" * LONGEST_REFERENCE

    cut = bill_reference("DK35055096", "SHOPORAMA ApS", number)

    assert len(cut) == LONGEST_REFERENCE
    assert cut == bill_reference("DK35055096", "Shoporama", number)
    assert cut.startswith("bill:DK35055096:999")
    assert cut != bill_reference("DK35055096", "SHOPORAMA ApS", f"{number}1")
    longest = "9" * (LONGEST_REFERENCE - len("bill:DK35055096:"))
    assert bill_reference("DK35055096", "", longest) == f"bill:DK35055096:{longest}"


def test_a_supplier_and_a_purchase_credit_note_have_kinds_of_their_own() -> None:
    reference = bill_reference("DK35055096", "SHOPORAMA ApS", "20260903")

    assert supplier_key(None, "SHOPORAMA ApS") == "shoporamaaps"
    assert supplier_guid(123456, supplier_key("dk 35055096", "")) == uuid5(
        NAMESPACE, "123456:supplier:DK35055096"
    )
    assert purchase_credit_guid(123456, reference) == uuid5(
        NAMESPACE, "123456:purchase_credit:bill:DK35055096:20260903"
    )
