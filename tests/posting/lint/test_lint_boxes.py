"""Accounts whose VAT code would report what is no sale abroad, or not report what is one."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import a_rule, an_account, settings, yaml_block
from faulty_rules import CHART, DANISH, FOREIGN, SINGLE, SOUND, USED, beside, less, without

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import GiftCardKind, PostingSettings, Rounding, Rule
from dinero_sync.texts import telling

OSS = "posting.rules[0]"
NORWAY: dict[str, Any] = {"country": ("NO",), "vat_rate": DANISH}


def found(rules: PostingSettings, chart: Chart = CHART) -> list[Finding]:
    return lint(rules, chart, rules.start_date)


def errors(rules: PostingSettings, chart: Chart = CHART) -> list[str]:
    """Return what is wrong besides countries that no rule takes, and single-purpose cards."""
    under_oss = {"posting.rules", "posting.gift_cards.kind"}
    keys = [each.key for each in found(rules, chart) if each.severity is Severity.ERROR]
    return [key for key in keys if key not in under_oss]


def with_rule(rule: Rule) -> PostingSettings:
    return replace(SOUND, rules=(rule,))


def oss(account: int, debt: int = 64200, **when: Any) -> PostingSettings:  # noqa: ANN401
    """Return rules with one for another country's VAT."""
    return with_rule(a_rule(account, "OSS", foreign_vat_account=debt, **when))


@pytest.mark.parametrize(
    ("rules", "keys"),
    [
        (oss(1151, zone=(Zone.EU,)), []),
        (oss(1151, country=("DE",)), []),
        (oss(1255, **NORWAY), []),
        (oss(1255, zone=(Zone.WORLD,)), []),
        (oss(1151, vat_rate=(Decimal(19),)), []),
        (oss(1255, vat_rate=(Decimal(19),)), []),
        (oss(1050, zone=(Zone.EU,)), [f"{OSS}.account"]),
        (oss(1050, country=("DE",)), [f"{OSS}.account"]),
        (oss(1050, **NORWAY), [f"{OSS}.account"]),
        (oss(1050, vat_rate=(Decimal(19),)), [f"{OSS}.account"]),
        (oss(1100, zone=(Zone.EU,)), [f"{OSS}.account"]),
        (oss(1100, **NORWAY), [f"{OSS}.account"]),
        (oss(1151, **NORWAY), [f"{OSS}.account"]),
        (oss(1255, zone=(Zone.EU,)), [f"{OSS}.account"]),
        (oss(1151, 1151, zone=(Zone.EU,)), [f"{OSS}.foreign_vat_account"]),
        (oss(1151, 1100, zone=(Zone.EU,)), [f"{OSS}.foreign_vat_account"]),
        (oss(1151, 1050, zone=(Zone.EU,)), []),
        (oss(1000, zone=(Zone.EU,)), [f"{OSS}.account"]),
        (with_rule(replace(USED, account=1051)), []),
        (with_rule(replace(USED, account=1100)), [f"{OSS}.account"]),
        (with_rule(replace(USED, account=1255)), [f"{OSS}.account"]),
        (
            replace(SOUND, rounding=Rounding(limit=Decimal(1), account=1100)),
            ["posting.rounding.account"],
        ),
        (
            replace(SOUND, rounding=Rounding(limit=Decimal(1), account=1255)),
            ["posting.rounding.account"],
        ),
        (
            replace(
                SOUND,
                gift_cards=replace(SINGLE, kind=GiftCardKind.MULTI_PURPOSE, account=1151),
            ),
            ["posting.gift_cards.account"],
        ),
        (
            replace(SOUND, gift_cards=replace(SINGLE, account=1100)),
            ["posting.gift_cards.account"],
        ),
        (replace(SOUND, sales_account=1100), ["posting.sales_account"]),
        (replace(SOUND, sales_account=1151), ["posting.sales_account"]),
        (replace(SOUND, shipping_account=1255), ["posting.shipping_account"]),
    ],
)
def test_what_an_account_reports_is_what_is_sold_there(
    rules: PostingSettings, keys: list[str]
) -> None:
    assert errors(rules) == keys


def test_a_code_that_nobody_knows_is_left_alone() -> None:
    chart = beside(an_account(1152, "Andet", "U0"), an_account(2150, "Varekøb verden", "IVV"))
    chart = Chart(
        entry=chart.entry,
        deposit=chart.deposit,
        vat_rates={**chart.vat_rates, "U0": Decimal(0), "IVV": Decimal(0)},
    )

    assert errors(oss(1152, zone=(Zone.EU,)), chart) == []
    assert errors(oss(2150, zone=(Zone.EU,)), chart) == [f"{OSS}.account"]
    assert errors(replace(SOUND, sales_account=1152), chart) == []


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ({}, True),
        ({"zone": (Zone.DK,)}, True),
        ({"vat_rate": (Decimal(19), Decimal(25))}, True),
        ({"buyer": (BuyerKind.BUSINESS,)}, True),
        ({"country": ("DK", "SE")}, True),
        ({"vat_rate": (Decimal(19),)}, False),
        ({"zone": (Zone.EU,)}, False),
        ({"country": ("SE",)}, False),
    ],
    ids=str,
)
def test_danish_vat_is_no_debt_to_another_country(when: dict[str, Any], *, is_told: bool) -> None:
    told = [
        each.key for each in found(oss(1151, **when)) if "takes Danish sales" in telling.found(each)
    ]

    assert told == [f"{OSS}.when"] * is_told


def test_danish_sales_that_a_rule_before_takes_are_safe() -> None:
    danish = a_rule(1000, "dk", zone=(Zone.DK,))
    rules = replace(SOUND, rules=(danish, *oss(1151, vat_rate=DANISH).rules))

    assert errors(rules) == []


@pytest.mark.parametrize(
    ("when", "mended"),
    [
        ({}, "when: {zone: eu}"),
        ({"zone": (Zone.DK, Zone.WORLD)}, "when: {zone: world}"),
        ({"zone": (Zone.DK,)}, "when: {zone: eu}"),
        ({"country": ("DK", "SE")}, "when: {country: SE}"),
    ],
    ids=str,
)
def test_the_rule_to_paste_leaves_denmark_out(when: dict[str, Any], mended: str) -> None:
    (told,) = [
        each for each in found(oss(1151, **when)) if "takes Danish sales" in telling.found(each)
    ]

    assert yaml_block(telling.next_step(told.steps)).strip() == mended


@pytest.mark.parametrize(
    ("rules", "mended"),
    [
        (oss(1050, zone=(Zone.EU,)), "account: 1151  # Fjernsalg OSS"),
        (oss(1050, **NORWAY), "account: 1255  # Salg af varer til udlandet (rubrik C)"),
        (with_rule(replace(USED, account=1100)), "account: 1051  # Brugtmoms bruttosalg"),
        (
            replace(SOUND, rounding=Rounding(limit=Decimal(1), account=1100)),
            "account: 1490  # Øredifferencer",
        ),
        (oss(1151, 1151, zone=(Zone.EU,)), "foreign_vat_account: 64200  # Skyldig OSS-moms"),
        (
            replace(SOUND, sales_account=1100),
            "posting:\n  sales_account: 1000  # Salg af varer/ydelser m/moms",
        ),
    ],
)
def test_the_account_to_paste_fits(rules: PostingSettings, mended: str) -> None:
    (told,) = [each for each in found(rules) if each.severity is Severity.ERROR]

    assert yaml_block(telling.next_step(told.steps)).strip() == mended


def test_where_no_account_fits_the_one_to_make_is_named() -> None:
    rounding = replace(SOUND, rounding=Rounding(limit=Decimal(1), account=1100))

    (told,) = [
        each for each in found(rounding, less(CHART, 1490)) if each.severity is Severity.ERROR
    ]
    (abroad,) = [
        each
        for each in found(oss(1050, zone=(Zone.EU,)), without(CHART, "UEUV2"))
        if each.severity is Severity.ERROR
    ]

    assert "(create it in Dinero, like 1490 Øredifferencer)" in telling.next_step(told.steps)
    assert "Show account 1150" in telling.next_step(abroad.steps)


def test_hidden_accounts_arent_proposed() -> None:
    chart = beside(an_account(1051, "Brugtmoms bruttosalg", hidden=True))

    (told,) = [
        each
        for each in found(with_rule(replace(USED, account=1100)), chart)
        if each.severity is Severity.ERROR
    ]

    assert "create it in Dinero, like 1051" in telling.next_step(told.steps)


@pytest.mark.parametrize(
    ("sales", "shipping", "severity"),
    [
        (1000, 1300, Severity.WARNING),
        (1000, 1490, Severity.WARNING),
        (1050, 1300, Severity.HINT),
        (1049, 1300, Severity.HINT),
        (1000, 1350, None),
        (1000, 1000, None),
    ],
)
def test_freight_without_vat_beside_goods_with_it_is_a_warning(
    sales: int, shipping: int, severity: Severity | None
) -> None:
    rules = settings(sales_account=sales, shipping_account=shipping, rules=(FOREIGN,))

    told = [each for each in found(rules) if each.key == "posting.shipping_account"]

    assert [each.severity for each in told] == ([severity] if severity else [])
    if severity is Severity.WARNING:
        assert "§ 27" in telling.source(told[0])
        assert "shipping_account: 1350  # Salg af fragt - momspligtig" in telling.next_step(
            told[0].steps
        )


@pytest.mark.parametrize(
    ("missing", "mended"),
    [((), "1350  #"), ((1350,), "1000  #")],
)
def test_freight_without_an_account_of_its_own_goes_with_the_goods(
    missing: tuple[int, ...], mended: str
) -> None:
    rules = settings(sales_account=63085, shipping_account=1300)

    (told,) = [
        each
        for each in found(rules, less(CHART, *missing))
        if each.key == "posting.shipping_account"
    ]

    assert f"shipping_account: {mended}" in telling.next_step(told.steps)
