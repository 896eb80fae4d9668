"""How Dinero keeps contacts."""

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


def test_a_deleted_contact_answers_code_65_until_it_is_restored(dinero: DineroCaller) -> None:
    guid = dinero.new_contact()
    dinero.call("DELETE", f"contacts/{guid}")

    gone = dinero.get(f"contacts/{guid}")
    dinero.call("POST", f"contacts/{guid}/restore")

    assert (gone.status_code, gone.json()["code"]) == (400, 65)
    assert dinero.get(f"contacts/{guid}").status_code == 200


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
    since = dinero.get(f"contacts/{new}").json()["UpdatedAt"]

    answer = dinero.get("contacts", fields="ContactGuid", changesSince=since)

    assert old != new
    assert answer.json()["Collection"] == [{"ContactGuid": new}]
