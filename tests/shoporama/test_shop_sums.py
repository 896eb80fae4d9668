"""Whether an order adds up: lines worth whole øre, a voucher as far as it was used, gifts.

Unless told otherwise: one mug at 349.00 with 25 %, no freight, no voucher.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from shop_samples import MASTERS, SETTINGS, sample_order

from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Order
from dinero_sync.shoporama.fields import fields_with
from dinero_sync.shoporama.reader import read_order
from dinero_sync.texts.telling import message, next_step

MUG = {"product_id": 1, "own_id": "KRUS", "name": "Krus", "amount": 1, "unit_price": 349, "vat": 25}


def read(lines: list[dict[str, object]], **changes: object) -> Order:
    common = {"shipping_price": 0, "voucher_discount_amount": 0, "vat": None}
    raw = sample_order(**{**common, "products": [{**MUG, **line} for line in lines], **changes})
    return read_order(raw, MASTERS, SETTINGS)


def hold(lines: list[dict[str, object]], **changes: object) -> Hold:
    with pytest.raises(HeldError) as caught:
        read(lines, **changes)
    return caught.value.hold


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ({"amount": Decimal("1.25"), "unit_price": "79.90"}, "99.88"),
        ({"amount": 3, "unit_price": "133.3333"}, "400.00"),
        ({"amount": 3, "unit_price": "133.3333"}, "399.9999"),
        ({"amount": Decimal("0.3333333"), "unit_price": 30}, "10.00"),
        ({"amount": Decimal("1.2499999999999998"), "unit_price": "79.90"}, "99.88"),
        ({"amount": Decimal("1.25"), "unit_price": "79.90"}, "99.875"),
    ],
    ids=[
        "metres",
        "thirds",
        "thirds added up unrounded",
        "kilos",
        "a binary fraction",
        "unrounded",
    ],
)
def test_an_order_adds_up_by_its_rounded_lines(line: dict[str, object], total: str) -> None:
    order = read([line], total_price=total)

    assert order.total == order.lines[0].amount
    assert order.rounding == 0


def test_the_vat_which_is_only_compared_may_have_any_number_of_decimals() -> None:
    order = read([{}], total_price=349, vat=Decimal("69.800000000000011"))

    assert order.vat == Decimal("69.8")


@pytest.mark.parametrize(
    ("freight", "voucher", "total", "used"),
    [
        ("0", "500", "0", "349.00"),
        ("49", "500", "49", "349.00"),
        ("49", "500", "0", "398.00"),
        ("0", "34.90", "314.10", "34.90"),
        ("0", "34.895", "314.10", "34.90"),
        ("0", "34.905", "314.10", "34.90"),
        ("0", "34.895", "314.11", "34.89"),
    ],
)
def test_of_a_voucher_counts_what_was_used(
    freight: str, voucher: str, total: str, used: str
) -> None:
    order = read([{}], shipping_price=freight, voucher_discount_amount=voucher, total_price=total)

    assert str(order.voucher_amount) == used
    assert order.rounding == 0


def test_a_voucher_above_the_goods_is_no_excuse_for_another_total() -> None:
    held = hold([{}], shipping_price=49, voucher_discount_amount=500, total_price=50)

    assert held.text == "lines_do_not_add_up.parts"
    assert "dinero-sync adopt ORDER" in next_step(held.steps)


@pytest.mark.parametrize(
    "off", [{"unit_price": -50}, {"amount": -1, "unit_price": 50}], ids=["a price", "pieces"]
)
def test_lines_that_take_something_off_a_sale_are_read(off: dict[str, object]) -> None:
    assert read([{}, off], total_price=299).lines[1].amount == -50


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_line_without_a_price_beside_others_is_a_gift(nothing: object) -> None:
    assert read([{}, {"unit_price": nothing}], total_price=349).lines[1].amount == 0


def test_a_line_without_a_price_that_is_missed_in_the_sum_is_held_for_its_price() -> None:
    held = hold([{}, {"unit_price": None}], total_price=449)

    assert held.text == "unreadable_order.missing_in_line"
    assert "dinero-sync adopt ORDER" in next_step(held.steps)


@pytest.mark.parametrize(("total", "limit"), [("348.99", "0.01"), ("350.00", "1.00")])
def test_a_difference_of_rounding_names_the_setting_that_books_it(total: str, limit: str) -> None:
    steps = next_step(hold([{}], total_price=total).steps)

    assert f"posting:\n  rounding:\n    limit: {limit}\n    account: 1490" in steps


def test_a_larger_difference_names_other_cures() -> None:
    steps = next_step(hold([{}], total_price="350.01").steps)

    assert "rounding" not in steps
    assert "voucher_discount_amount: name_in_your_shop" in steps


@pytest.mark.parametrize(
    ("lines", "freight", "vat", "total"),
    [
        ([{"unit_price": 100}], 0, "25.00", "125.00"),
        ([{"unit_price": 100}], "49", "34.80", "174.00"),
        ([{"unit_price": 100, "vat": None}], 0, "25.00", "125.00"),
        ([{"unit_price": 100}, {"unit_price": 50, "vat": 0}], 0, None, "175.00"),
    ],
    ids=["alone", "beside freight with VAT", "the rate isn't told", "two rates"],
)
def test_lines_without_vat_are_named_as_the_cause(
    lines: list[dict[str, object]], freight: object, vat: str | None, total: str
) -> None:
    held = hold(lines, shipping_price=freight, vat=vat, total_price=total)

    assert held.text == "lines_do_not_add_up.without_vat"
    assert "25.00 more than its lines" in message(held)
    assert "line_unit_price: name_in_your_shop" in next_step(held.steps)


def test_a_field_that_is_just_the_difference_is_named() -> None:
    held = hold([{}], gebyr="20.00", total_price=369)

    assert "20.00 more than its lines" in message(held)
    assert "field gebyr" in message(held)
    assert "payment_fee: gebyr" in next_step(held.steps)
    assert "tip: gebyr" in next_step(held.steps)


@pytest.mark.parametrize(
    ("field", "rate"), [("payment_fee", Decimal(25)), ("tip", None)], ids=["a fee", "a tip"]
)
def test_a_field_that_was_named_is_a_line_for_the_rules(field: str, rate: Decimal | None) -> None:
    named = replace(SETTINGS, names=fields_with({field: ("gebyr",)}))
    raw = sample_order(
        products=[MUG], shipping_price=0, voucher_discount_amount=0, gebyr="20", total_price=369
    )

    order = read_order(raw, MASTERS, named)

    assert [(line.sku, line.amount, line.vat_rate) for line in order.lines[1:]] == [
        (field, Decimal(20), rate)
    ]


def test_a_line_that_is_a_discount_stays_one_where_a_voucher_pays_the_rest() -> None:
    order = read(
        [{}, {"own_id": "RABAT", "unit_price": -49}], voucher_discount_amount=500, total_price=0
    )

    assert (order.total, order.voucher_amount) == (Decimal(0), Decimal(300))
