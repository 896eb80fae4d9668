"""Sentences that are made far below the command line are English, and can be said in Danish."""

import copy
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError, sentence_of
from dinero_sync.texts.telling import in_language, spoken_as

DA, EN = Language.DANISH, Language.ENGLISH


def test_as_text_it_is_english_with_its_values() -> None:
    told = spoken("must be at least {bound}", bound=7)

    assert told == "must be at least 7"
    assert in_language(told, EN) == told
    assert in_language(told, DA) == "skal være mindst 7"


def test_values_are_written_as_readers_of_the_language_do_and_may_be_spoken_themselves() -> None:
    sums = (spoken("{amount} {currency}", amount=Decimal("1234.50"), currency="DKK"), "other")
    told = spoken("{count} would be booked ({sums})", count=2, sums=sums)

    assert told == "2 would be booked (1234.50 DKK, other)"
    assert in_language(told, DA) == "2 ville blive bogført (1.234,50 DKK, other)"


def test_what_no_language_writes_in_a_way_of_its_own_is_text() -> None:
    told = spoken("The plan {path} can't be read ({strerror}).", path=Path("a.json"), strerror=None)

    assert in_language(told, DA) == "Planen a.json kan ikke læses (None)."


def test_what_was_never_spoken_is_what_it_is() -> None:
    assert in_language("Just {so}.", DA) == "Just {so}."


def test_sentences_stand_after_each_other_without_those_that_are_empty() -> None:
    told = joined(spoken("Yes."), "", spoken("Nothing needs it."))

    assert told == "Yes. Nothing needs it."
    assert in_language(told, DA) == "Ja. Intet har brug for den."


def test_a_hold_is_a_value_in_it() -> None:
    why = spoken_as("unreadable_order.too_deep", {})
    told = spoken("{read} of {in_all}; {reasons}", read=1, in_all=2, reasons=why)

    assert "nested too deeply" in told
    assert in_language(told, DA).startswith("1 af 2; Butikkens svar")


def test_an_error_says_it_in_english_and_keeps_what_it_is_made_of() -> None:
    error = UsageError(spoken("The state folder is whole; there is nothing to rebuild."))

    assert str(error) == "The state folder is whole; there is nothing to rebuild."
    assert (
        in_language(sentence_of(error), DA) == "Tilstandsmappen er hel; der er intet at genskabe."
    )


def test_it_is_text_to_json_to_the_journal_and_to_copies() -> None:
    told = spoken("Yes.")
    with sqlite3.connect(":memory:") as db:
        (kept,) = db.execute("SELECT ?", (told,)).fetchone()
    db.close()

    assert json.dumps([told]) == '["Yes."]'
    assert kept == "Yes."
    assert in_language(copy.deepcopy(told), DA) == "Ja."
