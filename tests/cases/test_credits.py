"""The golden credit notes: their entries are those of the bookkeeper, and the pages show them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from case_books import a_sandbox
from case_credits import (
    EXAMPLE,
    PAGES,
    Credit,
    amounts,
    credited,
    credits_of_cases,
    with_credits,
)

from dinero_sync.sandbox.dinero.vat_return import Entry

Entries = Mapping[str, Mapping[str, Sequence[Entry]]]


@pytest.fixture(scope="module")
def entries() -> Entries:
    with a_sandbox() as sandbox:
        made = credited(sandbox)
        assert sandbox.complaints == []
    return made


@pytest.mark.parametrize("found", credits_of_cases(), ids=lambda each: each.name)
def test_the_entries_of_a_credit_note_are_those_of_the_bookkeeper(
    found: Credit, entries: Entries
) -> None:
    made = entries[found.name]

    assert {kind: amounts(each) for kind, each in made.items()} == dict(found.entries)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.name))
def test_the_page_shows_every_credit_note_as_it_comes_out(page: Path, entries: Entries) -> None:
    text = page.read_text(encoding="utf-8")

    shown = [match["name"] for match in EXAMPLE.finditer(text)]
    assert sorted(shown) == [each.name for each in credits_of_cases()]
    made = with_credits(page, entries)
    assert made == text, "run `make cases`, look over what changed, and commit it"
