"""The VAT rate of each line comes from the order itself; where it can't be told, a person is asked.

In the tables: what the lines cost and which rates they name, the freight, and the order's VAT.
"""

from decimal import Decimal

import pytest
from builders import a_line, an_order, personal_data_in, settings

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.posting.charges import Charge, Rulings, charges_of
from dinero_sync.texts.telling import message, next_step

Line = tuple[str, str | None]


def order_of(lines: list[Line], freight: str, vat: str | None) -> Order:
    return an_order(
        lines=tuple(
            a_line(unit_price=Decimal(price), vat_rate=None if rate is None else Decimal(rate))
            for price, rate in lines
        ),
        shipping_price=Decimal(freight),
        vat=None if vat is None else Decimal(vat),
    )


PLAIN = Rulings(is_taken_out=lambda _: False, treatment=lambda _, rate: rate)


def inferred(lines: list[Line], freight: str, vat: str | None) -> list[Charge]:
    return charges_of(order_of(lines, freight, vat), settings(), {}, PLAIN)


@pytest.mark.parametrize(
    ("lines", "freight", "vat", "rates", "freight_rate"),
    [
        ([("125", "25")], "0", "25", ["25"], "25"),
        ([("125", "25")], "39", "32.80", ["25"], "25"),
        ([("125", "25")], "39", None, ["25"], "25"),
        ([("100", "0")], "39", "0", ["0"], "0"),
        ([("100", "0")], "39", None, ["0"], "0"),
        ([("125", "25"), ("100", "0")], "39", "32.80", ["25", "0"], "25"),
        ([("125", "25"), ("100", "0")], "39", "25.00", ["25", "0"], "0"),
        ([("100", "0"), ("125", "25")], "0", "25.00", ["0", "25"], "0"),
        ([("106", "6")], "39", "8.21", ["6"], "6"),
        ([("125", None)], "39", "32.80", ["25"], "25"),
        ([("125", None)], "39", "0", ["0"], "0"),
        ([("125", None), ("62.50", None)], "0", "37.50", ["25", "25"], "25"),
        ([("1450", "0")], "49", "9.80", ["0"], "25"),
        ([("119", "19")], "39", "19.00", ["19"], "0"),
        ([("119", "19"), ("107", "7")], "0", None, ["19", "7"], "19"),
        ([], "39", "7.80", [], "25"),
        ([], "39", "0", [], "0"),
        ([("125", "25"), ("0", None)], "39", "32.80", ["25", "0"], "25"),
        ([("125", "25"), ("0", "0")], "39", None, ["25", "0"], "25"),
        (
            [("125", "25"), ("100", "0"), *[("10", "0")] * 6],
            "0.45",
            "25.09",
            ["25", *["0"] * 7],
            "25",
        ),
        (
            [("125", "25"), ("100", "0"), *[("10", "0")] * 6],
            "0.45",
            "25.00",
            ["25", *["0"] * 7],
            "0",
        ),
    ],
    ids=[
        "25 % on the line",
        "25 % and freight follows",
        "25 % though the order states no VAT",
        "no VAT on the line",
        "no VAT though the order states none",
        "mixed, freight with VAT",
        "mixed, freight without VAT",
        "mixed, freight is free",
        "another rate that the order confirms",
        "no rate named, a fifth is VAT",
        "no rate named, no VAT",
        "no rate named on two lines",
        "goods without VAT, freight with it",
        "goods with VAT, freight without it",
        "two rates and no freight, though the order states no VAT",
        "freight alone, with VAT",
        "freight alone, without VAT",
        "a gift that names no rate",
        "a gift without VAT, though the order states none",
        "little freight beside many lines, with VAT",
        "little freight beside many lines, without VAT",
    ],
)
def test_the_rates_that_the_order_itself_proves_are_taken(
    lines: list[Line], freight: str, vat: str | None, rates: list[str], freight_rate: str
) -> None:
    found = inferred(lines, freight, vat)

    assert [each.rate for each in found if each.line] == [Decimal(rate) for rate in rates]
    freights = {each.rate for each in found if not each.line}
    assert freights == ({Decimal(freight_rate)} if Decimal(freight) else set())


@pytest.mark.parametrize(
    ("lines", "freight", "vat"),
    [
        ([("125", None)], "0", None),
        ([("125", "25"), ("100", "0")], "39", None),
        ([("125", "25")], "0", "0"),
        ([("100", "0")], "0", "20"),
        ([("125", None)], "0", "7.08"),
        ([("125", "25"), ("100", None)], "0", "25"),
        ([("125", "25"), ("100", "0")], "0.04", "25.00"),
        ([("0.05", None)], "0", "0.01"),
        ([], "39", None),
    ],
    ids=[
        "neither rates nor VAT",
        "mixed rates and no VAT to tell that of the freight",
        "the line says 25 % and the order none",
        "the line says none and the order 25 %",
        "a VAT amount of another country",
        "one line tells its rate and one doesn't",
        "the freight is too small to tell its rate",
        "the amount is too small to tell its rate",
        "freight alone, and no VAT to tell its rate",
    ],
)
def test_an_order_whose_vat_cant_be_told_is_held(
    lines: list[Line], freight: str, vat: str | None
) -> None:
    with pytest.raises(HeldError) as held:
        inferred(lines, freight, vat)

    assert held.value.hold.reason is HoldReason.UNKNOWN_VAT
    assert "Nothing is booked on a guess" in message(held.value.hold)
    assert "shoporama.fields" in next_step(held.value.hold.steps)
    assert not personal_data_in(held.value.hold)


@pytest.mark.parametrize(
    ("vat", "fits"), [("79.60", True), ("79.62", True), ("79.58", True), ("79.63", False)]
)
def test_the_stated_vat_may_be_off_by_an_oere_a_line_and_no_more(vat: str, *, fits: bool) -> None:
    lines: list[Line] = [("199", "25"), ("199", "25")]

    if fits:
        assert [each.rate for each in inferred(lines, "0", vat)] == [Decimal(25), Decimal(25)]
        return
    with pytest.raises(HeldError):
        inferred(lines, "0", vat)


def test_the_hold_repeats_what_the_shop_said() -> None:
    with pytest.raises(HeldError) as held:
        inferred([("125", "25"), ("100", None)], "0", None)

    assert "no VAT amount on a total of 225" in message(held.value.hold)
    assert "25" in message(held.value.hold)


def test_the_hold_says_when_no_line_names_a_rate() -> None:
    with pytest.raises(HeldError) as held:
        inferred([("125", None)], "0", "7.08")

    assert "7.08 of VAT on a total of 125.00, and its lines name no rate" in message(
        held.value.hold
    )
