"""Orders paid before their goods are sent: the VAT falls due when money is received.

The shop invoices what was shipped. Its orders are placed on 28 November, and it hands over in
November.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from business import Business
from records import message_of
from shop import BANK, CARD, MOBILEPAY, ORDER_ID, raw_order, unpaid_order

from dinero_sync.domain.step import Yaml
from dinero_sync.errors import ExitCode

PLACED: dict[str, Any] = {"time": "2026-11-28 10:15:00", "last_modified": "2026-11-28 10:15:00"}
PAID: dict[str, Any] = {"paid": 1, "paid_time": "2026-11-30 23:50:00"}
SHIPPED: dict[str, Any] = {"status": "sent", "sent_time": "2026-12-05 14:00:00"}
PAID_DAY, SHIPPED_DAY = date(2026, 11, 30), date(2026, 12, 5)
AT_ONCE, WHEN_SHIPPED = "at_once", "when_shipped"


@pytest.fixture
def shop(business: Business) -> Business:
    business.config["sync"] |= {"trigger": "shipped", "start_date": "2026-11-01"}
    return business


def say(shop: Business, received: str, *names: str) -> None:
    """Write when the money of the payment types of these names comes."""
    for entry in shop.config["payment_types"]:
        if entry["name"] in names:
            entry["received"] = received


def by_bank(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the shop may send
    return raw_order(payment_gateway_id=BANK, **{**PLACED, **PAID, **fields})


def days(shop: Business) -> tuple[date, list[date]]:
    """Return the day of the invoice, and of its payments."""
    invoice = shop.invoice()
    assert invoice.is_booked
    return invoice.date, [payment.date for payment in invoice.payments]


def test_a_bank_transfer_of_last_month_is_held_until_somebody_says_when_its_money_comes(
    shop: Business,
) -> None:
    shop.sell(by_bank(**SHIPPED))

    finished = shop.run_once()

    assert finished.exit_code is ExitCode.HELD
    assert finished.writes() == []
    assert shop.order().reason == "paid_before_invoice"
    assert "2026-11-30" in (message_of(shop.order()) or "")


@pytest.mark.parametrize(
    ("choice", "expected"), [(0, (PAID_DAY, [PAID_DAY])), (1, (SHIPPED_DAY, [SHIPPED_DAY]))]
)
def test_what_the_hold_says_books_it_by_payment_or_by_shipping(
    shop: Business, choice: int, expected: tuple[date, list[date]]
) -> None:
    shop.sell(by_bank(**SHIPPED))
    shop.run_once()

    offered = [step for step in shop.order().current.steps if isinstance(step, Yaml)]
    pasted = "".join(part for part in offered[choice].parts if isinstance(part, str))
    (entry,) = yaml.safe_load(pasted)["payment_types"]
    say(shop, entry["received"], entry["name"])
    shop.run_once()

    assert days(shop) == expected


def test_money_that_comes_at_once_is_invoiced_before_the_goods_are_sent(shop: Business) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(by_bank())

    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])


def test_an_order_that_waits_for_its_bank_transfer_waits_until_it_is_paid(shop: Business) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(unpaid_order(payment_gateway_id=BANK, **PLACED))

    shop.run_once()
    assert shop.order().reason == "unpaid"
    shop.change(**PAID)
    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])


def test_goods_sent_before_the_money_came_are_invoiced_when_they_were_sent(shop: Business) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(unpaid_order(payment_gateway_id=BANK, **PLACED, **SHIPPED))
    shop.run_once()

    shop.change(paid=1, paid_time="2026-12-09 09:00:00")
    shop.run_once()

    assert days(shop) == (SHIPPED_DAY, [date(2026, 12, 9)])


def test_of_payment_and_shipping_the_first_counts_though_both_are_seen_together(
    shop: Business,
) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(by_bank(**SHIPPED | {"sent_time": "2026-11-29 14:00:00"}))

    shop.run_once()

    assert days(shop) == (date(2026, 11, 29), [PAID_DAY])


def test_paid_in_december_and_sent_in_january_is_a_sale_of_december(shop: Business) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    december = {"paid_time": "2026-12-31 22:00:00", "last_modified": "2026-12-31 22:00:00"}
    shop.wait(days=26)
    shop.sell(by_bank(**december, status="sent", sent_time="2027-01-04 09:00:00"))

    shop.run_once()

    assert days(shop) == (date(2026, 12, 31), [date(2026, 12, 31)])


def test_where_the_shop_doesnt_tell_when_it_was_paid_the_money_came_with_the_order(
    shop: Business,
) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(by_bank(paid_time="", **SHIPPED))

    shop.run_once()

    assert days(shop) == (date(2026, 11, 28), [date(2026, 11, 28)])


def test_a_payment_whose_day_isnt_told_is_held_for_no_month(shop: Business) -> None:
    shop.sell(by_bank(paid_time="", **{**SHIPPED, "last_modified": SHIPPED["sent_time"]}))

    shop.run_once()

    assert days(shop) == (SHIPPED_DAY, [SHIPPED_DAY])


def test_a_draft_dated_by_shipping_is_dated_by_payment_once_it_is_said(
    shop: Business,
) -> None:
    shop.config["sync"]["booking"] = "draft"
    say(shop, WHEN_SHIPPED, "Bankoverførsel")
    shop.sell(by_bank(**SHIPPED))
    shop.run_once()
    assert shop.invoice().date == SHIPPED_DAY

    say(shop, AT_ONCE, "Bankoverførsel")
    shop.run_once()

    assert shop.invoice().date == PAID_DAY
    assert len(shop.invoices()) == 1
    shop.book()
    assert days(shop) == (PAID_DAY, [PAID_DAY])


def test_an_order_that_waits_for_shipping_is_booked_once_it_is_said(shop: Business) -> None:
    shop.sell(by_bank())
    shop.run_once()
    assert shop.order().reason == "unshipped"

    say(shop, AT_ONCE, "Bankoverførsel")
    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])


def test_a_trigger_that_is_edited_back_moves_no_day(shop: Business) -> None:
    shop.config["sync"]["booking"] = "draft"
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(by_bank(**SHIPPED))
    shop.run_once()

    say(shop, WHEN_SHIPPED, "Bankoverførsel")
    shop.run_once()

    assert shop.invoice().date == PAID_DAY


def test_a_booked_invoice_stays_and_its_payment_doesnt_come_before_it(shop: Business) -> None:
    say(shop, WHEN_SHIPPED, "Bankoverførsel")
    shop.fault("status_before", "*/payments", "POST", status=503, times=None)
    shop.sell(by_bank(**SHIPPED))
    shop.run_once()
    shop.sandbox.clear_faults()

    say(shop, AT_ONCE, "Bankoverførsel")
    shop.run_once()

    assert days(shop) == (SHIPPED_DAY, [SHIPPED_DAY])


def test_with_a_trigger_of_their_own_the_other_orders_still_wait_for_shipping(
    shop: Business,
) -> None:
    shop.config["sync"]["trigger"] = "paid"
    for entry in shop.config["payment_types"]:
        entry |= {"trigger": "shipped"}
    say(shop, AT_ONCE, "Bankoverførsel")
    card = raw_order(ORDER_ID + 1, payment_gateway_id=CARD, **PLACED, **PAID)
    shop.sell(by_bank(), card)

    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])
    assert shop.order(ORDER_ID + 1).reason == "unshipped"


def test_a_reserved_card_is_paid_when_the_goods_are_sent(shop: Business) -> None:
    say(shop, WHEN_SHIPPED, "Kort")
    shop.sell(raw_order(payment_gateway_id=CARD, **PLACED, **PAID, **SHIPPED))

    finished = shop.run_once()

    assert days(shop) == (SHIPPED_DAY, [SHIPPED_DAY])
    assert finished.events("payments.before_invoice") == []


@pytest.mark.parametrize("gateway", [CARD, MOBILEPAY])
def test_a_payment_of_which_nobody_said_what_it_means_keeps_its_day_and_is_told_of(
    shop: Business, gateway: int
) -> None:
    shop.sell(raw_order(payment_gateway_id=gateway, **PLACED, **PAID, **SHIPPED))

    finished = shop.run_once()

    assert days(shop) == (SHIPPED_DAY, [PAID_DAY])
    (told,) = finished.events("payments.before_invoice")
    assert told["count"] == 1
    assert "received" in told["message"]


def test_a_correction_of_the_day_that_it_was_paid_brings_no_payment_before_its_invoice(
    business: Business,
) -> None:
    business.fault("status_before", "*/payments", "POST", status=503, times=None)
    business.sell(raw_order())
    business.run_once()
    business.sandbox.clear_faults()

    business.change(paid=0, paid_time="")
    business.run_once()
    business.change(paid=1, paid_time="2026-12-07 09:00:00")
    business.run_once()

    assert days(business) == (date(2026, 12, 8), [date(2026, 12, 8)])


def test_in_another_currency_the_day_of_payment_gives_the_rate(shop: Business) -> None:
    shop.config["shoporama"]["currency"] = "EUR"
    say(shop, AT_ONCE, "Bankoverførsel")
    for entry in shop.config["payment_types"]:
        if entry["name"] == "Bankoverførsel":
            entry["exchange_rate"] = 7.448
    shop.sell(by_bank(**SHIPPED))

    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])
    assert shop.payments() == [Decimal("931.00")]


def test_a_part_that_was_paid_before_is_not_told_and_the_whole_counts_when_it_is_paid(
    shop: Business,
) -> None:
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(unpaid_order(payment_gateway_id=BANK, **PLACED, paid_time="2026-11-29 08:00:00"))
    shop.run_once()
    assert shop.order().reason == "unpaid"

    shop.change(**PAID)
    shop.run_once()

    assert days(shop) == (PAID_DAY, [PAID_DAY])


def test_an_order_prepaid_before_the_start_date_is_looked_for_and_not_booked(
    shop: Business,
) -> None:
    shop.config["sync"]["start_date"] = "2026-12-01"
    say(shop, AT_ONCE, "Bankoverførsel")
    shop.sell(by_bank(**SHIPPED, last_modified=SHIPPED["sent_time"]))

    shop.run_once()

    assert shop.order().reason == "straddles_start"


def test_after_a_lost_state_folder_what_was_booked_by_shipping_is_known_as_done(
    shop: Business,
) -> None:
    say(shop, WHEN_SHIPPED, "Bankoverførsel")
    shop.sell(by_bank(**SHIPPED))
    shop.run_once()
    for entry in shop.config["payment_types"]:
        entry.pop("received", None)
    for path in shop.state_folder.iterdir():
        path.unlink()

    finished = shop.run_once()

    assert finished.exit_code is ExitCode.OK
    assert finished.writes() == []
    assert shop.order().standing == "done"
