"""docs/reasons.md names every reason code, each in its section, and no other."""

import re
from enum import StrEnum

import pytest
from published_texts import REASONS, table_below

from dinero_sync.domain import hold
from dinero_sync.domain.hold import DoubtReason, HoldReason, OpenReason, SkipReason

SECTIONS = {
    "## Held": HoldReason,
    "## In doubt": DoubtReason,
    "## Skipped": SkipReason,
    "## Waiting": OpenReason,
}


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_explains_its_codes_and_no_others(heading: str) -> None:
    explained = table_below(REASONS.read_text(encoding="utf-8"), heading)

    assert list(explained) == [str(code) for code in SECTIONS[heading]]
    assert [code for code, meaning in explained.items() if not meaning] == []


def test_every_kind_of_reason_has_a_section() -> None:
    kinds = {each for each in vars(hold).values() if isinstance(each, type)}

    reasons = {kind for kind in kinds if issubclass(kind, StrEnum) and kind is not StrEnum}
    assert set(SECTIONS.values()) == reasons


def test_no_code_is_explained_twice() -> None:
    text = REASONS.read_text(encoding="utf-8")

    codes = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(set(codes)) == sorted(codes)
