"""Whom the invoice is made out to: a person, a company, a public body."""

from typing import Any

import pytest
from builders import ORDER_ID, ORGANIZATION_ID, an_address, an_order, personal_data_in

from dinero_sync.domain.documents import BuyerKind, Contact
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import contact_guid
from dinero_sync.posting.buyers.numbers import full_vat_number
from dinero_sync.posting.contact import buyer_kind, plan_contact
from dinero_sync.texts.telling import message

EAN = "5798000416604"
CVR = "13585628"
COMPANY = an_address(company="Prøvefirma ApS")
GERMAN_COMPANY = an_address(company="Muster GmbH", country="DE")
AMERICAN_COMPANY = an_address(company="Sample Inc.", country="US")


def contact_of(**order: Any) -> Contact:  # noqa: ANN401 - as in the builder of orders
    return plan_contact(an_order(**order), ORGANIZATION_ID, buyer_kind(an_order(**order)))


def test_a_consumer_is_known_by_email() -> None:
    contact = contact_of(email=" Anna.Proeve@Example.com ")

    assert (contact.kind, contact.name) == (BuyerKind.CONSUMER, "Anna Prøve")
    assert contact.key == "anna.proeve@example.com"
    assert contact.guid == contact_guid(ORGANIZATION_ID, "anna.proeve@example.com")
    assert (contact.attention, contact.vat_number, contact.ean) == (None, None, None)


def test_a_contact_lives_where_the_invoice_goes() -> None:
    contact = contact_of(email=" anna@example.com ")

    assert (contact.street, contact.zip_code, contact.city, contact.country) == (
        "Prøvevej 7",
        "8000",
        "Aarhus C",
        "DK",
    )
    assert contact.email == "anna@example.com"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Anna <anna@example.com>", "anna@example.com"),
        ("anna@example.com; bo@example.com", "anna@example.com"),
        ("anna@example.com,bo@example.com", "anna@example.com"),
        ("anna@example.com og bo@example.com", "anna@example.com"),
        ("anna; bo@example.com", "bo@example.com"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("anna@example.com.", "anna@example.com"),
        ("anna.example.com", None),
        ("anna @example.com", None),
        ("anna@@example.com", None),
        ("anna@example", None),
        ("anna..p@example.com", None),
        ("ingen", None),
        ("'Xenia.Xu@example.com'", "Xenia.Xu@example.com"),
        (".anna@example.com", "anna@example.com"),
        ("anna.@example.com", None),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
        (f"{'a' * 65}@example.com", None),
        (f"anna@{'a' * 245}.com", f"anna@{'a' * 245}.com"),
        (f"anna@{'a' * 246}.com", None),
    ],
)
def test_an_email_that_cant_be_one_is_left_out(written: str, address: str | None) -> None:
    contact = contact_of(email=written)

    assert contact.email == address
    assert contact.key == (address or f"order:{ORDER_ID}").lower()


def test_a_consumer_without_email_is_a_contact_for_this_order_alone() -> None:
    contact = contact_of(email="")

    assert contact.key == f"order:{ORDER_ID}"
    assert contact.email is None


def test_a_company_is_known_by_its_vat_number_and_the_buyer_is_its_attention() -> None:
    contact = contact_of(billing=COMPANY, vat_number="13 58 56 28")

    assert (contact.kind, contact.name) == (BuyerKind.BUSINESS, "Prøvefirma ApS")
    assert contact.attention == "Anna Prøve"
    assert contact.key == contact.vat_number == "DK13585628"


def test_a_company_without_a_named_buyer_has_no_attention() -> None:
    billing = an_address(company="Prøvefirma ApS", name="")

    assert contact_of(billing=billing, vat_number=CVR).attention is None


def test_a_company_without_a_vat_number_is_treated_as_a_consumer() -> None:
    contact = contact_of(billing=COMPANY)

    assert (contact.kind, contact.name) == (BuyerKind.CONSUMER, "Anna Prøve")


def test_a_sole_trader_is_known_by_the_vat_number_and_needs_no_company_name() -> None:
    contact = contact_of(vat_number=CVR)

    assert (contact.kind, contact.vat_number) == (BuyerKind.BUSINESS, "DK13585628")
    assert (contact.name, contact.attention) == ("Anna Prøve", None)


@pytest.mark.parametrize("written", ["13585629", "20304050", "999999999"])
def test_a_person_with_a_number_that_is_no_vat_number_of_the_eu_is_a_consumer(written: str) -> None:
    contact = contact_of(vat_number=written)

    assert (contact.kind, contact.vat_number) == (BuyerKind.CONSUMER, None)


def test_a_public_body_is_known_by_its_ean() -> None:
    billing = an_address(company="Prøve Kommune")

    contact = contact_of(billing=billing, ean="5798 0004 16604", vat_number=f"DK{CVR}")

    assert (contact.kind, contact.name) == (BuyerKind.PUBLIC, "Prøve Kommune")
    assert contact.key == contact.ean == EAN
    assert contact.vat_number == f"DK{CVR}"


def test_a_public_body_needs_no_vat_number() -> None:
    assert contact_of(ean=EAN).vat_number is None


@pytest.mark.parametrize(
    "written",
    [
        "EAN 5798000416604",
        "5798-0004-16604",
        "EAN-nr.: 5798 0004 16604.",
        "GLN5798000416604",
        "0088:5798000416604",
        "0088 5798000416604",
        "\N{FULLWIDTH DIGIT FIVE}798000416604",
        "5798\N{NO-BREAK SPACE}0004\N{NO-BREAK SPACE}16604",
    ],
)
def test_an_ean_is_read_as_people_type_it(written: str) -> None:
    contact = contact_of(ean=written)

    assert (contact.kind, contact.key, contact.ean) == (BuyerKind.PUBLIC, EAN, EAN)


def test_an_ean_may_begin_as_its_scheme_does() -> None:
    assert contact_of(ean="0088123456782").ean == "0088123456782"


@pytest.mark.parametrize("company", ["", "Prøveskolen"])
@pytest.mark.parametrize(
    "written",
    [
        "579800041660",
        "5798000416605",
        "x798000416604",
        "57980004166041",
        "EAN 5798000416604 / 5798000416611",
        "12345",
        "Prøveskolen",
        "13585629",
    ],
)
def test_a_field_for_an_ean_that_holds_something_else_is_held(written: str, company: str) -> None:
    with pytest.raises(HeldError) as held:
        contact_of(ean=written, billing=an_address(company=company))

    hold = held.value.hold
    assert (hold.reason, hold.text) == (HoldReason.INVALID_VAT_NUMBER, "invalid_vat_number.ean")
    assert written not in message(hold)
    assert not personal_data_in(hold)


def test_a_wrong_ean_is_held_though_consumers_share_a_contact() -> None:
    order = an_order(ean="5798000416605")

    with pytest.raises(HeldError):
        plan_contact(order, ORGANIZATION_ID, buyer_kind(order), shared=True)


@pytest.mark.parametrize("written", ["", " ", "-", "0", "nej", "Ingen", "n/a", "NEJ TAK!"])
def test_a_word_for_none_is_no_number(written: str) -> None:
    contact = contact_of(ean=written, vat_number=written, billing=COMPANY)

    assert (contact.kind, contact.vat_number, contact.ean) == (BuyerKind.CONSUMER, None, None)


def test_an_ean_in_the_field_for_the_vat_number_is_an_ean() -> None:
    contact = contact_of(vat_number=f"EAN {EAN}", billing=COMPANY)

    assert (contact.kind, contact.ean, contact.vat_number) == (BuyerKind.PUBLIC, EAN, None)


def test_a_number_of_another_country_is_no_ean_though_it_looks_like_one() -> None:
    contact = contact_of(vat_number=EAN, billing=AMERICAN_COMPANY)

    assert (contact.kind, contact.ean, contact.vat_number) == (BuyerKind.BUSINESS, None, f"US{EAN}")


@pytest.mark.parametrize("written", [CVR, f"CVR {CVR}", f"DK-{CVR}", f"CVR/SE-nr. {CVR}"])
def test_a_cvr_number_in_the_field_for_the_ean_is_a_cvr_number(written: str) -> None:
    contact = contact_of(ean=written, billing=COMPANY)

    assert (contact.kind, contact.ean) == (BuyerKind.BUSINESS, None)
    assert contact.vat_number == "DK13585628"


def test_the_field_for_the_vat_number_goes_before_that_for_the_ean() -> None:
    contact = contact_of(ean=CVR, vat_number="90000039", billing=COMPANY)

    assert contact.vat_number == "DK90000039"


def test_a_public_body_without_a_named_buyer_has_itself_as_attention() -> None:
    contact = contact_of(ean=EAN, billing=an_address(company="Prøveskolen", name=""))

    assert (contact.name, contact.attention) == ("Prøveskolen", "Prøveskolen")


def test_a_public_body_without_any_name_has_an_attention_too() -> None:
    contact = contact_of(ean=EAN, billing=an_address(name=""))

    assert (contact.name, contact.attention) == ("Webshopkunde, ordre 10427",) * 2


@pytest.mark.parametrize(
    ("billing", "name"),
    [
        (an_address(name="", company="Prøvefirma ApS"), "Prøvefirma ApS"),
        (an_address(name=""), "Webshopkunde, ordre 10427"),
    ],
)
def test_a_contact_always_has_a_name(billing: Any, name: str) -> None:  # noqa: ANN401 - an address
    assert contact_of(billing=billing).name == name


@pytest.mark.parametrize(
    ("written", "country", "full"),
    [
        ("13585628", "DK", "DK13585628"),
        ("dk-13 58 56 28", "DK", "DK13585628"),
        ("136.695.976", "DE", "DE136695976"),
        ("094259216", "GR", "EL094259216"),
        ("EL094259216", "GR", "EL094259216"),
        ("EL094259217", "GR", "EL094259217"),  # a slip, to be held as it was written
        ("CHE-123.456.788", "CH", "CHE123456788"),
        ("136695976", "FR", "FR136695976"),
        ("DE136695976", "FR", "DE136695976"),
        ("DE100002401", "FR", "FRDE100002401"),  # DE are letters of a French number, too
        ("CVR 13585628", "DK", "DK13585628"),
        ("SE 13585628", "DK", "DK13585628"),  # a Dane's SE-nummer, and no Swedish number
        ("CVR-nr.: DK 13585628", "DK", "DK13585628"),
        ("DK CVR 13585628", "DK", "DK13585628"),
        ("Momsnr. 13585628", "DK", "DK13585628"),
        ("CVR-/SE-nr. 13585628", "DK", "DK13585628"),
        ("CVR", "DK", "DKCVR"),
        ("USt-IdNr. DE136695976", "DE", "DE136695976"),
        ("VAT no. 136695976", "DE", "DE136695976"),
        ("SE556188840401", "SE", "SE556188840401"),
        ("CVR 13585629", "DK", "DKCVR13585629"),
        ("nej", "DK", ""),
    ],
)
def test_a_vat_number_is_written_with_its_country_and_no_spaces(
    written: str, country: str, full: str
) -> None:
    assert full_vat_number(written, country) == full


@pytest.mark.parametrize(
    ("billing", "vat_number"),
    [(COMPANY, "13585629"), (GERMAN_COMPANY, "DE136695977"), (GERMAN_COMPANY, "13585628")],
)
def test_a_business_whose_vat_number_cant_be_one_is_held(
    billing: Any,  # noqa: ANN401 - an address
    vat_number: str,
) -> None:
    with pytest.raises(HeldError) as held:
        contact_of(billing=billing, vat_number=vat_number)

    assert held.value.hold.reason is HoldReason.INVALID_VAT_NUMBER
    assert vat_number not in message(held.value.hold)
    assert not personal_data_in(held.value.hold)


@pytest.mark.parametrize(
    ("billing", "written", "kept"),
    [
        (GERMAN_COMPANY, "136695976", "DE136695976"),
        (AMERICAN_COMPANY, "12-3456789", "US123456789"),
    ],
    ids=["an EU number by its check digit", "another country's number as it is"],
)
def test_the_form_of_a_foreign_vat_number_is_checked_within_the_eu(
    billing: Any,  # noqa: ANN401 - an address
    written: str,
    kept: str,
) -> None:
    assert contact_of(billing=billing, vat_number=written).vat_number == kept
