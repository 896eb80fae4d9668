"""A sentence that is kept can be told in any language when it is read again."""

import json
from datetime import date
from decimal import Decimal

import pytest

from dinero_sync.domain.spoken import Spoken, joined, read_stored, spoken, stored

SENTENCES = [
    "Nothing is known of how it was made.",
    spoken("The shop has no order {order_id}.", order_id=7),
    spoken("{total} on {day}, {codes}", total=Decimal("1.50"), day=date(2026, 12, 1), codes=("a",)),
    joined(spoken("First {why}.", why=spoken("because of {it}", it="that")), "And second."),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_what_is_kept_is_read_as_it_was(sentence: str) -> None:
    read = read_stored(json.loads(json.dumps(stored(sentence))))

    assert read == sentence
    assert made_of(read) == made_of(sentence)


def made_of(sentence: str) -> object:
    if not isinstance(sentence, Spoken):
        return sentence
    return sentence.template, {
        name: made_of(fact) if isinstance(fact, str) else fact
        for name, fact in sentence.facts.items()
    }


@pytest.mark.parametrize("kept", [7, None, {"template": "It."}, ["It."]])
def test_anything_else_is_refused(kept: object) -> None:
    with pytest.raises(ValueError, match="a sentence is"):
        read_stored(kept)
