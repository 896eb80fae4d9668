"""Invoices that are booked before the customer paid, and payments that somebody else registers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import message_of
from shop import BANK, ORDER_ID, raw_order, unpaid_order

from dinero_sync.errors import ExitCode

PAID_LATER: dict[str, Any] = {
    "name": "Bank",
    "when": {"gateway_name": "Bank*"},
    "paid": True,
    "deposit_account": 55000,
    "trigger": "shipped",
}
SHIPPED: dict[str, Any] = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}


@pytest.fixture
def open_invoice(business: Business) -> Business:
    """Book an invoice that the customer pays into the bank later."""
    business.config["payment_types"] = [PAID_LATER]
    business.sell(unpaid_order(payment_gateway_id=BANK, **SHIPPED))
    business.run_once()
    return business


def test_an_unpaid_invoice_waits_for_its_payment(open_invoice: Business) -> None:
    assert open_invoice.invoice().is_booked
    assert open_invoice.payments() == []
    assert open_invoice.order().reason == "awaiting_payment"


def test_the_payment_is_registered_with_the_day_it_was_paid(open_invoice: Business) -> None:
    open_invoice.wait(days=3)
    open_invoice.change(paid=1, paid_time="2026-12-12 09:00:00")

    finished = open_invoice.run_once()

    (payment,) = open_invoice.invoice().payments
    assert (payment.amount, payment.deposit_account) == (Decimal("125.00"), 55000)
    assert payment.date == date(2026, 12, 12)
    assert finished.result.outcomes() == {"booked": 1}


def test_a_payment_is_found_although_the_shop_calls_the_order_unchanged(
    open_invoice: Business,
) -> None:
    open_invoice.sell(raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"))
    open_invoice.run_once()
    open_invoice.wait(hours=7)
    open_invoice.change(
        paid=1, paid_time="2026-12-10 15:00:00", last_modified="2026-12-08 10:15:00"
    )

    finished = open_invoice.run_once()

    orders_read = [each for each in finished.calls("shoporama") if "order-return" not in each]
    assert orders_read == ["GET order", f"GET order/{ORDER_ID}"]
    assert open_invoice.payments() == [Decimal("125.00")]


def test_without_a_time_the_payment_is_dated_the_day_the_order_changed(
    open_invoice: Business,
) -> None:
    open_invoice.wait(days=3)
    open_invoice.change(paid=1)

    open_invoice.run_once()

    assert open_invoice.invoice().payments[0].date == date(2026, 12, 13)


def test_an_invoice_that_is_still_unpaid_is_looked_at_again_and_goes_on_waiting(
    open_invoice: Business,
) -> None:
    open_invoice.wait(hours=7)

    finished = open_invoice.run_once()

    assert finished.writes() == []
    assert open_invoice.order().reason == "awaiting_payment"
    assert open_invoice.order().looks == 1


def test_a_payment_by_hand_is_not_doubled(open_invoice: Business, bookkeeper: Bookkeeper) -> None:
    bookkeeper.pay(open_invoice.invoice(), Decimal("125.00"))
    open_invoice.wait(days=1)
    open_invoice.change(paid=1, paid_time="2026-12-11 09:00:00")

    finished = open_invoice.run_once()

    assert open_invoice.payments() == [Decimal("125.00")]
    assert finished.exit_code == ExitCode.HELD
    assert open_invoice.order().reason == "paid_differently"


def test_a_part_paid_by_hand_is_not_topped_up_by_guessing(
    open_invoice: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.pay(open_invoice.invoice(), Decimal("25.00"))
    open_invoice.wait(days=1)
    open_invoice.change(paid=1, paid_time="2026-12-11 09:00:00")

    open_invoice.run_once()

    assert open_invoice.payments() == [Decimal("25.00")]
    assert open_invoice.order().reason == "paid_differently"
    assert "125.00 was to be registered" in str(message_of(open_invoice.order()))


def test_a_payment_made_between_our_look_and_our_write_is_not_doubled(
    open_invoice: Business, bookkeeper: Bookkeeper
) -> None:
    open_invoice.wait(days=1)
    open_invoice.change(paid=1, paid_time="2026-12-11 09:00:00")
    invoice = open_invoice.invoice()
    open_invoice.meanwhile(
        "POST", "*/payments", lambda: bookkeeper.pay_in_between(invoice, Decimal("125.00"))
    )

    finished = open_invoice.run_once()

    assert open_invoice.payments() == [Decimal("125.00")]
    assert finished.exit_code == ExitCode.HELD
    assert open_invoice.order().reason == "paid_differently"


def test_a_payment_made_right_after_our_own_booking_is_not_doubled(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.meanwhile(
        "POST",
        "*/payments",
        lambda: bookkeeper.pay_in_between(business.invoice(), Decimal("125.00")),
    )

    business.run_once()

    assert business.payments() == [Decimal("125.00")]
    assert business.order().reason == "paid_differently"


def test_a_wrong_payment_that_was_deleted_lets_the_right_one_be_registered(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.meanwhile(
        "POST",
        "*/payments",
        lambda: bookkeeper.pay_in_between(business.invoice(), Decimal("1.00")),
    )
    business.run_once()

    business.invoice().payments.clear()
    business.retry()
    business.run_once()

    assert business.payments() == [Decimal("125.00")]
    assert business.order().standing == "done"


@pytest.mark.parametrize(
    "rules",
    [[], [{"name": "Bank", "when": {"gateway_name": "Bank*"}, "paid": False}]],
    ids=["no payment types any more", "a payment type that registers none"],
)
def test_a_payment_goes_where_it_was_planned_when_the_rules_name_no_account_any_more(
    open_invoice: Business, rules: list[dict[str, Any]]
) -> None:
    open_invoice.config["payment_types"] = rules
    open_invoice.wait(days=1)
    open_invoice.change(paid=1, paid_time="2026-12-11 09:00:00")

    open_invoice.run_once()

    (payment,) = open_invoice.invoice().payments
    assert payment.deposit_account == PAID_LATER["deposit_account"]
