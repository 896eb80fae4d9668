"""Another country's VAT (OSS, VOEC): the net on a sales account, the VAT as a debt, to the øre."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, plan_order, settings
from hypothesis import assume, given
from hypothesis import strategies as st

from dinero_sync.domain.documents import BuyerKind, Invoice
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.charges import Rulings, charges_of
from dinero_sync.texts.telling import next_step

DAY = date(2026, 12, 3)
BERLIN = an_address(country="DE", zip_code="10115", city="Berlin")
OSLO = an_address(country="NO", zip_code="0150", city="Oslo")
OSS = a_rule(1151, "OSS", zone=(Zone.EU,), foreign_vat_account=64200)
VOEC = a_rule(1255, "VOEC", country=("NO",), foreign_vat_account=64210)


def invoiced(order: Order) -> Invoice:
    return plan_order(order, None, DAY, settings(rules=(OSS, VOEC)), a_chart()).invoice


def to_berlin(*lines: tuple[str, str], **more: Any) -> Order:  # noqa: ANN401 - as in the builder
    """Return an order to Berlin with a line for each price and VAT rate."""
    return an_order(
        lines=tuple(
            a_line(unit_price=Decimal(price), vat_rate=Decimal(rate)) for price, rate in lines
        ),
        billing=BERLIN,
        delivery=BERLIN,
        **more,
    )


def rows(invoice: Invoice) -> list[tuple[int, Decimal]]:
    return [(line.account, line.amount) for line in invoice.lines]


def test_the_net_is_the_sale_and_the_vat_is_a_debt() -> None:
    invoice = invoiced(
        to_berlin(("595.00", "19"), shipping_price=Decimal("59.50"), vat=Decimal("104.50"))
    )

    assert rows(invoice) == [
        (1151, Decimal("500.00")),
        (1151, Decimal("50.00")),
        (64200, Decimal("104.50")),
    ]
    assert invoice.vat == 0
    assert invoice.lines[-1].description == "VAT DE 19 % of 550.00"
    assert invoice.lines[-1].rule == "OSS"


def test_each_rate_has_a_line_of_its_own() -> None:
    invoice = invoiced(to_berlin(("119.00", "19"), ("107.00", "7"), ("238.00", "19")))

    assert rows(invoice)[3:] == [(64200, Decimal("57.00")), (64200, Decimal("7.00"))]


def test_the_shops_own_vat_is_owed_even_where_it_rounds_otherwise() -> None:
    invoice = invoiced(to_berlin(("9.99", "19"), ("9.99", "19"), vat=Decimal("3.18")))

    assert rows(invoice) == [
        (1151, Decimal("8.40")),
        (1151, Decimal("8.40")),
        (64200, Decimal("3.18")),
    ]


def test_vat_that_the_shop_states_unrounded_is_rounded() -> None:
    assert rows(invoiced(to_berlin(("99.95", "19"), vat=Decimal("15.9584"))))[-1] == (
        64200,
        Decimal("15.96"),
    )


def test_where_the_shop_states_no_vat_it_is_reckoned_from_the_rate() -> None:
    assert rows(invoiced(to_berlin(("9.99", "19"), ("9.99", "19"))))[-1] == (
        64200,
        Decimal("3.19"),
    )


def test_norwegian_vat_goes_to_a_debt_of_its_own_and_the_invoice_says_nothing_of_export() -> None:
    order = an_order(
        lines=(a_line(unit_price=Decimal("1250.00")),),
        shipping_price=Decimal("150.00"),
        vat=Decimal("280.00"),
        billing=OSLO,
        delivery=OSLO,
    )

    invoice = invoiced(order)

    assert rows(invoice) == [
        (1255, Decimal("1000.00")),
        (1255, Decimal("120.00")),
        (64210, Decimal("280.00")),
    ]
    assert "exempt" not in invoice.comment


def test_a_sale_without_vat_under_such_a_rule_is_a_plain_one() -> None:
    order = an_order(lines=(a_line(vat_rate=Decimal(0)),), billing=OSLO, delivery=OSLO)

    invoice = invoiced(order)

    assert rows(invoice) == [(1255, Decimal("125.00"))]
    assert "Export – VAT exempt." in invoice.comment


def test_foreign_vat_that_no_rule_takes_is_held() -> None:
    with pytest.raises(HeldError) as caught:
        plan_order(to_berlin(("119.00", "19")), None, DAY, settings(), a_chart())

    assert caught.value.hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "foreign_vat_account: 64200  # Skyldig OSS-moms" in next_step(caught.value.hold.steps)


PRICES = st.integers(0, 99_999).map(lambda ore: Decimal(ore) / 100)


@given(
    lines=st.lists(st.tuples(PRICES, st.sampled_from([7, 19])), min_size=1, max_size=6),
    freight=PRICES,
    share=st.integers(0, 100),
)
def test_net_and_vat_always_make_up_what_the_customer_paid(
    lines: list[tuple[Decimal, int]], freight: Decimal, share: int
) -> None:
    goods = sum((price for price, _ in lines), Decimal(0))
    voucher = (goods * share / 100).quantize(Decimal("0.01"))
    order = an_order(
        lines=tuple(a_line(unit_price=price, vat_rate=Decimal(rate)) for price, rate in lines),
        shipping_price=freight if len({rate for _, rate in lines}) == 1 else Decimal(0),
        voucher_amount=voucher if len({rate for _, rate in lines}) == 1 else Decimal(0),
        billing=BERLIN,
        delivery=BERLIN,
    )
    assume(order.total)

    invoice = invoiced(order)

    assert invoice.total == order.total
    assert all(line.amount >= 0 for line in invoice.lines)


def test_the_shops_own_vat_is_taken_though_a_line_beside_bears_none() -> None:
    exempt = a_rule(
        1151,
        "books",
        zone=(Zone.EU,),
        buyer=(BuyerKind.CONSUMER,),
        vat_rate=(Decimal(0),),
        foreign_vat_account=64200,
    )
    order = to_berlin(("100.00", "19"), ("50.00", "0"), vat=Decimal("15.98"))
    rules = settings(rules=(exempt, OSS))

    invoice = plan_order(order, None, DAY, rules, a_chart()).invoice

    assert rows(invoice)[-1] == (64200, Decimal("15.98"))


def test_a_consumer_in_the_eu_who_paid_no_vat_is_no_sale_by_oss() -> None:
    with pytest.raises(HeldError) as caught:
        invoiced(to_berlin(("50.00", "0")))

    assert caught.value.hold.reason is HoldReason.ACCOUNT_VAT_MISMATCH
    assert "Let the shop charge it" in next_step(caught.value.hold.steps)


def test_a_sale_without_vat_that_leaves_the_eu_is_no_matter_of_voec() -> None:
    order = an_order(lines=(a_line(vat_rate=Decimal(0)),), billing=OSLO, delivery=OSLO)

    assert rows(invoiced(order)) == [(1255, Decimal("125.00"))]


def test_goods_and_freight_each_keep_their_own_net() -> None:
    order = to_berlin(("595.00", "19"), ("119.00", "19"), shipping_price=Decimal("59.50"))

    assert rows(invoiced(order)) == [
        (1151, Decimal("500.00")),
        (1151, Decimal("100.00")),
        (1151, Decimal("50.00")),
        (64200, Decimal("123.50")),
    ]


def test_freight_stands_after_the_last_order_line() -> None:
    order = to_berlin(("595.00", "19"), ("119.00", "19"), shipping_price=Decimal("59.50"))

    charges = charges_of(order, settings(), {}, Rulings(lambda _: False, lambda _, rate: rate))

    assert [charge.position for charge in charges] == [1, 2, 3]
