"""The Danish pages are as one says it in Denmark, with one word for each thing."""

import re
from collections.abc import Iterator

import pytest
from page_pairs import (
    DANISH_PAGES,
    DOCS,
    ENGLISH_PAGES,
    MADE,
    PARSER,
    PLACEHOLDERS,
    RETOLD,
)

STIFF = re.compile(
    r"tilgode(?!have|bevis)|på øre\b|tager intet|kræver op|\blæg selv\b|sæt er den|der vælges ikke"
    r"|\bdagen, da\b|\bkøbers\b|\b(?:af|hos|hvor) køber\b|privatkunde|opsætning|denne udgave"
    r"|\b(?:du|dit|dig|din|dine)\b|\bkunst\b|varelager|produkt|\bbøgerne\b|\bnævn\b"
    r"|af sig selv|returnering|anden vis\b|afslutningskode|exit-?kode|statusmappe|state-mappe"
    r"|statuskode|kodeord|mærkat|\bservice(?:n|ns)\b",
    re.IGNORECASE,
)
"""Words that stand for something else here, or that nobody says."""
IN_DANISH = sorted({**DANISH_PAGES, **MADE, **RETOLD}.values())
ENGLISH = re.compile(rf"\b(?:{'|'.join(PLACEHOLDERS.values())})\b")


def told(page: str) -> Iterator[tuple[str, str]]:
    """Return what stands in a page: whether it is text or code, and the words."""
    for token in PARSER.parse((DOCS / page).read_text(encoding="utf-8")):
        for each in token.children or ():
            yield each.type, each.content


@pytest.mark.parametrize("page", IN_DANISH)
def test_danish_is_as_one_says_it(page: str) -> None:
    texts = [words for kind, words in told(page) if kind == "text"]

    assert [(found[0], text) for text in texts for found in STIFF.finditer(text)] == []


@pytest.mark.parametrize("page", IN_DANISH)
def test_a_danish_page_leads_to_danish_pages(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    own = {ENGLISH_PAGES.get(page, "README.md")}

    linked = set(re.findall(r"\]\(([\w-]+\.md)", text))
    assert linked & set(ENGLISH_PAGES.values()) - own == set()


@pytest.mark.parametrize("page", IN_DANISH)
def test_what_stands_for_something_else_in_a_command_has_a_danish_name(page: str) -> None:
    codes = [words for kind, words in told(page) if kind == "code_inline"]

    assert [code for code in codes if ENGLISH.search(code)] == []
