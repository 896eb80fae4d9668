"""Goods that the buyer collects in Denmark: Danish VAT, whatever the buyer's address."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, plan_order, settings, yaml_block

from dinero_sync.domain.documents import BuyerKind, Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Address, Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.abroad.handed_over import is_freight
from dinero_sync.posting.distance_sales import may_be_distance_sale
from dinero_sync.posting.insight.explain import ZoneReason, zone_reason
from dinero_sync.posting.settings import HandedOver, PostingSettings
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
FLENSBURG = an_address(country="DE", zip_code="24937", city="Flensburg")
OSLO = an_address(country="NO", zip_code="0153", city="Oslo")
LAS_PALMAS = an_address(country="ES", zip_code="35001", city="Las Palmas")
OSS = a_rule(
    1151,
    "OSS",
    country=("DE",),
    buyer=(BuyerKind.CONSUMER,),
    foreign_vat_account=64200,
)
EXPORT = a_rule(1255, "export", zone=(Zone.WORLD,))
UNSAID = settings(rules=(OSS, EXPORT))
COLLECTED = settings(
    rules=(OSS, EXPORT), handed_over=HandedOver(in_denmark=("afhentning i værk*", "304"))
)


def collected(place: Address, name: str = "Afhentning i værkstedet", **more: Any) -> Order:  # noqa: ANN401
    values: dict[str, Any] = {"shipping_id": 303, "shipping_name": name, **more}
    return an_order(billing=place, delivery=place, **values)


def planned(order: Order, rules: PostingSettings) -> Plan:
    return plan_order(order, None, DAY, rules, a_chart())


def accounts(order: Order, rules: PostingSettings) -> list[int]:
    return [line.account for line in planned(order, rules).invoice.lines]


def held(order: Order, rules: PostingSettings) -> Hold:
    with pytest.raises(HeldError) as caught:
        planned(order, rules)
    return caught.value.hold


def test_explain_says_what_puts_collected_goods_in_denmark() -> None:
    assert zone_reason(collected(LAS_PALMAS), COLLECTED) is ZoneReason.HANDED_OVER
    assert zone_reason(collected(LAS_PALMAS, "GLS"), COLLECTED) is ZoneReason.POST_CODE


@pytest.mark.parametrize("place", [FLENSBURG, OSLO, LAS_PALMAS], ids=["DE", "NO", "Canary Islands"])
def test_goods_collected_in_denmark_bear_danish_vat_and_are_no_distance_sale(
    place: Address,
) -> None:
    order = collected(place)

    assert accounts(order, COLLECTED) == [1000]
    assert planned(order, COLLECTED).distance_sale is None
    assert not may_be_distance_sale(order, COLLECTED)


def test_a_method_is_known_by_its_id_as_well() -> None:
    assert accounts(collected(FLENSBURG, "Selvhenter", shipping_id=304), COLLECTED) == [1000]


def test_a_german_business_that_collects_pays_danish_vat() -> None:
    company = an_address(country="DE", zip_code="24937", company="Muster GmbH")
    businesses = a_rule(1100, zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
    rules = settings(rules=(businesses,), handed_over=COLLECTED.handed_over)

    assert accounts(collected(company, vat_number="DE136695976"), rules) == [1000]


@pytest.mark.parametrize("place", [FLENSBURG, OSLO], ids=["DE", "NO"])
@pytest.mark.parametrize(
    "name", ["Afhentning i værkstedet", "Hentes i butikken", "Pick-up in store", "Click & Collect"]
)
def test_a_free_method_that_sounds_like_collection_is_asked_about(
    place: Address, name: str
) -> None:
    hold = held(collected(place, name), UNSAID)

    assert hold.text == "unknown_country.maybe_collected"
    assert name in message(hold)
    assert yaml_block(next_step(hold.steps)).startswith(
        "posting:\n  handed_over:\n    in_denmark: [303]\n"
    )
    assert "VOEC" not in next_step(hold.steps)


def test_the_answer_that_the_goods_are_sent_is_taken_too() -> None:
    rules = settings(rules=(OSS,), handed_over=HandedOver(elsewhere=("303",)))
    german = collected(FLENSBURG, lines=(a_line(vat_rate=Decimal(19)),))

    assert accounts(german, rules) == [1151, 64200]


@pytest.mark.parametrize(
    ("name", "price"),
    [
        ("GLS pakkeshop", "0"),
        ("Afhentning i pakkeshop", "0"),
        ("DAO pick-up point", "0"),
        ("Afhentning på posthuset", "49.00"),
        ("", "0"),
    ],
)
def test_parcel_shops_and_paid_freight_ask_nothing(name: str, price: str) -> None:
    lines = (a_line(vat_rate=Decimal(19)),)
    order = collected(FLENSBURG, name, lines=lines, shipping_price=Decimal(price))

    assert 64200 in accounts(order, UNSAID)


def test_in_denmark_nobody_needs_to_say_anything() -> None:
    assert accounts(collected(an_address()), UNSAID) == [1000]


def test_a_method_without_a_name_is_held_where_names_decide() -> None:
    hold = held(collected(FLENSBURG, ""), COLLECTED)

    assert hold.text == "unknown_country.freight_unnamed"
    by_id = settings(rules=(OSS,), handed_over=HandedOver(in_denmark=("303",)))
    assert accounts(collected(FLENSBURG, ""), by_id) == [1000]


def test_a_rule_may_ask_for_the_freight_method() -> None:
    rules = settings(rules=(a_rule(1001, "collected", freight=("Afhent*",)),))

    assert accounts(collected(an_address()), rules) == [1001]
    assert accounts(collected(an_address(), "GLS"), rules) == [1000]


def test_an_order_without_a_method_meets_no_condition_for_one() -> None:
    assert not is_freight(("*",), an_order())
    assert not is_freight(("None",), an_order())
