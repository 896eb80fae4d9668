"""What a shop owner reads about faulty rules and held orders, word for word.

Such texts name accounts and paragraphs and hold YAML to paste, so a slip in them ends up in the
books. They stand in ``texts.yaml``, which ``make cases`` writes anew.
"""

from collections.abc import Iterable
from functools import cache
from string import Formatter
from typing import Any

import pytest
import yaml
from builders import START, personal_data_in
from faulty_papers import HOSTING_ALONE, PAPERS, source
from faulty_rules import CHART, SOUND
from held_orders import HELD, hold_of
from make_texts import FILE, FOUND, findings_of, linted, made, text_of_hold
from supplier_bills import by

from dinero_sync.domain.step import Facts, Sentence, Step, Yaml
from dinero_sync.posting.lint.lint import lint
from dinero_sync.texts.findings import FINDINGS
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.telling import SENTENCES


@cache
def written() -> dict[str, dict[str, Any]]:
    """Read the texts that were looked over."""
    texts: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return texts


def test_nothing_is_wrong_with_the_rules_that_the_faults_are_put_into() -> None:
    assert lint(SOUND, CHART, START) == []
    assert lint(SOUND, PAPERS, START, by(HOSTING_ALONE), source()) == []


@pytest.mark.parametrize("case", FOUND)
def test_a_fault_in_the_rules_reads_as_it_was_looked_over(case: str) -> None:
    assert findings_of(case) == written()["findings"][case]


@pytest.mark.parametrize("case", HELD)
def test_a_hold_reads_as_it_was_looked_over(case: str) -> None:
    assert text_of_hold(case) == written()["holds"][case]


@pytest.mark.parametrize("case", HELD)
def test_a_hold_tells_nothing_about_the_buyer(case: str) -> None:
    assert personal_data_in(hold_of(case)) == []


def without_their_values(steps: Iterable[Step | str]) -> list[str]:
    """Name the sentences in steps that got other values than they say."""
    parts = [part for step in steps for part in (step.parts if isinstance(step, Yaml) else [step])]
    sentences = [part for part in parts if isinstance(part, Sentence)]
    return [each.text for each in sentences if not says(SENTENCES[each.text], each.facts)]


def says(text: str, facts: Facts) -> bool:
    """Tell whether a sentence says just these values."""
    fields = {name for _, name, _, _ in Formatter().parse(text) if name}
    return fields - {"program"} == set(facts)


@pytest.mark.parametrize("case", HELD)
def test_a_hold_keeps_the_values_that_it_says_and_no_others(case: str) -> None:
    hold = hold_of(case)

    assert says(HOLDS[hold.text], hold.facts)
    assert without_their_values(hold.steps) == []


@pytest.mark.parametrize("case", FOUND)
def test_a_finding_keeps_the_values_that_it_says_and_no_others(case: str) -> None:
    for each in linted(case):
        assert says(FINDINGS[each.text], each.facts)
        assert without_their_values(each.steps) == []


def test_the_file_of_texts_holds_no_others() -> None:
    assert FILE.read_text(encoding="utf-8") == made(), "make cases writes it anew"
