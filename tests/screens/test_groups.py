"""Orders that wait for the same reason, with the same cure, are told once, with one command."""

from decimal import Decimal

import pytest
from records import a_record

from dinero_sync.cli.reports.groups import needs_you
from dinero_sync.cli.reports.tables import Sums, amount, facts
from dinero_sync.cli.terminal import text_of
from dinero_sync.domain.step import (
    AS_WRITTEN,
    NOTE,
    ORDER,
    Language,
    Step,
    command,
    sentence,
)
from dinero_sync.journal.documents import OrderRecord, Standing

EN, DA = Language.ENGLISH, Language.DANISH
MENDED = sentence(AS_WRITTEN, text="Once it is mended:")
RETRY = (MENDED, command("retry", ORDER))
ACCEPT = (MENDED, command("resolve", ORDER, "--accept", NOTE))


def held(order_id: int, *steps: Step, why: str = "Nobody knows.") -> OrderRecord:
    return a_record(
        order_id,
        standing=Standing.HELD,
        reason="unknown_payment_type",
        text=AS_WRITTEN,
        facts={"text": why},
        steps=steps,
        total=Decimal("1234.5"),
        currency="DKK",
    )


def told(*records: OrderRecord, language: Language = EN) -> str:
    lines = needs_you(records, language)
    return " ".join(" ".join(map(text_of, lines)).split())


def test_one_order_is_told_with_its_id_and_its_command() -> None:
    assert told(held(7, *RETRY)) == (
        "#7 (order id 7) 1,234.50 DKK unknown_payment_type Nobody knows. Once it is mended: "
        "dinero-sync retry 7"
    )


def test_equal_ones_are_told_together_and_released_by_one_command() -> None:
    assert told(held(7, *RETRY), held(8, *RETRY), language=DA) == (
        "2 ordrer, 2.469,00 kr. unknown_payment_type: #7, #8 Nobody knows. Once it is mended: "
        "dinero-sync retry 7 8"
    )


def test_many_are_released_all_at_once() -> None:
    assert told(*(held(each, *RETRY) for each in range(1, 10))).endswith("dinero-sync retry --all")


def test_a_command_that_takes_one_order_names_the_first_and_says_so() -> None:
    shown = told(held(7, *ACCEPT), held(8, *ACCEPT))

    assert "Commands below name #7; give the others in the same way." in shown
    assert shown.endswith("dinero-sync resolve 7 --accept NOTE")


def test_another_cause_or_another_cure_is_told_apart() -> None:
    shown = told(held(7, *RETRY), held(8, *ACCEPT), held(9, *RETRY, why="It is another."))

    assert [shown.count(f"#{each} (order id") for each in (7, 8, 9)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("value", "currency", "english", "danish"),
    [
        (Decimal("1234.5"), "DKK", "1,234.50 DKK", "1.234,50 kr."),
        (Decimal("-0.5"), "EUR", "-0.50 EUR", "-0,50 EUR"),
        (Decimal(1000000), None, "1,000,000.00", "1.000.000,00"),
        (None, "DKK", "", ""),
    ],
)
def test_amounts_are_written_as_readers_of_the_language_do(
    value: Decimal | None, currency: str | None, english: str, danish: str
) -> None:
    assert amount(value, currency, EN) == english
    assert amount(value, currency, DA) == danish


def test_amounts_that_were_not_read_are_counted_apart() -> None:
    sums = Sums([held(7), a_record(8)])

    assert sums.told(EN) == "2 orders, 1,234.50 DKK + 1 with amount not read"
    assert sums.told(DA) == "2 ordrer, 1.234,50 kr. + 1 med ulæst beløb"


def test_values_stand_in_one_column_and_wrap_in_it() -> None:
    lines = list(facts([("Short", "one"), ("A long name", "word " * 20)], 2))

    assert lines[0] == "  Short        one"
    assert lines[1].startswith("  A long name  word word")
    assert lines[2].startswith(" " * 15 + "word")
    assert max(map(len, lines)) <= 80
