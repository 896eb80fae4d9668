"""What is found in the rules before an order meets them: account, VAT, law, reach, payments."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import yaml
from builders import START, a_payment_type, a_rule, settings, yaml_block
from faulty_rules import (
    CARD,
    CHART,
    EU_BUSINESSES,
    EXPORT,
    FOREIGN,
    GERMANS,
    MARGIN,
    SOUND,
    USED,
    a_deposit_chart,
    paid_to,
)

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.lint.reach import takes_all
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PaymentTypeCondition,
    PostingSettings,
    Rounding,
    Rule,
    RuleCondition,
)
from dinero_sync.texts import telling


def found(rules: PostingSettings, chart: Chart = CHART, today: date = START) -> list[Finding]:
    return lint(rules, chart, today)


def found_at(key: str, rules: PostingSettings, chart: Chart = CHART) -> list[Finding]:
    return [each for each in found(rules, chart) if each.key == key]


def with_rule(*rules: Rule) -> PostingSettings:
    return settings(
        rules=rules,
        payment_types=(CARD,),
        check_vat_numbers=True,
        margin=MARGIN if any(rule.margin_scheme for rule in rules) else None,
    )


def test_sound_rules_have_no_findings() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("rules", "key", "severity", "phrase"),
    [
        (settings(sales_account=1234), "posting.sales_account", "error", "no entry account"),
        (
            with_rule(a_rule(1200, zone=(Zone.WORLD,))),
            "posting.rules[0].account",
            "error",
            "hidden",
        ),
        (
            settings(payment_types=(a_payment_type(deposit_account=55077),)),
            "payment_types[0].deposit_account",
            "error",
            "no deposit account",
        ),
        (
            with_rule(a_rule(1000, vat_rate=(Decimal(0),))),
            "posting.rules[0].account",
            "error",
            "must have 0 %",
        ),
        (
            with_rule(a_rule(1000, margin_scheme=MarginScheme.ART)),
            "posting.rules[0].account",
            "error",
            "margin scheme",
        ),
        (
            with_rule(a_rule(1000, country=("DE",), foreign_vat_account=64200)),
            "posting.rules[0].account",
            "error",
            "another country's VAT",
        ),
        (
            with_rule(a_rule(1151, country=("DE",), foreign_vat_account=63085)),
            "posting.rules[0].foreign_vat_account",
            "error",
            "has 25 % VAT",
        ),
        (with_rule(a_rule(7300)), "posting.rules[0].account", "error", "purchases"),
        (with_rule(a_rule(1999)), "posting.rules[0].account", "error", "doesn't tell"),
        (
            settings(gift_cards=GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63080)),
            "posting.gift_cards.account",
            "error",
            "must have 25 %",
        ),
        (
            settings(gift_cards=GiftCards(kind=GiftCardKind.MULTI_PURPOSE, account=63085)),
            "posting.gift_cards.account",
            "error",
            "must have 0 %",
        ),
        (
            settings(margin=Margin(method=MarginMethod.INDIVIDUAL, account=1051), rules=(USED,)),
            "posting.margin_scheme.account",
            "error",
            "must have 25 %",
        ),
        (
            settings(rounding=Rounding(limit=Decimal("0.05"), account=1000)),
            "posting.rounding.account",
            "error",
            "must have 0 %",
        ),
        (settings(sales_account=1050), "posting.sales_account", "hint", "are held"),
        (settings(shipping_account=1300), "posting.shipping_account", "warning", "Freight has"),
        (
            with_rule(
                a_rule(1300, line=(LineKind.SHIPPING,), zone=(Zone.DK,), vat_rate=(Decimal(0),))
            ),
            "posting.rules[0]",
            "warning",
            "Freight has the VAT of the goods",
        ),
        (
            with_rule(a_rule(1050, zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))),
            "posting.rules[0].account",
            "error",
            "EU sales list",
        ),
        (
            with_rule(a_rule(1100, zone=(Zone.EU,))),
            "posting.rules[0].when",
            "error",
            "without any VAT",
        ),
        (
            with_rule(a_rule(1151, country=("DE",))),
            "posting.rules[0].when",
            "error",
            "without any VAT",
        ),
        (
            with_rule(a_rule(1050, zone=(Zone.WORLD,))),
            "posting.rules[0].account",
            "error",
            "box C",
        ),
        (
            settings(rules=(EU_BUSINESSES,)),
            "posting.eu_vat_numbers.check",
            "warning",
            "by their form alone",
        ),
        (settings(rules=(USED,)), "posting.rules[0].margin_scheme", "error", "which method"),
        (
            with_rule(a_rule(1051, category=("Brugt*",))),
            "posting.rules[0].margin_scheme",
            "error",
            "text that the law",
        ),
        (settings(margin=MARGIN), "posting.margin_scheme", "hint", "purchase price"),
        (settings(), "posting.sales_account", "hint", "other EU countries"),
        (with_rule(EU_BUSINESSES), "posting.sales_account", "warning", "other EU countries"),
        (with_rule(GERMANS), "posting.sales_account", "warning", "further EU countries"),
        (
            with_rule(a_rule(1001, zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,))),
            "posting.rules[0].account",
            "warning",
            "several EU countries",
        ),
        (
            with_rule(a_rule(63085, line=(LineKind.GIFT_CARD,))),
            "posting.rules[0].when.line",
            "error",
            "legal kind",
        ),
        (
            settings(gift_cards=GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63085)),
            "posting.gift_cards.voucher_codes",
            "warning",
            "booked as a discount",
        ),
        (
            settings(gift_cards=GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63085)),
            "posting.kinds.gift_card",
            "warning",
            "ordinary goods",
        ),
        (settings(), "payment_types", "hint", "stays open"),
    ],
)
def test_what_is_wrong_is_found_at_its_key(
    rules: PostingSettings, key: str, severity: str, phrase: str
) -> None:
    messages = [(each.severity, telling.found(each)) for each in found_at(key, rules)]

    assert [each for each in messages if phrase in each[1]] == [
        (Severity(severity), message) for _, message in messages if phrase in message
    ]
    assert any(phrase in message for _, message in messages)


@pytest.mark.parametrize(
    ("rules", "phrase"),
    [
        (
            with_rule(
                a_rule(1050, "books", zone=(Zone.DK,), vat_rate=(Decimal(0),)),
                a_rule(1300, line=(LineKind.SHIPPING,), zone=(Zone.DK,), vat_rate=(Decimal(0),)),
            ),
            "Freight has the VAT",
        ),
        (with_rule(a_rule(1300, line=(LineKind.SHIPPING,), zone=(Zone.WORLD,))), "Freight has"),
        (with_rule(EXPORT), "box C"),
        (with_rule(a_rule(1260, zone=(Zone.WORLD,))), "box C"),
        (with_rule(EU_BUSINESSES), "EU sales list"),
        (with_rule(EU_BUSINESSES), "without any VAT"),
        (with_rule(FOREIGN), "without any VAT"),
        (with_rule(USED), "text that the law"),
    ],
)
def test_what_is_right_isnt_found(rules: PostingSettings, phrase: str) -> None:
    assert [each for each in found(rules) if phrase in telling.found(each)] == []


@pytest.mark.parametrize(
    ("wide", "narrow", "all_of_it"),
    [
        ({}, {"zone": (Zone.EU,)}, True),
        ({"zone": (Zone.EU,)}, {}, False),
        ({"zone": (Zone.EU, Zone.DK)}, {"zone": (Zone.EU,), "country": ("DE",)}, True),
        ({"zone": (Zone.EU,)}, {"zone": (Zone.EU, Zone.DK)}, False),
        ({"vat_rate": (Decimal("25.0"),)}, {"vat_rate": (Decimal(25),)}, True),
        ({"sku": ("T-*",)}, {"sku": ("t-12",)}, True),
        ({"sku": ("T-*",)}, {"sku": ("t-*",)}, True),
        ({"sku": ("T-*",)}, {"sku": ("T-1*",)}, False),
        ({"sku": ("*",)}, {"sku": ("T-1*", "X")}, True),
        ({"sku": ("T-*",)}, {"sku": ("T-1", "X")}, False),
        ({"product_id": (1, 2)}, {"product_id": (2,)}, True),
        ({"category": ("Brugt*",)}, {"label": ("Brugt",)}, False),
    ],
    ids=str,
)
def test_a_rule_is_never_reached_when_an_earlier_one_takes_all(
    wide: dict[str, tuple[object, ...]],
    narrow: dict[str, tuple[object, ...]],
    all_of_it: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    first, second = a_rule(1000, "wide", **wide), a_rule(1001, "narrow", **narrow)

    assert takes_all(first.when, second.when) is all_of_it
    told = [
        telling.found(each)
        for each in found(with_rule(first, second))
        if "never reached" in telling.found(each)
    ]
    assert [message.startswith('Rule "narrow"') for message in told] == [True] * all_of_it


def test_a_payment_type_is_never_reached_either() -> None:
    later = a_payment_type(name="Dankort", when=PaymentTypeCondition(gateway=("quickpayv10",)))

    (told,) = found_at("payment_types[1]", settings(payment_types=(CARD, later)))

    assert 'payment type "Kort"' in telling.found(told)
    assert 'when: {gateway: "quickpay*"}' in telling.found(told)


@pytest.mark.parametrize(
    ("rule", "cards", "phrase"),
    [
        (
            a_rule(63085, line=(LineKind.GIFT_CARD,)),
            GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63085, voucher_codes=("GK*",)),
            "which products are gift cards",
        ),
        (a_rule(1000, line=(LineKind.FEE,)), None, "which products are fees"),
        (a_rule(1350, line=(LineKind.SHIPPING,), sku=("X*",)), None, "freight is no product"),
        (
            a_rule(1051, line=(LineKind.SHIPPING,), margin_scheme=MarginScheme.USED_GOODS),
            None,
            "takes products alone",
        ),
        (
            a_rule(1255, buyer=(BuyerKind.CONSUMER,), reverse_charge=True),
            None,
            "stays in Denmark",
        ),
        (a_rule(1255, line=(LineKind.GIFT_CARD,), reverse_charge=True), None, "stays in Denmark"),
        (a_rule(1255, vat_rate=(Decimal(25),), reverse_charge=True), None, "stays in Denmark"),
        (a_rule(1255, country=("DE",), reverse_charge=True), None, "stays in Denmark"),
    ],
)
def test_a_rule_that_asks_the_impossible_is_found(
    rule: Rule, cards: GiftCards | None, phrase: str
) -> None:
    told = found_at("posting.rules[0].when", settings(rules=(rule,), gift_cards=cards))

    assert any(phrase in telling.found(each) for each in told)


DEPOSITS = a_deposit_chart(
    _55000="Bank", _55010="Tilgodehavende kort", _55020="Tilgodehavende MobilePay"
)


@pytest.mark.parametrize(
    ("gateway", "mended"),
    [
        ("mobilepay", "55020  # Tilgodehavende MobilePay"),
        ("quickpay*", "55010  # Tilgodehavende kort"),
        ("klarna", "# none in Dinero is called after it: create one"),
    ],
)
def test_card_payments_on_the_bank_account_are_found(gateway: str, mended: str) -> None:
    rules = settings(payment_types=(paid_to(55000, "Online", gateway),))

    (told,) = found_at("payment_types[0].deposit_account", rules, DEPOSITS)

    assert told.severity is Severity.WARNING
    assert "can never be reconciled" in telling.found(told)
    assert f"deposit_account: {mended}" in telling.next_step(told.steps)


def test_a_bank_transfer_belongs_on_the_bank_account() -> None:
    rules = settings(payment_types=(paid_to(55000, "Bankoverførsel", "banktransfer"),))

    assert found_at("payment_types[0].deposit_account", rules, DEPOSITS) == []


def test_two_providers_on_one_deposit_account_are_found() -> None:
    entries = (paid_to(55010, "Kort", "quickpay*"), paid_to(55010, "MobilePay", "mobilepay"))

    (told,) = found_at(
        "payment_types[1].deposit_account", settings(payment_types=entries), DEPOSITS
    )

    assert "share the deposit account 55010" in telling.found(told)


def test_two_payment_types_of_one_provider_may_share_an_account() -> None:
    entries = (paid_to(55010, "Kort", "quickpayv10"), paid_to(55010, "Andet", "quickpayold"))

    assert (
        found_at("payment_types[1].deposit_account", settings(payment_types=entries), DEPOSITS)
        == []
    )


@pytest.mark.parametrize(
    ("days", "severities"),
    [(0, []), (31, []), (32, [Severity.HINT]), (92, [Severity.HINT]), (93, [Severity.WARNING])],
)
def test_a_start_date_long_ago_dates_orders_back(days: int, severities: list[Severity]) -> None:
    findings = found(SOUND, today=START + timedelta(days=days))

    assert [each.severity for each in findings if each.key == "sync.start_date"] == severities


def test_errors_come_first() -> None:
    severities = [
        each.severity
        for each in found(settings(sales_account=1234, rules=(EU_BUSINESSES, GERMANS)))
    ]

    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_every_mending_with_yaml_can_be_read_as_yaml() -> None:
    broken = settings(
        rules=(EU_BUSINESSES, a_rule(1050, zone=(Zone.WORLD,)), USED, a_rule(1051)),
        payment_types=(paid_to(55000, "Kort", "quickpay"), paid_to(55000, "V", "vipps")),
        gift_cards=GiftCards(kind=GiftCardKind.MULTI_PURPOSE, account=63085),
    )

    blocks = [yaml_block(telling.next_step(each.steps)) for each in found(broken, DEPOSITS)]

    assert len([block for block in blocks if block]) > 6
    assert [
        block for block in blocks if block and not isinstance(yaml.safe_load(block), dict)
    ] == []


def test_a_condition_without_keys_takes_all() -> None:
    assert takes_all(RuleCondition(), RuleCondition())


def test_a_rule_for_second_hand_goods_leaves_freight_to_later_rules() -> None:
    used = a_rule(1051, "used", margin_scheme=MarginScheme.USED_GOODS)
    freight = a_rule(1350, "freight", line=(LineKind.SHIPPING,))
    goods = a_rule(1000, "goods", line=(LineKind.PRODUCT,))

    told = [
        each.key
        for each in found(with_rule(used, freight, goods))
        if "reached" in telling.found(each)
    ]

    assert told == ["posting.rules[2]"]
