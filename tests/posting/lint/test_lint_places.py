"""Rules for sales without VAT: found by where their goods may go, also where no zone is written."""

from dataclasses import replace
from typing import Any

import pytest
from builders import a_rule, yaml_block
from faulty_rules import (
    CHART,
    DANISH,
    EU_BUSINESSES,
    EXPORT,
    FOREIGN,
    GERMANS,
    SINGLE,
    SOUND,
    UNTAXED,
    USED,
    less,
    only,
    without,
)

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.lint.reach import zones_of
from dinero_sync.posting.settings import LineKind, ProductCondition, Rule
from dinero_sync.texts import telling

BUSINESS: dict[str, Any] = {"buyer": (BuyerKind.BUSINESS,)}
CONSUMER: dict[str, Any] = {"buyer": (BuyerKind.CONSUMER,)}
PUBLIC: dict[str, Any] = {"buyer": (BuyerKind.PUBLIC,)}
EU: dict[str, Any] = {"zone": (Zone.EU,)}


def found(*rules: Rule, chart: Chart = CHART, **changes: object) -> list[Finding]:
    settings = replace(only(*rules)[0], **changes)  # type: ignore[arg-type] # as in but()
    return lint(settings, chart, settings.start_date)


def of_rule(at: int, findings: list[Finding]) -> list[tuple[str, str]]:
    """Return severity and key of what is found in one rule."""
    start = f"posting.rules[{at}]"
    return [
        (each.severity.value, each.key.removeprefix(start))
        for each in findings
        if each.key.startswith(start)
    ]


@pytest.mark.parametrize(
    ("when", "zones"),
    [
        ({}, set(Zone)),
        ({"zone": (Zone.DK, Zone.EU)}, {Zone.DK, Zone.EU}),
        ({"country": ("DE",)}, {Zone.EU}),
        ({"country": ("MC",)}, {Zone.EU}),
        ({"country": ("DK", "NO")}, {Zone.DK, Zone.WORLD}),
        ({"country": ("ES",)}, {Zone.EU}),
        ({"country": ("GB",)}, {Zone.WORLD}),
        ({"country": ("ES",), "zone": (Zone.WORLD,)}, {Zone.WORLD}),
        ({"country": ("GB",), "zone": (Zone.EU, Zone.DK)}, {Zone.EU}),
        ({"country": ("SE",), "zone": (Zone.DK, Zone.WORLD)}, set()),
    ],
    ids=lambda each: str(each) if isinstance(each, dict) else ",".join(sorted(each)),
)
def test_where_goods_may_go_follows_from_zone_and_country(
    when: dict[str, Any], zones: set[Zone]
) -> None:
    assert zones_of(a_rule(1000, **when).when) == zones


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (a_rule(1050, country=("DE",), **BUSINESS), [("error", ".account")]),
        (a_rule(1255, country=("DE",), **BUSINESS), [("error", ".account")]),
        (a_rule(1050, **EU, **PUBLIC), [("error", ".account")]),
        (a_rule(1050, country=("DE",), **PUBLIC), [("error", ".account")]),
        (a_rule(1050, country=("NO",)), [("error", ".account")]),
        (a_rule(1100, country=("NO",)), [("error", ".account")]),
        (a_rule(1050, zone=(Zone.WORLD,), country=("ES",)), [("error", ".account")]),
        (a_rule(1050, country=("DE",)), [("error", ".account"), ("error", ".when")]),
        (a_rule(1050, country=("DE",), **CONSUMER), [("error", ".when")]),
        (
            a_rule(1050, country=("DE", "NO"), **BUSINESS),
            [("error", ".account"), ("error", ".account")],
        ),
        (a_rule(1100, zone=(Zone.DK,)), [("error", ".account")]),
        (a_rule(1151, country=("DK",)), [("error", ".account")]),
        (a_rule(1050, vat_rate=UNTAXED), [("warning", ".when")]),
        (a_rule(1255), [("warning", ".when")]),
        (a_rule(1050, category=("Bøger",)), [("warning", ".when")]),
        (a_rule(1300, line=(LineKind.SHIPPING,)), [("warning", "")]),
        (a_rule(1100, country=("DE",), **BUSINESS), []),
        (a_rule(1255, country=("NO",)), []),
        (a_rule(1255, zone=(Zone.WORLD,), country=("ES",)), []),
        (a_rule(1050, zone=(Zone.DK,)), []),
        (a_rule(1050, country=("DK",)), []),
        (a_rule(1050, **EU, vat_rate=DANISH), [("error", ".account")]),
    ],
    ids=lambda each: f"{each.account} {each.when}" if isinstance(each, Rule) else str(each),
)
def test_an_account_without_vat_is_wrong_for_some_places(
    rule: Rule, told: list[tuple[str, str]]
) -> None:
    assert of_rule(0, found(rule)) == told


def test_a_rule_for_a_rate_that_its_account_lacks_is_found_once() -> None:
    (told,) = [
        each for each in found(a_rule(1050, **EU, vat_rate=DANISH)) if "rules[0]" in each.key
    ]

    assert "takes lines with 25 %" in telling.found(told)


@pytest.mark.parametrize(
    "earlier",
    [
        (EU_BUSINESSES, EXPORT),
        (
            a_rule(1100, **EU, line=(LineKind.PRODUCT,), **BUSINESS),
            a_rule(1100, **EU, line=(LineKind.SHIPPING,), **BUSINESS),
            a_rule(1255, zone=(Zone.WORLD,), vat_rate=UNTAXED),
        ),
    ],
)
def test_what_rules_before_take_isnt_asked_of_a_later_one(earlier: tuple[Rule, ...]) -> None:
    rest = a_rule(1050, vat_rate=UNTAXED)

    assert of_rule(len(earlier), found(*earlier, rest)) == []
    assert of_rule(0, found(rest, *earlier)) != []


def test_rules_before_that_leave_something_dont_count() -> None:
    goods = a_rule(1100, **EU, line=(LineKind.PRODUCT,), **BUSINESS)
    swedes = a_rule(1100, country=("SE",), **BUSINESS)
    rest = a_rule(1050, country=("DE",), **BUSINESS)

    assert of_rule(2, found(goods, swedes, rest)) == [("error", ".account")]
    one_by_one = replace(rest, when=replace(rest.when, line=(LineKind.PRODUCT,)))
    assert of_rule(2, found(goods, swedes, one_by_one)) == []


def test_fees_count_where_products_are_fees() -> None:
    fees = a_rule(1050, country=("NO",), line=(LineKind.FEE,))

    assert of_rule(0, found(fees, fees=ProductCondition(sku=("GEBYR",)))) == [("error", ".account")]
    assert of_rule(0, found(fees)) == [("warning", ".when")]


def test_no_freight_comes_to_a_rule_for_products() -> None:
    goods = a_rule(1255, zone=(Zone.WORLD,), line=(LineKind.PRODUCT,))
    books = a_rule(1050, country=("NO",), sku=("BOG-*",))

    assert of_rule(1, found(goods, books)) == []
    assert of_rule(1, found(goods, a_rule(1050, country=("NO",)))) == [("error", ".account")]


def test_second_hand_goods_before_take_no_freight() -> None:
    used = replace(USED, when=a_rule(1051, **EU).when)
    rest = a_rule(1050, **EU, **BUSINESS)

    assert of_rule(1, found(used, rest, margin=SOUND.margin)) == [("error", ".account")]


def test_sold_gift_cards_are_no_sale_anywhere() -> None:
    cards = a_rule(63080, vat_rate=UNTAXED, line=(LineKind.GIFT_CARD,))

    assert of_rule(0, found(cards)) == []
    assert (
        of_rule(
            0, found(a_rule(1050, line=(LineKind.GIFT_CARD,), country=("NO",)), gift_cards=SINGLE)
        )
        == []
    )
    assert of_rule(0, found(a_rule(63080, sku=("GAVEKORT*",)), gift_cards=SINGLE)) == []


@pytest.mark.parametrize(
    ("rule", "phrases"),
    [
        (a_rule(1050, vat_rate=UNTAXED), ["EU businesses", "exports"]),
        (a_rule(1100, vat_rate=UNTAXED), ["exports", "Danish sales"]),
        (a_rule(1255, vat_rate=UNTAXED), ["EU businesses", "Danish sales"]),
        (a_rule(1151, vat_rate=UNTAXED), ["EU businesses", "exports", "Danish sales"]),
        (a_rule(1050, vat_rate=UNTAXED, **CONSUMER), ["exports"]),
    ],
)
def test_a_rule_for_anywhere_is_told_which_places_are_wrong(rule: Rule, phrases: list[str]) -> None:
    (told,) = [each for each in found(rule) if "wherever the goods go" in telling.found(each)]

    every = ("EU businesses", "exports", "Danish sales")
    assert [phrase for phrase in every if phrase in telling.found(told)] == phrases
    assert told.severity is Severity.WARNING


def test_what_is_to_be_pasted_for_a_rule_for_anywhere_names_each_place() -> None:
    rule = a_rule(1151, "0 %", vat_rate=UNTAXED, category=("Bøger",))

    (told,) = [each for each in found(rule) if "wherever" in telling.found(each)]

    assert yaml_block(telling.next_step(told.steps)).splitlines()[2:] == [
        '    - name: "0 %, eu"',
        "      when: {vat_rate: 0, zone: eu, buyer: business, category: Bøger}",
        "      account: 1100  # EU-leverancer varer",
        '    - name: "0 %, world"',
        "      when: {vat_rate: 0, zone: world, category: Bøger}",
        "      account: 1255  # Salg af varer til udlandet (rubrik C)",
        '    - name: "0 %, dk"',
        "      when: {vat_rate: 0, zone: dk, category: Bøger}",
        "      account: 1050  # Salg af varer/ydelser u/moms",
    ]


def test_accounts_that_arent_in_dinero_yet_are_said_to_be_made() -> None:
    chart = less(without(CHART, "UEUV", "UVV", "UVY"), 1050, 1051, 1300, 1490)
    rule = a_rule(1151, "0 %", vat_rate=UNTAXED)

    (told,) = [each for each in found(rule, chart=chart) if "wherever" in telling.found(each)]

    assert "1100  # show or create it, with the VAT code UEUV" in telling.next_step(told.steps)
    assert "1255  # show or create it, with the VAT code UVV" in telling.next_step(told.steps)
    assert "1050  # show or create it, without a VAT code" in telling.next_step(told.steps)


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (EU_BUSINESSES, "EU businesses"),
        (a_rule(1050, "DE", country=("DE",), **BUSINESS), "EU businesses"),
        (a_rule(1100, "all", vat_rate=UNTAXED), "EU businesses"),
        (a_rule(1100, "public", **EU, **PUBLIC), "public bodies in the EU"),
    ],
)
def test_vat_numbers_that_nobody_asks_about_are_found(rule: Rule, name: str) -> None:
    (told,) = [
        telling.found(each)
        for each in found(rule, check_vat_numbers=False)
        if "by their form alone" in telling.found(each)
    ]

    assert f'"{rule.name}" sells without VAT to {name}, whose' in told


@pytest.mark.parametrize(
    "rule",
    [
        replace(FOREIGN, account=1100),
        replace(USED, account=1100),
        a_rule(1100, "VOEC", country=("NO",), vat_rate=DANISH, foreign_vat_account=64210),
        a_rule(1100, "consumers", **EU, **CONSUMER),
        a_rule(1100, "NO", country=("NO",)),
        a_rule(1050, "0 %", vat_rate=UNTAXED),
        a_rule(1001, "taxed", **EU),
        GERMANS,
    ],
    ids=lambda rule: rule.name,
)
def test_rules_that_sell_nothing_to_businesses_without_vat_need_no_numbers(rule: Rule) -> None:
    findings = found(rule, check_vat_numbers=False, margin=SOUND.margin)

    assert [each for each in findings if "by their form alone" in telling.found(each)] == []


def test_the_mending_for_consumers_keeps_what_the_rule_asks_for() -> None:
    (told,) = [
        each
        for each in found(a_rule(1100, country=("DE", "NO"), vat_rate=UNTAXED))
        if "consumers in the EU" in telling.found(each)
    ]

    assert "when: {vat_rate: 0, zone: eu, country: DE, buyer: business}" in telling.next_step(
        told.steps
    )
