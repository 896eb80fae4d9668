"""An account is suggested by what it is for: its VAT, its name, the organisation's default."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import ENTRY_ACCOUNTS, START, a_chart, a_payment_type, a_rule, an_account, settings

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    Rounding,
    Rule,
)
from dinero_sync.posting.suggestion import (
    COMMON_SALES,
    Purpose,
    account_for_key,
    best_account,
    for_lines,
    uses_of,
)
from dinero_sync.texts import telling

SWEDEN = an_account(1003, "Fjernsalg EU privat m/dansk moms - SE", "U25")
GERMANY = an_account(1002, "Fjernsalg EU privat m/dansk moms - DE", "U25")
CHART = a_chart((*ENTRY_ACCOUNTS, GERMANY, SWEDEN))
DANISH, NONE = Decimal(25), Decimal(0)


def for_goods(rate: Decimal, zone: Zone) -> Purpose | None:
    """Return what an account for goods sold to consumers is for."""
    return for_lines(rate=rate, zone=zone, country="", business=False, freight=False)


def number(account: Account | None) -> int | None:
    return account.number if account else None


def without(*numbers: int) -> Chart:
    return a_chart(each for each in CHART.entry.values() if each.number not in numbers)


@pytest.mark.parametrize("wrong", [1004, 1010, 1999, 9])
def test_for_sales_it_is_never_the_nearest_number_but_the_account_for_sales(wrong: int) -> None:
    rules = settings(sales_account=wrong, shipping_account=wrong + 1)

    assert number(account_for_key("posting.sales_account", rules, CHART)) == 1000
    assert number(account_for_key("posting.shipping_account", rules, CHART)) == 1350


def test_where_no_account_is_for_sales_none_is_suggested() -> None:
    rules = settings(sales_account=1010)

    assert account_for_key("posting.sales_account", rules, without(1000)) is None


@pytest.mark.parametrize(
    ("name", "is_ordinary"),
    [
        ("Salg af varer/ydelser m/moms", True),
        ("Salg af øreringe", True),
        ("Salg, europæisk design", True),
        ("Fjernsalg til private", False),
        ("EU-leverancer varer", False),
        ("Salg EU", False),
        ("Brugtmoms avance", False),
        ("Gavekort til ét formål", False),
        ("Salg af fragt - momspligtig", False),
        ("Rykkergebyrer", False),
        ("Øredifferencer", False),
        ("Fjernsalg OSS", False),
        ("Eksport", False),
    ],
)
def test_a_name_tells_what_an_account_is_for(name: str, is_ordinary: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert (not uses_of(name)) is is_ordinary


def test_of_two_accounts_for_sales_it_is_the_organisations_own_default() -> None:
    other = replace(an_account(1017, "Salg af keramik", "U25"), default=True)

    assert best_account(a_chart((*ENTRY_ACCOUNTS, other)), COMMON_SALES) == other


def test_a_default_that_is_for_something_else_by_its_name_is_passed_over() -> None:
    default = replace(SWEDEN, default=True)

    assert number(best_account(a_chart((*ENTRY_ACCOUNTS, default)), COMMON_SALES)) == 1000


@pytest.mark.parametrize(
    ("rule", "suggested"),
    [
        (a_rule(9, zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,)), 1100),
        (a_rule(9, zone=(Zone.WORLD,)), 1255),
        (a_rule(9, zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,)), 1001),
        (a_rule(9, zone=(Zone.EU,), country=("DE",)), 1002),
        (a_rule(9, country=("SE",)), 1003),
        (a_rule(9, country=("FR",)), 1001),
        (a_rule(9, country=("DK",)), 1000),
        (a_rule(9, country=("NO",)), 1255),
        (a_rule(9, vat_rate=(NONE,)), 1050),
        (a_rule(9, line=(LineKind.PRODUCT, LineKind.SHIPPING), zone=(Zone.DK,)), 1000),
        (a_rule(9, line=(LineKind.SHIPPING,), zone=(Zone.DK,), vat_rate=(NONE,)), 1300),
        (a_rule(9, line=(LineKind.SHIPPING,), zone=(Zone.DK,)), 1350),
        (a_rule(9, category=("Brugt*",), margin_scheme=MarginScheme.USED_GOODS), 1051),
        (a_rule(9, zone=(Zone.EU,), foreign_vat_account=64200), 1151),
        (a_rule(9, country=("NO",), foreign_vat_account=64210), 1255),
        (a_rule(9, zone=(Zone.EU, Zone.WORLD), foreign_vat_account=64200), None),
        (a_rule(9, zone=(Zone.DK,), foreign_vat_account=64200), None),
        (a_rule(9, sku=("TSHIRT-*",)), None),
        (a_rule(9, vat_rate=(Decimal(6), Decimal(12))), None),
        (a_rule(9, vat_rate=(DANISH, NONE)), None),
        (a_rule(9, zone=(Zone.EU, Zone.WORLD)), None),
        (a_rule(9, line=(LineKind.FEE,)), None),
        (a_rule(9, zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,), vat_rate=(NONE,)), None),
    ],
    ids=str,
)
def test_for_a_rule_it_is_what_its_condition_says_and_nothing_where_that_says_little(
    rule: Rule, suggested: int | None
) -> None:
    found = account_for_key("posting.rules[0].account", settings(rules=(rule,)), CHART)

    assert number(found) == suggested


def test_where_no_account_is_for_distance_sales_their_danish_vat_goes_to_the_one_for_sales() -> (
    None
):
    rules = settings(rules=(a_rule(9, zone=(Zone.EU,), buyer=(BuyerKind.CONSUMER,)),))
    chart = without(1001, 1002, 1003)

    assert number(account_for_key("posting.rules[0].account", rules, chart)) == 1000


@pytest.mark.parametrize(
    ("rule", "usual", "code", "name"),
    [
        (a_rule(9, vat_rate=(NONE,)), 1050, None, "Salg"),
        (a_rule(9, line=(LineKind.SHIPPING,), zone=(Zone.DK,)), 1350, "U25", "Fragt"),
        (a_rule(9, line=(LineKind.SHIPPING,), vat_rate=(NONE,)), 1300, None, "Fragt"),
    ],
    ids=str,
)
def test_of_several_that_fit_alike_it_is_the_nearest_to_the_standard_charts_number(
    rule: Rule, usual: int, code: str | None, name: str
) -> None:
    """Of two as near it is the lower one."""
    key, rules = "posting.rules[0].account", settings(rules=(rule,))
    numbers = (1000, usual - 2, usual - 1, usual + 1, usual + 2, 1999)
    alike = [an_account(each, name, code) for each in numbers]

    assert number(account_for_key(key, rules, a_chart(alike))) == usual - 1


def test_the_debt_of_another_countrys_vat_is_called_after_its_scheme() -> None:
    oss = settings(rules=(a_rule(1151, zone=(Zone.EU,), foreign_vat_account=9),))
    voec = settings(rules=(a_rule(1255, zone=(Zone.WORLD,), foreign_vat_account=9),))
    key = "posting.rules[0].foreign_vat_account"

    assert number(account_for_key(key, oss, CHART)) == 64200
    assert number(account_for_key(key, voec, CHART)) == 64210
    assert account_for_key(key, oss, without(64200)) is None
    assert account_for_key(key, voec, without(64210)) is None


def cards(kind: GiftCardKind) -> GiftCards:
    return GiftCards(kind=kind, account=9)


@pytest.mark.parametrize(
    ("key", "rules", "suggested"),
    [
        (
            "gift_cards",
            {"gift_cards": GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=9)},
            63085,
        ),
        (
            "gift_cards",
            {"gift_cards": GiftCards(kind=GiftCardKind.MULTI_PURPOSE, account=9)},
            63080,
        ),
        (
            "gift_cards.single_purpose",
            {"gift_cards": GiftCards(kind=GiftCardKind.MULTI_PURPOSE, account=9)},
            63085,
        ),
        ("margin_scheme", {"margin": Margin(method=MarginMethod.INDIVIDUAL, account=9)}, 1052),
        ("rounding", {"rounding": Rounding(limit=Decimal(1), account=9)}, 1490),
    ],
    ids=str,
)
def test_what_is_no_sale_has_accounts_of_its_own(
    key: str, rules: dict[str, object], suggested: int
) -> None:
    found = account_for_key(f"posting.{key}.account", settings(**rules), CHART)

    assert number(found) == suggested


def test_an_account_of_purchases_a_hidden_one_or_one_without_a_known_rate_is_never_suggested() -> (
    None
):
    purchases = an_account(1010, "Varekøb", "I25")
    hidden = an_account(1011, "Salg", "U25", hidden=True)
    chart = a_chart((purchases, hidden))
    unknown = Chart(entry={1000: CHART.entry[1000]}, deposit={}, vat_rates={})

    assert best_account(chart, COMMON_SALES) is None
    assert best_account(unknown, COMMON_SALES) is None


def test_goods_sold_at_home_go_where_most_sales_go() -> None:
    assert for_goods(DANISH, Zone.DK) == COMMON_SALES


def test_no_account_makes_a_sale_without_vat_to_a_consumer_in_the_eu_right() -> None:
    assert for_goods(NONE, Zone.EU) is None
    assert for_goods(Decimal(19), Zone.EU) is None


def findings_for(**rules: object) -> list[Finding]:
    told = lint(settings(payment_types=(a_payment_type(),), **rules), CHART, START)
    return [each for each in told if "is called" in telling.found(each)]


@pytest.mark.parametrize(
    ("account", "called"),
    [(1001, "sales abroad"), (1003, "sales abroad"), (1052, "second-hand goods")],
)
def test_a_common_account_that_is_called_after_something_else_is_warned_of(
    account: int, called: str
) -> None:
    (told,) = findings_for(sales_account=account)

    assert told.severity is Severity.WARNING
    assert called in telling.found(told)
    assert "sales_account: 1000  # Salg af varer/ydelser m/moms" in telling.next_step(told.steps)


def test_the_ordinary_account_for_sales_is_warned_of_by_nothing() -> None:
    assert findings_for(sales_account=1000) == []
