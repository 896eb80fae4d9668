"""Orders that become due when they are shipped, or that one payment type makes so."""

from datetime import date
from typing import Any

from business import Business
from shop import BANK, INVOICE, ORDER_ID, raw_order, unpaid_order

SHIPPED: dict[str, Any] = {"status": "sent", "sent_time": "2026-12-09 14:00:00"}
SHIPPED_DAY = date(2026, 12, 9)


def test_with_trigger_shipped_a_paid_order_waits_until_it_is_shipped(business: Business) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order())

    waiting = business.run_once()
    business.change(**SHIPPED)
    business.run_once()

    assert waiting.writes() == []
    assert business.invoice().is_booked


def test_the_invoice_is_dated_the_day_it_was_shipped_and_the_payment_the_day_it_was_paid(
    business: Business,
) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order(last_modified=SHIPPED["sent_time"], **SHIPPED))

    business.run_once()

    assert business.invoice().date == SHIPPED_DAY
    assert business.invoice().payments[0].date == date(2026, 12, 8)


def test_an_order_that_waits_has_no_outcome_and_says_for_what(business: Business) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.events("order.outcome") == []
    assert business.order().reason == "unshipped"


def test_a_payment_type_has_a_trigger_of_its_own(business: Business) -> None:
    business.sell(
        unpaid_order(payment_gateway_id=INVOICE),
        unpaid_order(ORDER_ID + 1, payment_gateway_id=BANK),
    )
    business.run_once()

    business.change(ORDER_ID, **SHIPPED)
    business.change(ORDER_ID + 1, **SHIPPED)
    business.run_once()

    assert business.order(ORDER_ID).reason is None
    assert business.order(ORDER_ID + 1).reason == "unpaid"
    assert [each.guid for each in business.invoices()] == [business.invoice().guid]


def test_an_invoice_to_be_paid_later_carries_its_terms_and_stays_open(business: Business) -> None:
    business.sell(unpaid_order(payment_gateway_id=INVOICE, **SHIPPED))

    business.run_once()

    invoice = business.invoice()
    assert invoice.is_booked
    assert invoice.payments == []
    assert invoice.fields["PaymentConditionType"] == "Netto"
    assert invoice.fields["PaymentConditionNumberOfDays"] == 14
