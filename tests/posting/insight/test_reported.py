"""What of a sale reaches accounts and returns: not its texts, its articles, nor its split."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from builders import a_chart, a_line, a_plan, a_rule, an_address, an_order, settings

from dinero_sync.domain.documents import (
    BuyerKind,
    GiftCardUse,
    LedgerItem,
    MarginScheme,
    Payment,
    hash_of,
)
from dinero_sync.domain.order import Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.insight.reported import (
    Move,
    Postings,
    Reported,
    moves_between,
    postings_of,
    reported_of,
)
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.settings import Margin, MarginMethod, PostingSettings

DAY = date(2026, 12, 3)
NONE = Decimal(0)
MUG = 501
OSS = a_rule(1151, zone=(Zone.EU,), foreign_vat_account=64200)


def reported(order: Order, rules: PostingSettings | None = None, cost: int = 1) -> Reported:
    product = Product(product_id=MUG, purchase_price=Decimal(cost))
    sale = sale_of(order, None, rules or settings(), a_chart(), products={MUG: product})
    return reported_of(sale, plan_sale(sale, DAY))


@pytest.mark.parametrize(
    "order",
    [
        an_order(lines=(a_line(name="Kop", sku="KOP-1", product_id=7),)),
        an_order(lines=(a_line(unit_price=Decimal("62.50"), quantity=Decimal(2)),)),
        an_order(lines=(a_line(unit_price=Decimal(100)), a_line(unit_price=Decimal(25)))),
        an_order(lines=(a_line(unit_price=Decimal(25)), a_line(unit_price=Decimal(100)))),
        an_order(lines=(a_line(), a_line(unit_price=Decimal(0)))),
        an_order(billing=an_address(name="Bo", street="Nyvej 2"), reference="4711"),
    ],
    ids=["texts and articles", "pieces", "two lines", "reordered", "a gift", "name and reference"],
)
def test_what_reaches_neither_is_left_out(order: Order) -> None:
    assert reported(order) == reported(an_order())
    assert hash_of(reported(order)) == hash_of(reported(an_order()))


def test_the_buyer_is_told_by_what_counts() -> None:
    business = an_order(billing=an_address(company="Café Prøve"), vat_number="DK 90 00 00 39")

    assert reported(business).buyer is BuyerKind.BUSINESS
    assert reported(business).vat_number == "DK90000039"
    assert reported(business) == reported(replace(business, vat_number="90000039"))
    assert reported(business) != reported(replace(business, vat_number="DK13585628"))


def test_the_country_is_told_where_its_vat_is_owed_and_nowhere_else() -> None:
    sweden, croatia = an_address(country="SE", zip_code="21142"), an_address(country="HR")
    there, elsewhere = an_order(delivery=sweden), an_order(delivery=croatia)
    oss = settings(rules=(OSS,))

    assert (reported(there, oss).country, reported(elsewhere, oss).country) == ("SE", "HR")
    assert reported(there, oss).postings == reported(elsewhere, oss).postings
    assert reported(there).country is None
    assert reported(there) == reported(elsewhere)


def test_amounts_are_summed_by_account_rate_and_scheme_and_margins_by_their_accounts() -> None:
    used = a_rule(1050, sku=("BRUGT-*",), margin_scheme=MarginScheme.USED_GOODS)
    exempt = a_rule(1050, sku=("BOG",))
    margin = Margin(method=MarginMethod.INDIVIDUAL, account=1052)
    lamp, book = a_line(sku="BRUGT-1", vat_rate=NONE), a_line(sku="BOG", vat_rate=NONE)
    rules = settings(rules=(used, exempt), margin=margin)
    all_four, three = (
        reported(an_order(lines=lines, ean="5798000416604"), rules, cost=100)
        for lines in ((a_line(), lamp, lamp, book), (a_line(), lamp, lamp))
    )

    assert all_four == Reported(
        postings=Postings(
            currency="DKK",
            lines=(
                ((1000, Decimal(25), ""), Decimal(125)),
                ((1050, NONE, ""), Decimal(125)),
                ((1050, NONE, "used_goods"), Decimal(250)),
            ),
            margins=((1050, 1052, Decimal(50)),),
        ),
        zone=Zone.DK,
        country=None,
        buyer=BuyerKind.PUBLIC,
        vat_number=None,
        ean="5798000416604",
    )
    assert moves_between(all_four.postings, three.postings) == (
        Move(account=1050, then=Decimal(375), now=Decimal(250)),
    )


def test_a_taxed_margin_is_told_beside_the_lines() -> None:
    used = a_rule(1050, margin_scheme=MarginScheme.USED_GOODS)
    margin = Margin(method=MarginMethod.INDIVIDUAL, account=1052)
    rules = settings(rules=(used,), margin=margin)

    cheap, dear = reported(an_order(), rules, cost=1), reported(an_order(), rules, cost=100)

    assert cheap.postings.lines == dear.postings.lines
    assert [amount for _, _, amount in dear.postings.margins] == [Decimal(25)]
    assert moves_between(cheap.postings, dear.postings) == ()
    assert cheap != dear


def test_moves_are_told_by_account() -> None:
    to_1001 = reported(an_order(), settings(rules=(a_rule(1001),)))

    assert moves_between(reported(an_order()).postings, to_1001.postings) == (
        Move(account=1000, then=Decimal(125), now=Decimal(0)),
        Move(account=1001, then=Decimal(0), now=Decimal(125)),
    )


def test_what_a_gift_card_paid_is_told_with_the_margins() -> None:
    card = GiftCardUse(
        payment=Payment(
            reference="shoporama:4815162:payment:gift_card",
            deposit_account=55090,
            amount=Decimal(40),
            description="Gavekort gk-77",
        ),
        item=LedgerItem(
            guid=UUID(int=7),
            date=DAY,
            description="Gavekort gk-77",
            amount=Decimal(40),
            account=63080,
            vat_code=None,
            balancing_account=55090,
            balancing_vat_code=None,
        ),
    )

    assert postings_of(replace(a_plan(), gift_card=card)).margins == ((63080, 55090, Decimal(40)),)
