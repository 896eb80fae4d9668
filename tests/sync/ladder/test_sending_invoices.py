"""Invoices that Dinero sends to the buyer, by rule: each once."""

from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import next_step_of
from shop import BANK, ORDER_ID, PUBLIC, raw_order, unpaid_order

from dinero_sync.errors import ExitCode
from dinero_sync.sync.run.resolve import accept, gather
from dinero_sync.sync.work.ledger import Ledger

BY_EMAIL: dict[str, Any] = {"name": "all", "when": {"zone": "dk"}, "by": "email"}
TO_PUBLIC: dict[str, Any] = {"name": "public", "when": {"buyer": "public"}, "by": "e_invoice"}


def sent(business: Business) -> list[str]:
    """List how invoices were sent, in order."""
    found = [each for each in business.sandbox.requests if each.status and each.status < 400]
    return [
        each.path.rpartition("/")[2]
        for each in found
        if each.path.endswith(("/email", "/e-invoice"))
    ]


@pytest.fixture
def mailed(business: Business) -> Business:
    """Sell a mug in a shop whose invoices Dinero sends by e-mail."""
    business.config["sending"] = [TO_PUBLIC, BY_EMAIL]
    business.sell(raw_order())
    return business


def test_without_a_rule_nothing_is_sent(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    assert sent(business) == []


def test_the_first_rule_that_takes_the_order_decides_how(mailed: Business) -> None:
    mailed.sell(raw_order(ORDER_ID + 1, **PUBLIC))
    mailed.run_once()

    assert sorted(sent(mailed)) == ["e-invoice", "email"]
    assert mailed.order().standing == mailed.order(ORDER_ID + 1).standing == "done"


def test_a_public_buyer_finds_its_order_by_the_number_it_saw_in_the_shop(
    mailed: Business,
) -> None:
    mailed.sell(raw_order(ORDER_ID + 1, webshop_order_id=10428, **PUBLIC))
    mailed.run_once()

    (sent_to_ean,) = mailed.invoice(ORDER_ID + 1).mailouts
    assert sent_to_ean.fields["OrderReference"] == "10428"


def test_an_invoice_is_sent_once_and_its_payment_registered(mailed: Business) -> None:
    mailed.run_once()
    second = mailed.run_once()

    assert sent(mailed) == ["email"]
    assert len(mailed.payments()) == 1
    assert second.calls("dinero") == []


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(
    mailed: Business, kind: str
) -> None:
    mailed.fault(kind, "*/email", "POST")

    mailed.run_once()
    mailed.run_once()

    assert len(mailed.sandbox.organisation.invoices) == 1
    (invoice,) = mailed.invoices()
    assert len(invoice.mailouts) == 1
    assert mailed.order().standing == "done"
    assert mailed.begun() == set()


def test_a_rule_made_after_the_state_folder_was_lost_sends_no_old_invoice(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    for path in business.state_folder.iterdir():
        path.unlink()
    business.config["sending"] = [BY_EMAIL]

    business.run_once()

    assert sent(business) == []
    assert business.order().standing == "done"


def test_a_run_that_dies_while_it_recalls_an_old_invoice_makes_nobody_send_it(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    business.sell(raw_order())
    business.run_once()
    for path in business.state_folder.iterdir():
        path.unlink()
    business.config["sending"] = [BY_EMAIL]
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "adopt_begun", die)
        with pytest.raises(KeyboardInterrupt):
            business.run_once()

    business.run_once()

    assert sent(business) == []
    assert business.order().standing == "done"


def test_an_order_without_an_address_is_left_to_the_next_rule(business: Business) -> None:
    business.config["sending"] = [BY_EMAIL]
    business.sell(raw_order(email=""))

    business.run_once()

    assert sent(business) == []
    assert business.order().standing == "done"


def test_consumers_who_share_a_contact_get_their_own_invoices(mailed: Business) -> None:
    mailed.config["contacts"] = {"consumers": "shared"}

    mailed.run_once()

    (request,) = [each for each in mailed.sandbox.requests if each.path.endswith("/email")]
    assert b"anna.proeve@example.com" in request.raw_body
    assert mailed.order().standing == "done"


def test_an_invoice_that_changes_all_the_time_isnt_done_unsent(mailed: Business) -> None:
    mailed.fault("stale", "*/email", "POST", times=None)

    mailed.run_once()

    assert mailed.order().standing == "working"
    mailed.sandbox.clear_faults()
    mailed.run_once()
    assert sent(mailed) == ["email"]
    assert mailed.order().standing == "done"


def test_a_mail_that_failed_at_dinero_is_sent_again(mailed: Business) -> None:
    mailed.fault("reset_after", "*/email", "POST")
    mailed.fault("status_before", "*/mailouts", "GET", status=503, times=None)
    mailed.run_once()
    mailed.sandbox.clear_faults()
    (invoice,) = mailed.invoices()
    invoice.mailouts[0].failed = True

    mailed.run_once()

    assert len(invoice.mailouts) == 2
    assert mailed.order().standing == "done"


def test_a_lost_state_folder_sends_nothing_twice(mailed: Business) -> None:
    mailed.run_once()
    for path in mailed.state_folder.iterdir():
        path.unlink()
    mailed.run_once()

    assert sent(mailed) == ["email"]
    assert mailed.order().standing == "done"


def test_what_cannot_be_sent_is_held_and_goes_on_once_it_is_mended(business: Business) -> None:
    business.config["sending"] = [TO_PUBLIC]
    business.sandbox.change_settings(e_invoice_delivery="refused")
    business.sell(raw_order(**PUBLIC))

    held = business.run_once()

    assert held.exit_code is ExitCode.HELD
    assert business.order().reason == "not_sent"
    assert "EAN number" in (next_step_of(business.order()) or "")
    assert business.invoice().is_booked

    business.sandbox.change_settings(e_invoice_delivery="sent")
    business.retry()
    business.run_once()
    assert business.order().standing == "done"
    assert sent(business) == ["e-invoice"]


def test_an_email_that_dinero_refuses_is_held_with_what_to_correct(mailed: Business) -> None:
    mailed.fault("status_before", "*/email", "POST", status=400, body="refusal")

    mailed.run_once()

    assert mailed.order().reason == "not_sent"
    assert "Look at the e-mail address" in (next_step_of(mailed.order()) or "")
    mailed.retry()
    mailed.run_once()
    assert sent(mailed) == ["email"]


def test_an_invoice_that_waits_for_its_payment_is_sent_at_once(mailed: Business) -> None:
    mailed.config["payment_types"] = [
        {
            "name": "Bank",
            "when": {"gateway_id": BANK},
            "paid": True,
            "deposit_account": 55000,
            "trigger": "shipped",
        },
        *mailed.config["payment_types"],
    ]
    shipped = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}
    unpaid = {"paid": 0, "paid_time": "", "payment_gateway_id": BANK}
    mailed.sell(raw_order(ORDER_ID + 1, **unpaid, **shipped))

    mailed.run_once()

    assert mailed.order(ORDER_ID + 1).reason == "awaiting_payment"
    assert sent(mailed) == ["email", "email"]


def test_an_accepted_sending_lets_the_invoice_wait_for_its_payment(mailed: Business) -> None:
    mailed.config["sync"]["trigger"] = "shipped"
    mailed.sandbox.orders.clear()
    mailed.sell(unpaid_order(status="sent", sent_time="2026-12-09 14:00:00"))
    mailed.fault("status_before", "*/email", "POST", status=400, body="refusal")
    mailed.run_once()
    assert mailed.order().reason == "not_sent"

    with mailed.at_work() as place:
        accept(place, gather(place, mailed.order()), "handed over on paper")
    mailed.run_once()
    assert mailed.order().reason == "awaiting_payment"
    mailed.change(paid=1, paid_time="2026-12-10 12:05:00")
    mailed.run_once()

    assert mailed.order().standing == "done"
    assert mailed.payments() == [Decimal("125.00")]
    assert sent(mailed) == []


def test_the_buyers_own_reference_stands_on_the_invoice_and_the_e_invoice(
    business: Business,
) -> None:
    business.config["shoporama"]["fields"] = {"buyer_reference": "Rekvisitionsnummer"}
    business.config["sending"] = [TO_PUBLIC]
    business.sell(raw_order(**PUBLIC, extras={"Rekvisitionsnummer": "4711-22"}))

    business.run_once()

    (sent_to_ean,) = business.invoice().mailouts
    assert sent_to_ean.fields["OrderReference"] == "4711-22"
    assert "Deres reference: 4711-22" in str(business.invoice().fields["Comment"])
