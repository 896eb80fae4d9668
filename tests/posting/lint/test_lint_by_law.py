"""Which rules the law's findings speak of, and which they leave alone."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import START, a_rule, an_account, settings
from faulty_rules import (
    CHART,
    DANISH,
    EU_BUSINESSES,
    EXPORT,
    FREIGHT,
    GERMANS,
    SOUND,
    UNTAXED,
    Case,
    beside,
    but,
    less,
    only,
    rules,
)

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import LineKind, Rule
from dinero_sync.texts import telling

CONSUMERS: dict[str, Any] = {"zone": (Zone.EU,), "buyer": (BuyerKind.CONSUMER,)}


def told(case: Case) -> list[tuple[str, str]]:
    """Return key and text of what is found."""
    settings, chart = case
    return [(each.key, telling.found(each)) for each in lint(settings, chart, settings.start_date)]


def is_told(phrase: str, case: Case) -> bool:
    return any(phrase in message for _, message in told(case))


def freight_of(*countries: str) -> Rule:
    return a_rule(1300, "freight", line=(LineKind.SHIPPING,), country=countries, vat_rate=UNTAXED)


@pytest.mark.parametrize(("country", "found"), [("DK", True), ("SE", False)])
def test_freight_without_vat_is_found_where_it_is_danish(country: str, *, found: bool) -> None:
    assert is_told("Danish freight without VAT", rules(freight_of(country))) is found


@pytest.mark.parametrize(
    ("common", "shown"),
    [
        (1360, "1360  # Fragt, kurér"),
        (1300, "1350  # Salg af fragt - momspligtig"),
        (1349, "1350  # Salg af fragt - momspligtig"),
        (7300, "# create one first"),
    ],
    ids=["one with VAT", "one without", "none in Dinero", "one for purchases"],
)
def test_freight_without_a_rule_is_to_go_to_the_common_account_if_that_has_danish_vat(
    common: int, shown: str
) -> None:
    case = (
        replace(SOUND, rules=(*SOUND.rules, FREIGHT), shipping_account=common),
        beside(an_account(1360, "Fragt, kurér", "U25")),
    )

    (mending,) = [
        telling.next_step(each.steps)
        for each in lint(*case, START)
        if each.key == "posting.rules[5]"
    ]

    assert mending.endswith(f"posting:\n  shipping_account: {shown}\n")


def test_an_account_of_sales_abroad_is_never_named_for_danish_sales() -> None:
    books = a_rule(1100, "books", zone=(Zone.DK,), sku=("BOG-*",), vat_rate=UNTAXED)
    chart = less(beside(an_account(1060, "Fjernsalg uden moms")), 1050)

    told = lint(rules(books)[0], chart, START)

    (mending,) = [
        telling.next_step(each.steps) for each in told if each.key == "posting.rules[5].account"
    ]
    assert "account: 1050  # show or create it, without a VAT code" in mending


def test_of_accounts_with_the_same_code_the_one_of_the_standard_chart_is_named() -> None:
    to_businesses = a_rule(1050, "EU", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
    chart = beside(an_account(1040, "EU-leverancer, messer", "UEUV"))

    told = lint(only(GERMANS, to_businesses)[0], chart, START)

    (mending,) = [
        telling.next_step(each.steps) for each in told if each.key == "posting.rules[1].account"
    ]
    assert "account: 1100  # EU-leverancer varer" in mending


@pytest.mark.parametrize(
    ("goods", "found"),
    [
        ({"zone": (Zone.DK,)}, False),
        ({"country": ("DK",)}, False),
        ({"line": (LineKind.PRODUCT,)}, False),
        ({"line": (LineKind.FEE,)}, True),
        ({"zone": (Zone.WORLD,)}, True),
        ({"country": ("NO",)}, True),
    ],
    ids=str,
)
def test_freight_without_vat_is_right_beside_danish_goods_without_it(
    goods: dict[str, Any],
    *,
    found: bool,
) -> None:
    books = a_rule(1050, "books", sku=("BOG-*",), vat_rate=UNTAXED, **goods)

    assert is_told("Danish freight without VAT", rules(books, FREIGHT)) is found


def test_freight_without_vat_is_right_where_the_common_goods_have_none() -> None:
    settings, chart = but(sales_account=1050, rules=(*SOUND.rules, FREIGHT))

    assert not is_told("Danish freight without VAT", (settings, chart))


def test_a_rule_whose_account_isnt_known_hides_no_other_finding() -> None:
    keys = [
        key for key, _ in told(only(a_rule(1234, sku=("X",)), a_rule(1050, zone=(Zone.WORLD,))))
    ]

    assert "posting.rules[0].account" in keys
    assert "posting.rules[1].account" in keys


@pytest.mark.parametrize(
    "when",
    [
        {"zone": (Zone.EU,), "buyer": (BuyerKind.CONSUMER,)},
        {"zone": (Zone.DK,), "buyer": (BuyerKind.BUSINESS,)},
    ],
    ids=str,
)
def test_box_b_is_for_businesses_in_the_eu(when: dict[str, Any]) -> None:
    assert not is_told("EU sales list", only(a_rule(1050, **when)))


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (CONSUMERS, True),
        ({"country": ("DK", "SE")}, True),
        ({"country": ("DK",)}, False),
        ({"country": ("NO",)}, False),
        ({"zone": (Zone.EU,), "buyer": (BuyerKind.BUSINESS,)}, False),
    ],
    ids=str,
)
def test_consumers_of_the_eu_bear_vat(when: dict[str, Any], *, found: bool) -> None:
    assert is_told("without any VAT", only(a_rule(1050, **when))) is found


@pytest.mark.parametrize(
    ("when", "counts"),
    [
        ({}, True),
        ({"line": (LineKind.PRODUCT,)}, True),
        ({"line": (LineKind.SHIPPING,)}, False),
        ({"vat_rate": UNTAXED}, False),
        ({"country": ("SE", "NO")}, True),
        ({"country": ("NO",)}, False),
        ({"country": ("DK",)}, False),
        ({"payment_type": ("Kort",)}, False),
        ({"sku": ("X",)}, False),
    ],
    ids=str,
)
def test_a_rule_for_goods_with_danish_vat_takes_distance_sales(
    when: dict[str, Any], *, counts: bool
) -> None:
    case = only(GERMANS, a_rule(1001, "wide", **CONSUMERS, **when))
    keys = [key for key, message in told(case) if "several EU countries" in message]

    assert ("posting.rules[1].account" in keys) is counts


@pytest.mark.parametrize(
    ("before", "severity"),
    [
        ((), "warning"),
        ((GERMANS,), "hint"),
        ((EU_BUSINESSES,), "warning"),
        ((a_rule(1001, "two", country=("SE", "FI"), vat_rate=DANISH),), "warning"),
    ],
)
def test_the_rest_of_countries_that_are_told_apart_may_share_an_account(
    before: tuple[Rule, ...], severity: str
) -> None:
    rest = a_rule(1001, "rest", **CONSUMERS, vat_rate=DANISH)
    settings, chart = only(*before, rest, GERMANS)

    (found,) = [
        each
        for each in lint(settings, chart, settings.start_date)
        if each.key == f"posting.rules[{len(before)}].account"
    ]

    assert found.severity.value == severity


def test_an_account_that_takes_no_danish_vat_takes_no_distance_sales() -> None:
    assert not is_told("several EU countries", only(a_rule(1255)))
    assert not is_told("several EU countries", only(a_rule(1234, **CONSUMERS)))


def test_sales_to_the_eu_go_to_the_common_account_unless_a_rule_takes_all_of_them() -> None:
    all_goods = a_rule(1001, "EU", line=(LineKind.PRODUCT,), **CONSUMERS)

    assert is_told("in further EU countries", only(GERMANS))
    assert is_told("in other EU countries", only(EU_BUSINESSES))
    assert is_told("in other EU countries", only(a_rule(1000, "NO", country=("NO",))))
    assert is_told("in other EU countries", only(a_rule(1000, "DK", country=("DK",))))
    assert not is_told("go to the common account", only(all_goods))


def test_the_account_for_distance_sales_is_known_by_its_name_and_its_vat() -> None:
    chart = beside(an_account(999, "Fjernsalg til private, momsfrit"))
    settings, _ = only(EXPORT)

    (found,) = lint(settings, chart, settings.start_date)

    assert "account: 1001  # Fjernsalg EU privat m/dansk moms" in telling.next_step(found.steps)


def test_a_rule_for_gift_cards_that_are_products_takes_something() -> None:
    cards = a_rule(63080, "cards", line=(LineKind.GIFT_CARD,))

    assert told(rules(cards)) == []


ALL_BY_OSS = a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200)
SWEDES = a_rule(1001, "Swedes", zone=(Zone.EU,), country=("SE", "DE"), vat_rate=DANISH)


def whose_vat(*rules: Rule) -> list[str]:
    """Return where VAT of 25 % may be Danish or the country's own."""
    findings = lint(settings(rules=rules), CHART, START)
    return [each.key for each in findings if "tell whose VAT was charged" in telling.found(each)]


@pytest.mark.parametrize(
    ("rules", "keys"),
    [
        ((ALL_BY_OSS, SWEDES), ["posting.rules[1].when"]),
        ((SWEDES, ALL_BY_OSS), ["posting.rules[0].when"]),
        ((a_rule(1001, "EU", zone=(Zone.EU,)), ALL_BY_OSS), ["posting.rules[0].when"]),
        ((a_rule(1001, "SE", country=("SE",)), ALL_BY_OSS), ["posting.rules[0].when"]),
        ((SWEDES,), []),
        ((ALL_BY_OSS,), []),
        ((a_rule(1000, "all"), ALL_BY_OSS), []),
        ((a_rule(1001, "DE", country=("DE",)), ALL_BY_OSS), []),
        ((a_rule(1050, "0 %", country=("SE",)), ALL_BY_OSS), []),
        (
            (SWEDES, a_rule(1151, "OSS", country=("HR",), foreign_vat_account=64200)),
            [],
        ),
        (
            (SWEDES, a_rule(1151, "19 %", vat_rate=(Decimal(19),), foreign_vat_account=64200)),
            [],
        ),
    ],
)
def test_a_rate_of_25_that_may_be_danish_or_the_countrys_own_is_found(
    rules: tuple[Rule, ...], keys: list[str]
) -> None:
    assert whose_vat(*rules) == keys
