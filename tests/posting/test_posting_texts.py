"""What a shop owner reads about faulty rules and held orders, word for word.

Such texts name accounts and paragraphs and hold YAML to paste, so a slip in them ends up in the
books. They stand in ``texts.yaml``, which ``make cases`` writes anew.
"""

from functools import cache
from typing import Any

import pytest
import yaml
from builders import START, personal_data_in
from faulty_rules import CHART, FAULTY, SOUND
from held_orders import HELD, hold_of
from make_texts import FILE, findings_of, made, text_of_hold

from dinero_sync.posting.lint.lint import lint


@cache
def written() -> dict[str, dict[str, Any]]:
    """Read the texts that were looked over."""
    texts: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return texts


def test_nothing_is_wrong_with_the_rules_that_the_faults_are_put_into() -> None:
    assert lint(SOUND, CHART, START) == []


@pytest.mark.parametrize("case", FAULTY)
def test_a_fault_in_the_rules_reads_as_it_was_looked_over(case: str) -> None:
    assert findings_of(case) == written()["findings"][case]


@pytest.mark.parametrize("case", HELD)
def test_a_hold_reads_as_it_was_looked_over(case: str) -> None:
    assert text_of_hold(case) == written()["holds"][case]


@pytest.mark.parametrize("case", HELD)
def test_a_hold_tells_nothing_about_the_buyer(case: str) -> None:
    assert personal_data_in(hold_of(case)) == []


def test_the_file_of_texts_holds_no_others() -> None:
    assert FILE.read_text(encoding="utf-8") == made(), "make cases writes it anew"
