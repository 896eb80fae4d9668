"""Amounts are exact to the øre, and what is split adds up again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.money import (
    ORE,
    is_whole_ore,
    round_to_ore,
    spread,
    total,
    vat_inside,
)

amounts = st.integers(min_value=0, max_value=10**9).map(lambda ore: ore * ORE)
weights = st.lists(amounts, min_size=1, max_size=30).filter(any)


def kroner(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


@given(amounts, weights)
def test_shares_add_up_to_the_oere_whatever_is_split(amount: Decimal, by: list[Decimal]) -> None:
    assert sum(spread(amount, by)) == amount


@given(amounts, weights)
def test_each_share_is_within_one_oere_of_its_exact_part(
    amount: Decimal, by: list[Decimal]
) -> None:
    whole = sum(by)
    for share, weight in zip(spread(amount, by), by, strict=True):
        assert is_whole_ore(share)
        assert abs(share * whole - amount * weight) < ORE * whole


@given(amounts, weights)
def test_the_same_amount_is_always_split_the_same_way(amount: Decimal, by: list[Decimal]) -> None:
    assert spread(amount, by) == spread(amount, list(by))


@given(amounts, weights)
def test_no_share_is_larger_than_what_it_is_taken_from(amount: Decimal, by: list[Decimal]) -> None:
    shares = spread(min(amount, sum(by, Decimal(0))), by)

    assert all(0 <= share <= weight for share, weight in zip(shares, by, strict=True))


def test_the_largest_remainder_gets_the_odd_oere() -> None:
    assert spread(Decimal("8.97"), kroner("19.95", "29.90", "9.95")) == kroner(
        "2.99", "4.49", "1.49"
    )


def test_the_earlier_share_gets_the_odd_oere_where_remainders_tie() -> None:
    assert spread(Decimal("0.05"), kroner("1", "1", "1")) == kroner("0.02", "0.02", "0.01")


def test_nothing_can_be_taken_off_lines_that_cost_nothing() -> None:
    assert spread(Decimal(0), kroner("0", "0.00")) == kroner("0", "0")
    all_zero = "^an amount can't be spread over weights that are all zero$"
    with pytest.raises(ValueError, match=all_zero):
        spread(Decimal("0.01"), kroner("0", "0"))


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("1.005", "1.01"), ("1.004", "1.00"), ("17.966", "17.97"), ("-1.005", "-1.01"), ("7", "7")],
)
def test_half_an_oere_is_rounded_up_as_on_an_invoice(amount: str, rounded: str) -> None:
    assert round_to_ore(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(("amount", "whole"), [("1.5", True), ("1E+2", True), ("0.001", False)])
def test_a_fraction_of_an_oere_is_told_from_a_whole_one(amount: str, *, whole: bool) -> None:
    assert is_whole_ore(Decimal(amount)) is whole


@pytest.mark.parametrize(
    ("gross", "rate", "vat"), [("125", "25", "25"), ("39.00", "25", "7.80"), ("880", "0", "0")]
)
def test_a_fifth_of_a_price_with_danish_vat_is_vat(gross: str, rate: str, vat: str) -> None:
    assert vat_inside(Decimal(gross), Decimal(rate)) == Decimal(vat)


def test_nothing_adds_up_to_an_amount_of_nothing() -> None:
    assert repr(total(())) == repr(Decimal(0))
    assert total([Decimal("0.10"), Decimal("-0.05")]) == Decimal("0.05")
