"""What the check of the rules says to a shop under OSS."""

from dataclasses import replace
from typing import Any

import pytest
from builders import a_rule
from faulty_rules import CHART, DANISH, EU_BUSINESSES, EXPORT, FOREIGN, GERMANS, SINGLE, SOUND

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.abroad.oss import OTHER_COUNTRIES, oss_rules
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule
from dinero_sync.texts import telling

OSS_DE = replace(FOREIGN, when=replace(FOREIGN.when, country=("DE",)))
EU_CONSUMERS = a_rule(1001, "EU", zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,))


def with_rules(*rules: Rule) -> PostingSettings:
    return replace(SOUND, rules=rules, margin=None)


def found(rules: PostingSettings) -> list[Finding]:
    return lint(rules, CHART, rules.start_date)


def keys_of_errors(rules: PostingSettings) -> list[str]:
    return [each.key for each in found(rules) if each.severity is Severity.ERROR]


def test_a_rule_for_one_country_leaves_the_others_to_be_held() -> None:
    findings = found(with_rules(OSS_DE, EU_BUSINESSES, EXPORT))

    assert [each.key for each in findings] == ["posting.rules"]
    assert findings[0].facts["countries"] == tuple(sorted(OTHER_COUNTRIES - {"DE"}))
    assert "when: {zone: eu, buyer: consumer}" in telling.next_step(findings[0].steps)


def test_a_shop_under_oss_is_not_advised_to_have_accounts_for_danish_vat() -> None:
    advice = [telling.next_step(each.steps) for each in found(with_rules(OSS_DE, EXPORT))]

    assert not any(
        "VAT code U25" in each or "buyer: consumer, vat_rate: 25" in each for each in advice
    )


def test_a_rule_for_danish_vat_has_to_name_country_and_rate() -> None:
    named = a_rule(1001, "SE", country=("SE",), vat_rate=DANISH)

    assert keys_of_errors(with_rules(GERMANS, EU_CONSUMERS, FOREIGN)) == ["posting.rules[1].when"]
    assert keys_of_errors(with_rules(named, FOREIGN)) == []


def test_a_rule_for_danish_vat_behind_the_one_for_oss_takes_nothing() -> None:
    assert keys_of_errors(with_rules(FOREIGN, EU_CONSUMERS)) == []


def test_a_single_purpose_card_in_a_shop_under_oss_is_an_error() -> None:
    single = replace(SOUND, gift_cards=SINGLE)

    assert keys_of_errors(single) == ["posting.gift_cards.kind"]
    assert keys_of_errors(replace(with_rules(EXPORT), gift_cards=SINGLE)) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"zone": (Zone.WORLD,)},
        {"zone": (Zone.EU,), "buyer": (BuyerKind.BUSINESS,)},
        {"zone": (Zone.EU,), "line": (LineKind.SHIPPING,)},
        {"zone": (Zone.EU,), "sku": ("KRUS*",)},
        {"country": ("SE",)},
    ],
    ids=["out of the EU", "businesses", "freight", "some goods", "another country"],
)
def test_only_a_rule_for_all_goods_of_a_countrys_consumers_takes_them(
    condition: dict[str, Any],
) -> None:
    other = a_rule(1151, "other", foreign_vat_account=64200, **condition)
    without = tuple(sorted(OTHER_COUNTRIES - {"DE", *condition.get("country", ())}))

    missing = [
        each.facts["countries"]
        for each in found(with_rules(OSS_DE, other))
        if each.text == "oss_countries_without_rule"
    ]

    assert missing == [without]


def test_a_rule_for_the_goods_of_all_consumers_leaves_no_country_out() -> None:
    goods = a_rule(1151, zone=(Zone.EU,), line=(LineKind.PRODUCT,), foreign_vat_account=64200)

    assert keys_of_errors(with_rules(goods, EXPORT)) == []


@pytest.mark.parametrize(
    ("condition", "under_oss"),
    [
        ({"zone": (Zone.EU,)}, True),
        ({"country": ("DE",)}, True),
        ({"zone": (Zone.WORLD,)}, False),
        ({"country": ("NO",)}, False),
        ({"zone": (Zone.EU,), "buyer": (BuyerKind.BUSINESS,)}, False),
    ],
)
def test_a_shop_is_under_oss_by_a_rule_that_sends_eu_consumers_vat_abroad(
    condition: dict[str, Any], *, under_oss: bool
) -> None:
    rule = a_rule(1151, "abroad", foreign_vat_account=64200, **condition)

    assert oss_rules(with_rules(rule)) == ((rule,) if under_oss else ())
    assert oss_rules(with_rules(replace(rule, foreign_vat_account=None))) == ()
