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


@pytest.mark.parametrize("name", ["Timestamp", "timestamp", "TimeStamp"])
def test_a_property_is_read_in_any_letter_case(dinero: DineroCaller, name: str) -> None:
    draft = dinero.new_draft()

    answer = dinero.post(f"invoices/{draft['Guid']}/book", {name: draft["TimeStamp"]})

    assert answer.json()["Status"] == "Booked"


def test_another_letter_case_than_the_documented_is_complained_of(dinero: DineroCaller) -> None:
    line = {name[0].lower() + name[1:]: value for name, value in line_body().items()}
    draft = dinero.new_draft(ProductLines=[line])

    document = dinero.get(f"invoices/{draft['Guid']}").json()
    assert document["TotalInclVat"] == 12.35
    assert complaints(dinero)[0] == (
        "ProductLines[0].baseAmountValue: the API spells it BaseAmountValue; it was taken."
    )
    assert len(complaints(dinero)) == len(line)


@pytest.mark.parametrize("form", ["absent", None, ""], ids=["absent", "null", "empty"])
@pytest.mark.parametrize("name", ["Name", "CountryKey"])
def test_a_text_that_is_required_is_refused_by_name_and_in_the_words_seen(
    dinero: DineroCaller, name: str, form: str | None
) -> None:
    body = contact_body(**{name: form})
    if form == "absent":
        del body[name]

    answer = dinero.post("contacts", body)

    error = answer.json()
    assert (answer.status_code, error["code"], error["message"]) == (400, 42, "Validation Error")
    assert error["validationErrors"] == {name: f"The {name} field is required."}
    assert complaints(dinero)


@pytest.mark.parametrize("name", ["IsPerson", "IsMember", "UseCvr"])
def test_an_absent_true_or_false_counts_as_false_with_a_complaint(
    dinero: DineroCaller, name: str
) -> None:
    body = contact_body()
    del body[name]

    guid = dinero.post("contacts", body).json()["ContactGuid"]

    assert dinero.get(f"contacts/{guid}").json()[name] is False
    assert complaints(dinero) == [f"{name}: is absent; it counts as false."]


def test_absent_numbers_count_as_nothing_with_a_complaint_each(dinero: DineroCaller) -> None:
    line = line_body(BaseAmountValue=100)
    del line["Discount"]

    draft = dinero.new_draft(ProductLines=[line])

    assert dinero.get(f"invoices/{draft['Guid']}").json()["TotalInclVat"] == 100
    assert complaints(dinero) == ["ProductLines[0].Discount: is absent; it counts as 0."]


def test_a_true_or_false_that_is_null_is_refused(dinero: DineroCaller) -> None:
    answer = dinero.post("contacts", contact_body(UseCvr=None))

    assert list(answer.json()["validationErrors"]) == ["UseCvr"]


def test_each_text_that_is_missing_is_told_on_its_own(dinero: DineroCaller) -> None:
    answer = dinero.post("contacts", {"IsPerson": True, "IsMember": False, "UseCvr": False})

    error = answer.json()
    texts = {name: f"The {name} field is required." for name in ("Name", "CountryKey")}
    assert error["validationErrors"] == texts
    assert {item["Code"]: item["Message"] for item in error["errorMessageList"]} == texts
    assert len(complaints(dinero)) == 2


def test_a_number_as_text_is_taken_with_a_complaint(dinero: DineroCaller) -> None:
    line = line_body(AccountNumber="1000", BaseAmountValue="100.50")

    draft = dinero.new_draft(ProductLines=[line])

    document = dinero.get(f"invoices/{draft['Guid']}").json()
    assert (document["ProductLines"][0]["AccountNumber"], document["TotalInclVat"]) == (1000, 100.5)
    assert len(complaints(dinero)) == 2


@pytest.mark.parametrize("text", ["tusind", "NaN", "1000,00", "1e3", ""])
def test_a_text_that_is_no_number_is_refused(dinero: DineroCaller, text: str) -> None:
    answer = dinero.post("invoices", invoice_body(ProductLines=[line_body(AccountNumber=text)]))

    assert list(answer.json()["validationErrors"]) == ["ProductLines[0].AccountNumber"]


def test_a_word_of_a_list_is_taken_in_any_letter_case_with_a_complaint(
    dinero: DineroCaller,
) -> None:
    draft = dinero.new_draft(ProductLines=[line_body(LineType="product")])

    (line,) = dinero.get(f"invoices/{draft['Guid']}").json()["ProductLines"]
    assert line["LineType"] == "Product"
    assert [text.partition(":")[0] for text in complaints(dinero)] == ["ProductLines[0].LineType"]


def test_an_empty_language_means_the_usual_one_with_a_complaint(dinero: DineroCaller) -> None:
    draft = dinero.new_draft(Language="")

    assert dinero.get(f"invoices/{draft['Guid']}").json()["Language"] == "da-DK"
    assert complaints(dinero) == ["Language: is empty; it counts as left out."]


def test_a_client_of_another_make_gets_from_contact_to_payment_with_complaints_alone(
    dinero: DineroCaller,
) -> None:
    """As clients that passed against Dinero send it: camelCase, without flags and discounts."""
    line = {
        "description": "Krus",
        "quantity": 1,
        "baseAmountValue": 100,
        "accountNumber": "1000",
        "unit": "parts",
        "lineType": "product",
    }

    contact = dinero.post("Contacts", {"name": "Asta", "countryKey": "DK", "isPerson": True})
    invoice = {"contactGuid": contact.json()["ContactGuid"], "language": "", "productLines": [line]}
    draft = dinero.post("invoices", invoice).json()
    path = f"invoices/{draft['Guid']}"
    booked = dinero.post(f"{path}/book", {"TimeStamp": draft["TimeStamp"]}).json()
    mail = {"timestamp": booked["TimeStamp"], "receiver": "asta@example.com"}
    sent = dinero.post(f"{path}/email", mail)
    newest = dinero.get(path).json()["TimeStamp"]
    payment = {
        "timestamp": newest,
        "depositAccountNumber": 55010,
        "amount": 125,
        "description": "Ordre 10427",
    }
    dinero.post(f"{path}/payments", payment)

    assert sent.status_code == 200
    assert dinero.get(path).json()["PaymentStatus"] == "Paid"
    assert all("taken" in text or "counts as" in text for text in complaints(dinero))
    assert complaints(dinero)


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
    assert list(answer.json()["validationErrors"]) == ["globalErrors[]"]
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
