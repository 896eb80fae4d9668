"""Rules that ask the shop's catalogue, and the kinds of lines that they tell apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from builders import a_chart, a_line, a_rule, an_order, plan_order, settings, yaml_block

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.product import Product
from dinero_sync.posting.conditions import kind_of
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    PostingSettings,
    ProductCondition,
    Rule,
)
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
MUG = Product(
    product_id=501,
    categories=("Køkken", "12"),
    profile=("Keramik", "4"),
    labels=("Nyhed", "Håndlavet"),
)


def accounts(rules: PostingSettings, *products: Product) -> list[int]:
    catalogue = {each.product_id: each for each in products}
    plan = plan_order(an_order(), None, DAY, rules, a_chart(), products=catalogue)
    return [line.account for line in plan.invoice.lines]


@pytest.mark.parametrize(
    ("when", "takes"),
    [
        ({"category": ("køk*",)}, True),
        ({"category": ("12",)}, True),
        ({"category": ("Bad", "Køkken")}, True),
        ({"category": ("Bad",)}, False),
        ({"profile": ("keramik",)}, True),
        ({"profile": ("4",)}, True),
        ({"profile": ("5",)}, False),
        ({"label": ("nyhed",)}, True),
        ({"label": ("udsalg",)}, False),
        ({"label": ("nyhed",), "category": ("Bad",)}, False),
        ({"label": ("nyhed",), "sku": ("glas*",)}, False),
    ],
    ids=str,
)
def test_a_rule_asks_for_category_profile_and_label(when: dict[str, Any], *, takes: bool) -> None:
    rules = settings(rules=(a_rule(1001, **when),))

    assert accounts(rules, MUG) == ([1001] if takes else [1000])


def test_a_product_without_categories_is_in_none() -> None:
    rules = settings(rules=(a_rule(1001, category=("*",)),))

    assert accounts(rules, Product(product_id=501)) == [1000]


def test_of_what_a_consumer_buys_a_rule_for_businesses_asks_nothing() -> None:
    to_businesses = a_rule(1001, category=("Brugt*",), buyer=(BuyerKind.BUSINESS,))

    assert accounts(settings(rules=(to_businesses,))) == [1000]


def test_of_a_gift_the_catalogue_need_not_know_anything() -> None:
    cards = GiftCards(
        kind=GiftCardKind.MULTI_PURPOSE,
        account=63080,
        sold_as=ProductCondition(category=("Gavekort*",)),
    )
    rules = settings(rules=(a_rule(1001, category=("Brugt*",)),), gift_cards=cards)
    gift = a_line(product_id=7, unit_price=Decimal(0))
    order = an_order(lines=(a_line(), gift), voucher_amount=Decimal(25))

    plan = plan_order(order, None, DAY, rules, a_chart(), products={501: MUG})

    assert [(line.account, line.amount) for line in plan.invoice.lines] == [(1000, Decimal(100))]


def test_what_the_catalogue_no_longer_tells_is_held_with_the_rule_that_mends_it() -> None:
    rules = (a_rule(1001, category=("Brugt*",)),)

    with pytest.raises(HeldError) as caught:
        accounts(settings(rules=rules))

    hold = caught.value.hold
    assert hold.reason is HoldReason.UNKNOWN_PRODUCT
    assert "product 501" in message(hold)
    (pasted,) = yaml.safe_load(yaml_block(next_step(hold.steps)))["posting"]["rules"]
    mended = a_rule(
        pasted["account"],
        line=(LineKind(pasted["when"]["line"]),),
        product_id=(pasted["when"]["product_id"],),
    )
    assert accounts(settings(rules=(mended, *rules))) == [1000]


def test_a_line_without_a_product_id_is_named_by_its_number() -> None:
    order = an_order(lines=(a_line(product_id=None, sku="LØS-1"),))
    rules = settings(rules=(a_rule(1001, label=("x",)),))

    with pytest.raises(HeldError) as caught:
        plan_order(order, None, DAY, rules, a_chart())

    assert "a product without id" in message(caught.value.hold)
    assert 'sku: "LØS-1"' in next_step(caught.value.hold.steps)


def test_a_rule_that_takes_a_line_before_spares_the_catalogue() -> None:
    rules = settings(rules=(a_rule(1001, sku=("KRUS*",)), a_rule(1000, category=("x",))))

    assert accounts(rules) == [1001]


def test_a_fee_is_a_kind_of_its_own_and_otherwise_treated_as_goods() -> None:
    fee = a_line(sku="GEBYR", name="Gebyr", unit_price=Decimal("29.00"))
    fees = ProductCondition(sku=("gebyr",))
    rules = settings(fees=fees, rules=(a_rule(1001, line=(LineKind.FEE,)),))

    assert kind_of(fee, settings(fees=fees), {}) is LineKind.FEE
    plan = plan_order(an_order(lines=(a_line(), fee)), None, DAY, rules, a_chart())
    assert [line.account for line in plan.invoice.lines] == [1000, 1001]
    plain = plan_order(an_order(lines=(fee,)), None, DAY, settings(fees=fees), a_chart())
    assert [line.account for line in plain.invoice.lines] == [1000]


def test_the_catalogue_is_asked_only_where_a_decision_needs_it() -> None:
    assert not settings(rules=(a_rule(1001, sku=("x",)),)).asks_catalogue
    assert settings(rules=(a_rule(1001, label=("x",)),)).asks_catalogue
    assert settings(fees=ProductCondition(profile=("x",))).asks_catalogue
    assert ASKED_KINDS.asks_catalogue
    assert replace(ASKED_KINDS, fees=None).asks_catalogue


def held_for(order: Order, rules: PostingSettings) -> Hold:
    with pytest.raises(HeldError) as caught:
        plan_order(order, None, DAY, rules, a_chart())
    return caught.value.hold


def pasted(hold: Hold) -> Rule:
    """Read the rule that a hold proposes, as if it stood in the configuration."""
    (entry,) = yaml.safe_load(yaml_block(next_step(hold.steps)))["posting"]["rules"]
    when: dict[str, Any] = {key: (value,) for key, value in entry["when"].items()}
    when["line"] = (LineKind(entry["when"]["line"]),)
    return a_rule(entry["account"], entry["name"], **when)


ODD_NUMBERS = ['19" [sort]', "*", "a: b # c", "'x'", "{7}", "back\\slash"]
ASKED_KINDS = settings(
    sales_account=1001,
    fees=ProductCondition(category=("Gebyr*",)),
    gift_cards=GiftCards(
        kind=GiftCardKind.SINGLE_PURPOSE,
        account=63085,
        sold_as=ProductCondition(label=("gavekort",)),
    ),
)


@pytest.mark.parametrize("sku", ODD_NUMBERS)
@pytest.mark.parametrize(
    "rules", [settings(sales_account=1001, rules=(a_rule(1000, label=("x",)),)), ASKED_KINDS]
)
def test_the_rule_to_paste_takes_a_removed_product_whatever_its_number(
    sku: str, rules: PostingSettings
) -> None:
    order = an_order(lines=(a_line(product_id=None, sku=sku),))

    rule = pasted(held_for(order, rules))
    mended = replace(rules, rules=(rule, *rules.rules))

    assert rule.account == 1001
    plan = plan_order(order, None, DAY, mended, a_chart())
    assert [line.rule for line in plan.invoice.lines] == [rule.name]


@pytest.mark.parametrize(
    "rule",
    [
        a_rule(1000, line=(LineKind.PRODUCT,), sku=("?*",)),
        a_rule(1000, line=(LineKind.PRODUCT,), product_id=(502,)),
        a_rule(1000, product_id=(501,)),
        a_rule(1000, line=(LineKind.PRODUCT, LineKind.FEE), product_id=(501,)),
        a_rule(1000, line=(LineKind.PRODUCT,), sku=("",)),
    ],
    ids=["any number", "another product", "any kind", "two kinds", "no number"],
)
def test_a_rule_that_doesnt_name_the_product_and_its_kind_says_nothing_of_it(rule: Rule) -> None:
    rules = replace(ASKED_KINDS, rules=(rule,))

    hold = held_for(an_order(lines=(a_line(sku="LØS"),)), rules)

    assert hold.reason is HoldReason.UNKNOWN_PRODUCT


def test_a_kind_known_by_number_needs_no_catalogue_though_another_asks_it() -> None:
    rules = replace(ASKED_KINDS, fees=ProductCondition(sku=("GEBYR",)))

    assert kind_of(a_line(sku="GEBYR"), rules, {}) is LineKind.FEE


def test_a_number_that_belongs_to_cards_and_to_fees_is_a_gift_card() -> None:
    assert ASKED_KINDS.gift_cards is not None
    cards = replace(ASKED_KINDS.gift_cards, sold_as=ProductCondition(sku=("GAVE*",)))
    rules = replace(ASKED_KINDS, gift_cards=cards, fees=ProductCondition(sku=("*GEBYR",)))

    assert kind_of(a_line(sku="GAVE-GEBYR"), rules, {}) is LineKind.GIFT_CARD


def test_a_rule_by_number_may_say_that_a_removed_product_was_a_gift_card() -> None:
    rule = a_rule(63085, line=(LineKind.GIFT_CARD,), product_id=(501,))

    assert kind_of(a_line(), replace(ASKED_KINDS, rules=(rule,)), {}) is LineKind.GIFT_CARD


def test_a_line_without_any_number_is_left_to_a_person() -> None:
    order = an_order(lines=(a_line(product_id=None, sku=""),))

    hold = held_for(order, ASKED_KINDS)

    assert "dinero-sync adopt ORDER" in next_step(hold.steps)
    assert "rules:" not in next_step(hold.steps)


@pytest.mark.parametrize("number", ["payment_fee", "tip"])
def test_a_fee_or_tip_beside_the_goods_is_in_no_catalogue(number: str) -> None:
    beside = a_line(product_id=None, sku=number, unit_price=Decimal(20))
    rules = settings(rules=(a_rule(1001, category=("Køkken",)), a_rule(1050, sku=("VARE",))))

    plan = plan_order(
        an_order(lines=(a_line(), beside)), None, DAY, rules, a_chart(), products={501: MUG}
    )

    assert [line.account for line in plan.invoice.lines] == [1001, 1000]
