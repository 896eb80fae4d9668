"""The bookkeeper's pages state the same in English and in Danish, piece by piece."""

import pytest
from page_pairs import (
    DANISH_PAGES,
    DOCS,
    END,
    Piece,
    differences,
    pieces,
)


def english(page: str) -> list[Piece]:
    return pieces((DOCS / page).read_text(encoding="utf-8"), "en", page)


def danish(page: str) -> list[Piece]:
    name = DANISH_PAGES[page]
    return pieces((DOCS / name).read_text(encoding="utf-8"), "da", name)


@pytest.mark.parametrize("page", DANISH_PAGES)
def test_both_languages_state_the_same(page: str) -> None:
    ours, theirs = english(page), danish(page)

    assert "\n\n".join(differences(ours, theirs)) == ""
    assert len(ours) == len(theirs)


def without_a_sentence(text: str) -> str:
    end = next(END.finditer(text)).end()
    return text[end:].strip()


@pytest.mark.parametrize("page", DANISH_PAGES)
def test_a_sentence_that_one_side_lacks_is_noticed(page: str) -> None:
    told = [each for each in danish(page) if each.states["sentence"] > 1]

    unnoticed = [
        piece.text
        for piece in told
        for shorter in pieces(without_a_sentence(piece.text), "da", DANISH_PAGES[page])[:1]
        if not piece.differs(shorter)
    ]
    assert len(told) > 3
    assert unnoticed == []


@pytest.mark.parametrize(
    ("en", "da"),
    [
        ("It is 1,450.00 kr.", "Det er 1.450,00 kr."),
        ("On 3 November 2026.", "Den 3. november 2026."),
        ("momsloven § 23, stk. 3, of it", "momsloven § 23, stk. 3, deraf"),
        ("`dinero-sync skip ORDER --reason TEXT`", "`dinero-sync skip ORDRE --reason TEKST`"),
        ("PDFs, by VAT", "PDF-filer, efter moms"),
        ("See [it](bills.md).", "Se [den](bilag.md)."),
        (
            "[why](settlements.md#why-a-file-is-refused)",
            "[hvorfor](udbetalinger.md#hvorfor-en-fil-afvises)",
        ),
        ("- **One.** Two.", "- **En.** To."),
        ("```\na: 1  # its own\n```", "```\na: 1  # dens eget\n```"),
        ("| a | 1,000 |\n| --- | --- |", "| b | 1.000 |\n| --- | --- |"),
        ("<!-- case x -->\nOne.\n<!-- end -->", "<!-- case x -->\n\nEn. To.\n<!-- end -->"),
    ],
)
def test_the_same_in_other_words_is_the_same(en: str, da: str) -> None:
    assert list(differences(pieces(en, "en"), pieces(da, "da"))) == []


@pytest.mark.parametrize(
    ("en", "da"),
    [
        ("It is 1,450.00 kr.", "Det er 1.450,50 kr."),
        ("Account 55010.", "Konto 55011."),
        ("One. Two.", "En og to."),
        ("`period_closed`", "`period_open`"),
        ("U25 and REP", "U25"),
        (f"The order is held{', and the buyer is told' * 5}.", f"Ordren holdes tilbage{'.':>50}"),
        ("See [it](bills.md).", "Se [den](penge.md)."),
        ("**One** and two.", "En og to."),
        ("# One", "## En"),
        ("| a | b |\n| --- | --- |", "| a | b | 1 |\n| --- | --- | --- |"),
        ("```\na: 1\n```", "```\na: 2\n```"),
        ("<!-- case x -->\nOne.\n<!-- end -->", "<!-- case y -->\nOne.\n<!-- end -->"),
    ],
)
def test_something_else_is_noticed(en: str, da: str) -> None:
    ours, theirs = pieces(en, "en"), pieces(da, "da")

    assert list(differences(ours, theirs)) or len(ours) != len(theirs)
