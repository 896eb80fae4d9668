"""What is found in rules for goods that Danish businesses pay the VAT of themselves."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import a_rule, an_account, settings
from faulty_rules import CARD, CHART, SOUND, UNTAXED

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.domain.step import Yaml, sentence
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import LineKind, PostingSettings, Rule
from dinero_sync.texts import telling

BUSINESS = (BuyerKind.BUSINESS,)
PHONES = a_rule(1255, "mobiler", buyer=BUSINESS, sku=("MOBIL*",), reverse_charge=True)
DANISH: dict[str, Any] = {"zone": (Zone.DK,), "buyer": BUSINESS, "vat_rate": UNTAXED}


def found(*rules: Rule, chart: Chart = CHART, only: PostingSettings = SOUND) -> list[Finding]:
    """Return what is found at these rules, put after the sound ones."""
    first = len(only.rules)
    here = tuple(f"posting.rules[{first + at}]" for at in range(len(rules)))
    given = replace(only, rules=(*only.rules, *rules))
    return [each for each in lint(given, chart, given.start_date) if each.key.startswith(here)]


def texts(*rules: Rule) -> list[tuple[str, Severity]]:
    return [(each.text, each.severity) for each in found(*rules)]


def test_a_rule_that_names_goods_and_businesses_is_right() -> None:
    assert texts(PHONES) == []


def test_so_is_an_account_with_a_code_of_the_companys_own() -> None:
    own = an_account(1256, "Omvendt betalingspligt", "UOB")
    chart = Chart(
        entry={**CHART.entry, 1256: own},
        deposit=CHART.deposit,
        vat_rates={**CHART.vat_rates, "UOB": Decimal(0)},
    )

    assert found(replace(PHONES, account=1256), chart=chart) == []


@pytest.mark.parametrize(
    ("account", "text", "severity"),
    [
        (1000, "account_unfit", Severity.ERROR),
        (1050, "reversed_in_no_box", Severity.WARNING),
        (1100, "reversed_in_other_box", Severity.ERROR),
        (1151, "reversed_in_other_box", Severity.ERROR),
        (7300, "account_of_purchases", Severity.ERROR),
    ],
)
def test_a_wrong_account_is_found(account: int, text: str, severity: Severity) -> None:
    assert (text, severity) in texts(replace(PHONES, account=account))


@pytest.mark.parametrize("account", [1000, 1050, 1100])
def test_the_account_to_name_is_one_of_box_c(account: int) -> None:
    (told,) = found(replace(PHONES, account=account))

    assert "account: 1255  # Salg af varer til udlandet (rubrik C)" in telling.next_step(told.steps)


def test_an_account_called_after_it_is_named_first() -> None:
    own = an_account(1290, "Omvendt betalingspligt (rubrik C)", "UVV")
    chart = replace(CHART, entry={**CHART.entry, 1290: own})

    (told,) = found(replace(PHONES, account=1050), chart=chart)

    assert "account: 1290" in telling.next_step(told.steps)


@pytest.mark.parametrize("account", [1050, 1100])
def test_without_any_account_of_box_c_one_is_to_be_created(account: int) -> None:
    entry = {number: each for number, each in CHART.entry.items() if each.vat_code != "UVV"}
    entry = {number: each for number, each in entry.items() if each.vat_code != "UVY"}

    (told,) = found(replace(PHONES, account=account), chart=replace(CHART, entry=entry))

    assert "1256 Salg med omvendt betalingspligt (rubrik C)" in telling.next_step(told.steps)


@pytest.mark.parametrize("buyer", [(), (BuyerKind.BUSINESS, BuyerKind.CONSUMER)])
def test_a_rule_that_consumers_come_to_is_found(buyer: tuple[BuyerKind, ...]) -> None:
    rule = replace(PHONES, when=replace(PHONES.when, buyer=buyer))

    (told,) = found(rule)

    assert (told.text, told.severity) == ("reversed_to_consumers", Severity.WARNING)
    assert 'when: {buyer: business, sku: "MOBIL*"}' in telling.next_step(told.steps)


def test_an_earlier_rule_for_consumers_keeps_them_away() -> None:
    consumers = a_rule(1050, zone=(Zone.DK,), buyer=(BuyerKind.CONSUMER,), vat_rate=UNTAXED)
    anybody = replace(PHONES, when=replace(PHONES.when, buyer=()))

    assert "reversed_to_consumers" not in [text for text, _ in texts(consumers, anybody)]


def test_a_rule_that_names_no_goods_is_a_hint_and_one_for_their_freight_is_right() -> None:
    freight = a_rule(1255, "fragt", line=(LineKind.SHIPPING,), buyer=BUSINESS, reverse_charge=True)

    assert texts(a_rule(1255, "alt", buyer=BUSINESS, reverse_charge=True)) == [
        ("reversed_goods_unnamed", Severity.HINT)
    ]
    assert texts(PHONES, freight) == []


def test_freight_without_vat_is_no_fault_where_goods_are_under_reverse_charge() -> None:
    freight = a_rule(1300, "fragt", line=(LineKind.SHIPPING,), **DANISH)
    plain = settings(payment_types=(CARD,))

    assert "danish_freight_untaxed" in [each.text for each in found(freight, only=plain)]
    assert "danish_freight_untaxed" not in [
        each.text for each in found(PHONES, freight, only=plain)
    ]


# Goods that sound so.


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("sku", "MOBIL*"),
        ("category", "Mobiltelefoner"),
        ("category", "*iPhone*"),
        ("profile", "Smartphones"),
        ("category", "Tablets"),
        ("label", "iPad"),
        ("category", "Bærbare computere"),
        ("category", "Laptops"),
        ("sku", "MACBOOK*"),
        ("category", "Spillekonsoller"),
        ("category", "PlayStation"),
        ("sku", "XBOX-*"),
    ],
)
@pytest.mark.parametrize("account", [1050, 1255])
def test_goods_that_sound_so_and_are_sold_without_vat_are_found(
    key: str, text: str, account: int
) -> None:
    (told,) = found(a_rule(account, "telefoner", **DANISH, **{key: (text,)}))

    assert (told.text, told.severity) == ("goods_without_reverse_charge", Severity.WARNING)
    assert "reverse_charge: true" in telling.next_step(told.steps)


@pytest.mark.parametrize(
    "text",
    ["MobilePay*", "Tabletter", "Mobilcovers", "Konsolborde", "Xbox-spil", "Notesbøger", "Covers"],
)
def test_other_goods_are_not(text: str) -> None:
    assert texts(a_rule(1050, "andet", **DANISH, category=(text,))) == []


@pytest.mark.parametrize(
    ("account", "when"),
    [
        (1000, {"zone": (Zone.DK,)}),
        (1050, {**DANISH, "buyer": (BuyerKind.CONSUMER,)}),
        (1050, {**DANISH, "vat_rate": (Decimal(25),)}),
        (1255, {"zone": (Zone.WORLD,)}),
        (1100, {"zone": (Zone.EU,), "buyer": BUSINESS}),
    ],
)
def test_nor_are_phones_with_vat_or_for_others(account: int, when: dict[str, Any]) -> None:
    told = texts(a_rule(account, "telefoner", sku=("MOBIL*",), **when))

    assert "goods_without_reverse_charge" not in [text for text, _ in told]


def test_danish_sales_on_an_account_of_box_c_may_be_meant_so() -> None:
    (told,) = found(a_rule(1255, "varer", **DANISH, sku=("VARE*",)))

    assert told.text == "danish_sales_as_sold_abroad"
    assert told.steps[-2:] == (sentence("or_say_reverse_charge"), Yaml("reverse_charge: true\n"))


def test_consumers_sales_there_may_not() -> None:
    consumers = {**DANISH, "buyer": (BuyerKind.CONSUMER,)}

    (told,) = found(a_rule(1255, "varer", **consumers, sku=("VARE*",)))

    assert "reverse_charge" not in telling.next_step(told.steps)


# What rules take before others.


def test_it_takes_nothing_from_a_later_rule_for_taxed_or_foreign_sales() -> None:
    phones = a_rule(1255, "mobiler", sku=("MOBIL*",), buyer=BUSINESS, reverse_charge=True)
    taxed = a_rule(1000, "med moms", sku=("MOBIL-1",), vat_rate=(Decimal(25),))

    assert "rule_never_reached" not in [text for text, _ in texts(phones, taxed)]


def test_it_takes_all_of_a_later_rule_for_the_same_sales() -> None:
    later = a_rule(1050, "senere", line=(LineKind.PRODUCT,), **DANISH, sku=("MOBIL-1",))

    assert "rule_never_reached" in [text for text, _ in texts(PHONES, later)]


def test_it_takes_no_gift_cards_from_a_later_rule() -> None:
    cards = a_rule(63080, "kort", line=(LineKind.GIFT_CARD,), **DANISH, sku=("MOBIL-GK",))

    assert "rule_never_reached" not in [text for text, _ in texts(PHONES, cards)]


@pytest.mark.parametrize("left_out", ["zone", "vat_rate"])
def test_it_takes_nothing_that_may_have_vat_or_leave_denmark(left_out: str) -> None:
    when = {key: value for key, value in DANISH.items() if key != left_out}
    later = a_rule(1050, "senere", line=(LineKind.PRODUCT,), **when, sku=("MOBIL-1",))

    assert "rule_never_reached" not in [text for text, _ in texts(PHONES, later)]


def test_one_for_freight_takes_freight_alone() -> None:
    freight = a_rule(1255, "fragt", line=(LineKind.SHIPPING,), buyer=BUSINESS, reverse_charge=True)
    goods = a_rule(1050, "varer", line=(LineKind.PRODUCT,), **DANISH, sku=("VARE",))

    assert "rule_never_reached" not in [text for text, _ in texts(freight, goods)]


def test_a_rule_that_says_all_of_it_is_right() -> None:
    assert texts(replace(PHONES, when=a_rule(0, **DANISH, sku=("MOBIL*",)).when)) == []


def test_public_buyers_stay_where_consumers_are_left_out() -> None:
    when = replace(PHONES.when, buyer=tuple(BuyerKind))

    (told,) = found(replace(PHONES, when=when))

    assert "buyer: [business, public]" in telling.next_step(told.steps)


def test_a_rule_for_all_products_names_none() -> None:
    products = a_rule(1255, "varer", line=(LineKind.PRODUCT,), buyer=BUSINESS, reverse_charge=True)

    assert texts(products) == [("reversed_goods_unnamed", Severity.HINT)]
