"""How Dinero sends invoices, and what it keeps of that."""

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller

from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.state import Sandbox

EAN = "5798009999993"


def email(dinero: DineroCaller, invoice: Json, **fields: JsonValue) -> requests.Response:
    body = {"ShouldAddTrustPilotEmailAsBcc": False, **fields}
    return dinero.post(f"invoices/{invoice['Guid']}/email", body)


def e_invoice(dinero: DineroCaller, invoice: Json, **fields: JsonValue) -> requests.Response:
    body = {"PaymentMeanEnum": "Domestic", **fields}
    return dinero.post(f"invoices/{invoice['Guid']}/e-invoice", body, version="v3")


def mailouts(dinero: DineroCaller, invoice: Json, **query: str) -> list[Json]:
    found: list[Json] = dinero.get(f"invoices/{invoice['Guid']}/mailouts", **query).json()
    return found


def public_buyer(dinero: DineroCaller, **fields: JsonValue) -> str:
    return dinero.new_contact(**{"IsPerson": False, "EanNumber": EAN, "AttPerson": "Pia", **fields})


@pytest.fixture
def booked(dinero: DineroCaller) -> Json:
    return dinero.new_booked(ContactGuid=dinero.new_contact(Email="asta@example.com"))


@pytest.fixture
def public(dinero: DineroCaller) -> Json:
    return dinero.new_booked(ContactGuid=public_buyer(dinero))


def test_an_invoice_is_mailed_to_its_contact(dinero: DineroCaller, booked: Json) -> None:
    answer = email(dinero, booked, Subject="Din faktura", Message="Se [link-to-pdf]")

    assert answer.json() == {"Recipients": [{"Email": "asta@example.com"}]}
    (sent,) = mailouts(dinero, booked)
    assert (sent["Type"], sent["Status"]) == ("Mailout", "Sent")
    assert (sent["Receiver"], sent["Subject"]) == ("asta@example.com", "Din faktura")


def test_the_receiver_may_be_named(dinero: DineroCaller, booked: Json) -> None:
    answer = email(dinero, booked, Receiver="a@example.com, b@example.com")

    assert [each["Email"] for each in answer.json()["Recipients"]] == [
        "a@example.com",
        "b@example.com",
    ]


def test_the_invoice_says_how_it_was_sent_and_has_a_new_time_stamp(
    dinero: DineroCaller, booked: Json
) -> None:
    email(dinero, booked)

    invoice = dinero.get(f"invoices/{booked['Guid']}").json()
    (row,) = dinero.get("invoices", fields="MailOutStatus,LatestMailOutType").json()["Collection"]
    assert (booked["MailOutStatus"], booked["LatestMailOutType"]) == ("NotSent", "None")
    assert (invoice["MailOutStatus"], invoice["LatestMailOutType"]) == ("Sent", "Mailout")
    assert row == {"MailOutStatus": "Sent", "LatestMailOutType": "Mailout"}
    assert invoice["TimeStamp"] != booked["TimeStamp"]


def test_each_sending_is_kept_so_that_a_second_one_shows(
    sandbox: Sandbox, dinero: DineroCaller, booked: Json
) -> None:
    email(dinero, booked)
    email(dinero, booked)

    assert len(mailouts(dinero, booked)) == 2
    assert [each.kind for each in sandbox.invoices[booked["Guid"]].mailouts] == ["Mailout"] * 2


def test_mailouts_can_be_asked_for_since_a_moment(
    sandbox: Sandbox, dinero: DineroCaller, booked: Json
) -> None:
    email(dinero, booked)
    sandbox.change_settings(clock_shift_seconds=600)
    email(dinero, booked, Receiver="later@example.com")
    since = mailouts(dinero, booked)[1]["Date"].partition(".")[0] + "Z"

    assert [each["Receiver"] for each in mailouts(dinero, booked, changesSince=since)] == [
        "later@example.com"
    ]


def test_each_sending_has_a_number_of_its_own(dinero: DineroCaller, booked: Json) -> None:
    email(dinero, booked)
    email(dinero, booked)

    first, second = (each["Id"] for each in mailouts(dinero, booked))
    assert isinstance(first, int)
    assert second == first + 1


def test_a_draft_is_not_sent(dinero: DineroCaller) -> None:
    draft = dinero.new_draft()

    assert email(dinero, draft, Receiver="a@example.com").status_code == 400
    assert e_invoice(dinero, draft).status_code == 400


@pytest.mark.parametrize(
    ("fields", "property_name"),
    [({}, "Receiver"), ({"Receiver": "a@example.com", "Message": "Hej"}, "Message")],
    ids=["contact without address", "message without link"],
)
def test_a_mail_that_cannot_be_is_refused(
    dinero: DineroCaller, fields: Json, property_name: str
) -> None:
    booked = dinero.new_booked()

    answer = email(dinero, booked, **fields)

    assert (answer.status_code, list(answer.json()["validationErrors"])) == (400, [property_name])
    assert mailouts(dinero, booked) == []


def test_a_stale_time_stamp_is_refused_when_it_is_sent(dinero: DineroCaller, booked: Json) -> None:
    email(dinero, booked, Timestamp=booked["TimeStamp"])

    again = email(dinero, booked, Timestamp=booked["TimeStamp"])

    assert (again.status_code, again.json()["code"]) == (400, 58)
    assert len(mailouts(dinero, booked)) == 1


def test_an_e_invoice_goes_to_the_ean_number(dinero: DineroCaller, public: Json) -> None:
    answer = e_invoice(dinero, public, OrderReference="10427", AttPerson="Pia")

    (sent,) = mailouts(dinero, public)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (sent["Type"], sent["Status"], sent["Receiver"]) == ("Einvoice", "Sent", EAN)
    assert sent["LatestEvent"] == "SentToCustomer"


def test_the_sandbox_keeps_the_order_reference(
    sandbox: Sandbox, dinero: DineroCaller, public: Json
) -> None:
    e_invoice(dinero, public, OrderReference="10427")

    (sent,) = sandbox.invoices[public["Guid"]].mailouts
    assert sent.fields["OrderReference"] == "10427"


def test_a_contact_without_ean_number_is_refused_with_code_56(
    dinero: DineroCaller, booked: Json
) -> None:
    answer = e_invoice(dinero, booked)

    assert (answer.status_code, answer.json()["code"]) == (400, 56)


def test_an_invalid_ean_number_is_refused_with_code_57(
    sandbox: Sandbox, dinero: DineroCaller, public: Json
) -> None:
    sandbox.contacts[public["ContactGuid"]].fields["EanNumber"] = "5798009999994"

    answer = e_invoice(dinero, public)

    assert (answer.status_code, answer.json()["code"]) == (400, 57)


def test_an_e_invoice_may_be_refused_with_code_51(
    sandbox: Sandbox, dinero: DineroCaller, public: Json
) -> None:
    sandbox.change_settings(e_invoice_delivery="refused")

    answer = e_invoice(dinero, public)

    assert (answer.status_code, answer.json()["code"]) == (400, 51)
    assert mailouts(dinero, public) == []


def test_an_e_invoice_may_turn_out_undeliverable(
    sandbox: Sandbox, dinero: DineroCaller, public: Json
) -> None:
    sandbox.change_settings(e_invoice_delivery="endpoint_not_found")

    answer = e_invoice(dinero, public)

    (sent,) = mailouts(dinero, public)
    assert answer.status_code == 200
    assert (sent["Status"], sent["LatestEvent"]) == ("Failed", "EndpointNotFound")
    assert dinero.get(f"invoices/{public['Guid']}").json()["MailOutStatus"] == "Failed"


def test_the_books_show_what_was_sent(sandbox: Sandbox, dinero: DineroCaller, public: Json) -> None:
    e_invoice(dinero, public)

    books = dinero.session.get(f"{sandbox.url}/sandbox/books", timeout=TIMEOUT_SECONDS).json()

    assert [each["Type"] for each in books["invoices"][0]["Mailouts"]] == ["Einvoice"]
