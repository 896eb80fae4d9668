"""Whatever an order looks like: it is held with a reason, or planned to the øre."""

from decimal import Decimal

import pytest
from builders import (
    a_chart,
    a_line,
    a_payment_type,
    a_rule,
    an_address,
    an_order,
    is_told,
    personal_data_in,
    plan_order,
    settings,
)
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.money import is_whole_ore, round_to_ore, vat_inside
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.domain.zone import Zone
from dinero_sync.texts.telling import message, next_step

DAY = an_order().created.date()
RULES = (
    a_rule(1255, "export", zone=(Zone.WORLD,)),
    a_rule(1050, "goods without VAT", vat_rate=(Decimal(0),)),
)

prices = st.integers(min_value=0, max_value=500_000).map(lambda ore: Decimal(ore) / 100)
quantities = st.integers(min_value=1, max_value=12).map(Decimal)
RATES = (*map(Decimal, ("25", "0", "12", "24.9962", "0.25")), None)
one_rate = st.sampled_from(RATES).map(st.just)
any_rate = st.just(st.sampled_from(RATES))


@composite
def orders(draw: DrawFn) -> Order:
    """Draw an order whose lines, freight and voucher add up to its total."""
    rates = draw(one_rate | any_rate)
    line = st.builds(a_line, quantity=quantities, unit_price=prices, vat_rate=rates)
    lines = tuple(draw(st.lists(line, max_size=6)))
    freight = draw(prices)
    gross = sum((line.amount for line in lines), freight)
    voucher = draw(st.integers(0, int(gross * 100)).map(lambda ore: Decimal(ore) / 100))
    right_vat = vat_of(lines, freight, gross, voucher)
    return an_order(
        lines=lines,
        shipping_price=freight,
        voucher_amount=voucher,
        voucher_code=draw(st.sampled_from(["", "JUL10"])),
        delivery=an_address(country=draw(st.sampled_from(["DK", "SE", "NO"]))),
        vat=draw(st.just(right_vat) | st.none() | prices),
    )


def vat_of(
    lines: tuple[OrderLine, ...], freight: Decimal, gross: Decimal, voucher: Decimal
) -> Decimal:
    """Work out the VAT as a shop does that spreads its discount evenly over everything."""
    parts = [(line.amount, line.vat_rate or Decimal(0)) for line in lines]
    full = sum((vat_inside(amount, rate) for amount, rate in parts), Decimal(0))
    full += vat_inside(freight, max([rate for _, rate in parts], default=Decimal(25)))
    return round_to_ore(full * (gross - voucher) / gross) if gross else Decimal(0)


def decide(order: Order) -> Plan | Hold:
    try:
        return plan_order(order, a_payment_type(), DAY, settings(rules=RULES), a_chart())
    except HeldError as error:
        return error.hold


@given(orders())
def test_an_order_is_held_with_a_reason_or_planned_to_the_oere(order: Order) -> None:
    decided = decide(order)

    if isinstance(decided, Hold):
        assert message(decided)
        assert next_step(decided.steps)
        assert not personal_data_in(decided)
    else:
        assert decided.invoice.total == order.total
        assert decided.payment is not None
        assert decided.payment.amount == order.total


@given(orders())
def test_every_planned_line_has_the_vat_of_its_account(order: Order) -> None:
    decided = decide(order)

    for line in decided.invoice.lines if isinstance(decided, Plan) else ():
        assert line.vat_rate == a_chart().vat_rate(line.account)


@given(orders())
def test_every_price_on_the_wire_has_whole_oere_and_none_is_negative(order: Order) -> None:
    decided = decide(order)

    for line in decided.invoice.lines if isinstance(decided, Plan) else ():
        assert is_whole_ore(line.unit_price)
        assert line.unit_price >= 0


@given(orders())
def test_what_is_decided_about_an_order_is_always_the_same(order: Order) -> None:
    assert decide(order) == decide(order)


@given(st.lists(prices, min_size=1, max_size=6).filter(any), prices)
def test_an_ordinary_danish_order_is_never_held(goods: list[Decimal], freight: Decimal) -> None:
    order = an_order(
        lines=tuple(a_line(unit_price=price) for price in goods), shipping_price=freight
    )

    assert isinstance(decide(order), Plan)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The order says 8000.84 DKK.", False),
        ("It costs 18000, of which 3600,00 is VAT.", False),
        ("Delivered to 8000 Aarhus.", True),
        ("The zip code is 8000.", True),
    ],
)
def test_an_amount_that_holds_the_digits_of_a_zip_code_tells_nothing_of_the_buyer(
    text: str, *, told: bool
) -> None:
    assert is_told("8000", text) is told
