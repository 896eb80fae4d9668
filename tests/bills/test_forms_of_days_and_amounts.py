"""Days and amounts are read in the form that is stated, and never guessed."""

import calendar
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.bills.pdfs.forms import MONTHS, AmountForm, day_in, plain_line

DANISH = AmountForm(",", (".", " "), "DKK", whole=False)
ENGLISH = AmountForm(".", (",",), "USD", whole=False)
WHOLE = AmountForm(",", (".",), "DKK", whole=True)
SPACES = "\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\t"
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
in_ore = st.integers(min_value=0, max_value=10**11)


def written(ore: int, thousands: str, decimal: str) -> str:
    """Write an amount of so many øre."""
    return f"{ore // 100:,}".replace(",", thousands) + f"{decimal}{ore % 100:02}"


@given(in_ore, st.sampled_from(SPACES), st.sampled_from(["", "DKK ", "kr. "]))
def test_any_kind_of_space_stands_between_thousands(ore: int, space: str, before: str) -> None:
    text = plain_line(before + written(ore, space, ","))

    assert DANISH.amount(text) == Decimal(ore) / 100


@given(in_ore, st.sampled_from(["", " kr.", " DKK", "kr"]))
def test_a_danish_amount_is_read_to_the_ore(ore: int, behind: str) -> None:
    assert DANISH.amount(written(ore, ".", ",") + behind) == Decimal(ore) / 100


@given(in_ore, st.sampled_from(["", "$", "US$", "USD "]))
def test_an_english_amount_is_read_to_the_cent(ore: int, before: str) -> None:
    assert ENGLISH.amount(before + written(ore, ",", ".")) == Decimal(ore) / 100


@given(st.integers(min_value=100_000, max_value=10**11))
def test_an_amount_in_the_other_form_is_none(ore: int) -> None:
    assert DANISH.amount(written(ore, ",", ".")) is None
    assert ENGLISH.amount(written(ore, ".", ",")) is None


@pytest.mark.parametrize(
    "text", ["-937,50", "937,50-", "\N{MINUS SIGN}937,50", "(937,50)", "kr. -937,50"]
)
def test_what_is_below_0_is_so_in_every_form(text: str) -> None:
    assert DANISH.amount(text) == Decimal("-937.50")


@pytest.mark.parametrize(
    "text",
    [
        *("750", "1.691", "1 691", "16.91,25", "1.6911,25", "937,5", "937,500", "25 %", "25,00 %"),
        *(
            "€ 937,50",
            "937,50 EUR",
            "3 stk.",
            "",
            "(937,50",
            "1  691,25",
            "\N{ARABIC-INDIC DIGIT NINE}37,50",
        ),
    ],
)
def test_what_is_no_amount_in_this_form_is_none(text: str) -> None:
    assert DANISH.amount(text) is None


@pytest.mark.parametrize("text", ["1.500", "1.500,-", "1500,-", "1.500,00", "kr 1500"])
def test_ore_may_be_left_out_where_that_is_stated(text: str) -> None:
    assert WHOLE.amount(text) == Decimal(1500)


def test_a_september_day_is_one() -> None:
    assert day_in("03-09-2026", "%d-%m-%Y") == date(2026, 9, 3)
    assert day_in("03-09-2026", "%m-%d-%Y") == date(2026, 3, 9)


@given(days, st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%m/%d/%Y", "%d.%m.%y", "%Y%m%d"]))
def test_a_day_in_figures_is_read_as_its_form_says(day: date, form: str) -> None:
    assert day_in(day.strftime(form), form) == day


@given(days, st.sampled_from(["{0.day}. {1} {0.year}", "{0.day}.{1} {0.year}"]))
def test_a_month_is_named_in_danish_or_english(day: date, written: str) -> None:
    for name in MONTHS[day.month - 1]:
        assert day_in(written.format(day, name), "%d. %B %Y") == day
        assert day_in(written.format(day, name.upper()), "%d. %B %Y") == day
    assert calendar.month_name[day.month].lower() in MONTHS[day.month - 1]


@pytest.mark.parametrize(
    "text", ["31-02-2026", "03-13-2026", "3/9-2026", "03-09-20261", "i dag", "", "03-09-26"]
)
def test_what_is_no_day_in_this_form_is_none(text: str) -> None:
    assert day_in(text, "%d-%m-%Y") is None


def test_what_follows_a_day_may_be_words_or_a_time() -> None:
    assert day_in("03-09-2026 14:22", "%d-%m-%Y") == date(2026, 9, 3)
    assert day_in("August 3 , 2014", "%B %d , %Y") == date(2014, 8, 3)
    assert day_in("3. septembober 2026", "%d. %B %Y") is None


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert plain_line("937\N{SOFT HYPHEN},50\N{ZERO WIDTH SPACE}") == "937,50"
    assert plain_line("\N{LATIN SMALL LIGATURE FI}rma") == "firma"
