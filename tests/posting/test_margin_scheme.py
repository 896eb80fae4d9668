"""Second-hand goods (brugtmoms): the whole price without VAT, the margin taxed beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    plan_order,
    settings,
)

from dinero_sync.domain.documents import LedgerItem, MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.identity import margin_guid
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import (
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
)
from dinero_sync.posting.texts import DANISH
from dinero_sync.texts.telling import message, next_step

DAY = date(2026, 12, 3)
JACKET = Product(product_id=42, categories=("Brugt tøj",), purchase_price=Decimal("600.00"))
USED_GOODS = MarginScheme.USED_GOODS
USED_RULE = a_rule(1051, "second-hand", sku=("B-*",), margin_scheme=USED_GOODS)
INDIVIDUAL = settings(
    rules=(USED_RULE,), margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052)
)
COLLECTIVE = replace(INDIVIDUAL, margin=Margin(method=MarginMethod.COLLECTIVE, account=None))


def a_jacket(price: str = "1450.00", pieces: int = 1) -> OrderLine:
    return a_line(
        product_id=42,
        sku="B-1042",
        name="Brugt jakke",
        unit_price=Decimal(price),
        quantity=Decimal(pieces),
    )


def planned(
    order: Order, rules: PostingSettings = INDIVIDUAL, product: Product | None = JACKET
) -> Plan:
    products = {} if product is None else {product.product_id: product}
    return plan_order(order, a_payment_type(), DAY, rules, a_chart(), products=products)


def held(
    order: Order, rules: PostingSettings = INDIVIDUAL, product: Product | None = JACKET
) -> Hold:
    with pytest.raises(HeldError) as caught:
        planned(order, rules, product)
    return caught.value.hold


def test_the_invoice_shows_the_whole_price_without_vat_and_the_text_of_the_law() -> None:
    (line,) = planned(an_order(lines=(a_jacket(),))).invoice.lines

    assert (line.account, line.amount, line.vat_rate) == (1051, Decimal("1450.00"), Decimal(0))
    assert line.comments == (
        "Fortjenstmargenordning – brugte genstande – køber har ikke fradrag for momsen"
    )


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (MarginScheme.USED_GOODS, "second-hand goods"),
        (MarginScheme.ART, "works of art"),
        (MarginScheme.COLLECTORS, "collector's items and antiques"),
    ],
)
def test_a_foreign_buyer_reads_the_text_of_the_goods_kind_in_english_too(
    scheme: MarginScheme, words: str
) -> None:
    german = an_address(country="DE", zip_code="10115")
    rules = replace(INDIVIDUAL, rules=(replace(USED_RULE, margin_scheme=scheme),))
    order = an_order(lines=(a_jacket(),), billing=german, delivery=german)

    (line,) = planned(order, rules).invoice.lines

    danish, english = str(line.comments).splitlines()
    assert danish == DANISH.margin_schemes[scheme], "the law gives no words in other languages"
    assert english == f"(Margin scheme – {words} – no VAT deduction for the buyer)"


def test_the_margin_moves_to_the_account_with_vat_on_the_invoices_day() -> None:
    (item,) = planned(an_order(lines=(a_jacket(),))).ledger_items

    assert item == LedgerItem(
        guid=margin_guid(123456, 4815162, 1),
        date=DAY,
        description="Brugtmoms avance ordre 10427, B-1042",
        amount=Decimal("850.00"),
        account=1051,
        vat_code=None,
        balancing_account=1052,
        balancing_vat_code="U25",
    )


def test_the_margin_of_goods_without_a_number_is_told_by_the_order_alone() -> None:
    by_id = replace(INDIVIDUAL, rules=(a_rule(1051, product_id=(42,), margin_scheme=USED_GOODS),))
    order = an_order(lines=(replace(a_jacket(), sku=""),))

    (item,) = planned(order, by_id).ledger_items

    assert item.description == "Brugtmoms avance ordre 10427"


def test_each_line_has_a_margin_of_its_own_and_each_piece_its_purchase_price() -> None:
    order = an_order(lines=(a_line(), a_jacket("700.00", 3), a_jacket("601.00")))

    items = planned(order).ledger_items

    assert [item.amount for item in items] == [Decimal("300.00"), Decimal("1.00")]
    assert [item.guid for item in items] == [margin_guid(123456, 4815162, at) for at in (2, 3)]


def test_half_a_piece_has_half_its_purchase_price_to_the_oere() -> None:
    half = replace(a_jacket("100.00"), quantity=Decimal("0.5"))
    odd = replace(JACKET, purchase_price=Decimal("12.35"))

    (item,) = planned(an_order(lines=(half,)), product=odd).ledger_items

    assert item.amount == Decimal("43.82")


def test_a_loss_is_no_margin_and_takes_nothing_off_another_margin() -> None:
    order = an_order(lines=(a_jacket("500.00"), a_jacket("900.00")))

    assert [item.amount for item in planned(order).ledger_items] == [Decimal("300.00")]


def test_a_piece_sold_for_what_it_cost_has_no_margin() -> None:
    assert planned(an_order(lines=(a_jacket("600.00"),))).ledger_items == ()


def test_the_margin_is_that_of_the_price_after_the_voucher() -> None:
    order = an_order(lines=(a_jacket(),), voucher_amount=Decimal(150), voucher_code="EFTERÅR")

    plan = planned(order)

    assert [item.amount for item in plan.ledger_items] == [Decimal("700.00")]
    assert plan.invoice.lines[0].comments == (
        "Fortjenstmargenordning – brugte genstande – køber har ikke fradrag for momsen\n"
        "Normalpris 1450,00; rabat EFTERÅR: -150,00"
    )


def test_the_collective_method_plans_no_ledger_items_and_needs_no_purchase_price() -> None:
    assert planned(an_order(lines=(a_jacket(),)), COLLECTIVE, None).ledger_items == ()


def test_ordinary_goods_beside_second_hand_ones_are_summed_apart() -> None:
    order = an_order(
        lines=(a_jacket(), a_line(unit_price=Decimal("299.95"))), shipping_price=Decimal(49)
    )

    assert planned(order).invoice.texts == (
        "Heraf varer efter fortjenstmargenordningen: 1450,00",
        "Heraf øvrige varer og fragt: 348,95",
    )


def test_second_hand_goods_alone_need_no_sums() -> None:
    assert planned(an_order(lines=(a_jacket(),))).invoice.texts == ()


def test_second_hand_goods_into_the_eu_are_no_untaxed_supply() -> None:
    german = an_address(country="DE", zip_code="10115")
    order = an_order(lines=(a_jacket(),), billing=german, delivery=german)

    plan = planned(order)

    assert plan.invoice.comment == "Order 10427 of 03-12-2026."
    assert plan.distance_sale is None


@pytest.mark.parametrize(
    "product",
    [None, replace(JACKET, purchase_price=None), replace(JACKET, purchase_price=Decimal(0))],
    ids=["removed from the shop", "without a price", "with a price of nothing"],
)
def test_without_a_purchase_price_nothing_is_booked(product: Product | None) -> None:
    hold = held(an_order(lines=(a_jacket(),)), product=product)

    assert hold.reason is HoldReason.PURCHASE_PRICE_MISSING
    assert "product 42" in message(hold)
    assert "dinero-sync retry ORDER" in next_step(hold.steps)


@pytest.mark.parametrize("settings", [INDIVIDUAL, COLLECTIVE], ids=["individual", "collective"])
def test_a_margin_in_another_currency_is_held(settings: PostingSettings) -> None:
    hold = held(an_order(lines=(a_jacket(),), currency="EUR"), settings)

    assert hold.reason is HoldReason.CURRENCY_NOT_ALLOWED
    assert "in EUR" in message(hold)


def test_second_hand_goods_that_leave_the_eu_are_held() -> None:
    oslo = an_address(country="NO", zip_code="0150")
    hold = held(an_order(lines=(a_jacket(),), billing=oslo, delivery=oslo))

    assert hold.reason is HoldReason.MARGIN_SCHEME_EXPORT
    assert "when: {zone: world}" in next_step(hold.steps)


def test_a_rule_before_that_of_the_scheme_makes_them_an_ordinary_export() -> None:
    norwegian = an_address(country="NO", zip_code="0155")
    export = a_rule(1255, "export", zone=(Zone.WORLD,))
    rules = replace(INDIVIDUAL, rules=(export, USED_RULE))
    untaxed = replace(a_jacket(), vat_rate=Decimal(0))
    order = an_order(lines=(untaxed,), vat=Decimal(0), billing=norwegian, delivery=norwegian)

    plan = planned(order, rules)

    assert [(line.account, line.margin_scheme) for line in plan.invoice.lines] == [(1255, None)]
    assert plan.ledger_items == ()


@pytest.mark.parametrize("shown_on_the_goods", [Decimal(0), Decimal(25)])
def test_freight_on_such_goods_alone_has_its_own_vat_and_is_no_margin(
    shown_on_the_goods: Decimal,
) -> None:
    jacket = replace(a_jacket(), vat_rate=shown_on_the_goods)
    of_the_jacket = Decimal("290.00") if shown_on_the_goods else Decimal(0)
    order = an_order(
        lines=(jacket,), shipping_price=Decimal("49.00"), vat=of_the_jacket + Decimal("9.80")
    )

    plan = planned(order)

    posted = [(line.account, line.amount, line.vat_rate) for line in plan.invoice.lines]
    assert posted == [
        (1051, Decimal("1450.00"), Decimal(0)),
        (1350, Decimal("49.00"), Decimal(25)),
    ]
    assert [item.amount for item in plan.ledger_items] == [Decimal("850.00")]


def test_freight_on_such_goods_alone_is_held_where_the_shop_charges_no_vat_on_it() -> None:
    jacket = replace(a_jacket(), vat_rate=Decimal(0))
    order = an_order(lines=(jacket,), shipping_price=Decimal("49.00"), vat=Decimal(0))

    assert held(order).reason is HoldReason.ACCOUNT_VAT_MISMATCH


def test_an_account_of_second_hand_goods_with_vat_would_tax_the_whole_price() -> None:
    taxed = replace(INDIVIDUAL, rules=(replace(USED_RULE, account=1000),))

    hold = held(an_order(lines=(a_jacket(),)), taxed)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "belongs on an account with 0 % VAT, but account 1000" in message(hold)
    assert "Name another account under second-hand" in next_step(hold.steps)


def test_an_account_of_margins_without_vat_would_leave_them_untaxed() -> None:
    untaxed = replace(INDIVIDUAL, margin=Margin(method=MarginMethod.INDIVIDUAL, account=1051))

    hold = held(an_order(lines=(a_jacket(),)), untaxed)

    assert hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "posting.margin_scheme.account" in message(hold)


def test_a_rule_for_second_hand_goods_leaves_freight_and_fees_where_they_are_taxed() -> None:
    takes_all = a_rule(1051, "second-hand", margin_scheme=USED_GOODS)
    rules = replace(INDIVIDUAL, rules=(takes_all,), fees=ProductCondition(sku=("GEBYR",)))
    fee = a_line(sku="GEBYR", name="Gebyr", unit_price=Decimal(10))
    order = an_order(lines=(a_jacket(), fee), shipping_price=Decimal(39))

    lines = planned(order, rules).invoice.lines

    assert [(line.account, line.vat_rate) for line in lines] == [
        (1051, Decimal(0)),
        (1000, Decimal(25)),
        (1350, Decimal(25)),
    ]
