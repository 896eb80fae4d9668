"""The lines of an invoice: what they say, and how vouchers and odd prices keep the last øre."""

from datetime import date
from decimal import Decimal
from typing import Any

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

from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.order import Order
from dinero_sync.posting.lines import describe
from dinero_sync.posting.settings import PaymentType, Rule
from dinero_sync.posting.sums.discounts import before_voucher, reduce_by_voucher
from dinero_sync.posting.texts import DANISH, ENGLISH, Texts


def lines_of(
    order: Order, *rules: Rule, payment_type: PaymentType | None = None
) -> tuple[InvoiceLine, ...]:
    return plan_order(
        order, payment_type, date(2026, 12, 3), settings(rules=rules), a_chart()
    ).invoice.lines


def priced(*prices: str, **more: Any) -> Order:  # noqa: ANN401 - as in the builder of orders
    """Return an order with one line for each price."""
    return an_order(lines=tuple(a_line(unit_price=Decimal(price)) for price in prices), **more)


@pytest.mark.parametrize(
    ("variant", "text"),
    [
        ((), "Krus"),
        ((("Farve", "Blå"),), "Krus (Farve: Blå)"),
        ((("Farve", "Blå"), ("Størrelse", "M")), "Krus (Farve: Blå, Størrelse: M)"),
        ((("", "Blå"),), "Krus (Blå)"),
    ],
)
def test_a_line_names_the_product_with_its_variant(
    variant: tuple[tuple[str, str], ...], text: str
) -> None:
    assert describe(a_line(variant=variant), DANISH) == text


@pytest.mark.parametrize(
    ("sku", "language", "text"),
    [
        ("KRUS-01", DANISH, "Vare KRUS-01 (Blå)"),
        ("", DANISH, "Vare 501 (Blå)"),
        ("KRUS&amp;\x1b[2J", ENGLISH, "Product KRUS&[2J (Blå)"),
    ],
)
def test_a_product_without_a_name_is_named_by_its_number(
    sku: str, language: Texts, text: str
) -> None:
    assert describe(a_line(name="", sku=sku, variant=(("", "Blå"),)), language) == text


def test_a_nameless_product_and_a_nameless_discount_are_named_on_the_invoice() -> None:
    mug = a_line(name="", sku="KRUS-01")
    discount = a_line(name="", sku="RABAT", unit_price=Decimal(-25))

    (line,) = lines_of(an_order(lines=(mug, discount)))

    assert line.description == "Vare KRUS-01"
    assert line.comments == "Normalpris 125,00; rabat Vare RABAT: -25,00"


def test_goods_that_cost_nothing_or_little_are_no_discounts() -> None:
    bag, gift = (a_line(name="Pose", unit_price=Decimal(price)) for price in ("0.50", "0"))
    discount = a_line(name="Mængderabat", unit_price=Decimal("-25.10"))

    mug, *_ = lines_of(an_order(lines=(a_line(), bag, gift, discount)))

    assert mug.comments == "Normalpris 125,00; rabat Mængderabat: -25,00"


def test_the_code_of_a_voucher_stands_on_the_invoice_as_plain_text() -> None:
    order = an_order(voucher_code="S&aelig;son\x1b[2J", voucher_amount=Decimal(25))
    (line,) = lines_of(order)

    assert line.comments == "Normalpris 125,00; rabat Sæson[2J: -25,00"


def test_a_line_keeps_its_quantity_where_each_piece_has_a_price_in_oere() -> None:
    (line,) = lines_of(an_order(lines=(a_line(quantity=Decimal(3)),)))

    assert (line.description, line.quantity, line.unit_price) == ("Krus", Decimal(3), Decimal(125))
    assert line.unit == "parts"


def test_three_for_a_hundred_is_one_line_that_says_three_pieces() -> None:
    three = a_line(quantity=Decimal(3), unit_price=Decimal(40))
    order = an_order(lines=(three,), voucher_amount=Decimal(20))

    (line,) = lines_of(order)

    assert (line.quantity, line.unit_price, line.amount) == (Decimal(1), Decimal(100), Decimal(100))
    assert line.description == "3 stk. Krus"
    assert line.comments == "Normalpris 120,00; rabat: -20,00"


def test_three_for_a_hundred_says_pieces_in_english_to_a_foreign_buyer() -> None:
    three = a_line(quantity=Decimal("3.0"), unit_price=Decimal(40))
    order = an_order(lines=(three,), voucher_amount=Decimal(20), billing=an_address(country="SE"))

    (line,) = lines_of(order)

    assert line.description == "3 pcs. Krus"
    assert line.comments == "Normal price 120.00; discount: -20.00"


def test_goods_by_weight_keep_a_broken_quantity() -> None:
    cheese = a_line(name="Ost", quantity=Decimal("0.5"), unit_price=Decimal(180))

    (line,) = lines_of(an_order(lines=(cheese,)))

    assert (line.description, line.quantity, line.unit_price) == (
        "Ost",
        Decimal("0.5"),
        Decimal(180),
    )


def test_freight_is_the_last_line_and_a_shipment() -> None:
    *_, freight = lines_of(an_order(shipping_price=Decimal(39), shipping_name="GLS"))

    assert (freight.description, freight.unit) == ("Fragt – GLS", "shipment")
    assert (freight.quantity, freight.unit_price) == (Decimal(1), Decimal(39))
    assert freight.account == 1350


def test_freight_without_a_name_is_just_freight() -> None:
    *_, freight = lines_of(an_order(shipping_price=Decimal(39)))

    assert freight.description == "Fragt"


def test_free_freight_is_no_line() -> None:
    assert [line.account for line in lines_of(an_order(shipping_name="GLS"))] == [1000]


@pytest.mark.parametrize(
    ("gift", "texts"),
    [
        ({"name": "Prøve", "quantity": Decimal(2)}, ("2 stk. Prøve – uden beregning",)),
        ({"name": "", "sku": "PR-1"}, ("1 stk. Vare PR-1 – uden beregning",)),
        ({"name": "Udgået", "quantity": Decimal(0)}, ()),
    ],
    ids=["two", "one without a name", "none"],
)
def test_a_free_gift_is_a_row_of_text(gift: dict[str, Any], texts: tuple[str, ...]) -> None:
    free = a_line(unit_price=Decimal(0), **gift)
    invoice = plan_order(
        an_order(lines=(a_line(), free)), None, date(2026, 12, 3), settings(), a_chart()
    ).invoice

    assert [line.description for line in invoice.lines] == ["Krus"]
    assert invoice.texts == texts


def test_a_line_of_no_pieces_is_no_line() -> None:
    nothing = a_line(name="Udgået", quantity=Decimal(0))

    assert [line.description for line in lines_of(an_order(lines=(nothing, a_line())))] == ["Krus"]


@pytest.mark.parametrize(
    ("prices", "freight", "voucher", "lines", "freight_left"),
    [
        (["100", "50"], "39", "0", ["100", "50"], "39"),
        (["100", "50"], "39", "15", ["90", "45"], "39"),
        (["19.95", "29.90", "9.95"], "39", "8.97", ["16.96", "25.41", "8.46"], "39"),
        (["100", "50"], "39", "150", ["0", "0"], "39"),
        (["100", "50"], "39", "160", ["0", "0"], "29"),
        (["100", "50"], "39", "189", ["0", "0"], "0"),
        (["0", "0"], "39", "39", ["0", "0"], "0"),
    ],
    ids=[
        "no voucher",
        "ten percent",
        "the odd øre",
        "all goods",
        "the goods and part of the freight",
        "everything",
        "nothing but freight to pay",
    ],
)
def test_a_voucher_reduces_goods_by_their_share_and_the_rest_reduces_freight(
    prices: list[str], freight: str, voucher: str, lines: list[str], freight_left: str
) -> None:
    order = priced(*prices, shipping_price=Decimal(freight), voucher_amount=Decimal(voucher))

    costs = before_voucher(order, [True] * len(prices))

    assert costs is not None
    reduced = reduce_by_voucher(costs)

    assert reduced.lines == tuple(Decimal(line) for line in lines)
    assert reduced.shipping == Decimal(freight_left)


def test_freight_that_a_voucher_pays_in_part_says_so() -> None:
    order = priced(
        "100", shipping_price=Decimal(39), voucher_amount=Decimal(110), voucher_code="GAVE"
    )

    *_, freight = lines_of(order)

    assert freight.comments == "Normalpris 39,00; rabat GAVE: -10,00"


def test_each_line_keeps_its_own_vat_under_a_voucher() -> None:
    mug, book = a_line(unit_price=Decimal(125)), a_line(sku="BOG", vat_rate=Decimal(0))
    order = an_order(lines=(mug, book), voucher_amount=Decimal(50), vat=Decimal("20.00"))

    lines = lines_of(order, a_rule(1050, "bøger", sku=("BOG",)))

    assert [(line.amount, line.account, line.vat_rate) for line in lines] == [
        (Decimal(100), 1000, Decimal(25)),
        (Decimal(100), 1050, Decimal(0)),
    ]


def test_rules_may_ask_for_the_delivery_and_the_payment_type() -> None:
    order = an_order(
        billing=an_address(country="DK"),
        delivery=an_address(country="NO", zip_code="0150"),
        lines=(a_line(vat_rate=Decimal(0)),),
    )
    rule = a_rule(1255, "norge på kort", country=("NO",), payment_type=("Kort",))

    (line,) = lines_of(order, rule, payment_type=a_payment_type(name="Kort"))

    assert (line.account, line.rule) == (1255, "norge på kort")
