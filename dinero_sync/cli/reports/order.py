"""One order, as every report shows it: its facts, its next step, and what is said below it."""

import textwrap
from collections.abc import Iterator

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.tables import picked
from dinero_sync.cli.terminal import wrapped
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import OrderRecord, SubjectRecord
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

WHY = ("reason", "message", "next_step")
"""What a program is told of an order that waits."""


def order_data(record: OrderRecord, *names: str) -> dict[str, object]:
    """Return an order's facts for programs: its id and number, then those named."""
    told = {"message": message(record), "next_step": next_step(record)}
    own = picked(record, "order_id", "number", *(each for each in names if each not in told))
    facts = {**own, **told}
    return {name: facts[name] for name in ("order_id", "number", *names)}


def message(record: SubjectRecord, language: Language = Language.ENGLISH) -> str | None:
    """Return what happened to an order that waits, and what it means; None where all is well."""
    text = record.current.text
    return None if text is None else telling.said(text, record.current.facts, language)


def next_step(record: SubjectRecord, language: Language = Language.ENGLISH) -> str | None:
    """Return what to do about an order, with commands that can be pasted as they stand."""
    steps = record.current.steps
    if not steps:
        return None
    return to_paste(telling.next_step(steps, language, order=str(record.subject)))


def stands(record: SubjectRecord, language: Language) -> str:
    """Say how something stands, and which step was its last."""
    standing = tell(f"order.show.standing.{record.standing}", language)
    rung = tell(f"order.show.rung.{record.current.rung}", language)
    return tell("order.show.stands", language, standing=standing, rung=rung)


def advice(record: SubjectRecord, language: Language = Language.ENGLISH) -> Iterator[str]:
    """Write what is the matter with an order and what to do; nothing where all is well."""
    yield from indented(message(record, language) or "")
    yield from indented(next_step(record, language) or "")


def indented(text: str) -> Iterator[str]:
    """Wrap sentences below an order, and leave commands and YAML to paste as they are."""
    sentence, _, block = text.partition("\n")
    if sentence:
        yield from wrapped(sentence, 4)
    if block:
        yield ""
        yield textwrap.indent(block.strip("\n"), "      ")
