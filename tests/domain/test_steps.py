"""What a person is told is stored as data, and comes back as it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import (
    ORDER,
    Command,
    Facts,
    Sentence,
    Steps,
    Yaml,
    command,
    facts_json,
    facts_of,
    sentence,
    steps_json,
    steps_of,
)

VALUES = st.one_of(
    st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates()
)
PLAIN_FACTS = st.dictionaries(st.text(), VALUES)
SENTENCES = st.builds(Sentence, st.text(), PLAIN_FACTS)
NESTED = st.one_of(VALUES, SENTENCES)
FACTS = st.dictionaries(st.text(), st.one_of(NESTED, st.lists(NESTED).map(tuple)))
PARTS = st.lists(st.one_of(st.text(), SENTENCES))
STEPS = st.one_of(
    st.builds(Sentence, st.text(), FACTS),
    st.builds(Command, st.lists(st.text()).map(tuple)),
    PARTS.map(lambda parts: Yaml(*parts)),
)


@given(FACTS)
def test_facts_come_back_as_they_were_stored(facts: Facts) -> None:
    assert facts_of(facts_json(facts)) == facts


@given(st.lists(STEPS).map(tuple))
def test_steps_come_back_as_they_were_stored(steps: Steps) -> None:
    assert steps_of(steps_json(steps)) == steps


def test_an_amount_keeps_its_decimals_and_a_day_is_one() -> None:
    facts = facts_of(facts_json({"total": Decimal("10.00"), "day": date(2026, 12, 1)}))

    assert str(facts["total"]) == "10.00"
    assert facts["day"] == date(2026, 12, 1)


def test_what_is_stored_can_be_read_by_a_program() -> None:
    steps = (
        sentence("credit", invoice="7"),
        command("resolve", ORDER),
        Yaml("a: ", sentence("create_first"), "\n"),
    )

    assert steps_json(steps) == (
        '[{"facts":{"invoice":"7"},"sentence":"credit"},{"command":["resolve","ORDER"]},'
        '{"yaml":["a: ",{"facts":{},"sentence":"create_first"},"\\n"]}]'
    )


@pytest.mark.parametrize(
    "stored", ['[{"song":"la"}]', '[{"sentence":"a","facts":{"b":1.5}}]', '[{"yaml":["a",1]}]']
)
def test_what_is_no_step_is_not_taken_for_one(stored: str) -> None:
    with pytest.raises(ValueError, match=r"^a (step|fact|part of YAML) is"):
        steps_of(stored)


def test_a_hold_names_its_reason_and_which_of_its_sentences() -> None:
    one = HeldError(HoldReason.STRADDLES_START, "", (), start_date=date(2026, 12, 1))
    several = HeldError(HoldReason.UNKNOWN_VAT, "nothing_told", (command("retry", ORDER),))

    assert (str(one), one.hold.text) == ("straddles_start", "straddles_start")
    assert (str(several), several.hold.text) == (
        "unknown_vat: nothing_told",
        "unknown_vat.nothing_told",
    )
    assert several.hold.steps == (Command(("retry", ORDER)),)
