"""docs/README.md leads to every page, and keeps what users read apart from what developers do."""

import re
from pathlib import Path

import pytest
from page_pairs import DANISH_PAGES, DOCS, MADE, RETOLD
from site_pages import ROOT, Site, sections

*FOR_USERS, FOR_DEVELOPERS = sections()
PAIRS = {**DANISH_PAGES, **MADE, **RETOLD}
ROWS = [row for section in FOR_USERS for row in section.rows]
LISTED = [page.path for row in (*ROWS, *FOR_DEVELOPERS.rows) for page in row.values()]
INNER = re.compile(r"`test_\w+`|\bmutants?\b|`tests/", re.IGNORECASE)


def test_every_page_is_in_the_index_once() -> None:
    beside = ("README.md", "CHANGELOG.md", "cron/README.md", "examples/README.md")
    there = {*DOCS.glob("*.md"), *(ROOT / name for name in beside)}

    pages = [path for path in LISTED if path.suffix == ".md"]
    assert sorted(pages) == sorted(there - {DOCS / "README.md"})


def test_pages_of_both_languages_stand_in_a_row() -> None:
    pairs = {row["en"].path.name: row["da"].path.name for row in ROWS if len(row) > 1}

    assert pairs == PAIRS


@pytest.mark.parametrize(
    "page",
    [page.path for row in ROWS for page in row.values() if page.path.parent == DOCS],
    ids=lambda path: path.name,
)
def test_a_page_for_users_says_nothing_of_tests(page: Path) -> None:
    assert INNER.findall(page.read_text(encoding="utf-8")) == []


def test_pages_for_developers_are_those_on_how_it_is_built() -> None:
    names = [row["dev"].path.name for row in FOR_DEVELOPERS.rows]

    assert names == [
        *("architecture.md", "rooms.md", "documents.md", "extending.md"),
        *("proof.md", "mutants.md"),
    ]
    assert Site(sections()).texts("en").keys().isdisjoint(name[: -len(".md")] for name in names)


def test_the_danish_menu_has_danish_pages_alone() -> None:
    start = Site(sections()).texts("da")["index"]

    menu = re.findall(r"^\S.* <(\S+)>$", start, re.MULTILINE)
    assert sorted(f"{name}.md" for name in menu) == sorted(PAIRS.values())
    assert start.count(" (på engelsk)\n") == sum("da" not in row for row in ROWS)
