"""Explaining and replaying orders from the journal alone, as far as it remembers."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import message_of
from shop import GERMAN_BUSINESS, ORDER_ID, PUBLIC, a_line, raw_order, unpaid_order

from dinero_sync.cli.reports.rules import replay_lines
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.step import Language, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.database import open_copy
from dinero_sync.sync.insight.explaining import Explanation, explain_order
from dinero_sync.sync.insight.replay import Replay, Replayed, replay_since
from dinero_sync.sync.intake.remembered import Memory, NeverRead, recollect

START = date(2026, 12, 1)
LAMP = a_line(product_id=900201, own_id="BRUGT-1042", name="Brugt lampe", unit_price=Decimal(1450))
EU_BUSINESSES = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
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


def explained(business: Business) -> Explanation:
    with remembered(business) as memory:
        return explain_order(memory, business.order())


def test_products_are_taken_as_they_were_last_read(business: Business) -> None:
    business.config["posting"] = SECOND_HAND
    business.sell(raw_order(products=[LAMP]))
    business.run_once()
    calls = business.sandbox.request_count

    found = replayed(business)

    assert (found.changes, found.hold, found.left_out) == ((), None, None)
    assert business.sandbox.request_count == calls


def test_an_order_with_a_product_that_was_never_read_is_left_out(business: Business) -> None:
    business.sell(raw_order(products=[LAMP]))
    business.run_once()
    business.config["posting"] = SECOND_HAND

    found, explanation = replayed(business), explained(business)

    assert (found.hold, found.changes) == (None, ())
    assert found.left_out == sentence("rules.left_out.products_unread", count=1, products=(900201,))
    assert found.next_step
    assert (explanation.hold, explanation.rules_changed) == (None, False)
    assert explanation.never_read == NeverRead(products=(900201,))
    assert explanation.lines, "what was decided then is told all the same"


def test_an_order_with_a_product_that_was_removed_would_be_held(business: Business) -> None:
    business.sell(raw_order(products=[a_line(product_id=999_999)]))
    business.config["posting"] = SECOND_HAND
    business.run_once()

    explanation = explained(business)

    assert business.order().reason == "unknown_product"
    assert explanation.never_read is None
    assert explanation.hold is not None
    assert explanation.hold.reason == "unknown_product"


def test_what_was_removed_holds_an_order_whatever_else_was_never_read(business: Business) -> None:
    gone = a_line(product_id=999_999)
    business.sell(raw_order(products=[LAMP, gone]))
    business.run_once()
    business.config["posting"] = SECOND_HAND
    business.sell(raw_order(ORDER_ID + 1, products=[gone]))
    business.run_once()

    found = replayed(business)

    assert found.hold is not None
    assert found.hold.reason == "unknown_product"


def test_a_rule_by_number_needs_nothing_from_the_catalogue(business: Business) -> None:
    business.sell(raw_order(products=[LAMP]))
    business.run_once()
    lamp = {"name": "lamp", "when": {"product_id": 900201}, "account": 1000}
    category = {"name": "cups", "when": {"category": "Krus"}, "account": 1001}
    business.config["posting"] = {"rules": [lamp, category]}

    found = replayed(business)

    assert (found.changes, found.hold, found.left_out) == ((), None, None)


def test_an_order_to_come_says_what_will_be_read_first(business: Business) -> None:
    business.config["posting"] = SECOND_HAND
    business.sell(unpaid_order(products=[LAMP]))
    business.run_once()

    explanation = explained(business)

    assert explanation.never_read == NeverRead(products=(900201,))
    assert (explanation.hold, explanation.plan) == (None, None)


def test_what_vies_said_is_remembered(business: Business) -> None:
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/vies"}
    business.config["posting"] = {"rules": [EU_BUSINESSES], "eu_vat_numbers": vies}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()
    calls = business.sandbox.request_count

    found, explanation = replayed(business), explained(business)

    assert (found.changes, found.hold) == ((), None)
    assert (explanation.hold, explanation.never_read, explanation.rules_changed) == (
        None,
        None,
        False,
    )
    assert explanation.vat_number_confirmed
    assert business.sandbox.request_count == calls


def test_a_buyer_whom_vies_didnt_answer_about_is_told_as_it_was_booked(business: Business) -> None:
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/vies", "unconfirmed": "charge"}
    business.config["posting"] = {"rules": [], "eu_vat_numbers": vies}
    business.sandbox.change_settings(vies_is_down=True)
    business.sell(raw_order(**GERMAN_BUSINESS))
    business.run_once()

    explanation = explained(business)

    assert business.order().standing == "done"
    assert not explanation.vat_number_confirmed


@pytest.mark.parametrize("unconfirmed", ["hold", "charge"])
def test_an_order_whose_number_vies_was_never_asked_about_is_left_out(
    business: Business, unconfirmed: str
) -> None:
    business.config["posting"] = {"rules": [EU_BUSINESSES]}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()
    business.config["posting"]["eu_vat_numbers"] = {"check": "vies", "unconfirmed": unconfirmed}

    found, explanation = replayed(business), explained(business)

    assert (found.hold, found.changes) == (None, ())
    assert found.left_out == sentence("rules.left_out.vat_number_unread")
    assert found.next_step
    assert (explanation.hold, explanation.rules_changed) == (None, False)
    assert explanation.never_read == NeverRead(vat_number=True)


def test_a_number_that_vies_calls_invalid_would_be_held(business: Business) -> None:
    business.config["posting"] = {"rules": [EU_BUSINESSES]}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/vies"}
    business.config["posting"]["eu_vat_numbers"] = vies
    business.sandbox.change_settings(unregistered_vat_numbers=["DE136695976"])
    business.sell(raw_order(ORDER_ID + 1, products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()

    found = replayed(business)

    assert found.hold is not None
    assert found.hold.reason == "unconfirmed_vat_number"


def test_what_vies_would_say_of_a_sale_with_vat_doesnt_matter(business: Business) -> None:
    business.config["posting"] = {"rules": []}
    business.sell(raw_order(**GERMAN_BUSINESS))
    business.run_once()
    business.config["posting"]["eu_vat_numbers"] = {"check": "vies"}

    found = replayed(business)

    assert (found.changes, found.hold, found.left_out) == ((), None, None)


def test_an_order_held_for_want_of_an_answer_is_explained_as_held(business: Business) -> None:
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/nowhere"}
    business.config["posting"] = {"rules": [EU_BUSINESSES], "eu_vat_numbers": vies}
    business.sell(raw_order(products=[a_line(vat=0)], **GERMAN_BUSINESS))
    business.run_once()

    explanation = explained(business)

    assert business.order().reason == "unconfirmed_vat_number"
    assert explanation.never_read is None


@pytest.mark.parametrize(
    ("voucher", "reason"), [(None, None), (Decimal(125), "zero_total_with_voucher")]
)
def test_an_order_with_nothing_to_pay_is_explained_as_a_run_decides(
    business: Business, voucher: Decimal | None, reason: str | None
) -> None:
    free = raw_order(
        products=[a_line(unit_price=voucher or Decimal(0))],
        voucher_discount_amount=voucher or Decimal(0),
    )
    business.sell(free)
    business.run_once()

    hold = explained(business).hold

    assert (hold and hold.reason) == reason


def test_an_order_that_changed_after_booking_is_left_out(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(products=[a_line(unit_price=Decimal(100))], total_price=100, vat=20)
    business.run_once()

    assert replayed(business).left_out == sentence("rules.left_out.changed")


def test_an_order_that_was_changed_to_what_posts_alike_is_replayed(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.change(products=[a_line(own_id="KRUS-2")], vat=Decimal("25.0000001"))
    business.run_once()

    assert replayed(business).left_out is None
    assert replayed(business).changes == ()


@pytest.mark.parametrize(
    "former",
    [
        {"kind": BuyerKind.CONSUMER, "ean": None},
        {"kind": BuyerKind.BUSINESS},
        {"ean": None},
        {"vat_number": "DK90000039"},
    ],
    ids=["a consumer", "a business", "without the number", "with another number"],
)
def test_a_buyer_that_an_earlier_version_took_for_another_is_told(
    former: dict[str, Any], business: Business
) -> None:
    business.sell(raw_order(**PUBLIC))
    business.run_once()
    assert not replayed(business).differs
    with remembered(business) as memory:
        known = orders.loaded(memory.db, ORDER_ID)
        assert known.plan is not None
        contact = replace(known.plan.contact, **former)
        orders.save(memory.db, known.with_plan(replace(known.plan, contact=contact)))

        (found,) = replay_since(memory, START).orders

    assert (found.buyer, found.differs) == (BuyerKind.PUBLIC, True)
    assert (found.changes, found.day) == ((), None)
    assert any(
        "  The buyer would count as public" in line
        for line in replay_lines(Replay(orders=(found,), totals=()), Language.ENGLISH)
    )


def test_orders_whose_contents_were_removed_are_left_out_and_explained_as_far_as_known(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.run_once()
    with remembered(business) as memory:
        known = orders.load(memory.db, ORDER_ID)
        assert known is not None
        without_plan = known.having(replace(known.sale, plan=None))
        for removed in (replace(known, raw="{}"), replace(without_plan, raw="{}")):
            orders.save(memory.db, removed)
            (found,) = replay_since(memory, START).orders
            explanation = explain_order(memory, removed)

            assert found.left_out == sentence("rules.left_out.removed")
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

    assert business.order().standing == "done", message_of(business.order())
    assert business.sandbox.organisation.balances()[1490] == Decimal("-0.03")
