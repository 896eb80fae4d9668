"""Explaining and replaying orders from the journal alone, as far as it remembers."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from business import Business
from shop import GERMAN_BUSINESS, ORDER_ID, a_line, raw_order

from dinero_sync.journal import orders
from dinero_sync.journal.database import open_copy
from dinero_sync.sync.explaining import explain_order
from dinero_sync.sync.memory import Memory, recollect
from dinero_sync.sync.replay import Replayed, replay_since

START = date(2026, 12, 1)
LAMP = a_line(product_id=900201, own_id="BRUGT-1042", name="Brugt lampe", unit_price=Decimal(1450))
SECOND_HAND: dict[str, Any] = {
    "margin_scheme": {"method": "individual", "account": 1052},
    "rules": [
        {
            "name": "second-hand",
            "when": {"line": "product", "category": "Brugt*"},
            "account": 1051,
            "margin_scheme": "used_goods",
        }
    ],
}


@contextmanager
def remembered(business: Business) -> Iterator[Memory]:
    with closing(open_copy(business.state_folder)) as db:
        yield recollect(business.loaded(), str(business.config_file), db)


def replayed(business: Business) -> Replayed:
    with remembered(business) as memory:
        (found,) = replay_since(memory, START).orders
    return found


def test_products_are_taken_as_they_were_last_read(business: Business) -> None:
    business.config["posting"] = SECOND_HAND
    business.sell(raw_order(products=[LAMP]))
    business.run_once()
    calls = business.sandbox.request_count

    found = replayed(business)

    assert (found.changes, found.hold, found.left_out) == ((), None, "")
    assert business.sandbox.request_count == calls


def test_a_product_that_was_never_read_would_be_held(business: Business) -> None:
    business.sell(raw_order(products=[LAMP]))
    business.run_once()
    business.config["posting"] = SECOND_HAND

    found = replayed(business)

    assert found.hold is not None
    assert found.hold.reason == "unknown_product"


def test_what_vies_said_is_remembered(business: Business) -> None:
    rule = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/vies"}
    business.config["posting"] = {"rules": [rule], "eu_vat_numbers": vies}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()
    calls = business.sandbox.request_count

    found = replayed(business)

    assert (found.changes, found.hold) == ((), None)
    assert business.sandbox.request_count == calls


def test_a_number_that_vies_was_never_asked_about_would_be_held(business: Business) -> None:
    rule = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
    business.config["posting"] = {"rules": [rule]}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()
    business.config["posting"]["eu_vat_numbers"] = {"check": "vies"}

    found = replayed(business)

    assert found.hold is not None
    assert found.hold.reason == "unconfirmed_vat_number"


def test_an_order_that_changed_after_booking_is_left_out(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(products=[a_line(unit_price=Decimal(100))], total_price=100, vat=20)
    business.run_once()

    assert "changed in the shop" in replayed(business).left_out


def test_orders_whose_contents_were_removed_are_left_out_and_explained_as_far_as_known(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    with remembered(business) as memory:
        known = orders.load(memory.db, ORDER_ID)
        assert known is not None
        for removed in (replace(known, raw="{}"), replace(known, raw="{}", plan=None)):
            orders.save(memory.db, removed)
            (found,) = replay_since(memory, START).orders
            explanation = explain_order(memory, removed)

            assert "removed for their age" in found.left_out
            assert explanation.order is None


def test_before_dinero_was_read_an_order_is_explained_without_accounts(business: Business) -> None:
    business.sell(raw_order(paid=0, paid_time=""))
    business.run_once()

    with remembered(business) as memory:
        explanation = explain_order(replace(memory, chart=None), business.order())

    assert explanation.order is not None
    assert explanation.lines == ()


def test_a_difference_of_oere_within_the_limit_is_booked_on_its_account(business: Business) -> None:
    business.config["posting"] = {"rounding": {"limit": 0.05, "account": 1490}}
    business.sell(raw_order(total_price=Decimal("125.03"), vat=Decimal("25.00")))

    business.run_once()

    assert business.order().standing == "done", business.order().message
    assert business.sandbox.organisation.balances()[1490] == Decimal("-0.03")
