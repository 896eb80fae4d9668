"""What a discount may be for: goods of one VAT or of all, the freight, or both."""

from decimal import Decimal

import pytest

from dinero_sync.posting.sums.discounts import Discounted, Reduced, ways_to_reduce


def ways(voucher: str, freight: str = "0", freight_vat: str = "25") -> list[list[str]]:
    """Lay a voucher on goods of 300.00 at 25 % and 100.00 without VAT, and on freight."""
    costs = Discounted(
        amounts=(Decimal(300), Decimal(100)),
        freight=Decimal(freight),
        voucher=Decimal(voucher),
        is_reduced=(True, True),
    )
    return [
        [told(way) for way in group] for group in ways_to_reduce(costs, ["25", "0"], freight_vat)
    ]


def told(way: Reduced) -> str:
    """Say what the first goods, the second and the freight cost after it."""
    return " ".join(f"{amount:.2f}" for amount in (*way.lines, way.shipping))


ON_ALL, ON_FIRST, ON_SECOND = (
    "240.00 80.00 0.00",
    "220.00 100.00 0.00",
    "300.00 20.00 0.00",
)


def test_goods_of_two_kinds_are_reduced_together_or_those_of_one() -> None:
    assert ways("80") == [[ON_ALL, ON_FIRST, ON_SECOND]]


@pytest.mark.parametrize(
    ("voucher", "group"),
    [
        (
            "100",
            ["225.00 75.00 0.00", "200.00 100.00 0.00", "300.00 0.00 0.00"],
        ),
        ("300", ["75.00 25.00 0.00", "0.00 100.00 0.00"]),
        ("400", ["0.00 0.00 0.00"]),
    ],
    ids=["all that the second cost", "all that the first cost", "all"],
)
def test_goods_that_cost_less_than_the_discount_are_not_what_it_is_for(
    voucher: str, group: list[str]
) -> None:
    assert ways(voucher) == [group]


def test_freight_is_asked_last() -> None:
    goods, with_freight = ways("80", freight="100")

    assert [way.split()[-1] for way in goods] == ["100.00"] * 3
    assert with_freight == ["300.00 100.00 20.00", "252.00 84.00 84.00"]


def test_freight_cheaper_than_the_discount_is_not_all_that_it_is_for() -> None:
    assert ways("100", freight="50")[1] == ["233.33 77.78 38.89"]


def test_a_discount_of_just_the_freights_price_may_as_well_be_for_that() -> None:
    (group,) = ways("50", freight="50")

    assert "300.00 100.00 0.00" in group


@pytest.mark.parametrize("voucher", ["0", "400.01"], ids=["none", "more than the goods"])
def test_no_discount_and_one_above_the_goods_have_one_way_each(voucher: str) -> None:
    (group,) = ways(voucher, freight="50")

    assert len(group) == 1


def test_a_discount_of_the_goods_whole_price_may_be_for_the_freight_too() -> None:
    assert ways("400", freight="50") == [
        ["0.00 0.00 50.00"],
        ["33.33 11.11 5.56"],
    ]
