"""Examples are posted as a run would post them, and compared with what was expected."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_payment_type, a_rule, settings

from dinero_sync.config.rule_examples import Example, ExampleChart
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    HandedOver,
    LineKind,
    Margin,
    MarginMethod,
    PaymentTypeCondition,
    PostingSettings,
    ProductCondition,
    Rounding,
)
from dinero_sync.sync.insight.rule_examples import Tried, chart_of, never_hit, try_example
from dinero_sync.texts.telling import message

USED = a_rule(1051, "used", category=("Brugt*",), margin_scheme=MarginScheme.USED_GOODS)
BUSINESSES = a_rule(1100, "businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
EXPORT = a_rule(1255, "export", zone=(Zone.WORLD,))
FREIGHT = a_rule(1300, "freight", line=(LineKind.SHIPPING,), vat_rate=(Decimal(0),))
CARD = a_payment_type(when=PaymentTypeCondition(gateway=("quickpay*",)))
RULES = settings(
    rules=(USED, BUSINESSES, EXPORT, FREIGHT),
    payment_types=(CARD,),
    margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052),
    gift_cards=GiftCards(
        kind=GiftCardKind.SINGLE_PURPOSE,
        account=63085,
        sold_as=ProductCondition(sku=("GAVEKORT",)),
        voucher_codes=("GK-*",),
    ),
)
MUG = {"price": 125, "vat_rate": 25}
OLD_MUG = {"price": 100, "vat_rate": 0, "category": "Brugte krus", "purchase_price": 20}


def tried(
    expected: dict[str, Any],
    rules: PostingSettings = RULES,
    **facts: Any,  # noqa: ANN401 - Example refuses what it lacks
) -> Tried:
    data = {"name": "x", "lines": [MUG], "gateway": "quickpayv10", **facts, "expected": expected}
    return try_example(Example.model_validate(data), rules, a_chart())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {"lines": [1000], "totals": {"1000": 125}, "payment_type": "Kort"}),
        ({"freight": 39}, {"lines": [1000, 1350], "deposit_account": 55010}),
        ({"freight": 39}, {"kinds": {"product": 1000, "shipping": 1350}}),
        ({"voucher": {"amount": 25}}, {"totals": {"1000": 100}}),
        (
            {"voucher": {"amount": 25, "code": "GK-1"}},
            {"totals": {"1000": 125, "63085": -25}},
        ),
        ({"lines": [{**MUG, "sku": "GAVEKORT"}]}, {"kinds": {"gift_card": 63085}}),
        ({"lines": [OLD_MUG]}, {"lines": 1051, "margin": 80}),
        (
            {"lines": [{"price": 80, "vat_rate": 0}], "country": "DE", "vat_number": "DE136695976"},
            {"lines": 1100},
        ),
        ({"lines": [{"price": 80, "vat_rate": 0}], "zip_code": "3900"}, {"lines": 1255}),
        ({"gateway": "klarna"}, {"held": "unknown_payment_type"}),
        ({"country": "NO"}, {"held": "account_vat_mismatch"}),
        ({"lines": [{**OLD_MUG, "purchase_price": None}]}, {"held": "purchase_price_missing"}),
        ({"rounding": "0.05"}, {"held": "lines_do_not_add_up"}),
        ({"lines": [{**MUG, "price": 0}]}, {"skipped": "zero_total"}),
        ({"voucher": {"amount": 125}}, {"skipped": "zero_total"}),
        (
            {"voucher": {"amount": 125, "code": "GK-1"}},
            {"totals": {"1000": 125, "63085": -125}},
        ),
        ({"voucher": {"amount": 130}, "freight": 4}, {"held": "negative_amount"}),
        ({"voucher": {"amount": 125}, "gateway": "klarna"}, {"held": "unknown_payment_type"}),
    ],
    ids=str,
)
def test_an_example_that_comes_out_as_expected_passes(
    facts: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert tried(expected, **facts).differences == ()


COLLECTED = replace(
    RULES,
    rules=(
        a_rule(1001, "collected", line=(LineKind.PRODUCT,), freight=("Afhentning*", "303")),
        a_rule(1300, "tips", sku=("tip",), vat_rate=(Decimal(0),)),
        *RULES.rules,
    ),
    handed_over=HandedOver(in_denmark=("Afhentning*",)),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"freight_name": "Afhentning i butikken"}, {"lines": 1001}),
        ({"freight_id": 303, "freight_name": "GLS"}, {"lines": 1001}),
        ({"freight_name": "GLS", "freight": 39}, {"lines": [1000, 1350]}),
        ({"freight_name": "Afhentning i butikken", "country": "NO"}, {"lines": 1001}),
        ({"freight_name": "Pick up", "country": "NO"}, {"held": "unknown_country"}),
        ({"freight_id": 304, "country": "NO"}, {"held": "unknown_country"}),
        ({"payment_fee": 20, "freight": 39}, {"totals": {"1000": 145, "1350": 39}}),
        ({"tip": 29, "vat": 25}, {"totals": {"1000": 125, "1300": 29}}),
    ],
    ids=str,
)
def test_an_example_may_name_its_freight_method_and_charges_beside_the_lines(
    facts: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert tried(expected, COLLECTED, **facts).differences == ()


@pytest.mark.parametrize(
    ("facts", "expected", "difference"),
    [
        ({}, {"lines": [1001]}, ("lines", "1001", "1000")),
        ({"freight": 39}, {"lines": [1000]}, ("lines", "1000", "1000, 1350")),
        ({}, {"kinds": {"shipping": 1350}}, ("kinds.shipping", "1350", "none")),
        ({"freight": 39}, {"totals": {"1000": 125}}, ("totals.1350", "nothing", "39.00")),
        ({}, {"totals": {"1000": 124}}, ("totals.1000", "124.00", "125.00")),
        ({}, {"payment_type": "Klarna"}, ("payment_type", "Klarna", "Kort")),
        ({}, {"deposit_account": 55020}, ("deposit_account", "55020", "55010")),
        ({}, {"margin": 20}, ("margin", "20.00", "0.00")),
        ({}, {"held": "unknown_vat"}, ("held", "unknown_vat", "booked")),
        ({}, {"skipped": "zero_total"}, ("skipped", "zero_total", "booked")),
        ({"voucher": {"amount": 125}}, {"lines": 1000}, ("skipped", "booked", "zero_total")),
        (
            {"voucher": {"amount": 125}},
            {"held": "zero_total_with_voucher"},
            ("skipped", "held: zero_total_with_voucher", "zero_total"),
        ),
        (
            {"country": "NO"},
            {"skipped": "zero_total"},
            ("held", "skipped: zero_total", "account_vat_mismatch"),
        ),
        ({"country": "NO"}, {"lines": 1255}, ("held", "booked", "account_vat_mismatch")),
        (
            {"country": "NO"},
            {"held": "unknown_vat"},
            ("held", "unknown_vat", "account_vat_mismatch"),
        ),
    ],
    ids=str,
)
def test_what_differs_is_told(
    facts: dict[str, Any], expected: dict[str, Any], difference: tuple[str, str, str]
) -> None:
    (told,) = tried(expected, **facts).differences

    assert (told.what, told.expected, told.found) == difference


def test_a_rounding_is_held_above_the_limit_and_posted_within() -> None:
    rounded = replace(RULES, rounding=Rounding(limit=Decimal("0.05"), account=1490))

    within = tried({"totals": {"1000": 125, "1490": "0.05"}}, rounded, rounding="0.05")
    above = tried({"held": "lines_do_not_add_up"}, rounded, rounding="-5.00")

    assert (within.differences, above.differences) == ((), ())


def test_an_unexpected_hold_says_why() -> None:
    hold = tried({"lines": 1255}, country="NO").hold

    assert hold is not None
    assert "account 1255 (chosen by export) has 0 %" in message(hold)
    assert tried({"held": "account_vat_mismatch"}, country="NO").hold is None


def test_rules_and_payment_types_that_no_example_hits_are_told() -> None:
    each = [tried({"lines": 1000}), tried({"lines": 1051}, lines=[OLD_MUG])]

    assert never_hit(each, RULES) == (["businesses", "export", "freight"], [])
    assert never_hit([], RULES)[1] == ["Kort"]


def test_a_file_may_bring_its_own_chart() -> None:
    written = ExampleChart.model_validate(
        {
            "accounts": [{"number": 1000, "vat_code": "U25"}, {"number": 1050}],
            "deposit_accounts": 55010,
        }
    )

    chart = chart_of(written)

    assert [chart.vat_rate(number) for number in (1000, 1050)] == [25, 0]
    assert 55010 in chart.deposit
