"""The text beside a held bill: what happened, what it means for the books, and what to do."""

import textwrap
from collections.abc import Iterator

from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.texts import telling

WIDTH = 92


def note_of(record: PaperRecord, language: Language | None) -> str:
    """Write why a bill is held and what to do, in the configured language, else in both."""
    languages = (language,) if language else (Language.DANISH, Language.ENGLISH)
    told = "\n\n".join("\n".join(_lines(record, each)) for each in languages)
    return f"{record.name}\n\n{told}\n"


def _lines(record: PaperRecord, language: Language) -> Iterator[str]:
    document = record.current
    if document.text is not None:
        yield from _wrapped(telling.said(document.text, document.facts, language))
    yield ""
    told = telling.next_step(document.steps, language, order=record.name)
    words, _, block = told.partition("\n")
    yield from _wrapped(words)
    if block:
        yield block.rstrip("\n")


def _wrapped(text: str) -> list[str]:
    """Break sentences into lines; a command among them may be broken at its spaces only."""
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)
