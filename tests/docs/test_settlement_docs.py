"""docs/settlements.md names every form that is read, and every reason to refuse a file."""

import re

from published_texts import ROOT, table_below

from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.settlements.reading import readers
from dinero_sync.texts.refusals import REFUSALS

PAGE = (ROOT / "docs" / "settlements.md").read_text(encoding="utf-8")
TOLD_APART = {"Reports without payouts", "Statement", "columns"}


def test_every_form_is_on_the_page_with_whether_it_is_proven() -> None:
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (yes|no) \|", PAGE, re.MULTILINE)

    there = [
        (str(reader.format), reader.report, "yes" if reader.is_proven else "no")
        for format_ in SettlementFormat
        for reader in readers(format_)
        if reader.report not in TOLD_APART
    ]
    assert told == there


def test_every_code_is_on_the_page() -> None:
    assert list(table_below(PAGE, "## Why a file is refused")) == list(REFUSALS)
