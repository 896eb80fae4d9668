"""The golden credit notes: their entries are those of the bookkeeper, and the page shows them."""

import pytest
from case_credits import (
    EXAMPLE,
    PAGE,
    Credit,
    amounts,
    credited_entries,
    credits_of_cases,
    money_page,
)

from dinero_sync.sandbox.state import Sandbox


@pytest.mark.parametrize("found", credits_of_cases(), ids=lambda each: each.name)
def test_the_entries_of_a_credit_note_are_those_of_the_bookkeeper(
    found: Credit, sandbox: Sandbox
) -> None:
    entries = credited_entries(found, sandbox)

    assert {kind: amounts(each) for kind, each in entries.items()} == dict(found.entries)
    assert sandbox.complaints == []


def test_the_page_shows_every_credit_note_as_it_comes_out(sandbox: Sandbox) -> None:
    text = PAGE.read_text(encoding="utf-8")

    shown = [match["name"] for match in EXAMPLE.finditer(text)]
    assert sorted(shown) == [each.name for each in credits_of_cases()]
    assert money_page(sandbox) == text, "run `make cases`, look over what changed, and commit it"
