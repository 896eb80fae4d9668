"""Days and amounts are read as programs and as Danes write them, and never guessed."""

from datetime import date
from decimal import Decimal

import click
import pytest

from dinero_sync.cli.typed import day, kroner


@pytest.mark.parametrize("text", ["2026-12-01", "01-12-2026", "1-12-2026", "1.12.2026"])
def test_a_day_is_read_in_each_form_that_can_mean_one_day_alone(text: str) -> None:
    assert day(text) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["12/01/2026", "2026-13-01", "31-11-2026", "1.12.26", "", "i dag"])
def test_any_other_day_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="2026-12-01"):
        day(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12500.50", "12500.50"),
        ("12500,5", "12500.5"),
        ("12.500,50", "12500.50"),
        ("1.234.567,89", "1234567.89"),
        ("300", "300"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_in_each_form_that_can_mean_one_amount_alone(
    text: str, amount: str
) -> None:
    assert kroner(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["12.500", "12,500.50", "1,234", "-5", "NaN", "1e5", "12.50,00", "1.2345,00", "", "kr 5"],
)
def test_any_other_amount_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        kroner(text)
