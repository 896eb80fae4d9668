"""A decision asks nobody: what it needs is gathered before, and what is missing is no guess."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import (
    NOW,
    ORDER_ID,
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    at,
)
from builders import settings as rules

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.order import OrderStatus
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.settings import PaymentTypeCondition
from dinero_sync.sync.intake.decide import decide
from dinero_sync.sync.intake.facts import NOTHING_ASKED, DistanceSales, Facts
from dinero_sync.sync.intake.standing import stand

ALL_ASKED = Facts(
    day=accounting_date(NOW),
    chart=a_chart(),
    products={},
    vat_number_confirmed=True,
    distance_sales=DistanceSales(),
    began_draft=False,
)
SEEN = OrderRecord(order_id=ORDER_ID, number="1")
GERMANY = an_address(country="DE", zip_code="20095")
GERMAN_CONSUMER = an_order(billing=GERMANY, delivery=GERMANY)
GERMAN_BUSINESS = an_order(
    billing=an_address(country="DE", zip_code="20095", company="Beispiel GmbH"),
    delivery=GERMANY,
    vat_number="DE136695976",
    lines=(a_line(vat_rate=Decimal(0)),),
)
BY_CATEGORY = rules(rules=(a_rule(1051, category=("Brugt*",)),))
WITH_VIES = rules(rules=(a_rule(1100),), check_vat_numbers=True)
QUICKPAY = a_payment_type(when=PaymentTypeCondition(gateway=("quickpay*",)))


def test_the_same_facts_give_the_same_decision() -> None:
    first = decide(an_order(), ALL_ASKED, rules())

    assert first.plan is not None
    assert decide(an_order(), ALL_ASKED, rules()) == first


@pytest.mark.parametrize(
    ("order", "settings", "fact"),
    [
        (an_order(), rules(), "day"),
        (an_order(), BY_CATEGORY, "products"),
        (GERMAN_BUSINESS, WITH_VIES, "vat_number_confirmed"),
        (GERMAN_CONSUMER, rules(), "distance_sales"),
    ],
    ids=["day", "products", "VIES", "distance sales"],
)
def test_a_fact_that_is_needed_and_missing_is_a_fault(
    order: object, settings: object, fact: str
) -> None:
    with pytest.raises(LookupError):
        decide(order, replace(ALL_ASKED, **{fact: None}), settings)  # type: ignore[arg-type]


def test_facts_that_no_rule_needs_may_be_missing() -> None:
    few = Facts(day=ALL_ASKED.day, chart=ALL_ASKED.chart)

    assert decide(an_order(), few, rules()) == decide(an_order(), ALL_ASKED, rules())


def test_without_facts_it_comes_as_far_as_the_order_tells() -> None:
    settings = rules(payment_types=(QUICKPAY,))
    known = decide(an_order(), NOTHING_ASKED, settings)
    free = decide(an_order(lines=(a_line(unit_price=Decimal(0)),)), NOTHING_ASKED, settings)

    assert (known.payment_type, known.is_open) == (QUICKPAY, True)
    assert (free.never is not None, free.is_open) == (True, False)


def test_a_draft_begun_before_is_asked_about_where_an_order_makes_no_invoice() -> None:
    cancelled = an_order(status=OrderStatus.CANCELLED)

    with pytest.raises(LookupError):
        stand(cancelled, NOTHING_ASKED, SEEN, rules(), NOW)
    assert stand(cancelled, ALL_ASKED, SEEN, rules(), NOW).standing == "skipped"
    begun = replace(ALL_ASKED, began_draft=True)
    assert stand(cancelled, begun, SEEN, rules(), NOW).reason == "no_longer_due"


def test_an_order_that_straddles_the_start_date_is_ours_by_its_invoice() -> None:
    straddling = an_order(created=at("2026-11-20"), paid_at=at("2026-12-03"))
    ours = replace(ALL_ASKED, own_invoice_day=accounting_date(at("2026-12-03")))

    assert stand(straddling, ALL_ASKED, SEEN, rules(), NOW).reason == "straddles_start"
    assert stand(straddling, ours, SEEN, rules(), NOW).plan is not None


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        (DistanceSales(this_year=Decimal(74_300)), None),
        (DistanceSales(this_year=Decimal("74300.01")), "distance_sales_threshold"),
        (DistanceSales(last_year=Decimal("74400.01")), "distance_sales_threshold"),
    ],
)
def test_the_threshold_is_part_of_the_decision(others: DistanceSales, reason: str | None) -> None:
    order = an_order(billing=GERMANY, delivery=GERMANY, lines=(a_line(unit_price=Decimal(125)),))
    hold = decide(order, replace(ALL_ASKED, distance_sales=others), rules()).hold

    assert (hold and hold.reason) == reason
