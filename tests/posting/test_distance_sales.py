"""Sales to consumers in other EU countries count towards the threshold of 10,000 EUR a year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, plan_order, settings

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Address, Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.distance_sales import (
    THRESHOLD,
    may_be_distance_sale,
    refuse_above_threshold,
)
from dinero_sync.posting.settings import Undecided
from dinero_sync.texts.telling import message, next_step

BERLIN = an_address(country="DE", zip_code="10115")
RULES = settings(
    rules=(
        a_rule(1001, "Danish VAT", country=("DE",), vat_rate=(Decimal(25),)),
        a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200),
        a_rule(1255, "export", zone=(Zone.WORLD,)),
    )
)


def planned(order: Order) -> Plan:
    return plan_order(order, None, date(2026, 12, 3), RULES, a_chart())


def to(address: Address, rate: int = 25) -> Order:
    return an_order(
        lines=(a_line(vat_rate=Decimal(rate)),),
        shipping_price=Decimal("50.00"),
        billing=address,
        delivery=address,
    )


def test_goods_and_freight_for_a_consumer_in_the_eu_count_without_vat() -> None:
    assert planned(to(BERLIN)).distance_sale == Decimal("140.00")


def test_a_sale_with_the_other_countrys_vat_counts_as_well() -> None:
    sale = planned(to(BERLIN, 19)).distance_sale

    assert sale is not None
    assert round(sale, 2) == Decimal("147.06")


def test_a_sale_in_denmark_or_outside_the_eu_doesnt_count() -> None:
    oslo = an_address(country="NO", zip_code="0150")

    assert planned(to(an_address())).distance_sale is None
    assert planned(to(oslo, 0)).distance_sale is None


def test_a_sale_to_a_business_doesnt_count() -> None:
    company = an_address(country="DE", zip_code="10115", company="Muster GmbH")
    order = replace(to(BERLIN), billing=company, vat_number="DE136695976")

    assert planned(order).distance_sale is None


def test_danish_vat_ends_where_the_threshold_is_passed() -> None:
    plan = planned(to(BERLIN))
    refuse_above_threshold(plan, "DE", Decimal(140), THRESHOLD - 140, Decimal(0))

    with pytest.raises(HeldError) as caught:
        refuse_above_threshold(plan, "DE", Decimal(140), THRESHOLD - Decimal("139.99"), Decimal(0))

    hold = caught.value.hold
    assert hold.reason is HoldReason.DISTANCE_SALES_THRESHOLD
    assert "10,000 EUR (74400 kr.; 74260.01 kr. before it)" in message(hold)
    assert "posting:\n  above_eu_threshold: charge" in next_step(hold.steps)


def test_danish_vat_isnt_due_at_all_in_the_year_after() -> None:
    plan = planned(to(BERLIN))
    refuse_above_threshold(plan, "DE", Decimal(140), Decimal(0), THRESHOLD)

    with pytest.raises(HeldError) as caught:
        refuse_above_threshold(plan, "DE", Decimal(140), Decimal(0), THRESHOLD + Decimal("0.01"))

    hold = caught.value.hold
    assert hold.reason is HoldReason.DISTANCE_SALES_THRESHOLD
    assert "passed 10,000 EUR (74400 kr.; they were 74400.01 kr.)" in message(hold)


def test_a_sale_with_the_other_countrys_vat_goes_on_above_the_threshold() -> None:
    refuse_above_threshold(planned(to(BERLIN, 19)), "DE", Decimal(140), THRESHOLD, THRESHOLD + 1)

    assert planned(to(BERLIN, 19)).invoice.vat == 0


@pytest.mark.parametrize(
    ("country", "vat_number", "checked", "needed"),
    [
        ("DE", "", False, True),
        ("DK", "", False, False),
        ("NO", "", False, False),
        ("DE", "DE136695976", False, False),
        ("DE", "DE136695976", True, True),
    ],
    ids=["a consumer", "a Dane", "a Norwegian", "a business", "one that VIES may not know"],
)
def test_the_years_other_sales_are_needed_where_the_order_may_be_a_distance_sale(
    country: str, vat_number: str, *, checked: bool, needed: bool
) -> None:
    company = "Muster GmbH" if vat_number else ""
    place = an_address(country=country, zip_code="10115", company=company)
    order = replace(to(place), vat_number=vat_number)

    rules = replace(RULES, check_vat_numbers=checked, unconfirmed=Undecided.CHARGE)

    assert may_be_distance_sale(order, rules) is needed
    assert not may_be_distance_sale(order, replace(rules, refuse_above_threshold=False))
