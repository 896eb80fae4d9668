"""An order that is corrected because it was held keeps its days: they are those of the sale."""

from datetime import date
from typing import Any

import pytest
from business import Business
from records import message_of
from shop import GERMANY, a_line, raw_order

GERMAN_COMPANY: dict[str, Any] = {
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
    "del_zipcode": "20095",
    "order_company_name": "Muster GmbH",
    "vat_number": "DE123456789",
    "products": [a_line(vat=0)],
    "vat": 0,
}
REVERSE_CHARGE = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
DAYLESS: dict[str, Any] = {"paid_time": "", "sent_time": ""}


@pytest.mark.parametrize("trigger", ["paid", "shipped"])
def test_a_correction_weeks_later_moves_neither_the_invoice_nor_its_payment(
    business: Business, trigger: str
) -> None:
    business.config["sync"]["trigger"] = trigger
    business.config["posting"] = {"rules": [REVERSE_CHARGE]}
    sold = raw_order(**GERMAN_COMPANY, **DAYLESS, status="sent")
    business.sell(sold)
    business.run_once()
    held = business.order()
    assert (held.standing, held.reason) == ("held", "invalid_vat_number")
    day = held.invoice_day

    business.wait(days=30)
    business.change(vat_number="DE136695976")
    business.run_once()

    order = business.order()
    assert order.standing == "done", message_of(order)
    assert order.invoice_day == day == business.invoice().date
    assert day is not None
    assert day < date(2027, 1, 1)
    (payment,) = business.invoice().payments
    assert payment.date < date(2027, 1, 1)


def test_a_payment_is_not_dated_on_a_day_to_come(business: Business) -> None:
    business.config["sync"]["trigger"] = "shipped"
    business.sell(
        raw_order(status="sent", sent_time="2026-12-09 10:00:00", paid_time="2026-12-14 10:00:00")
    )
    business.run_once()
    assert business.order().reason == "awaiting_payment"
    assert business.payments() == []

    business.wait(days=6)
    business.run_once()

    (payment,) = business.invoice().payments
    assert payment.date == date(2026, 12, 14)
