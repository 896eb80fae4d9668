"""How Dinero keeps contacts."""

import re
from uuid import uuid4

import pytest
from sandbox_callers import DineroCaller, contact_body

from dinero_sync.sandbox.state import Sandbox


def test_a_contact_keeps_the_guid_that_the_client_chose(dinero: DineroCaller) -> None:
    chosen = str(uuid4())

    assert dinero.new_contact(ContactGuid=chosen) == chosen
    assert dinero.get(f"contacts/{chosen}").json()["Name"] == "Asta Nørgaard"


def test_a_second_use_of_the_guid_is_refused_with_guid_must_be_unique(
    dinero: DineroCaller,
) -> None:
    guid = dinero.new_contact()

    answer = dinero.post("contacts", contact_body(ContactGuid=guid))

    assert answer.status_code == 400
    assert answer.json()["errorMessageList"][0]["Code"] == "guidMustBeUnique"


@pytest.mark.parametrize(
    ("change", "property_name"),
    [
        ({"Name": ""}, "Name"),
        ({"CountryKey": "Danmark"}, "CountryKey"),
        ({"CountryKey": "QQ"}, "CountryKey"),
        ({"VatNumber": "90000004"}, "VatNumber"),
        ({"IsPerson": False, "VatNumber": "12345678"}, "VatNumber"),
        ({"IsPerson": False, "EanNumber": "5798009999994", "AttPerson": "Pia"}, "EanNumber"),
        ({"IsPerson": False, "EanNumber": "5798009999993"}, "AttPerson"),
        ({"InvoiceMailOutOptionKey": "GLN"}, "InvoiceMailOutOptionKey"),
        (
            {"PaymentConditionType": "NettoCash", "PaymentConditionNumberOfDays": 8},
            "PaymentConditionNumberOfDays",
        ),
        ({"ExternalReference": "x" * 129}, "ExternalReference"),
    ],
    ids=[
        "no name",
        "country is no key",
        "no such country",
        "person with CVR number",
        "CVR number with wrong check digit",
        "EAN number with wrong check digit",
        "EAN number without a person",
        "mail-out without the number",
        "days with cash terms",
        "long reference",
    ],
)
def test_a_contact_that_contradicts_itself_is_refused(
    dinero: DineroCaller, change: dict[str, object], property_name: str
) -> None:
    answer = dinero.post("contacts", contact_body(**change))

    assert (answer.status_code, answer.json()["code"]) == (400, 42)
    assert list(answer.json()["validationErrors"]) == [property_name]


def test_a_company_has_a_valid_cvr_number(dinero: DineroCaller) -> None:
    guid = dinero.new_contact(IsPerson=False, VatNumber="90000039")

    assert dinero.get(f"contacts/{guid}").json()["VatNumber"] == "90000039"


@pytest.mark.parametrize(("country", "region"), [("DK", "DK"), ("DE", "EU"), ("GL", "World")])
def test_the_vat_region_follows_from_the_country(
    dinero: DineroCaller, country: str, region: str
) -> None:
    guid = dinero.new_contact(CountryKey=country)

    assert dinero.get(f"contacts/{guid}").json()["VatRegionKey"] == region


def test_put_clears_what_it_does_not_name(dinero: DineroCaller) -> None:
    guid = dinero.new_contact(Email="asta@example.com", City="Ærøskøbing")

    dinero.call("PUT", f"contacts/{guid}", contact_body(City="Marstal"), version="v2")

    contact = dinero.get(f"contacts/{guid}").json()
    assert (contact["City"], contact["Email"]) == ("Marstal", None)


def test_a_deleted_contact_reads_with_the_time_until_it_is_restored(
    dinero: DineroCaller,
) -> None:
    guid = dinero.new_contact()
    dinero.call("DELETE", f"contacts/{guid}")

    gone = dinero.get(f"contacts/{guid}").json()
    dinero.call("POST", f"contacts/{guid}/restore")

    assert gone["DeletedAt"] == gone["UpdatedAt"]
    assert dinero.get(f"contacts/{guid}").json()["DeletedAt"] is None


def test_a_dinero_that_does_not_show_deleted_contacts_answers_code_65(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    sandbox.change_settings(deleted_answers="code_65")
    guid = dinero.new_contact()
    dinero.call("DELETE", f"contacts/{guid}")

    gone = dinero.get(f"contacts/{guid}")

    assert (gone.status_code, gone.json()["code"]) == (400, 65)


def test_a_deleted_contact_is_neither_changed_nor_deleted_again(dinero: DineroCaller) -> None:
    guid = dinero.new_contact()
    dinero.call("DELETE", f"contacts/{guid}")

    answers = [
        dinero.call("PUT", f"contacts/{guid}", contact_body(), version="v2"),
        dinero.call("DELETE", f"contacts/{guid}"),
    ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(400, 65)] * 2


def test_a_new_contact_has_the_companys_terms_and_is_no_debtor_before_its_first_invoice(
    dinero: DineroCaller,
) -> None:
    guid = dinero.new_contact()
    before = dinero.get(f"contacts/{guid}").json()
    dinero.new_draft(ContactGuid=guid.upper())
    after = dinero.get(f"contacts/{guid}").json()

    terms = (before["PaymentConditionType"], before["PaymentConditionNumberOfDays"])
    assert terms == ("Netto", 8)
    assert (before["IsDebitor"], after["IsDebitor"]) == (False, True)


def test_a_contact_keeps_terms_of_its_own(dinero: DineroCaller) -> None:
    guid = dinero.new_contact(PaymentConditionType="NettoCash")

    contact = dinero.get(f"contacts/{guid}").json()
    terms = (contact["PaymentConditionType"], contact["PaymentConditionNumberOfDays"])
    assert terms == ("NettoCash", None)


def test_a_text_that_is_missing_is_empty_in_lists_and_null_alone(dinero: DineroCaller) -> None:
    guid = dinero.new_contact()

    alone = dinero.get(f"contacts/{guid}").json()
    (listed,) = dinero.get("contacts", fields="Phone,Email,Webpage").json()["Collection"]

    assert (alone["Phone"], alone["Email"], alone["Webpage"]) == (None, None, None)
    assert listed == {"Phone": "", "Email": "", "Webpage": None}


def test_the_times_of_a_contact_have_neither_zone_nor_fraction(dinero: DineroCaller) -> None:
    contact = dinero.get(f"contacts/{dinero.new_contact()}").json()

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", contact["CreatedAt"])


def test_an_unknown_contact_is_not_found(dinero: DineroCaller) -> None:
    answer = dinero.get(f"contacts/{uuid4()}")

    assert (answer.status_code, answer.json()["code"]) == (404, 40)


def test_lists_hold_live_contacts_in_v1_and_all_in_v2(dinero: DineroCaller) -> None:
    kept, gone = dinero.new_contact(), dinero.new_contact()
    dinero.call("DELETE", f"contacts/{gone}")

    def guids(version: str, **query: str) -> list[str]:
        answer = dinero.get("contacts", version=version, fields="ContactGuid", **query)
        return [contact["ContactGuid"] for contact in answer.json()["Collection"]]

    assert guids("v1") == [kept]
    assert guids("v1", deletedOnly="true") == [gone]
    assert guids("v2") == [kept, gone]


def test_a_filter_on_email_ignores_case(dinero: DineroCaller) -> None:
    guid = dinero.new_contact(Email="asta@example.com")
    dinero.new_contact(Email="bjoern@example.com")

    answer = dinero.get("contacts", fields="contactGuid", queryFilter="Email eq 'ASTA@example.com'")

    assert answer.json()["Collection"] == [{"contactGuid": guid}]


def test_what_changed_since_a_moment_includes_that_moment(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    old = dinero.new_contact()
    sandbox.change_settings(clock_shift_seconds=1000)
    new = dinero.new_contact()
    since = dinero.get(f"contacts/{new}").json()["UpdatedAt"] + "Z"

    answer = dinero.get("contacts", fields="ContactGuid", changesSince=since)

    assert old != new
    assert answer.json()["Collection"] == [{"ContactGuid": new}]
