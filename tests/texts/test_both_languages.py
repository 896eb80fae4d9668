"""Everything that people are told stands in both languages, with the same values."""

import ast
import string
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import dinero_sync.texts
from dinero_sync.domain.hold import DoubtReason, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.texts.catalogue import FILE
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.next_steps import NEXT_STEPS
from dinero_sync.texts.reasons import REASONS

PACKAGE = Path(dinero_sync.__file__).parent
NOT_YET = {HoldReason.DOCUMENT_DIFFERS}
"""Raised as an English sentence."""


def in_danish() -> Catalog:
    with resources.files(dinero_sync.texts).joinpath(FILE).open("rb") as stream:
        return read_po(stream, locale="da")


def messages() -> list[Message]:
    return [each for each in in_danish() if each.id]


def marked() -> set[str]:
    found = extract_from_dir(PACKAGE / "texts")
    return {str(message) for _, _, message, _, _ in found}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_has_its_danish_and_none_is_left_over() -> None:
    assert {str(each.id) for each in messages() if each.string} == marked(), "run: make texts"


def test_no_danish_sentence_is_a_guess() -> None:
    assert [each.id for each in messages() if each.fuzzy] == []
    assert not in_danish().obsolete


@pytest.mark.parametrize("message", messages(), ids=lambda each: str(each.id)[:40])
def test_both_languages_have_the_same_values_and_end_alike(message: Message) -> None:
    english, danish = str(message.id), str(message.string)

    assert fields(english) == fields(danish)
    assert english.endswith("\n") == danish.endswith("\n")
    assert english.count("`") == danish.count("`")


@pytest.mark.parametrize("reason", sorted({*HoldReason, *DoubtReason} - NOT_YET))
def test_every_hold_has_a_sentence(reason: str) -> None:
    assert [each for each in HOLDS if each.split(".")[0] == reason]


@pytest.mark.parametrize("reason", sorted([*SkipReason, *OpenReason]))
def test_every_other_reason_has_a_sentence(reason: str) -> None:
    assert REASONS[reason]


def test_every_sentence_of_a_hold_is_one_of_a_reason() -> None:
    assert {each.split(".")[0] for each in HOLDS} - {AS_WRITTEN} <= {*HoldReason, *DoubtReason}


def named_steps() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "sentence":
                first = node.args[0]
                yield str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first)


def test_the_next_steps_are_those_that_are_named_somewhere() -> None:
    assert {each for each in named_steps() if each != "AS_WRITTEN"} == {*NEXT_STEPS} - {AS_WRITTEN}
