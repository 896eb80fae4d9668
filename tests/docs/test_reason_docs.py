"""docs/reasons.md and, in Danish, docs/aarsager.md name every reason code, each in its section."""

import re
from enum import StrEnum
from pathlib import Path

import make_pages
import pytest
from published_texts import REASONS, table_below

from dinero_sync.domain import hold
from dinero_sync.domain.hold import DoubtReason, HoldReason, OpenReason, SkipReason

SECTIONS = {
    (REASONS, "## Held"): HoldReason,
    (REASONS, "## In doubt"): DoubtReason,
    (REASONS, "## Skipped"): SkipReason,
    (REASONS, "## Waiting"): OpenReason,
    (make_pages.DANISH, "## Holdt tilbage"): HoldReason,
    (make_pages.DANISH, "## I tvivl"): DoubtReason,
    (make_pages.DANISH, "## Sprunget over"): SkipReason,
    (make_pages.DANISH, "## Venter"): OpenReason,
}


@pytest.mark.parametrize(("page", "heading"), SECTIONS)
def test_a_section_explains_its_codes_and_no_others(page: Path, heading: str) -> None:
    explained = table_below(page.read_text(encoding="utf-8"), heading)

    assert list(explained) == [str(code) for code in SECTIONS[page, heading]]
    assert [code for code, meaning in explained.items() if not meaning] == []


def test_every_kind_of_reason_has_a_section() -> None:
    kinds = {each for each in vars(hold).values() if isinstance(each, type)}

    reasons = {kind for kind in kinds if issubclass(kind, StrEnum) and kind is not StrEnum}
    assert set(SECTIONS.values()) == reasons


def test_no_code_is_explained_twice() -> None:
    text = REASONS.read_text(encoding="utf-8")

    codes = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(set(codes)) == sorted(codes)


def test_every_text_of_the_page_has_its_danish_and_none_is_left_over() -> None:
    english = make_pages.texts(REASONS.read_text(encoding="utf-8"))

    danish = {str(each.id): each.string for each in make_pages.catalogue() if each.id}
    assert list(danish) == english, "run: make texts"
    assert [text for text, words in danish.items() if not words] == []


def test_the_danish_page_is_what_its_catalogue_says() -> None:
    page = make_pages.DANISH.read_text(encoding="utf-8")

    assert page == make_pages.in_danish(), "run: make texts"


def test_the_english_page_is_read_whole() -> None:
    english = REASONS.read_text(encoding="utf-8")

    assert make_pages.said(english, str).split() == english.split()


def test_code_is_never_broken_at_the_end_of_a_line() -> None:
    code = f"`{'dinero-sync ' * 5}`"

    said = make_pages.said(f"{'word ' * 15}{code} and on\n", str)

    assert said == f"{('word ' * 15).strip()}\n{code} and on\n"
