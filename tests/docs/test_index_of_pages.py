"""docs/README.md leads to every page, and keeps what users read apart from what developers do."""

import re

import pytest
from page_pairs import DANISH_PAGES, DOCS, MADE

INDEX = (DOCS / "README.md").read_text(encoding="utf-8")
FOR_USERS, FOR_DEVELOPERS = INDEX.split("\n## ")[1:]
LINK = re.compile(r"\]\(([a-z-]+\.md)\)")
INNER = re.compile(r"`test_\w+`|\bmutants?\b|`tests/", re.IGNORECASE)


def test_every_page_is_in_the_index_once() -> None:
    there = {path.name for path in DOCS.glob("*.md")} - {"README.md"}

    assert sorted(LINK.findall(INDEX)) == sorted(there)


def test_pages_of_both_languages_stand_in_a_row() -> None:
    rows = [LINK.findall(line) for line in FOR_USERS.splitlines() if line.startswith("|")]

    assert {each[0]: each[1] for each in rows if len(each) > 1} == {**DANISH_PAGES, **MADE}


@pytest.mark.parametrize("page", LINK.findall(FOR_USERS))
def test_a_page_for_users_says_nothing_of_tests(page: str) -> None:
    assert INNER.findall((DOCS / page).read_text(encoding="utf-8")) == []


def test_pages_for_developers_are_those_on_how_it_is_built() -> None:
    assert LINK.findall(FOR_DEVELOPERS) == ["architecture.md", "proof.md", "mutants.md"]
