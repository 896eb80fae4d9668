"""Days and amounts are read as programs and as Danes write them, and never guessed."""

from datetime import date
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner

from dinero_sync.cli.asking import asked, one_of
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


@pytest.mark.parametrize(
    ("typed", "found"), [("ja\n", "yes"), ("YES\n", "yes"), ("\n", "no"), ("maybe\n\nja\n", "no")]
)
def test_a_question_is_asked_until_its_answer_is_one(typed: str, found: str) -> None:
    with CliRunner().isolation(input=typed):
        assert asked("Well?", one_of({"ja": "yes", "nej": "no"}), "nej") == found


def test_why_an_answer_is_not_taken_is_said_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    with CliRunner().isolation(input="3\n2\n") as (output, *_):
        asked("Nummer", one_of({"1": "1", "2": "2"}))

        assert output.getvalue().decode() == "Nummer: 3\nSvar med en af: 1, 2.\nNummer: 2\n"
