"""Everything that people are told stands in both languages, with the same values."""

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import dinero_sync.texts
import dinero_sync.texts.screens
from dinero_sync.domain.finding import Source
from dinero_sync.domain.hold import DoubtReason, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.step import AS_WRITTEN, Language
from dinero_sync.journal.effects import EffectKind
from dinero_sync.posting.clearing.ours import Cause, Column
from dinero_sync.posting.reconcile.books import (
    BOXES,
    GOODS_VAT,
    INPUT_VAT,
    OUTPUT_VAT,
    PURCHASE_BOXES,
    SERVICES_VAT,
)
from dinero_sync.posting.reconcile.documents import BillClass, OrderClass
from dinero_sync.posting.reconcile.outcome import Cause as Why
from dinero_sync.posting.reconcile.outcome import Kind
from dinero_sync.texts.catalogue import FILE, translated
from dinero_sync.texts.clauses import CLAUSES
from dinero_sync.texts.findings import FINDINGS
from dinero_sync.texts.holds import HOLDS
from dinero_sync.texts.mendings import MENDINGS, SOURCES
from dinero_sync.texts.next_steps import NEXT_STEPS
from dinero_sync.texts.reasons import REASONS
from dinero_sync.texts.refusals import REFUSALS
from dinero_sync.texts.telling import SENTENCES

PACKAGE = Path(dinero_sync.__file__).parent


def in_danish() -> Catalog:
    with resources.files(dinero_sync.texts).joinpath(FILE).open("rb") as stream:
        return read_po(stream, locale="da")


def messages() -> list[Message]:
    return [each for each in in_danish() if each.id]


METHODS = [("cli/**.py", "help_texts:extract"), ("**.py", "python")]


def marked() -> set[str]:
    found = extract_from_dir(PACKAGE, METHODS, keywords={"_": None, "spoken": None})
    return {str(message) for _, _, message, _, _ in found}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_has_its_danish_and_none_is_left_over() -> None:
    assert {str(each.id) for each in messages() if each.string} == marked(), "run: make texts"


def test_the_program_reads_the_catalogue_as_babel_does() -> None:
    told = {str(each.id): str(each.string) for each in messages()}

    assert [each for each in told if translated(each, Language.DANISH) != told[each]] == []


def test_no_danish_sentence_is_a_guess() -> None:
    assert [each.id for each in messages() if each.fuzzy] == []
    assert not in_danish().obsolete


STIFF = re.compile(
    r"tilgode(?!have|bevis)|\bkøber|\bbøgerne\b|\bnævn|af sig selv|på øre\b|kræver op|opsætning"
    r"|denne udgave|\bkunst\b|\b(?:du|dit|dig)\b|privatkunde|varelager|produkt|(?-i:\bORDER\b)"
    r"|returnering|statuskode",
    re.IGNORECASE,
)
"""Words that stand for something else here, or that nobody says."""


def test_danish_is_as_one_says_it_with_one_word_for_each_thing() -> None:
    stiff = {str(each.id): STIFF.findall(str(each.string)) for each in messages()}

    assert {sentence: found for sentence, found in stiff.items() if found} == {}


def shape(sentence: str) -> tuple[set[str], bool, int]:
    """Return what a sentence has in both languages: its values, how it ends, what it quotes."""
    return fields(sentence), sentence.endswith("\n"), sentence.count("`")


def test_both_languages_have_the_same_values_and_end_alike() -> None:
    pairs = [(str(each.id), str(each.string)) for each in messages()]

    assert [pair for pair in pairs if shape(pair[0]) != shape(pair[1])] == []


def test_every_row_and_every_cause_of_a_statement_has_its_words() -> None:
    assert {f"money.clearing.{each}" for each in (*Column, *Cause)} <= screens().keys()


def test_every_class_cause_and_box_of_a_period_has_its_words() -> None:
    boxes = {*BOXES.values(), *PURCHASE_BOXES.values(), OUTPUT_VAT, INPUT_VAT}
    named = {*OrderClass, *Why, *boxes, GOODS_VAT, SERVICES_VAT}

    of_bills = {f"bill.{each}" for each in BillClass}
    said = {
        *named,
        *of_bills,
        *(f"step.{each}" for each in Why),
        *(f"kind.{each}" for each in Kind),
    }
    assert {f"money.reconcile.{each}" for each in said} <= screens().keys()


def test_every_kind_of_a_line_of_the_journal_has_its_words() -> None:
    assert {f"proof.evidence.line.{each}" for each in EffectKind} <= screens().keys()


@pytest.mark.parametrize("reason", sorted({*HoldReason, *DoubtReason}))
def test_every_hold_has_a_sentence(reason: str) -> None:
    assert [each for each in HOLDS if each.split(".")[0] == reason]


@pytest.mark.parametrize("reason", sorted([*SkipReason, *OpenReason]))
def test_every_other_reason_has_a_sentence(reason: str) -> None:
    assert REASONS[reason]


def test_every_sentence_of_a_hold_is_one_of_a_reason() -> None:
    assert {each.split(".")[0] for each in HOLDS} - {AS_WRITTEN} <= {*HoldReason, *DoubtReason}


def nodes(*under: str) -> Iterator[ast.AST]:
    for path in PACKAGE.joinpath(*under).rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_no_two_holds_have_the_same_code() -> None:
    codes = [
        key.value
        for node in nodes("texts", "holds")
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]

    assert len(codes) == len(set(codes)) > 0


def named_sentences() -> Iterator[str]:
    for node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sentence":
            first = node.args[0]
            yield str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first)


def test_the_sentences_are_those_that_are_named_somewhere() -> None:
    named = {each for each in named_sentences() if each != "AS_WRITTEN"}

    assert named - screens().keys() == {*SENTENCES} - {AS_WRITTEN}


def test_no_two_sentences_have_the_same_code() -> None:
    assert len(SENTENCES) == len(NEXT_STEPS) + len(MENDINGS) + len(CLAUSES)


def test_every_finding_is_one_that_the_rules_are_looked_at_for() -> None:
    written = {
        node.value
        for node in nodes("posting", "lint")
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert {*FINDINGS} <= written


def test_everything_that_a_finding_follows_from_has_words() -> None:
    assert {*SOURCES} == {*Source}


def refusals_by_code() -> Iterator[str]:
    for node in nodes("settlements"):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "RefusedFileError":
            yield str(ast.literal_eval(node.args[0]))


def test_every_refusal_has_a_sentence_and_none_is_left_over() -> None:
    assert {*refusals_by_code()} == {*REFUSALS}


def screens() -> dict[str, str | tuple[str, str]]:
    room = dinero_sync.texts.screens
    start = f"{room.__name__}."
    found = [each.name for each in walk_packages(room.__path__, start) if not each.ispkg]
    files = [name.removeprefix(start) for name in found if name != f"{start}saying"]
    tables = {name: import_module(f"{start}{name}").SCREEN for name in files}
    return {
        f"{file}.{name}": text for file, table in tables.items() for name, text in table.items()
    }


def written_outside_the_catalogue() -> set[str]:
    """Return all texts of the code; of one that is put together, what it begins with."""
    folders = [each.name for each in PACKAGE.iterdir() if each.is_dir() and each.name != "texts"]
    return {
        node.value
        for folder in folders
        for node in nodes(folder)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def told_codes() -> Iterator[str]:
    """Yield the codes that are told; of those that are put together, what they begin with."""
    for node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tell":
            code = node.args[0]
            chosen = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            for each in chosen:
                first = each.values[0] if isinstance(each, ast.JoinedStr) else each
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_sentence_that_is_told_is_one_of_a_screen() -> None:
    known = {*screens()}

    assert [told for told in told_codes() if told not in known | heads(known)] == []


def heads(codes: set[str]) -> set[str]:
    """Return what codes begin with, up to each of their dots."""
    return {code[: at + 1] for code in codes for at, sign in enumerate(code) if sign == "."}


def test_no_screen_has_a_sentence_that_nobody_tells() -> None:
    written = written_outside_the_catalogue()
    families = tuple(each for each in written if each.endswith("."))

    assert [
        code for code in screens() if code not in written and not code.startswith(families)
    ] == []


@pytest.mark.parametrize(
    "pair", [text for text in screens().values() if isinstance(text, tuple)], ids=str
)
def test_for_one_and_for_many_the_same_is_said(pair: tuple[str, str]) -> None:
    one, many = map(fields, pair)

    assert one | {"count"} == many | {"count"}
