"""The pages on settlement files name every form that is read, and every reason to refuse a file."""

import re
from pathlib import Path

import make_pages
import pytest
from published_texts import ROOT

from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.settlements.reading import readers

TOLD_APART = {"Reports without payouts", "Statement", "columns"}


@pytest.mark.parametrize(
    ("page", "yes", "no"), [("settlements.md", "yes", "no"), ("udbetalinger.md", "ja", "nej")]
)
def test_every_form_is_on_the_page_with_whether_it_is_proven(page: str, yes: str, no: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    told = re.findall(rf"^\| `(\w+)` \| ([^|]+) \| ({yes}|{no}) \|", text, re.MULTILINE)

    there = [
        (str(reader.format), reader.report, yes if reader.is_proven else no)
        for format_ in SettlementFormat
        for reader in readers(format_)
        if reader.report not in TOLD_APART
    ]
    assert told == there


@pytest.mark.parametrize("page", make_pages.REFUSED, ids=lambda path: str(path.name))
def test_every_refusal_is_on_the_page_as_the_program_says_it(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == make_pages.with_refusals(page), "run: make texts"
