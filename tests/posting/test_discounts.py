"""Discounts never move VAT, a margin or a debt on a guess: the order's own VAT says whose they are.

Unless told otherwise: a voucher JUL10 on Danish goods, second-hand ones by ``BRUGT-*``, books
without VAT by ``BOG``, gift cards by ``GAVEKORT*``.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_line, a_payment_type, a_rule, an_address, an_order, settings

from dinero_sync.domain.documents import MarginScheme, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.settings import (
    GiftCardKind,
    GiftCards,
    LineKind,
    Margin,
    MarginMethod,
    PostingSettings,
    ProductCondition,
)
from dinero_sync.texts.telling import message, next_step


def rules_with(kind: GiftCardKind) -> PostingSettings:
    single = kind is GiftCardKind.SINGLE_PURPOSE
    return settings(
        rules=(
            a_rule(
                1051,
                "brugt",
                line=(LineKind.PRODUCT,),
                sku=("BRUGT-*",),
                margin_scheme=MarginScheme.USED_GOODS,
            ),
            a_rule(1050, "bøger", vat_rate=(Decimal(0),), sku=("BOG",)),
            a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200),
        ),
        margin=Margin(method=MarginMethod.COLLECTIVE, account=None),
        gift_cards=GiftCards(
            kind=kind,
            account=63085 if single else 63080,
            sold_as=ProductCondition(sku=("GAVEKORT*",)),
            voucher_codes=("GK-*",),
        ),
    )


SINGLE, MULTI = map(rules_with, GiftCardKind)
BERLIN = an_address(country="DE", zip_code="10115")
ABROAD: dict[str, Any] = {"billing": BERLIN, "delivery": BERLIN}


def new(price: str, rate: str = "25", **more: Any) -> OrderLine:  # noqa: ANN401 - as a_line
    return a_line(unit_price=Decimal(price), vat_rate=Decimal(rate), **more)


def used(price: str = "1000.00", rate: str = "0") -> OrderLine:
    return new(price, rate, sku="BRUGT-1", name="Brugt kamera")


def card(price: str = "500.00", rate: str = "0") -> OrderLine:
    return new(price, rate, sku="GAVEKORT-500", name="Gavekort")


def planned(
    *lines: OrderLine,
    voucher: str = "0",
    freight: str = "0",
    vat: str | None = None,
    rules: PostingSettings = MULTI,
    **more: Any,  # noqa: ANN401 - as an_order
) -> Plan:
    order = an_order(
        lines=lines,
        voucher_code="JUL10",
        voucher_amount=Decimal(voucher),
        shipping_price=Decimal(freight),
        vat=None if vat is None else Decimal(vat),
        **more,
    )
    sale = sale_of(order, a_payment_type(), rules, a_chart())
    plan = plan_sale(sale, order.created.date())
    assert plan.invoice.total == order.total
    return plan


def amounts(plan: Plan) -> list[tuple[int, str]]:
    return [(line.account, f"{line.amount:.2f}") for line in plan.invoice.lines]


def held(*lines: OrderLine, **more: Any) -> Hold:  # noqa: ANN401 - as planned
    with pytest.raises(HeldError) as caught:
        planned(*lines, **more)
    return caught.value.hold


@pytest.mark.parametrize(("rules", "account", "rate"), [(SINGLE, 63085, "25"), (MULTI, 63080, "0")])
@pytest.mark.parametrize("states_vat", [True, False])
def test_a_card_that_is_sold_keeps_its_value_under_a_discount(
    rules: PostingSettings, account: int, rate: str, *, states_vat: bool
) -> None:
    of_card = Decimal(100) if rules is SINGLE else Decimal(0)
    vat = str(Decimal(36) + of_card) if states_vat else None

    plan = planned(new("200.00"), card(rate=rate), voucher="20.00", vat=vat, rules=rules)

    assert amounts(plan) == [(1000, "180.00"), (account, "500.00")]


@pytest.mark.parametrize("vat", ["45.80", None])
def test_a_card_keeps_its_value_beside_freight_too(vat: str | None) -> None:
    plan = planned(new("200.00"), card(), voucher="20.00", freight="49.00", vat=vat)

    assert amounts(plan) == [(1000, "180.00"), (63080, "500.00"), (1350, "49.00")]


@pytest.mark.parametrize(
    ("voucher", "vat"),
    [("20.00", "38.86"), ("200.01", None), ("500.00", None)],
    ids=["the shop took it off the card too", "an øre more than the goods", "the card's value"],
)
@pytest.mark.parametrize("rules", [SINGLE, MULTI])
def test_a_discount_that_a_card_would_bear_is_held_with_a_way_out(
    voucher: str, vat: str | None, rules: PostingSettings
) -> None:
    hold = held(new("200.00"), card(), voucher=voucher, vat=vat, rules=rules)

    assert hold.text == "unknown_vat.discount_on_card"
    assert "gift card (gavekort)" in message(hold)
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


def test_a_discount_on_second_hand_and_new_goods_is_held_where_no_vat_tells() -> None:
    hold = held(used(), new("500.00"), voucher="100.00")

    assert hold.text == "unknown_vat.discount"
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


@pytest.mark.parametrize(
    ("vat", "lines"),
    [
        ("93.33", ["933.33", "466.67"]),
        ("80.00", ["1000.00", "400.00"]),
        ("100.00", ["900.00", "500.00"]),
    ],
    ids=["over all", "on the new", "on the second-hand"],
)
def test_the_orders_vat_says_which_goods_a_discount_is_for(vat: str, lines: list[str]) -> None:
    plan = planned(used(), new("500.00"), voucher="100.00", vat=vat)

    assert [amount for _, amount in amounts(plan)] == lines


@pytest.mark.parametrize("vat", ["90.00", "0", "300.00"])
def test_vat_that_fits_no_way_to_lay_the_discount_is_held(vat: str) -> None:
    hold = held(used(), new("500.00"), voucher="100.00", vat=vat)

    assert hold.text == "unknown_vat.discount_with_vat"


@pytest.mark.parametrize("vat", ["0", None])
def test_a_discount_on_goods_whose_margin_alone_differs_is_held_whatever_the_vat(
    vat: str | None,
) -> None:
    assert held(used(), new("80.00", "0", sku="BOG"), voucher="50.00", vat=vat).reason is (
        HoldReason.UNKNOWN_VAT
    )


def test_a_shop_that_reckons_vat_of_second_hand_goods_proves_nothing_by_it() -> None:
    assert held(used(rate="25"), new("500.00"), voucher="100.00", vat="280.00").reason is (
        HoldReason.UNKNOWN_VAT
    )


@pytest.mark.parametrize("vat", ["23.70", "22.81", "24.69", None])
def test_of_two_rates_of_another_country_the_vat_tells_as_well(vat: str | None) -> None:
    lines = new("119.00", "19"), new("107.00", "7", sku="BROT")
    if vat is None:
        assert held(*lines, voucher="20.00", **ABROAD).reason is HoldReason.UNKNOWN_VAT
        return

    paid = {"23.70": "108.47 97.53", "22.81": "99.00 107.00", "24.69": "119.00 87.00"}[vat]
    plan = planned(*lines, voucher="20.00", vat=vat, **ABROAD)

    nets = [line.amount for line in plan.invoice.lines[:2]]
    owed = [line.amount for line in plan.invoice.lines[2:]]
    assert [f"{net + vat:.2f}" for net, vat in zip(nets, owed, strict=True)] == paid.split()


def test_freight_beside_second_hand_goods_and_a_card_with_vat_is_held_where_no_vat_tells() -> None:
    free = a_rule(1300, "fri fragt", line=(LineKind.SHIPPING,), vat_rate=(Decimal(0),))
    rules = replace(SINGLE, rules=(free, *SINGLE.rules))

    hold = held(used(), card(rate="25"), freight="49.00", rules=rules)

    assert hold.reason is HoldReason.UNKNOWN_VAT


def test_goods_of_one_treatment_need_no_vat_to_be_discounted() -> None:
    plan = planned(new("100.00"), new("300.00"), voucher="40.00", freight="49.00")

    assert amounts(plan) == [(1000, "90.00"), (1000, "270.00"), (1350, "49.00")]


def test_a_discount_that_only_two_ways_are_left_for_is_held_as_well() -> None:
    assert held(used("100.00"), new("500.00"), voucher="150.00").text == "unknown_vat.discount"


def test_a_voucher_of_just_the_freights_price_needs_no_vat_where_the_freights_is_the_goods() -> (
    None
):
    plan = planned(new("100.00"), voucher="49.00", freight="49.00")

    assert amounts(plan) == [(1000, "51.00"), (1350, "49.00")]


def test_a_discount_is_for_the_goods_where_no_vat_says_that_freight_has_a_part_of_it() -> None:
    plan = planned(used(rate="25"), voucher="50.00", freight="100.00")

    assert amounts(plan) == [(1051, "950.00"), (1350, "100.00")]


def test_a_discount_on_goods_whose_vat_is_owed_on_different_accounts_is_held() -> None:
    bread = a_rule(1151, "bread", zone=(Zone.EU,), sku=("BROT",), foreign_vat_account=64210)
    rules = replace(MULTI, rules=(bread, *MULTI.rules))
    goods = new("119.00", "19"), new("119.00", "19", sku="BROT")

    assert held(*goods, voucher="20.00", rules=rules, **ABROAD).text == "unknown_vat.discount"


def test_a_voucher_of_just_the_freights_price_is_held_where_the_freights_vat_differs() -> None:
    assert held(used(), voucher="49.00", freight="49.00").text == "unknown_vat.discount"


def test_a_voucher_that_pays_the_freight_beside_second_hand_goods_is_told_by_the_vat() -> None:
    plan = planned(used(), voucher="49.00", freight="49.00", vat="9.80")

    assert amounts(plan) == [(1051, "951.00"), (1350, "49.00")]


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        ([new("349.00"), new("-50.00")], ["299.00"]),
        ([new("349.00", quantity=Decimal(2)), new("349.00", quantity=Decimal(-1))], ["349.00"]),
        ([new("300.00"), new("100.00"), new("-40.00")], ["270.00", "90.00"]),
        ([used(), new("500.00"), new("-100.00")], ["1000.00", "400.00"]),
        ([used(), new("500.00"), new("-500.00")], ["1000.00", "0.00"]),
    ],
    ids=["a discount", "a return", "spread", "on the goods of its rate", "all that they cost"],
)
def test_a_line_with_a_negative_price_is_a_discount_on_goods_of_its_rate(
    lines: list[OrderLine], result: list[str]
) -> None:
    assert [amount for _, amount in amounts(planned(*lines))] == result


def test_a_discount_line_and_a_voucher_come_off_both() -> None:
    plan = planned(new("349.00"), new("-49.00", name="Mængderabat"), voucher="30.00", vat="54.00")

    assert amounts(plan) == [(1000, "270.00")]
    assert plan.invoice.lines[0].comments == "Normalpris 349,00; rabat Mængderabat, JUL10: -79,00"


@pytest.mark.parametrize(
    "lines",
    [
        [new("349.00"), new("-50.00", "0")],
        [new("349.00"), used("1000.00", "25"), new("-50.00")],
        [new("349.00"), card("-200.00", "25")],
        [new("100.00"), card("500.00", "25"), new("-150.00")],
    ],
    ids=["another rate", "a margin beside", "a gift card that is used", "more than its goods"],
)
def test_a_discount_line_that_may_be_for_other_goods_is_held_with_a_way_out(
    lines: list[OrderLine],
) -> None:
    hold = held(*lines)

    assert hold.text == "negative_amount.discount_line"
    assert "dinero-sync adopt ORDER" in next_step(hold.steps)


@pytest.mark.parametrize("rate", ["25", "0", None])
def test_a_discount_line_is_held_beside_goods_that_a_rule_for_its_rate_sells_on_the_margin(
    rate: str | None,
) -> None:
    stated = None if rate is None else Decimal(rate)
    at_rate = a_rule(
        1051,
        vat_rate=(stated or Decimal(0),),
        sku=("BRUGT-*",),
        margin_scheme=MarginScheme.USED_GOODS,
    )
    goods = replace(new("349.00"), vat_rate=stated), replace(used(), vat_rate=stated)
    discount = replace(new("-50.00"), vat_rate=stated)

    hold = held(*goods, discount, rules=replace(MULTI, rules=(at_rate,)))

    assert hold.text == "negative_amount.discount_line"


def test_a_discount_line_comes_off_goods_beside_a_gift_card_whose_vat_is_another() -> None:
    plan = planned(new("119.00", "19"), card(rate="19"), new("-11.90", "19"), **ABROAD)

    assert amounts(plan) == [(1151, "90.00"), (63080, "500.00"), (64200, "17.10")]


@pytest.mark.parametrize(("vat", "fits"), [("20.00", True), ("19.30", True), ("19.29", False)])
def test_vat_rounded_by_the_piece_is_that_of_the_rate_the_lines_state(
    vat: str, *, fits: bool
) -> None:
    lines = (new("0.99", quantity=Decimal(100)),)
    if fits:
        assert amounts(planned(*lines, vat=vat)) == [(1000, "99.00")]
        return

    hold = held(*lines, vat=vat)

    assert "states 19.29 of VAT on a total of 99.00, and 25 %" in message(hold)
    assert "gives 19.80" in message(hold)


def test_freight_is_a_piece_as_well_whose_vat_may_be_rounded() -> None:
    plan = planned(new("0.99", quantity=Decimal(100)), freight="49.00", vat="29.095")

    assert amounts(plan) == [(1000, "99.00"), (1350, "49.00")]


@pytest.mark.parametrize(
    ("vat", "freight"),
    [("31.64", ["21.68", "21.68"]), ("31.51", ["20.59", "22.90"])],
    ids=["by the gross", "by the net"],
)
def test_freight_divided_as_the_goods_is_a_line_for_each_rate(vat: str, freight: list[str]) -> None:
    lines = new("119.00", "19"), new("50.00", "7", sku="BROT"), new("57.00", "7", sku="BROT")

    plan = planned(*lines, freight="49.00", vat=vat, **ABROAD)

    assert [amount for _, amount in amounts(plan)][3:5] == freight


def test_freight_that_costs_next_to_nothing_follows_the_goods() -> None:
    plan = planned(new("119.00", "19"), freight="0.03", vat="19.00", **ABROAD)

    assert amounts(plan) == [(1151, "100.00"), (1151, "0.03"), (64200, "19.00")]


def test_freight_has_the_rate_of_its_goods_where_the_vat_says_so() -> None:
    plan = planned(new("119.00", "19"), freight="11.90", vat="20.90", **ABROAD)

    assert amounts(plan) == [(1151, "100.00"), (1151, "10.00"), (64200, "20.90")]
