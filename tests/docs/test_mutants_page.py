"""docs/mutants.md says what ``make mutants`` does, and the reckoning behind it is right."""

import re

import pytest
from published_texts import ROOT
from rule_mutants import function_of, percent_noticed, unnoticed, without_a_line

PAGE = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
(THRESHOLD,) = re.findall(r"^\t.*rule_mutants\.py --at-least (\d+)", MAKEFILE, re.MULTILINE)


def test_the_page_names_the_command_and_the_threshold_of_the_makefile() -> None:
    assert "`make mutants`" in PAGE
    assert f"at least {THRESHOLD} %" in PAGE
    assert re.search(r"^mutants: .*## ", MAKEFILE, re.MULTILINE)


def test_what_was_measured_passes_the_threshold() -> None:
    (killed, total) = re.findall(r"([\d,]+) of ([\d,]+) mutants", PAGE)[0]

    assert int(killed.replace(",", "")) >= int(THRESHOLD) / 100 * int(total.replace(",", ""))


def test_a_mutant_that_ends_in_a_loop_is_noticed_and_one_without_tests_isnt() -> None:
    counts = {"killed": 90, "timeout": 5, "survived": 3, "no_tests": 2, "total": 100}

    assert percent_noticed(counts) == pytest.approx(95)


@pytest.mark.parametrize(
    ("line", "function"),
    [
        ("    dinero_sync.posting.due.x_judge__mutmut_11: survived", "posting.due.judge"),
        ("    dinero_sync.posting.vat.x__fits__mutmut_2: no tests", "posting.vat._fits"),
        (
            "    dinero_sync.posting.texts.xǁTextsǁexemption__mutmut_2: survived",
            "posting.texts.Texts.exemption",
        ),
    ],
)
def test_a_survivor_is_looked_up_by_its_function(line: str, function: str) -> None:
    assert function_of(line) == function
    assert without_a_line([line], f"| `{function}` | why |") == []
    assert without_a_line([line], "| `posting.other` | why |") == [line]


def test_a_mutant_that_ended_in_an_endless_loop_counts_as_noticed() -> None:
    name = "    dinero_sync.posting.payment_type.x__unused__mutmut_9: "

    assert unnoticed([f"{name}timeout", f"{name}survived"]) == [f"{name}survived"]
