"""Which sales can come to a rule: those that no rule before it takes whole."""

from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_rule, an_account, settings
from faulty_rules import CHART, SOUND

from dinero_sync.domain.chart import Account
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.step import Pasted, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.accounts import NO_CODE, account_to_paste
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.lint.reach import can_take
from dinero_sync.posting.lint.second_hand import lacks_scheme
from dinero_sync.posting.settings import LineKind, ProductCondition
from dinero_sync.posting.suggestion import account_for_key

PRODUCT, SHIPPING = (LineKind.PRODUCT,), (LineKind.SHIPPING,)
TAXED, UNTAXED = (Decimal(25),), (Decimal(0),)
ANY: dict[str, Any] = {}
TO_GERMANS: dict[str, Any] = {
    "zone": Zone.EU,
    "buyer": BuyerKind.CONSUMER,
    "rate": Decimal(25),
}


@pytest.mark.parametrize(
    ("before", "rule", "comes"),
    [
        ({"country": ("DE",)}, {"country": ("DE", "SE")}, True),
        ({"country": ("DE",)}, {"country": ("DE", "NO")}, False),
        ({"vat_rate": TAXED}, ANY, False),
        ({"vat_rate": UNTAXED}, ANY, True),
        ({"buyer": (BuyerKind.CONSUMER,)}, ANY, False),
        ({"line": PRODUCT}, {"line": PRODUCT}, False),
        ({"line": SHIPPING}, {"line": PRODUCT}, True),
        ({"line": PRODUCT}, {"line": SHIPPING}, True),
        ({"line": SHIPPING}, {"line": SHIPPING}, False),
        ({"line": PRODUCT}, {"sku": ("K-*",)}, False),
    ],
    ids=str,
)
def test_taxed_goods_for_consumers_in_the_eu_come_to_a_rule_unless_one_before_takes_them(
    before: dict[str, Any], rule: dict[str, Any], *, comes: bool
) -> None:
    last = a_rule(1000, "last", **rule)
    configured = settings(rules=(a_rule(1000, "first", **before), last))

    assert can_take(last, configured, **TO_GERMANS) is comes


@pytest.mark.parametrize(("line", "comes"), [((), True), (SHIPPING, False)], ids=str)
def test_fees_come_to_a_rule_that_asks_for_no_other_line(
    line: tuple[LineKind, ...], *, comes: bool
) -> None:
    last = a_rule(1000, "last", line=line)
    first = a_rule(1000, "first", line=(*PRODUCT, *SHIPPING))
    configured = settings(rules=(first, last), fees=ProductCondition(sku=("GEBYR",)))

    assert can_take(last, configured, **TO_GERMANS) is comes


@pytest.mark.parametrize(
    ("rule", "lacks"),
    [
        (ANY, True),
        ({"vat_rate": UNTAXED}, True),
        ({"vat_rate": TAXED}, False),
        ({"line": PRODUCT}, True),
        ({"line": SHIPPING}, False),
        ({"zone": (Zone.WORLD,)}, False),
    ],
    ids=str,
)
def test_goods_called_second_hand_lack_a_scheme_where_they_could_be_sold_without_vat(
    rule: dict[str, Any], *, lacks: bool
) -> None:
    used = a_rule(1050, "used", category=("Brugte ure",), **rule)

    assert lacks_scheme(used, CHART.entry[1050]) is lacks


def test_a_rule_on_an_account_that_isnt_there_hides_none_after_it() -> None:
    rules = (a_rule(1234, "gone", sku=("X",)), a_rule(1050, "used", category=("Brugte ure",)))
    found = lint(settings(rules=rules), CHART, SOUND.start_date)

    assert "posting.rules[1].margin_scheme" in [each.key for each in found]


@pytest.mark.parametrize(
    ("numbers", "proposed"),
    [
        ((1000,), "1000  # Salg u/moms"),
        ((1999,), "1999  # Salg u/moms"),
        ((999, 2000), sentence("show_or_create_without_code", account=1050)),
        ((1000, 1060, 1900), "1060  # Salg u/moms"),
    ],
    ids=str,
)
def test_the_nearest_account_for_sales_is_proposed(
    numbers: tuple[int, ...], proposed: Pasted
) -> None:
    accounts: list[Account] = [an_account(number, "Salg u/moms") for number in numbers]

    assert account_to_paste(a_chart(accounts), NO_CODE) == proposed


def test_for_monaco_the_account_is_that_for_an_eu_country() -> None:
    rules = settings(rules=(a_rule(9, country=("MC",), buyer=(BuyerKind.BUSINESS,)),))
    chart = a_chart()

    found = account_for_key("posting.rules[0].account", rules, chart)

    assert found == chart.entry[1100]
