"""Amounts and days are read in the one way in which a whole file writes them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from dinero_sync.settlements.amounts import (
    Amounts,
    Days,
    currency_of,
    day_in_copenhagen,
    days_of,
    from_minor,
    mark_of,
)
from dinero_sync.settlements.refusal import RefusedFileError


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(RefusedFileError) as caught:
        work()
    return caught.value.refusal.code


def mark(*cells: str) -> str:
    return mark_of(enumerate(cells))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("1.50", "1,234"), "."),
        (("1,50", "1.234"), ","),
        (("1.234.567",), ","),
        (("1234.567",), "."),
        (("", "12"), "."),
        (("12,5-",), ","),
    ],
)
def test_the_decimal_mark_is_the_one_by_which_all_amounts_are_read(
    cells: tuple[str, ...], found: str
) -> None:
    assert mark(*cells) == found


def test_amounts_that_fit_no_mark_or_two_are_refused() -> None:
    assert refused(lambda: mark("1.50", "1,50")) == "amounts_in_two_ways"
    assert refused(lambda: mark("1.234", "5,678")) == "decimal_mark_unclear"
    assert refused(lambda: mark("kr. 5")) == "amounts_in_two_ways"


@pytest.mark.parametrize(
    ("mark", "text", "currency", "amount"),
    [
        (".", "1,234.50", "DKK", "1234.50"),
        (",", "−1\u00a0234,5", "DKK", "-1234.5"),  # noqa: RUF001 - as files have them
        (",", "12,50-", "DKK", "-12.50"),
        (".", "+7", "DKK", "7"),
        (".", "500.00", "JPY", "500.00"),
        (".", "1.234", "KWD", "1.234"),
        (".", "1'234.50", "CHF", "1234.50"),
        (".", "500", "JPY", "500"),
    ],
)
def test_an_amount_is_read(mark: str, text: str, currency: str, amount: str) -> None:
    assert Amounts(mark).read(text, currency, 1, "Amount") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("1.234", "DKK", "too_many_decimals"),
        ("1.500", "DKK", "too_many_decimals"),
        ("1.50", "JPY", "too_many_decimals"),
        ("", "DKK", "amount_unclear"),
        ("12,34", "DKK", "amount_unclear"),
        ("1e5", "DKK", "amount_unclear"),
        ("NaN", "DKK", "amount_unclear"),
        ("١٢", "DKK", "amount_unclear"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, currency: str, code: str) -> None:
    assert refused(lambda: Amounts(".").read(text, currency, 1, "Amount")) == code


@pytest.mark.parametrize("amount", [1.5, True, None, "1.5", "x", Decimal("1.5")])
def test_minor_units_are_whole_numbers(amount: object) -> None:
    assert refused(lambda: from_minor(amount, "DKK")) == "amount_not_in_minor_units"


def test_a_currency_is_a_code() -> None:
    assert currency_of(" dkk ", 1) == "DKK"
    assert refused(lambda: currency_of("kr.", 1)) == "no_currency"
    assert refused(lambda: currency_of("kr.")) == "no_currency_in_entry"


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (("01/12/2026", "13/12/2026"), date(2026, 12, 1)),
        (("01/12/2026", "01/13/2026"), date(2026, 1, 12)),
        (("01.12.2026",), date(2026, 12, 1)),
        (("2026/12/01 10:00:00",), date(2026, 12, 1)),
        (("2026-12-01T10:00:00Z",), date(2026, 12, 1)),
        (("01/01/2026",), date(2026, 1, 1)),
    ],
)
def test_the_order_of_days_is_shown_by_the_whole_file(cells: tuple[str, ...], first: date) -> None:
    assert days_of(cells).read(cells[0], 1, "Date") == first


def test_days_that_can_not_be_told_or_do_not_exist_are_refused() -> None:
    assert refused(lambda: days_of(["01/12/2026"])) == "day_order_unclear"
    assert refused(lambda: days_of(["31.02.2026"]).read("31.02.2026", 1, "d")) == "day_unclear"
    mixed = ["13/12/2026", "12/13/2026"]
    assert refused(lambda: [days_of(mixed).read(each, 1, "d") for each in mixed]) == "day_unclear"
    assert refused(lambda: days_of([]).read("1 Dec", 1, "d")) == "day_unclear"
    assert (
        refused(lambda: Days(day_first=True, stated="%d-%m-%Y").read("x", 1, "d")) == "day_unclear"
    )


def test_a_stated_form_is_taken_with_a_time_behind_the_day() -> None:
    assert Days(day_first=True, stated="%d-%m-%Y").read("02-12-2026 10:00", 1, "d") == date(
        2026, 12, 2
    )
    stated = Days(day_first=True, stated="%d-%m-%Y %H.%M")
    assert stated.read("02-12-2026 10.00", 1, "d") == date(2026, 12, 2)


def test_a_time_is_of_the_day_in_copenhagen() -> None:
    assert day_in_copenhagen("2026-12-01T23:30:00Z") == date(2026, 12, 2)
    assert day_in_copenhagen(1796170000) == date(2026, 12, 2)
    for wrong in ("2026-12-01T10:00:00", "x", None, 10**20):
        assert refused(partial(day_in_copenhagen, wrong)) == "day_unclear_in_entry"
