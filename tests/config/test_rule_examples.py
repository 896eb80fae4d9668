"""A file of examples is read strictly: whatever isn't understood is refused with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from dinero_sync.config.rule_examples import load_examples
from dinero_sync.errors import ConfigError, Problem

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
        load_examples(file)
    return refused.value.problems


def test_an_example_needs_no_more_than_a_price_a_rate_and_what_is_expected(tmp_path: Path) -> None:
    file = tmp_path / "examples.yaml"
    file.write_text(PLAIN, encoding="utf-8")

    (example,) = load_examples(file).examples

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
