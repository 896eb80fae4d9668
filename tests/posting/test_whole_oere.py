"""Amounts are whole øre: lines are rounded once, and nothing else is."""

from decimal import Decimal

import pytest
from builders import a_line

from dinero_sync.domain.money import spread


@pytest.mark.parametrize("amount", ["-1.00", "8.975"])
def test_a_negative_amount_or_a_fraction_of_an_oere_is_not_spread(amount: str) -> None:
    refusal = "^only amounts in whole øre that aren't negative can be spread$"
    with pytest.raises(ValueError, match=refusal):
        spread(Decimal(amount), [Decimal(1), Decimal(2)])


@pytest.mark.parametrize(
    ("pieces", "unit_price", "amount"),
    [
        ("1.25", "79.90", "99.88"),
        ("3", "133.3333", "400.00"),
        ("1.5", "9.95", "14.93"),
        ("-1.5", "9.95", "-14.93"),
        ("0.333", "0.01", "0.00"),
    ],
)
def test_a_line_is_worth_its_amount_rounded_once(pieces: str, unit_price: str, amount: str) -> None:
    line = a_line(quantity=Decimal(pieces), unit_price=Decimal(unit_price))

    assert line.amount == Decimal(amount)
