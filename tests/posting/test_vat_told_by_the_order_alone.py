"""Lines that name no rate: what the rules take out bears no VAT, the rest the order's VAT.

Unless told otherwise: a second-hand jacket at 1450.00 by its category, something new at 149.95,
freight of 49.00; the order states the VAT of the new and the freight alone, 39.79.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_payment_type, a_rule, an_address, an_order, settings

from dinero_sync.domain.documents import MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread, UnreadError
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.insight.explain import explain_lines
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.sale import Sale, post_charges
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
)

JACKET, MUG = 42, 501
USED = a_rule(
    1051,
    "second-hand",
    line=(LineKind.PRODUCT,),
    category=("Brugt*",),
    margin_scheme=MarginScheme.USED_GOODS,
)
RULES = settings(rules=(USED,), margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052))
CATALOGUE = {
    JACKET: Product(
        product_id=JACKET, categories=("Brugt tøj", "7"), purchase_price=Decimal("600.00")
    ),
    MUG: Product(product_id=MUG, categories=("Køkken", "8"), purchase_price=Decimal("40.00")),
}


def a_jacket(price: str = "1450.00", rate: str | None = None) -> OrderLine:
    told = None if rate is None else Decimal(rate)
    return a_line(product_id=JACKET, sku="B-1", unit_price=Decimal(price), vat_rate=told)


def something_new(price: str = "149.95", rate: str | None = None, sku: str = "KRUS") -> OrderLine:
    told = None if rate is None else Decimal(rate)
    return a_line(product_id=MUG, sku=sku, unit_price=Decimal(price), vat_rate=told)


def sold(
    *lines: OrderLine,
    vat: str | None = "39.79",
    freight: str = "49.00",
    rules: PostingSettings = RULES,
    products: dict[int, Product] | None = None,
    voucher: str = "0",
) -> Sale:
    order = an_order(
        lines=lines,
        shipping_price=Decimal(freight),
        voucher_amount=Decimal(voucher),
        voucher_code="JUL" if Decimal(voucher) else "",
        vat=None if vat is None else Decimal(vat),
    )
    known = CATALOGUE if products is None else products
    return sale_of(order, a_payment_type(), rules, a_chart(), products=known)


def planned(sale: Sale) -> Plan:
    return plan_sale(sale, sale.order.created.date())


def posted(plan: Plan) -> list[tuple[int, str, str]]:
    return [(line.account, str(line.amount), str(line.vat_rate)) for line in plan.invoice.lines]


def reason_of(sale: Sale) -> HoldReason:
    with pytest.raises(HeldError) as caught:
        planned(sale)
    return caught.value.hold.reason


def test_second_hand_goods_are_taken_out_and_the_rest_is_inferred() -> None:
    plan = planned(sold(a_jacket(), something_new()))

    assert posted(plan) == [(1051, "1450.00", "0"), (1000, "149.95", "25"), (1350, "49.00", "25")]
    assert [item.amount for item in plan.ledger_items] == [Decimal("850.00")]


def test_what_is_explained_says_which_rate_each_line_was_charged() -> None:
    sale = sold(a_jacket(), something_new())
    plan = planned(sale)

    lines = explain_lines(plan, post_charges(sale), sale, RULES, a_chart())

    assert [line.charged_rate for line in lines] == [Decimal(0), Decimal(25), Decimal(25)]


@pytest.mark.parametrize(
    ("lines", "freight", "vat", "rates"),
    [
        ([a_jacket(), a_jacket("300.00"), something_new()], "49.00", "39.79", "0 0 25 25"),
        ([a_jacket()], "49.00", "9.80", "0 25"),
        ([a_jacket()], "49.00", "0", "0 0"),
        ([a_jacket(), something_new()], "0", "29.99", "0 25"),
        ([a_jacket(), something_new(rate="25")], "49.00", "39.79", "0 25 25"),
        ([a_jacket(rate="0"), something_new(rate="25")], "49.00", "39.79", "0 25 25"),
        ([a_jacket("1450.00"), something_new()], "49.00", "329.79", "0 25 25"),
    ],
    ids=[
        "several pieces",
        "with freight alone",
        "freight without VAT follows them",
        "without freight",
        "the new goods name their rate",
        "all name their rates",
        "a shop that reckons VAT of the second-hand goods too",
    ],
)
def test_vat_that_only_fits_one_way_is_booked_that_way(
    lines: list[OrderLine], freight: str, vat: str, rates: str
) -> None:
    no_freight_vat = replace(
        RULES, rules=(USED, a_rule(1300, line=(LineKind.SHIPPING,), vat_rate=(Decimal(0),)))
    )

    plan = planned(sold(*lines, freight=freight, vat=vat, rules=no_freight_vat))

    assert " ".join(str(line.vat_rate) for line in plan.invoice.lines) == rates


def test_a_voucher_takes_its_share_off_both_before_the_vat_is_compared() -> None:
    # 160.00 off 1599.95: 145.00 and 15.00; (134.95 + 49.00) / 5 = 36.79
    plan = planned(sold(a_jacket(), something_new(), voucher="160.00", vat="36.79"))

    assert [line.amount for line in plan.invoice.lines][:2] == [
        Decimal("1305.00"),
        Decimal("134.95"),
    ]


@pytest.mark.parametrize("kind", list(GiftCardKind))
def test_gift_cards_that_are_sold_are_taken_out(kind: GiftCardKind) -> None:
    account = 63080 if kind is GiftCardKind.MULTI_PURPOSE else 1000
    cards = GiftCards(kind=kind, account=account, sold_as=ProductCondition(sku=("GAVEKORT*",)))
    rules = settings(gift_cards=cards)
    lines = (something_new("500.00", sku="GAVEKORT-500"), something_new())

    plan = planned(sold(*lines, rules=rules))

    assert [line.account for line in plan.invoice.lines] == [account, 1000, 1350]
    assert plan.invoice.lines[1].vat_rate == Decimal(25)


@pytest.mark.parametrize("kind", [LineKind.PRODUCT, LineKind.FEE])
def test_what_a_rule_puts_on_an_account_without_vat_is_taken_out(kind: LineKind) -> None:
    fees = ProductCondition(sku=("GEBYR*",)) if kind is LineKind.FEE else None
    rules = settings(rules=(a_rule(1300, "exempt", sku=("GEBYR*",)),), fees=fees)
    lines = (something_new("30.00", sku="GEBYR"), something_new())

    plan = planned(sold(*lines, rules=rules))

    assert posted(plan) == [(1300, "30.00", "0"), (1000, "149.95", "25"), (1350, "49.00", "25")]


def test_freight_with_a_rule_of_its_own_is_taken_out_with_them() -> None:
    own = a_rule(1300, "freight", line=(LineKind.SHIPPING,))

    plan = planned(
        sold(a_jacket(), something_new(), vat="29.99", rules=replace(RULES, rules=(USED, own)))
    )

    assert posted(plan)[2] == (1300, "49.00", "0")


FREE_FREIGHT = a_rule(1300, "freight", line=(LineKind.SHIPPING,))


def test_freight_may_be_all_that_the_rules_take_out() -> None:
    plan = planned(sold(something_new(), vat="29.99", rules=settings(rules=(FREE_FREIGHT,))))

    assert posted(plan) == [(1000, "149.95", "25"), (1300, "49.00", "0")]


def test_freight_that_the_rules_take_out_has_no_vat_though_the_orders_vat_says_it_has() -> None:
    rules = replace(RULES, rules=(USED, FREE_FREIGHT))

    assert reason_of(sold(a_jacket(), something_new(), rules=rules)) is HoldReason.UNKNOWN_VAT


def test_a_rate_that_one_line_names_is_its_own_beside_what_is_taken_out_and_the_rest() -> None:
    books = a_rule(1050, "books", sku=("BOG",), vat_rate=(Decimal(0),))
    lines = (a_jacket(), something_new("80.00", rate="0", sku="BOG"), something_new())

    plan = planned(sold(*lines, rules=replace(RULES, rules=(USED, books))))

    assert [line.account for line in plan.invoice.lines] == [1051, 1050, 1000, 1350]
    assert [line.vat_rate for line in plan.invoice.lines] == [0, 0, 25, 25]


@pytest.mark.parametrize(
    "vat",
    [
        "39.79",  # (149.95 + 49.00) / 5
        "32.41",  # less the mug's part of the card: 36.91 of 160.00
    ],
    ids=["in full", "reckoned as a discount"],
)
def test_a_card_that_is_sold_is_taken_out_beside_one_that_pays_whichever_way_the_shop_reckons(
    vat: str,
) -> None:
    cards = GiftCards(
        kind=GiftCardKind.SINGLE_PURPOSE,
        account=63085,
        sold_as=ProductCondition(sku=("GAVEKORT*",)),
        voucher_codes=("JUL",),
    )
    lines = (something_new("500.00", sku="GAVEKORT-500"), something_new())

    plan = planned(sold(*lines, voucher="160.00", vat=vat, rules=settings(gift_cards=cards)))

    assert posted(plan) == [
        (63085, "500.00", "25"),
        (1000, "149.95", "25"),
        (1350, "49.00", "25"),
        (63085, "-160.00", "25"),
    ]


@pytest.mark.parametrize("vat", ["39.79", "36.79"], ids=["in full", "reckoned as a discount"])
def test_second_hand_goods_paid_with_a_gift_card_are_held_for_the_card_and_not_for_their_vat(
    vat: str,
) -> None:
    cards = GiftCards(kind=GiftCardKind.SINGLE_PURPOSE, account=63085, voucher_codes=("JUL",))
    rules = replace(RULES, gift_cards=cards)

    sale = sold(a_jacket(), something_new(), voucher="160.00", vat=vat, rules=rules)

    assert reason_of(sale) is HoldReason.GIFT_CARD_USED


def test_a_tip_whose_rule_says_no_vat_is_taken_out() -> None:
    rules = settings(rules=(a_rule(1300, "tips", sku=("tip",)),))
    tip = a_line(product_id=None, sku="tip", unit_price=Decimal(20), vat_rate=None)

    plan = planned(sold(something_new(rate="25"), tip, vat="39.79", rules=rules))

    assert posted(plan) == [(1000, "149.95", "25"), (1300, "20.00", "0"), (1350, "49.00", "25")]


def test_another_countrys_vat_is_never_taken_out() -> None:
    """29.99 is the VAT of one of the two lines, but the other's rate is for somebody to say."""
    oss = a_rule(1151, "OSS", zone=(Zone.EU,), sku=("GLAS",), foreign_vat_account=64200)
    order = an_order(
        lines=(something_new("80.00", sku="GLAS"), something_new()),
        delivery=an_address(country="DE", zip_code="10115"),
        vat=Decimal("29.99"),
    )
    sale = sale_of(order, a_payment_type(), settings(rules=(oss,)), a_chart())

    assert reason_of(sale) is HoldReason.UNKNOWN_VAT


def test_a_rule_of_the_scheme_may_ask_for_no_vat_besides_the_category() -> None:
    untaxed = a_rule(
        1051,
        "second-hand",
        category=("Brugt*",),
        vat_rate=(Decimal(0),),
        margin_scheme=MarginScheme.USED_GOODS,
    )

    plan = planned(sold(a_jacket(), something_new(), rules=replace(RULES, rules=(untaxed,))))

    assert posted(plan)[0] == (1051, "1450.00", "0")


@pytest.mark.parametrize("vat", ["100.00", None], ids=["another amount", "none told"])
def test_vat_that_fits_no_way_is_held(vat: str | None) -> None:
    assert reason_of(sold(a_jacket(), something_new(), vat=vat)) is HoldReason.UNKNOWN_VAT


def test_lines_that_no_rule_takes_out_are_no_riddle_to_be_solved() -> None:
    """39.79 is the VAT of the mug and the freight, but nobody said that the jacket has none."""
    assert reason_of(sold(a_jacket(), something_new(), rules=settings())) is HoldReason.UNKNOWN_VAT


def test_a_stated_rate_is_never_taken_back() -> None:
    assert reason_of(sold(a_jacket(rate="25"), something_new(rate="25"))) is HoldReason.UNKNOWN_VAT


def test_goods_that_the_catalogue_no_longer_has_are_held_for_that() -> None:
    sale = sold(a_jacket(), something_new(), products={MUG: CATALOGUE[MUG]})

    assert reason_of(sale) is HoldReason.UNKNOWN_PRODUCT


def test_goods_that_can_not_be_read_now_are_not_judged_by_the_vat() -> None:
    why = Unread(listed=ShopList.PRODUCTS, refused=False, why="No answer.")
    unread = Product(product_id=JACKET, unread=(why,))

    with pytest.raises(UnreadError):
        planned(sold(a_jacket(), something_new(), products=CATALOGUE | {JACKET: unread}))
