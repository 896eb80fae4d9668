"""A file of examples is read strictly: whatever isn't understood is refused with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from dinero_sync.config.rule_examples import load_examples
from dinero_sync.errors import ConfigError, Problem

HELD = ("unknown_vat", "unknown_product", "lines_do_not_add_up")
PLAIN = """\
examples:
  - name: a mug
    lines: [{price: 125.00, vat_rate: 25}]
    expected: {lines: 1000, totals: {1000: 125.00}}
"""


def problems_in(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    file = tmp_path / "examples.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_examples(file, HELD)
    return refused.value.problems


def test_an_example_needs_no_more_than_a_price_a_rate_and_what_is_expected(tmp_path: Path) -> None:
    file = tmp_path / "examples.yaml"
    file.write_text(PLAIN, encoding="utf-8")

    (example,) = load_examples(file, HELD).examples

    assert (example.lines[0].price, example.country) == (Decimal("125.00"), "DK")
    assert example.expected.lines == (1000,)
    assert example.expected.totals == {"1000": Decimal("125.00")}


@pytest.mark.parametrize(
    ("old", "new", "line", "phrase"),
    [
        ("price: 125.00", "prise: 125.00", 3, 'did you mean "price"?'),
        ("vat_rate: 25", "vat_rate: 25, colour: red", 3, "is not a key of this section"),
        (", vat_rate: 25", "", 3, "is missing"),
        ("price: 125.00", "price: -5", 3, "must be at least 0"),
        ("price: 125.00", "price: 1.234", 3, "must be an amount"),
        ("lines: 1000, totals: {1000: 125.00}", "", 4, "says nothing"),
        ("lines: 1000", "held: unknown_vat, lines: 1000", 4, "remove held"),
        ("lines: 1000", "lines: yes", 4, "must be a whole number"),
        ("    expected", "    buyer: business\n    expected", 4, "add for example `vat_number"),
        ("    expected", "    buyer: public\n    expected", 4, "add for example `ean"),
        ("{1000: 125.00}", "{sales: 1}", 4, "is no account number"),
        ("{1000: 125.00}", "{0: 1}", 4, "is no account number"),
        ("{1000: 125.00}", "{01000: 1}", 4, "is no account number"),
        (
            "lines: 1000, totals: {1000: 125.00}",
            "held: unknown_vta",
            4,
            'did you mean "unknown_vat"? All reasons: docs/reasons.md',
        ),
        ("lines: 1000, totals: {1000: 125.00}", "held: xyz", 4, "All reasons: docs/reasons.md"),
        ("lines: 1000, totals: {1000: 125.00}", "held: zero_total", 4, "`skipped: zero_total`"),
        ("lines: 1000, totals: {1000: 125.00}", "skipped: cancelled", 4, "must be zero_total"),
        ("lines: 1000", "skipped: zero_total, lines: 1000", 4, "remove skipped"),
        (
            "    expected",
            "    vat_number: DE136695976\n    buyer: consumer\n    expected",
            5,
            "remove buyer or vat_number",
        ),
        (
            "    expected",
            '    ean: "5798009999993"\n    buyer: consumer\n    expected',
            5,
            "remove buyer or ean",
        ),
        (
            "    expected",
            '    vat_number: DE1\n    ean: "5798009999993"\n    buyer: business\n    expected',
            6,
            "remove buyer or ean",
        ),
        (
            "    expected",
            '    ean: "5798009999994"\n    buyer: public\n    expected',
            5,
            "13 digits",
        ),
        ("    expected", "    country: UK\n    expected", 4, 'written "GB"'),
        ("lines: [{price: 125.00, vat_rate: 25}]", "lines: []", 3, "at least one line"),
        ("examples:", "rules: []\nexamples:", 1, "is not a key of this section"),
    ],
)
def test_what_isnt_understood_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, phrase: str
) -> None:
    told = problems_in(tmp_path, PLAIN.replace(old, new, 1))

    assert {each.line for each in told} == {line}
    assert any(phrase in each.message for each in told)


def test_two_examples_have_two_names(tmp_path: Path) -> None:
    (told,) = problems_in(tmp_path, PLAIN + PLAIN.removeprefix("examples:\n"))

    assert (told.line, told.key) == (5, "examples[1].name")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = PLAIN.replace("price", "prise").replace("expected", "expect")

    assert len(problems_in(tmp_path, text)) > 2


@pytest.mark.parametrize(
    "buyer",
    [
        "buyer: consumer",
        "buyer: business\n    vat_number: DE136695976",
        'buyer: public\n    ean: "5798 0099 99993"',
        'buyer: public\n    vat_number: "12345674"\n    ean: "5798009999993"',
        'buyer: business\n    vat_number: DE136695976\n    ean: "5798009999994"',
    ],
)
def test_a_buyer_that_agrees_with_its_numbers_is_taken(tmp_path: Path, buyer: str) -> None:
    file = tmp_path / "examples.yaml"
    file.write_text(PLAIN.replace("    expected", f"    {buyer}\n    expected"), encoding="utf-8")

    assert len(load_examples(file, HELD).examples) == 1


@pytest.mark.parametrize("expected", ["held: unknown_vat", "skipped: zero_total"])
def test_an_order_may_be_expected_not_to_be_booked(tmp_path: Path, expected: str) -> None:
    file = tmp_path / "examples.yaml"
    text = PLAIN.replace("lines: 1000, totals: {1000: 125.00}", expected)
    file.write_text(text, encoding="utf-8")

    assert len(load_examples(file, HELD).examples) == 1


def test_a_name_that_stands_twice_is_told_beside_what_else_is_wrong(tmp_path: Path) -> None:
    again = PLAIN.removeprefix("examples:\n").replace("price: 125.00", "prise: 125.00")

    told = [(each.line, each.message) for each in problems_in(tmp_path, PLAIN + again)]

    assert told[0] == (5, "is the name of an earlier example too; give each its own")
    assert {line for line, _ in told[1:]} == {6}
