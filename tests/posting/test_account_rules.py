"""The account of each line: the first rule that takes it, and never one whose VAT isn't its own."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import yaml
from builders import ENTRY_ACCOUNTS, a_chart, a_line, a_rule, an_account, settings, yaml_block

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.accounts import LineFacts, Posting, post_line
from dinero_sync.posting.settings import LineKind, Rule

MUG = LineFacts(
    line=LineKind.PRODUCT,
    vat_rate=Decimal(25),
    zone=Zone.DK,
    country="DK",
    buyer=BuyerKind.CONSUMER,
    payment_type="Kort",
    goods=a_line(),
    product=None,
)
FREIGHT = replace(MUG, line=LineKind.SHIPPING, goods=None)
EXPORTED = replace(MUG, vat_rate=Decimal(0), zone=Zone.WORLD, country="NO")
OTHER_SALES = 1010
CHART = a_chart([*ENTRY_ACCOUNTS, an_account(OTHER_SALES, "Salg af krus", "U25")])


def account_of(facts: LineFacts, *rules: Rule) -> int:
    return post_line(facts, settings(rules=rules), CHART).account


def held_for(facts: LineFacts, *rules: Rule) -> Hold:
    with pytest.raises(HeldError) as held:
        post_line(facts, settings(rules=rules), CHART)
    return held.value.hold


def test_without_rules_goods_and_freight_have_an_account_each() -> None:
    assert post_line(MUG, settings(), CHART) == Posting(
        account=1000, rule="sales_account", vat_rate=Decimal(25)
    )
    assert post_line(FREIGHT, settings(), CHART) == Posting(
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

    assert post_line(MUG, settings(rules=rules), CHART) == Posting(
        account=OTHER_SALES, rule="krus", vat_rate=Decimal(25)
    )


def test_a_rule_on_skus_or_products_doesnt_take_freight() -> None:
    rules = (a_rule(OTHER_SALES, sku=("?*",)), a_rule(OTHER_SALES, product_id=(501,)))

    assert account_of(FREIGHT, *rules) == 1350


def test_a_line_whose_vat_isnt_its_accounts_is_held_even_without_rules() -> None:
    hold = held_for(EXPORTED)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "0 % VAT, but account 1000 (chosen by sales_account) has 25 %" in hold.message
    assert "isn't booked" in hold.message


def test_a_line_that_a_rule_sends_to_the_wrong_vat_is_held_with_the_rules_name() -> None:
    assert "chosen by eksport" in held_for(MUG, a_rule(1255, "eksport")).message


def pasted(hold: Hold) -> Rule:
    """Read the rule that a held line proposes, as if it stood in the configuration."""
    (entry,) = yaml.safe_load(yaml_block(hold.next_step))["posting"]["rules"]
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
        (replace(FREIGHT, vat_rate=Decimal("0.00")), 1050),
        (replace(MUG, vat_rate=Decimal(19), zone=Zone.EU, country="DE"), 1151),
        (replace(MUG, vat_rate=Decimal(15), zone=Zone.WORLD, country="NO"), 1255),
        (replace(MUG, zone=Zone.WORLD, country="NO"), 1255),
        (replace(FREIGHT, zone=Zone.WORLD, country="GL"), 1000),
    ],
    ids=[
        "export",
        "freight abroad",
        "EU business",
        "freight without VAT",
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

    (rule,) = yaml.safe_load(yaml_block(hold.next_step))["posting"]["rules"]
    assert rule["account"] is None
    assert rule["when"]["vat_rate"] == 12
    assert "create one first" in hold.next_step


@pytest.mark.parametrize("facts", [MUG, FREIGHT])
def test_goods_with_vat_that_leave_the_eu_arent_danish_sales_unless_a_rule_says_so(
    facts: LineFacts,
) -> None:
    leaving = replace(facts, zone=Zone.WORLD, country="NO")

    hold = held_for(leaving)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "leaves the EU (NO) carries 25 % VAT" in hold.message
    assert "foreign_vat_account: 64210" in hold.next_step
    assert account_of(leaving, a_rule(OTHER_SALES)) == OTHER_SALES


def test_no_rule_is_proposed_for_goods_without_vat_to_a_consumer_in_the_eu() -> None:
    hold = held_for(replace(MUG, vat_rate=Decimal(0), zone=Zone.EU, country="DE"))

    assert "Let the shop charge it" in hold.next_step
    assert "rules:" not in hold.next_step
    assert yaml_block(hold.next_step) == ""
