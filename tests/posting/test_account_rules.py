"""The account of each line: the first rule that takes it, and never one whose VAT isn't its own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from builders import (
    ENTRY_ACCOUNTS,
    a_chart,
    a_line,
    a_rule,
    an_account,
    an_order,
    settings,
    yaml_block,
)

from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.accounts import AccountChoice, post_line
from dinero_sync.posting.conditions import LineFacts
from dinero_sync.posting.settings import LineKind, Rule
from dinero_sync.texts.telling import message, next_step

MUG = LineFacts(
    line=LineKind.PRODUCT,
    vat_rate=Decimal(25),
    zone=Zone.DK,
    country="DK",
    buyer=BuyerKind.CONSUMER,
    payment_type="Kort",
    goods=a_line(),
    product=None,
    order=an_order(),
    days=(date(2026, 12, 3), date(2026, 12, 3)),
)
FREIGHT = replace(MUG, line=LineKind.SHIPPING, goods=None)
EXPORTED = replace(MUG, vat_rate=Decimal(0), zone=Zone.WORLD, country="NO")
EU_CONSUMER = replace(MUG, vat_rate=Decimal(0), zone=Zone.EU, country="DE")
EU_BUSINESS = replace(EU_CONSUMER, buyer=BuyerKind.BUSINESS)
OTHER_SALES = 1010
CHART = a_chart([*ENTRY_ACCOUNTS, an_account(OTHER_SALES, "Salg af krus", "U25")])


def account_of(facts: LineFacts, *rules: Rule) -> int:
    return post_line(facts, settings(rules=rules), CHART).account


def held_for(facts: LineFacts, *rules: Rule) -> Hold:
    with pytest.raises(HeldError) as held:
        post_line(facts, settings(rules=rules), CHART)
    return held.value.hold


def test_without_rules_goods_and_freight_have_an_account_each() -> None:
    assert post_line(MUG, settings(), CHART) == AccountChoice(
        account=1000, rule="sales_account", vat_rate=Decimal(25)
    )
    assert post_line(FREIGHT, settings(), CHART) == AccountChoice(
        account=1350, rule="shipping_account", vat_rate=Decimal(25)
    )


@pytest.mark.parametrize(
    ("when", "takes"),
    [
        ({}, True),
        ({"line": (LineKind.PRODUCT,)}, True),
        ({"line": (LineKind.SHIPPING,)}, False),
        ({"vat_rate": (Decimal("25.00"),)}, True),
        ({"vat_rate": (Decimal(0),)}, False),
        ({"zone": (Zone.DK, Zone.EU)}, True),
        ({"zone": (Zone.WORLD,)}, False),
        ({"country": ("DK", "SE")}, True),
        ({"country": ("SE",)}, False),
        ({"buyer": (BuyerKind.CONSUMER,)}, True),
        ({"buyer": (BuyerKind.BUSINESS, BuyerKind.PUBLIC)}, False),
        ({"payment_type": ("Kort",)}, True),
        ({"payment_type": ("Faktura",)}, False),
        ({"payment_type": ("Faktura", "KO*")}, True),
        ({"sku": ("krus-*",)}, True),
        ({"sku": ("glas-*", "KRUS-????")}, True),
        ({"sku": ("krus",)}, False),
        ({"product_id": (500, 501)}, True),
        ({"product_id": (500,)}, False),
        ({"zone": (Zone.DK,), "sku": ("glas-*",)}, False),
    ],
    ids=str,
)
def test_a_rule_takes_a_line_when_every_key_of_its_condition_holds(
    when: dict[str, Any], *, takes: bool
) -> None:
    assert account_of(MUG, a_rule(OTHER_SALES, **when)) == (OTHER_SALES if takes else 1000)


def test_the_first_rule_that_takes_a_line_decides() -> None:
    rules = (
        a_rule(1255, "verden", zone=(Zone.WORLD,)),
        a_rule(OTHER_SALES, "krus", sku=("krus*",)),
        a_rule(1000, "alt"),
    )

    assert post_line(MUG, settings(rules=rules), CHART) == AccountChoice(
        account=OTHER_SALES, rule="krus", vat_rate=Decimal(25)
    )


def test_a_rule_on_skus_or_products_doesnt_take_freight() -> None:
    rules = (a_rule(OTHER_SALES, sku=("?*",)), a_rule(OTHER_SALES, product_id=(501,)))

    assert account_of(FREIGHT, *rules) == 1350


def test_a_line_whose_vat_isnt_its_accounts_is_held_even_without_rules() -> None:
    hold = held_for(EXPORTED)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "0 % VAT, but account 1000 (chosen by sales_account) has 25 %" in message(hold)
    assert "isn't booked" in message(hold)


def test_a_line_that_a_rule_sends_to_the_wrong_vat_is_held_with_the_rules_name() -> None:
    assert "chosen by eksport" in message(held_for(MUG, a_rule(1255, "eksport")))


def pasted(hold: Hold) -> Rule:
    """Read the rule that a held line proposes, as if it stood in the configuration."""
    (entry,) = yaml.safe_load(yaml_block(next_step(hold.steps)))["posting"]["rules"]
    when = entry["when"]
    return a_rule(
        entry["account"],
        entry["name"],
        line=(LineKind(when["line"]),),
        vat_rate=(Decimal(when["vat_rate"]),),
        zone=(Zone(when["zone"]),),
        buyer=(BuyerKind(when["buyer"]),),
        country=(when["country"],) if "country" in when else (),
        foreign_vat_account=entry.get("foreign_vat_account"),
    )


@pytest.mark.parametrize(
    ("facts", "account"),
    [
        (EXPORTED, 1255),
        (replace(FREIGHT, vat_rate=Decimal(0), zone=Zone.WORLD, buyer=BuyerKind.PUBLIC), 1255),
        (replace(MUG, vat_rate=Decimal(0), zone=Zone.EU, buyer=BuyerKind.BUSINESS), 1100),
        (replace(FREIGHT, vat_rate=Decimal("0.00")), 1300),
        (replace(MUG, vat_rate=Decimal(0)), 1050),
        (replace(MUG, vat_rate=Decimal(19), zone=Zone.EU, country="DE"), 1151),
        (replace(MUG, vat_rate=Decimal(15), zone=Zone.WORLD, country="NO"), 1255),
        (replace(MUG, zone=Zone.WORLD, country="NO"), 1255),
        (replace(FREIGHT, zone=Zone.WORLD, country="GL"), 1350),
    ],
    ids=[
        "export",
        "freight abroad",
        "EU business",
        "freight without VAT",
        "goods without VAT",
        "German VAT",
        "Norwegian VAT",
        "Norwegian VAT as high as the Danish",
        "Danish VAT out of the EU",
    ],
)
def test_the_rule_to_paste_takes_the_line_to_a_visible_account_with_its_vat(
    facts: LineFacts, account: int
) -> None:
    rule = pasted(held_for(facts))

    assert account_of(facts, rule) == account == rule.account
    of_country = facts.zone is not Zone.DK and bool(facts.vat_rate)
    assert not of_country or rule.when.country == (facts.country,)


def test_where_no_account_fits_the_rule_to_paste_leaves_the_account_open() -> None:
    hold = held_for(replace(MUG, vat_rate=Decimal(12)))

    (rule,) = yaml.safe_load(yaml_block(next_step(hold.steps)))["posting"]["rules"]
    assert rule["account"] is None
    assert rule["when"]["vat_rate"] == 12
    assert "create one first" in next_step(hold.steps)


@pytest.mark.parametrize("facts", [MUG, FREIGHT])
def test_goods_with_vat_that_leave_the_eu_arent_danish_sales_unless_a_rule_says_so(
    facts: LineFacts,
) -> None:
    leaving = replace(facts, zone=Zone.WORLD, country="NO")

    hold = held_for(leaving)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "leaves the EU (NO) carries 25 % VAT" in message(hold)
    assert "foreign_vat_account: 64210" in next_step(hold.steps)
    assert account_of(leaving, a_rule(OTHER_SALES, zone=(Zone.WORLD,))) == OTHER_SALES
    assert account_of(leaving, a_rule(OTHER_SALES, country=("NO",))) == OTHER_SALES


@pytest.mark.parametrize("facts", [MUG, FREIGHT])
def test_a_rule_that_says_nothing_of_the_place_makes_no_danish_sale_of_an_export(
    facts: LineFacts,
) -> None:
    leaving = replace(facts, zone=Zone.WORLD, country="NO")

    assert "leaves the EU (NO)" in message(held_for(leaving, a_rule(OTHER_SALES, "all")))


@pytest.mark.parametrize(
    ("account", "facts", "says"),
    [
        (1100, EU_CONSUMER, "reports sales to businesses in the EU"),
        (1100, EXPORTED, "doesn't report sales to where the goods go (NO)"),
        (1255, EU_BUSINESS, "doesn't report sales to where the goods go (DE)"),
        (1255, replace(MUG, vat_rate=Decimal(0)), "doesn't report sales to where the goods go"),
    ],
    ids=["a consumer on the EU list", "an export on it", "an EU sale as export", "a Danish one"],
)
def test_a_line_isnt_reported_as_a_sale_that_it_isnt(
    account: int, facts: LineFacts, says: str
) -> None:
    hold = held_for(facts, a_rule(account, "wrong"))

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert says in message(hold)


def test_a_consumer_in_the_eu_pays_vat_unless_a_rule_is_meant_for_those_who_dont() -> None:
    meant = a_rule(1050, buyer=(BuyerKind.CONSUMER,), vat_rate=(Decimal(0),))

    assert "carries no VAT" in message(held_for(EU_CONSUMER, a_rule(1050)))
    assert "carries no VAT" in message(
        held_for(EU_CONSUMER, replace(meant, when=a_rule(1, vat_rate=(Decimal(0),)).when))
    )
    assert account_of(EU_CONSUMER, meant) == 1050


def test_a_rule_takes_a_payment_type_by_its_name_though_the_name_has_brackets() -> None:
    public = replace(MUG, payment_type="Faktura [EAN]")

    assert account_of(public, a_rule(OTHER_SALES, payment_type=("Faktura [EAN]",))) == OTHER_SALES


def test_a_shop_without_vat_sells_to_the_eu_without_it() -> None:
    rules = settings(sales_account=1050)

    assert post_line(EU_CONSUMER, rules, CHART).account == 1050


def test_the_rule_to_paste_goes_where_it_changes_nothing_else() -> None:
    untaxed = replace(MUG, vat_rate=Decimal(0))

    assert "after the rules that are there:" in next_step(held_for(untaxed).steps)
    assert 'right before the rule "all":' in next_step(held_for(untaxed, a_rule(1000, "all")).steps)


@pytest.mark.parametrize(
    ("goods", "condition"),
    [
        (a_line(product_id=7), "buyer: consumer, product_id: 7}"),
        (a_line(product_id=None, sku="K-1"), 'buyer: consumer, sku: "K-1"}'),
        (a_line(product_id=None, sku=""), "buyer: consumer}"),
    ],
    ids=["by its id", "by its number", "without either"],
)
def test_the_rule_to_paste_takes_no_other_goods_out_of_a_margin_scheme(
    goods: OrderLine, condition: str
) -> None:
    used = a_rule(1051, "used", category=("Brugt*",), margin_scheme=MarginScheme.USED_GOODS)
    untaxed = replace(MUG, vat_rate=Decimal(0), goods=goods, product=Product(product_id=7))

    assert condition in next_step(held_for(untaxed, a_rule(1000, "first"), used).steps)
    assert "product_id" not in next_step(held_for(untaxed, used).steps)


@pytest.mark.parametrize(
    ("facts", "proposed"),
    [
        (
            replace(MUG, vat_rate=Decimal("8.1"), zone=Zone.WORLD, country="CH"),
            "64220 Skyldig moms CH",
        ),
        (
            replace(
                MUG, vat_rate=Decimal(19), zone=Zone.EU, country="DE", buyer=BuyerKind.BUSINESS
            ),
            "Danish VAT",
        ),
    ],
    ids=["Swiss VAT", "German VAT of a business"],
)
def test_foreign_vat_is_proposed_for_no_scheme_that_it_isnt_part_of(
    facts: LineFacts, proposed: str
) -> None:
    step = next_step(held_for(facts).steps)

    assert proposed in step
    assert "64200" not in step
    assert "64210" not in step


def test_accounts_for_something_special_are_never_proposed() -> None:
    hidden = a_chart(replace(each, hidden=each.number in {1050, 1300}) for each in ENTRY_ACCOUNTS)

    with pytest.raises(HeldError) as caught:
        post_line(replace(MUG, vat_rate=Decimal(0)), settings(), hidden)

    assert "account: # no account in Dinero fits" in next_step(caught.value.hold.steps)


def test_no_rule_is_proposed_for_goods_without_vat_to_a_consumer_in_the_eu() -> None:
    hold = held_for(replace(MUG, vat_rate=Decimal(0), zone=Zone.EU, country="DE"))

    assert "Let the shop charge it" in next_step(hold.steps)
    assert "rules:" not in next_step(hold.steps)
    assert yaml_block(next_step(hold.steps)) == ""
