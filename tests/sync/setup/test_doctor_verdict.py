"""``doctor`` ends with what a run would make of the orders that it has just read."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper, theirs
from business import READS, Business, SandboxClock
from second_hand import RULES, SOLD_CHAIR, SOLD_LAMP
from shop import GERMAN_BUSINESS, ORDER_ID, a_line, raw_order

from dinero_sync.domain.step import Language
from dinero_sync.sync.setup.doctor import examine
from dinero_sync.sync.setup.findings import Diagnosis, Verdict
from dinero_sync.sync.setup.outlook import MOST_PRODUCTS
from dinero_sync.texts.telling import in_language

UNKNOWN_WAY = {"payment_gateway": "viabill", "payment_gateway_id": 90}


def findings(business: Business) -> list[Diagnosis]:
    with business.in_a_process():
        clock = SandboxClock(business.sandbox)
        return list(examine(business.loaded(), str(business.config_file), clock))


def verdict(business: Business) -> Diagnosis:
    """Examine, and return the last finding."""
    return findings(business)[-1]


def orders(business: Business) -> dict[str, Any]:
    """Return what programs are told of the verdict, without what counts nothing."""
    told = verdict(business).orders
    assert told is not None
    return {name: value for name, value in told.items() if value}


def test_it_counts_what_would_be_booked_held_and_what_isnt_due(business: Business) -> None:
    business.sell(
        raw_order(1),
        raw_order(2),
        raw_order(3, **UNKNOWN_WAY),
        raw_order(4, paid=0, paid_time=""),
        raw_order(5, status="cancelled"),
    )

    told = verdict(business)

    assert told.verdict is Verdict.PROBLEM
    assert told.exit_code == 0
    assert told.answer == (
        "Of 5 orders: 2 would be booked (250.00 DKK), 1 held, 1 not due yet, 1 never become an "
        "invoice."
    )
    assert told.orders is not None
    assert told.orders["totals"] == {"DKK": Decimal("250.00")}


def test_it_says_the_same_in_danish(business: Business) -> None:
    business.sell(*(raw_order(number, total_price=1250) for number in (1, 2)), raw_order(3))

    told = verdict(business)

    answer = in_language(told.answer, Language.DANISH)
    assert answer == "Af 3 ordrer: 1 ville blive bogført (125,00 DKK), 2 holdes tilbage."


def test_equal_holds_are_told_once_with_the_orders_they_are_of(business: Business) -> None:
    business.sell(*(raw_order(ORDER_ID + at, **UNKNOWN_WAY) for at in range(7)))

    told = verdict(business)

    (held, _) = told.meaning.splitlines()
    assert held.startswith("Held as unknown_payment_type: #1043")
    assert " and 2 more. " in held
    assert "viabill" in held


def test_a_sales_account_without_vat_is_seen_before_the_first_run(business: Business) -> None:
    business.config["posting"]["sales_account"] = 1050
    business.sell(raw_order(1), raw_order(2))

    assert orders(business)["held"] == 2
    assert [each["reason"] for each in orders(business)["reasons"]] == ["account_vat_mismatch"]


def test_it_says_what_a_dry_run_says(business: Business) -> None:
    business.sell(
        raw_order(1),
        raw_order(2, **UNKNOWN_WAY),
        raw_order(3, products=[a_line(vat=12)]),
        raw_order(4, status="lost"),
        raw_order(5, paid=0, paid_time=""),
        raw_order(6, time="2026-11-08 10:00:00", paid_time="2026-11-08 10:00:00"),
        raw_order(7, **GERMAN_BUSINESS, products=[a_line(vat=0)]),
        raw_order(8, **UNKNOWN_WAY, paid=0, paid_time=""),
    )

    told = orders(business)
    run = business.run_once(dry_run=True)

    assert told["booked"] == len(run.planned)
    assert told["held"] == run.result.outcomes()["held"]


def test_nothing_is_written_anywhere(business: Business) -> None:
    business.sell(raw_order(1), raw_order(2, **UNKNOWN_WAY))

    findings(business)

    asked = business.sandbox.requests
    assert [each for each in asked if each.method not in READS and each.service != "authz"] == []
    assert not business.state_folder.exists()


def test_what_was_booked_or_ended_by_a_person_is_done(business: Business) -> None:
    business.sell(raw_order(1), raw_order(2, **UNKNOWN_WAY))
    business.run_once()
    business.skip(2)

    assert orders(business) == {"read": 2, "done": 2}


def test_an_order_in_rest_is_told_by_the_journal_until_the_rules_change(
    business: Business,
) -> None:
    business.sell(raw_order(1, **UNKNOWN_WAY))
    business.run_once()

    held = orders(business)
    business.config["payment_types"] = []

    assert held["held"] == 1
    assert "held" not in orders(business)


def test_an_order_that_a_run_leaves_held_is_told_as_held_though_our_label_moved_it(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["shoporama"]["labels"] = {"write": True}
    theirs(bookkeeper, ExternalReference="#10427")
    business.sell(raw_order(order_labels=[]))
    business.run_once()

    assert business.order().reason == "maybe_booked_elsewhere"
    assert business.sandbox.orders[ORDER_ID]["order_labels"] == ["dinero-failed"]
    assert orders(business)["held"] == 1


@pytest.fixture
def second_hand(business: Business) -> Business:
    business.config["posting"] |= RULES
    business.sell(raw_order(1, products=[SOLD_LAMP]), raw_order(2, products=[SOLD_CHAIR]))
    return business


def calls_for_products(business: Business) -> int:
    return sum("/product/" in each.path for each in business.sandbox.requests)


def test_where_rules_ask_the_catalogue_a_few_products_are_read(second_hand: Business) -> None:
    told = orders(second_hand)

    assert (told["booked"], told["held"]) == (1, 1)
    assert told["reasons"][0]["reason"] == "purchase_price_missing"


def test_beyond_them_orders_are_undecided_and_no_further_call_is_made(
    second_hand: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinero_sync.sync.setup.outlook.MOST_PRODUCTS", 1)
    before = calls_for_products(second_hand)

    told = verdict(second_hand)

    assert told.orders is not None
    assert (told.orders["held"], told.orders["untold"]) == (1, 1)
    assert "doctor asks few of them" in told.meaning
    # one of them is the question whether the key may read products
    assert calls_for_products(second_hand) - before <= 2 < MOST_PRODUCTS


@pytest.mark.parametrize(
    "spoil",
    [
        lambda each: each.config["dinero"]["auth"].update(api_key="wrong"),
        lambda each: each.config["shoporama"].update(api_key="wrong"),
        lambda each: each.config["posting"].update(sales_account=1999),
        lambda each: each.sandbox.orders.clear(),
    ],
    ids=["dinero", "shop", "account", "no order"],
)
def test_where_it_cant_be_told_nothing_is_said_of_orders(
    business: Business, spoil: Callable[[Business], None]
) -> None:
    business.sell(raw_order(1))
    spoil(business)

    assert all(each.orders is None for each in findings(business))
