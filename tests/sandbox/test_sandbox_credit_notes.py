"""How Dinero makes credit notes (kreditnotaer), as the live clients saw it."""

from uuid import uuid4

import pytest
from sandbox_callers import DineroCaller, invoice_body, payment_body
from test_sandbox_answers_fit import misfits

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.state import Sandbox

NOTES = "sales/creditnotes"


def note_body(invoice: Json, **fields: object) -> Json:
    body = invoice_body(ContactGuid=invoice["ContactGuid"], CreditNoteFor=invoice["Guid"])
    kept = {name: value for name, value in body.items() if not name.startswith("Payment")}
    return {"Guid": str(uuid4()), **kept, **fields}


def booked_note(dinero: DineroCaller, invoice: Json, **fields: object) -> Json:
    draft = dinero.post(NOTES, note_body(invoice, **fields)).json()
    answer = dinero.post(f"{NOTES}/{draft['Guid']}/book", {"Timestamp": draft["TimeStamp"]})
    assert answer.status_code == 200, answer.text
    booked: Json = answer.json()
    return booked


def payments(dinero: DineroCaller, guid: str) -> Json:
    found: Json = dinero.get(f"invoices/{guid}/payments", version="v2").json()
    return found


def test_a_booked_credit_note_is_set_off_against_its_unpaid_invoice(dinero: DineroCaller) -> None:
    invoice = dinero.new_booked()

    note = booked_note(dinero, invoice)

    listed = payments(dinero, invoice["Guid"])
    (set_off,) = listed["Payments"]
    assert listed["RemainingAmount"] == 0
    assert set_off["DepositAccountNumber"] is None
    assert set_off["RelatedVoucherId"] == note["Guid"]
    assert note["Number"] == invoice["Number"] + 1
    assert dinero.get(f"invoices/{invoice['Guid']}").json()["TimeStamp"] != invoice["TimeStamp"]


def test_a_paid_invoice_is_overpaid_by_its_credit_note_until_money_is_paid_back(
    dinero: DineroCaller, sandbox: Sandbox
) -> None:
    invoice = dinero.new_booked()
    dinero.pay(invoice)
    booked_note(dinero, invoice)
    path = f"invoices/{invoice['Guid']}"
    assert payments(dinero, invoice["Guid"])["RemainingAmount"] == -12.35

    version = dinero.get(path).json()["TimeStamp"]
    back = dinero.post(f"{path}/payments", payment_body(version, Amount=-12.35))

    assert back.status_code == 200
    assert payments(dinero, invoice["Guid"])["RemainingAmount"] == 0
    assert dinero.get(path).json()["PaymentStatus"] == "Paid"
    assert set(sandbox.organisation.balances().values()) == {0}


def test_its_guid_is_its_identity_and_its_draft_is_replaced(dinero: DineroCaller) -> None:
    invoice = dinero.new_booked()
    body = note_body(invoice)
    draft = dinero.post(NOTES, body).json()

    again = dinero.post(NOTES, body)

    assert (again.status_code, again.json()["code"]) == (409, 72)
    changed = {**body, "Comment": "Retur", "Timestamp": draft["TimeStamp"]}
    path = f"{NOTES}/{draft['Guid']}"
    assert dinero.call("PUT", path, changed, version="v1.2").status_code == 200
    assert dinero.get(path).json()["Comment"] == "Retur"
    stale = dinero.post(f"{path}/book", {"Timestamp": draft["TimeStamp"]})
    assert stale.json()["code"] == 58


def test_it_is_listed_apart_from_invoices(dinero: DineroCaller) -> None:
    invoice = dinero.new_booked()
    note = booked_note(dinero, invoice, ExternalReference="shoporama:1:credit:1")

    listed = dinero.get(NOTES, queryFilter="ExternalReference eq 'shoporama:1:credit:1'").json()

    assert [row["Guid"] for row in listed["Collection"]] == [note["Guid"]]
    assert len(dinero.get("invoices").json()["Collection"]) == 1
    kinds = dinero.get("sales", fields="Guid,Type").json()["Collection"]
    assert {row["Type"] for row in kinds} == {"Invoice", "CreditNote"}


def test_the_answers_fit_the_models(dinero: DineroCaller) -> None:
    invoice = dinero.new_booked()
    booked = booked_note(dinero, invoice)
    body = {name: each for name, each in note_body(invoice).items() if name != "Timestamp"}

    answers = {
        "BookCreditNote": booked,
        "GetCreditNote": dinero.get(f"{NOTES}/{booked['Guid']}").json(),
        "FetchCreditNote": dinero.post(f"{NOTES}/fetch", body).json(),
        "ListCreditNotePayments": dinero.get(f"{NOTES}/{booked['Guid']}/payments").json(),
    }

    assert {name: misfits(name, answer) for name, answer in answers.items()} == {
        name: [] for name in answers
    }


@pytest.mark.parametrize("count", [1, 2])
def test_more_than_the_invoice_is_taken_and_complained_of(
    dinero: DineroCaller, sandbox: Sandbox, count: int
) -> None:
    invoice = dinero.new_booked()
    for _ in range(count):
        booked_note(dinero, invoice)

    assert bool(sandbox.complaints) is (count > 1)
