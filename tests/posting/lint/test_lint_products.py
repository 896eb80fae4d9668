"""Second-hand goods and gift cards that a rule names without saying what they are."""

from dataclasses import replace
from typing import Any

import pytest
from builders import a_rule, an_account, yaml_block
from faulty_rules import CHART, SINGLE, SOUND, UNTAXED, beside

from dinero_sync.domain.documents import MarginScheme
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule
from dinero_sync.texts import telling


def found(rule: Rule, phrase: str, settings: PostingSettings = SOUND) -> list[Finding]:
    """Return the findings with a phrase, of rules with another one at the end."""
    rules = replace(settings, rules=(*settings.rules, rule))
    return [each for each in lint(rules, CHART, rules.start_date) if phrase in telling.found(each)]


def second_hand(account: int = 1050, **when: Any) -> list[Severity]:  # noqa: ANN401
    return [each.severity for each in found(a_rule(account, **when), "text that the law")]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("category", "Brugt*"),
        ("category", "*brugte varer*"),
        ("profile", "second*hand"),
        ("profile", "Second hand"),
        ("profile", "secondhand"),
        ("label", "antik*"),
        ("label", "Antikke møbler"),
        ("category", "Antikviteter"),
        ("label", "vintage"),
        ("sku", "BRUGT-*"),
        ("sku", "2nd-hand"),
        ("category", "Genbrug"),
    ],
)
def test_goods_that_sound_second_hand_need_a_margin_scheme(key: str, text: str) -> None:
    when: dict[str, Any] = {key: ("Sko", text)}

    assert second_hand(**when) == [Severity.WARNING]


@pytest.mark.parametrize(
    "text", ["Ubrugte*", "Forbrugt*", "Antikalk*", "Antibakteriel", "Sko", "Forbrugsvarer"]
)
def test_other_goods_dont(text: str) -> None:
    assert second_hand(category=(text,)) == []


@pytest.mark.parametrize(
    ("account", "when"),
    [
        (1000, {}),
        (1052, {}),
        (1255, {"zone": (Zone.WORLD,)}),
        (1050, {"zone": (Zone.WORLD,)}),
        (1051, {"country": ("NO",)}),
        (1051, {"line": (LineKind.SHIPPING,)}),
        (1050, {"margin_scheme": MarginScheme.USED_GOODS}),
        (1050, {"foreign_vat_account": 64200}),
        (1100, {"vat_rate": UNTAXED}),
    ],
    ids=str,
)
def test_second_hand_goods_with_vat_or_a_scheme_or_leaving_the_eu_are_right(
    account: int, when: dict[str, Any]
) -> None:
    assert second_hand(account, category=("Brugt*",), **when) == []


def test_an_account_called_so_is_an_error_and_told_once() -> None:
    assert second_hand(1051, category=("Brugt*",)) == [Severity.ERROR]
    assert second_hand(1051, category=("Sko",)) == [Severity.ERROR]


def test_second_hand_goods_are_told_nothing_else() -> None:
    rule = a_rule(1050, "old", category=("Brugt*",))
    rules = replace(SOUND, rules=(rule,), margin=None)

    keys = [each.key for each in lint(rules, CHART, rules.start_date) if "rules[0]" in each.key]

    assert keys == ["posting.rules[0].margin_scheme"]


NO_CARDS = replace(SOUND, gift_cards=None)


def cards(rule: Rule, settings: PostingSettings = NO_CARDS) -> list[Severity]:
    return [each.severity for each in found(rule, "legal kind", settings)]


@pytest.mark.parametrize(
    "rule",
    [
        a_rule(1000, sku=("GAVEKORT*",)),
        a_rule(1000, category=("Gave-kort",)),
        a_rule(1050, profile=("giftcard",)),
        a_rule(1000, label=("*gift card*",)),
        a_rule(1000, sku=("Gavebevis*",), line=(LineKind.PRODUCT,)),
        a_rule(63080, product_id=(7,)),
        a_rule(63085, sku=("KORT-*",)),
    ],
    ids=lambda rule: f"{rule.account} {rule.when.product}",
)
def test_a_rule_that_seems_to_be_for_gift_cards_needs_their_kind(rule: Rule) -> None:
    assert cards(rule) == [Severity.WARNING]


@pytest.mark.parametrize(
    "rule",
    [
        a_rule(1000, sku=("KORT-*",)),
        a_rule(1000, category=("Gaver",)),
        a_rule(63085, line=(LineKind.SHIPPING,)),
        a_rule(1234, sku=("GAVEKORT*",)),
    ],
    ids=lambda rule: f"{rule.account} {rule.when.product}",
)
def test_other_rules_dont(rule: Rule) -> None:
    assert cards(rule) == []


def test_an_account_is_known_as_one_for_cards_by_its_name() -> None:
    chart = beside(an_account(63099, "Solgte gavekort"))
    rules = replace(NO_CARDS, rules=(a_rule(63099, zone=(Zone.DK,)),), margin=None)

    (told,) = [
        each.key for each in lint(rules, chart, rules.start_date) if "kind" in telling.found(each)
    ]

    assert told == "posting.rules[0]"


def test_where_the_kind_is_said_nothing_is_found() -> None:
    assert cards(a_rule(63085, sku=("GAVEKORT*",)), replace(SOUND, gift_cards=SINGLE)) == []


def test_a_rule_for_lines_that_are_gift_cards_is_an_error_and_told_once() -> None:
    assert cards(a_rule(63085, sku=("GAVEKORT*",), line=(LineKind.GIFT_CARD,))) == [Severity.ERROR]


def test_the_products_to_paste_are_those_that_the_rule_asks_for() -> None:
    (told,) = found(a_rule(1000, category=("Gavekort*", "Gavebevis")), "legal kind", NO_CARDS)
    (other,) = found(a_rule(63080, sku=("X-*",)), "legal kind", NO_CARDS)

    pasted = '  kinds: {gift_card: {category: ["Gavekort*", Gavebevis]}}'
    assert pasted in yaml_block(telling.next_step(told.steps))
    assert '  kinds: {gift_card: {sku: "GAVEKORT*"}}' in yaml_block(telling.next_step(other.steps))
