"""One order, as every report shows it: its facts, its next step, and what is said below it."""

import re
import textwrap
from collections.abc import Iterator

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.tables import picked
from dinero_sync.cli.reports.words import DANISH, DANISH_STEPS, IN_ENGLISH
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import OrderRecord

ORDER_WORD = re.compile(r"(?<=[a-z] )ORDER\b")
"""Where a command is to name the order."""
COMMAND = re.compile(r"(?:sudo (?:-u \S+ \S*/)?)?dinero-sync (?:(?![.,;)](?:\s|$)).)+")
"""A command inside a sentence, up to the mark that ends it."""
NO_BREAK = "\N{NO-BREAK SPACE}"
WIDTH = 92
WHY = ("reason", "message", "next_step")
"""What a program is told of an order that waits."""


def order_data(record: OrderRecord, *names: str) -> dict[str, object]:
    """Return an order's facts for programs: its id and number, then those named."""
    facts = picked(record, "order_id", "number", *names)
    return {**facts, "next_step": next_step(record)} if "next_step" in facts else facts


def next_step(record: OrderRecord) -> str | None:
    """Return what to do about an order, with commands that can be pasted as they stand."""
    return record.next_step and for_order(record, record.next_step)


def for_order(record: OrderRecord, text: str) -> str:
    """Have the commands in a text name the order, and be ready to paste."""
    return to_paste(ORDER_WORD.sub(str(record.order_id), text))


def needs_you(
    record: OrderRecord, total: str, language: Language = Language.ENGLISH
) -> Iterator[str]:
    """Write an order that waits for a person, and what to do about it."""
    yield ""
    yield f"  #{record.number}  (order id {record.order_id})  {total}  {record.reason}"
    yield from advice(record, language)


def advice(record: OrderRecord, language: Language = Language.ENGLISH) -> Iterator[str]:
    """Write what is the matter with an order and what to do; nothing where all is well.

    What is known by its English sentences alone is told in Danish without its values, and in full
    below.
    """
    general = DANISH.get(record.reason or "") if language is Language.DANISH else None
    if general and record.reason:
        yield from indented(general)
        yield from indented(for_order(record, DANISH_STEPS[record.reason]))
        yield from indented(IN_ENGLISH if record.message else "")
    yield from indented(record.message or "")
    yield from indented(next_step(record) or "")


def indented(text: str) -> Iterator[str]:
    """Wrap sentences below an order, and leave commands and YAML to paste as they are."""
    sentence, _, block = text.partition("\n")
    whole = COMMAND.sub(lambda found: found.group().replace(" ", NO_BREAK), sentence)
    margin = " " * 4
    for line in textwrap.wrap(
        whole,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
        break_long_words=False,
    ):
        yield line.replace(NO_BREAK, " ")
    if block:
        yield ""
        yield textwrap.indent(block.strip("\n"), "      ")
