"""What the sandbox complains of: everything the real service drops in silence."""

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, contact_body, invoice_body, line_body

from dinero_sync.sandbox.openapi import operations, plain_schema


def complaints(dinero: DineroCaller) -> list[str]:
    return [complaint.message for complaint in dinero.sandbox.complaints]


def test_a_well_formed_invoice_raises_no_complaint(dinero: DineroCaller) -> None:
    dinero.pay(dinero.new_booked(Comment="Tak", PaymentConditionType="Paid"))

    assert complaints(dinero) == []


def test_an_unknown_property_is_dropped_with_a_complaint(dinero: DineroCaller) -> None:
    draft = dinero.new_draft(ProductLines=[line_body(VatScale="DK25")], Reference="10427")

    document = dinero.get(f"invoices/{draft['Guid']}").json()
    assert "VatScale" not in document["ProductLines"][0]
    assert [text.partition(":")[0] for text in complaints(dinero)] == [
        "Reference",
        "ProductLines[0].VatScale",
    ]


def test_the_casing_of_properties_counts(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()

    answer = dinero.post(f"invoices/{draft['Guid']}/book", {"TimeStamp": draft["TimeStamp"]})

    assert list(answer.json()["validationErrors"]) == ["Timestamp"]
    assert complaints(dinero)[0].startswith("TimeStamp: there is no such property")


@pytest.mark.parametrize("name", ["Name", "CountryKey", "IsPerson", "IsMember", "UseCvr"])
def test_a_missing_property_is_refused_by_name(dinero: DineroCaller, name: str) -> None:
    body = contact_body()
    del body[name]

    answer = dinero.post("contacts", body)

    assert (answer.status_code, list(answer.json()["validationErrors"])) == (400, [name])
    assert complaints(dinero)


def test_all_missing_properties_of_a_line_are_named(dinero: DineroCaller) -> None:
    answer = dinero.post("invoices", invoice_body(ProductLines=[{"Description": "Krus"}]))

    (names,) = answer.json()["validationErrors"]
    assert set(names.split(", ")) == {
        f"ProductLines[0].{name}"
        for name in ("AccountNumber", "BaseAmountValue", "Discount", "Quantity")
    }


def test_null_is_allowed_where_the_document_says_nullable(dinero: DineroCaller) -> None:
    dinero.new_contact(Email=None, VatNumber=None, PaymentConditionType=None)

    assert complaints(dinero) == []


def test_each_refusal_is_told_in_both_forms(dinero: DineroCaller) -> None:
    error = dinero.post("contacts", contact_body(Name="")).json()

    assert error["code"] == 42
    assert [item["property"] for item in error["languageSpecificMessages"]] == ["Name"]


def send(dinero: DineroCaller, body: bytes, **headers: str) -> requests.Response:
    return dinero.session.post(
        f"{dinero.sandbox.url}/dinero/v1/{dinero.organisation}/contacts",
        data=body,
        headers={
            "Authorization": f"Bearer {dinero.token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            **headers,
        },
        timeout=TIMEOUT_SECONDS,
    )


@pytest.mark.parametrize(
    ("body", "headers", "complaint"),
    [
        (b"{", {}, "isn't JSON"),
        (b"{}", {"Content-Type": "text/plain"}, "Content-Type"),
        (b"", {}, "isn't JSON"),
    ],
    ids=["cut off", "wrong type", "empty"],
)
def test_a_body_that_is_no_json_is_a_missing_model(
    dinero: DineroCaller, body: bytes, headers: dict[str, str], complaint: str
) -> None:
    answer = send(dinero, body, **headers)

    assert (answer.status_code, answer.json()["code"]) == (400, 42)
    assert "model is missing" in answer.json()["message"]
    assert complaint in complaints(dinero)[0]


def test_a_missing_accept_header_is_complained_of(dinero: DineroCaller) -> None:
    send(dinero, b'{"Name": "Asta"}', Accept="*/*")

    assert "Accept" in complaints(dinero)[0]


def test_the_deprecated_update_of_contacts_is_complained_of(dinero: DineroCaller) -> None:
    guid = dinero.new_contact()

    assert dinero.call("PUT", f"contacts/{guid}", contact_body()).status_code == 200
    assert "deprecated" in complaints(dinero)[0]


def test_nullable_becomes_a_type_of_its_own() -> None:
    text = {"type": "string", "nullable": True, "description": "x"}
    choice = {"type": "string", "enum": ["a"], "nullable": True}

    assert plain_schema(text) == {"type": ["string", "null"]}
    assert plain_schema(choice) == {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "null"}]}


def test_a_property_called_description_survives_the_translation() -> None:
    body = operations()["CreateInvoice"].body

    assert body is not None
    assert "Description" in body["properties"]
    assert "Description" in body["properties"]["ProductLines"]["items"]["properties"]
