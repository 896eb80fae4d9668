"""Invoices that are booked before the customer paid, and payments that somebody else registers."""

import shutil
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from crediting import credit
from records import message_of
from shop import BANK, ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Standing

PAID_LATER: dict[str, Any] = {
    "name": "Bank",
    "when": {"gateway_name": "Bank*"},
    "paid": True,
    "deposit_account": 55000,
    "trigger": "shipped",
}
SHIPPED: dict[str, Any] = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}


def money(business: Business) -> list[Decimal]:
    """Return the payments of the invoice that are money."""
    return [each.amount for each in business.invoice().payments if not each.set_off]


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


def test_a_payment_that_no_payment_type_takes_goes_on_once_one_does(open_invoice: Business) -> None:
    open_invoice.config["payment_types"] = [{**PAID_LATER, "when": {"gateway": "another"}}]
    open_invoice.change(paid=1, paid_time="2026-12-10 09:00:00")
    held = open_invoice.run_once()
    assert (held.exit_code, open_invoice.order().reason) == (ExitCode.HELD, "unknown_payment_type")
    assert open_invoice.run_once().calls("dinero") == []

    open_invoice.config["payment_types"] = [{**PAID_LATER, "name": "Overførsel"}]

    assert open_invoice.run_once().exit_code == ExitCode.OK
    assert money(open_invoice) == [Decimal("125.00")]


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


def paid_by_now(business: Business) -> None:
    business.wait(days=3)
    business.change(paid=1, paid_time="2026-12-12 09:00:00")
    business.run_once()


def test_of_what_was_credited_before_it_was_paid_the_rest_is_registered(
    open_invoice: Business,
) -> None:
    credit(open_invoice, amount=Decimal("25.00"))

    paid_by_now(open_invoice)

    assert money(open_invoice) == [Decimal("100.00")]
    assert open_invoice.invoice().remaining == 0
    assert open_invoice.order().standing is Standing.DONE


@pytest.mark.parametrize(
    "fault", ["reset_before", pytest.param("reset_after", marks=pytest.mark.slow)]
)
def test_the_rest_whose_answer_is_lost_is_registered_once(
    open_invoice: Business, fault: str
) -> None:
    credit(open_invoice, amount=Decimal("25.00"))
    open_invoice.fault(fault, "*/payments", "POST")
    paid_by_now(open_invoice)
    credit(open_invoice, amount=Decimal("50.00"))
    shutil.rmtree(open_invoice.state_folder)

    open_invoice.run_once()

    assert money(open_invoice) == [Decimal("100.00"), Decimal("-50.00")]
    assert open_invoice.order().standing is Standing.DONE


def test_a_payment_by_hand_besides_a_credit_note_is_still_another(
    open_invoice: Business, bookkeeper: Bookkeeper
) -> None:
    credit(open_invoice, amount=Decimal("25.00"))
    bookkeeper.pay_in_between(open_invoice.invoice(), Decimal("10.00"))

    paid_by_now(open_invoice)

    assert open_invoice.order().reason == "paid_differently"
    assert money(open_invoice) == [Decimal("10.00")]


def test_nothing_is_registered_where_others_credited_all_of_it(
    open_invoice: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.credit(open_invoice.invoice())

    paid_by_now(open_invoice)

    assert money(open_invoice) == []
    assert open_invoice.order().standing is Standing.DONE


@pytest.mark.slow
def test_the_rest_in_euro_is_registered_by_the_invoices_rate(business: Business) -> None:
    business.config["payment_types"] = [PAID_LATER]
    business.config["shoporama"]["currency"] = "EUR"
    line = a_line(unit_price=Decimal("112.50"))
    business.sell(unpaid_order(products=[line], payment_gateway_id=BANK, **SHIPPED))
    business.run_once()
    credit(business, amount=Decimal("12.50"))

    paid_by_now(business)

    assert money(business) == [Decimal("746.00")]
    assert business.invoice().remaining == 0
