"""How Dinero registers payments."""

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, payment_body

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.state import Sandbox


def payments(dinero: DineroCaller, guid: str) -> Json:
    answer = dinero.get(f"invoices/{guid}/payments", version="v2")
    found: Json = answer.json()
    return found


def test_a_payment_settles_the_invoice_and_changes_its_time_stamp(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()

    paid = dinero.pay(booked, ExternalReference="shop:10427:payment").json()

    invoice = dinero.get(f"invoices/{booked['Guid']}").json()
    assert invoice["PaymentStatus"] == "Paid"
    assert invoice["TimeStamp"] == paid["TimeStamp"] != booked["TimeStamp"]
    assert payments(dinero, booked["Guid"])["RemainingAmount"] == 0


def test_a_payment_names_its_own_voucher_and_not_the_invoice(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()

    paid = dinero.pay(booked).json()

    (listed,) = payments(dinero, booked["Guid"])["Payments"]
    assert listed["RelatedVoucherId"] == paid["RelatedVoucherGuid"]
    assert paid["RelatedVoucherGuid"] not in {booked["Guid"], paid["Guid"]}


def test_a_stale_time_stamp_is_refused_so_that_nobody_pays_twice(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    dinero.pay(booked)

    again = dinero.pay(booked)

    assert (again.status_code, again.json()["code"]) == (400, 58)
    assert payments(dinero, booked["Guid"])["PaidAmount"] == 12.35


def test_references_need_not_be_unique_and_too_much_is_accepted(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    first = dinero.pay(booked, ExternalReference="same").json()

    second = dinero.pay({**booked, "TimeStamp": first["TimeStamp"]}, ExternalReference="same")

    assert second.status_code == 200
    assert payments(dinero, booked["Guid"])["RemainingAmount"] == -12.35
    assert dinero.get(f"invoices/{booked['Guid']}").json()["PaymentStatus"] == "OverPaid"


def test_a_draft_takes_no_payment(dinero: DineroCaller) -> None:
    assert dinero.pay(dinero.new_draft()).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"DepositAccountNumber": 1000},
        {"Amount": 0},
        {"Description": ""},
        {"RemainderIsFee": None},
        {"PaymentDate": "20/11/2026"},
    ],
    ids=str,
)
def test_a_payment_that_cannot_be_is_refused(
    dinero: DineroCaller, change: dict[str, object]
) -> None:
    booked = dinero.new_booked()

    answer = dinero.pay(booked, **change)

    assert (answer.status_code, answer.json()["code"]) == (400, 42)
    assert list(answer.json()["validationErrors"]) == list(change)


def test_the_remainder_can_be_a_fee(sandbox: Sandbox, dinero: DineroCaller) -> None:
    dinero.pay(dinero.new_booked(), Amount=12, RemainderIsFee=True)

    balances = {account: float(sum_) for account, sum_ in sandbox.organisation.balances().items()}
    assert (balances[55010], balances[7220], balances[53000]) == (12, 0.35, 0)


def test_a_removed_payment_is_owed_again(sandbox: Sandbox, dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    paid = dinero.pay(booked).json()

    path = f"invoices/{booked['Guid']}/payments/{paid['Guid']}"
    answer = dinero.call("DELETE", path, {"Timestamp": paid["TimeStamp"]})

    assert answer.json()["TimeStamp"] != paid["TimeStamp"]
    assert payments(dinero, booked["Guid"])["RemainingAmount"] == 12.35
    assert sandbox.organisation.balances()[55010] == 0


def test_foreign_currency_needs_its_own_amount_and_shows_the_rate(dinero: DineroCaller) -> None:
    booked = dinero.new_booked(Currency="EUR")

    without = dinero.pay(booked, Amount=92.26)
    dinero.pay(booked, Amount=92.26, AmountInForeignCurrency=12.35)

    found = payments(dinero, booked["Guid"])
    assert "AmountInForeignCurrency" in without.json()["validationErrors"]
    assert found["RemainingAmount"] == 0
    assert found["Payments"][0]["ExchangeRate"] == 747.04


def test_all_entries_of_a_paid_foreign_invoice_add_up_to_nothing(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    dinero.pay(dinero.new_booked(Currency="EUR"), Amount=92.26, AmountInForeignCurrency=12.35)

    assert sum(entry.amount for entry in sandbox.organisation.entries) == 0
    assert sandbox.organisation.balances()[53000] == 0


def test_the_body_needs_the_time_stamp(dinero: DineroCaller) -> None:
    booked = dinero.new_booked()
    body = payment_body("x")
    del body["Timestamp"]

    answer = dinero.post(f"invoices/{booked['Guid']}/payments", body)

    assert list(answer.json()["validationErrors"]) == ["Timestamp"]


def test_a_hidden_deposit_account_is_told_only_when_asked_and_takes_no_payment(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    hide(sandbox, 55010, hidden=True)

    usual = dinero.get("accounts/deposit").json()
    asked = dinero.get("accounts/deposit", fields="AccountNumber,IsHidden").json()
    answer = dinero.pay(dinero.new_booked())

    assert {"AccountNumber": 55010, "Name": "Tilgodehavende kortindløser"} in usual
    assert {"AccountNumber": 55010, "IsHidden": True} in asked
    assert (answer.status_code, list(answer.json()["validationErrors"])) == (
        400,
        ["DepositAccountNumber"],
    )


def test_a_hidden_account_can_be_shown_again(sandbox: Sandbox, dinero: DineroCaller) -> None:
    hide(sandbox, 55010, hidden=True)
    hide(sandbox, 55010, hidden=False)

    assert dinero.pay(dinero.new_booked()).status_code == 200


@pytest.mark.parametrize(("account", "body"), [(4711, {"hidden": True}), (55010, {"hidden": 1})])
def test_only_an_account_that_exists_is_hidden(sandbox: Sandbox, account: int, body: Json) -> None:
    answer = requests.patch(
        f"{sandbox.url}/sandbox/accounts/{account}", json=body, timeout=TIMEOUT_SECONDS
    )

    assert answer.status_code == 400


def hide(sandbox: Sandbox, account: int, *, hidden: bool) -> None:
    requests.patch(
        f"{sandbox.url}/sandbox/accounts/{account}",
        json={"hidden": hidden},
        timeout=TIMEOUT_SECONDS,
    ).raise_for_status()
