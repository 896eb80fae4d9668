"""``run``, ``plan``, ``explain``, ``rules replay`` and ``rules test`` decide alike."""

from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from business import Business
from second_hand import RULES as SECOND_HAND
from second_hand import SOLD_LAMP
from shop import GERMAN_BUSINESS, GERMANY, ORDER_ID, Json, a_line, raw_order

from dinero_sync.config.rule_examples import Example
from dinero_sync.domain.chart import NO_CHART
from dinero_sync.domain.documents import Plan
from dinero_sync.journal import orders
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.sync.insight.explaining import explain_order
from dinero_sync.sync.insight.replay import replay_since
from dinero_sync.sync.insight.rule_examples import try_example
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions, run
from dinero_sync.sync.work.workplace import Workplace
from dinero_sync.texts.telling import message

GERMAN_CONSUMER: Json = {
    "order_country_id": GERMANY,
    "del_country_id": GERMANY,
    "order_zipcode": "20095",
    "order_city": "Hamburg",
}
BUSINESSES: Json = {"name": "EU", "when": {"zone": "eu", "buyer": "business"}, "account": 1100}
POSTING: Json = {
    **SECOND_HAND,
    "rules": [*SECOND_HAND["rules"], BUSINESSES],
    "gift_cards": {"kind": "single_purpose", "account": 63085, "voucher_codes": ["GK-*"]},
}
MUG: Json = {"price": 125, "vat_rate": 25}
LAMP: Json = {"price": 1450, "vat_rate": 25, "category": "Brugte lamper", "purchase_price": 600}
START = date(2026, 11, 1)
CASES: dict[str, tuple[Json, Json]] = {
    "plain": ({}, {}),
    "freight and voucher": (
        {
            "shipping_price": Decimal(49),
            "voucher_code": "X",
            "voucher_discount_amount": Decimal(25),
        },
        {"freight": 49, "voucher": {"amount": 25, "code": "X"}},
    ),
    "paid in part with a gift card": (
        {"voucher_code": "GK-1", "voucher_discount_amount": Decimal(25)},
        {"voucher": {"amount": 25, "code": "GK-1"}},
    ),
    "paid with a gift card": (
        {"voucher_code": "GK-1", "voucher_discount_amount": Decimal(125)},
        {"voucher": {"amount": 125, "code": "GK-1"}},
    ),
    "for nothing": (
        {"products": [a_line(unit_price=Decimal(0))]},
        {"lines": [{"price": 0, "vat_rate": 25}]},
    ),
    "German consumer": (GERMAN_CONSUMER, {"country": "DE", "zip_code": "20095"}),
    "German consumer above the threshold": (
        {**GERMAN_CONSUMER, "products": [a_line(unit_price=Decimal(99_000))]},
        {"country": "DE", "zip_code": "20095", "lines": [{"price": 99_000, "vat_rate": 25}]},
    ),
    "German business": (
        {**GERMAN_BUSINESS, "products": [a_line(vat=0)]},
        {
            "country": "DE",
            "zip_code": "20095",
            "vat_number": "DE136695976",
            "vat_number_confirmed": True,
            "lines": [{"price": 125, "vat_rate": 0}],
        },
    ),
    "second-hand": ({"products": [SOLD_LAMP]}, {"lines": [LAMP]}),
    "another VAT": (
        {"products": [a_line(vat=12)], "vat": ""},
        {"lines": [{"price": 125, "vat_rate": 12}]},
    ),
    "unknown gateway": (
        {"payment_gateway_id": 99, "payment_gateway": "viabill"},
        {"gateway": "viabill"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_all_five_commands_decide_alike(business: Business, case: str) -> None:
    sold, example = CASES[case]
    business.config["posting"] = {**business.config["posting"], **POSTING}
    vies = {"check": "vies", "vies_url": f"{business.sandbox.url}/vies"}
    business.config["posting"]["eu_vat_numbers"] = vies
    business.sell(raw_order(**sold))

    plan = planned(business)
    business.run_once()
    record = business.order()

    assert record.standing in {"done", "held", "skipped"}
    assert plan == (record.plan, None if record.plan else record.reason)
    with closing(open_copy(business.state_folder)) as db:
        memory = recollect(business.loaded(), str(business.config_file), db)
        explained = explain_order(memory, record)
        assert explained.plan == record.plan
        assert not explained.rules_changed
        held = record.reason if record.standing == "held" else None
        assert (explained.hold and explained.hold.reason) == held
        replayed = replay_since(memory, START).orders if memory.chart else ()
    assert [(each.hold, each.left_out, each.changes, each.now) for each in replayed] == (
        [(None, None, (), record.plan)] if record.plan else []
    )
    expected = expected_of(record.plan) if record.plan else {str(record.standing): record.reason}
    wanted = {"name": case, "lines": [MUG], "gateway": "quickpayv10", **example}
    tried = try_example(
        Example.model_validate({**wanted, "expected": expected}),
        memory.settings,
        memory.chart or NO_CHART,
    )
    assert tried.differences == ()


def planned(business: Business) -> tuple[Plan | None, str | None]:
    """Return what `plan` says of the order: its documents, or why there are none."""
    found: list[OrderRecord | None] = []

    def work(place: Workplace) -> RunResult:
        result = run(place, RunOptions())
        found.append(orders.load(place.db, ORDER_ID))
        return result

    business.do(work, dry_run=True)
    (record,) = found
    assert record is not None
    return record.plan, record.reason


def expected_of(plan: Plan) -> Json:
    """Write a plan as what an example expects."""
    totals: dict[str, Decimal] = {}
    for line in plan.invoice.lines:
        totals[str(line.account)] = totals.get(str(line.account), Decimal(0)) + line.amount
    return {
        "lines": [line.account for line in plan.invoice.lines],
        "totals": totals,
        "payment_type": plan.payment_type,
        "margin": sum((item.amount for item in plan.ledger_items), Decimal(0)),
    }


def german_sales(business: Business, *prices: int) -> None:
    """Book sales to a German consumer, whatever the threshold says, and hold them from then on."""
    business.config["posting"] = {"above_eu_threshold": "charge"}
    for at, price in enumerate(prices):
        goods = [a_line(unit_price=Decimal(price))]
        business.sell(raw_order(ORDER_ID + at, products=goods, **GERMAN_CONSUMER))
    business.run_once()
    business.config["posting"] = {"above_eu_threshold": "hold"}


def test_replay_and_explain_count_what_was_booked_before(business: Business) -> None:
    german_sales(business, 40_000, 40_000, 40_000, 125)

    with closing(open_copy(business.state_folder)) as db:
        memory = recollect(business.loaded(), str(business.config_file), db)
        replayed = replay_since(memory, START).orders
        explained = [explain_order(memory, business.order(ORDER_ID + at)) for at in range(4)]

    above = "distance_sales_threshold"
    assert [each.hold and each.hold.reason for each in replayed] == [None, None, above, above]
    assert [each.hold and each.hold.reason for each in explained] == [None, None, above, above]
    assert replayed[2].hold is not None
    assert "64000.00 kr. before it" in message(replayed[2].hold)


def test_what_was_booked_the_year_before_counts_in_replay_too(business: Business) -> None:
    german_sales(business, 93_001)
    business.wait(days=30)
    january = "2027-01-05 10:00:00"
    business.sell(raw_order(ORDER_ID + 1, time=january, paid_time=january, **GERMAN_CONSUMER))
    business.config["posting"] = {"above_eu_threshold": "charge"}
    business.run_once()
    business.config["posting"] = {"above_eu_threshold": "hold"}

    with closing(open_copy(business.state_folder)) as db:
        memory = recollect(business.loaded(), str(business.config_file), db)
        *_, last = replay_since(memory, START).orders

    assert last.hold is not None
    assert message(last.hold).startswith("Last year's sales")
