"""What came of a run, for people and for programs.

The result names the orders; how they stand is read from the journal, one at a time, for a first run
may have seen a shop's whole history.
"""

import sqlite3
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from dinero_sync.cli.failures import in_words
from dinero_sync.cli.reports.money import bills, payouts
from dinero_sync.cli.reports.order import message, order_data
from dinero_sync.cli.reports.tables import Sums, amount, day_of, moment
from dinero_sync.cli.terminal import Line, Tone, width, wrapped
from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.step import Language
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, OrderRecord, Rung, Standing
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import outcome_of
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

NARROWEST = 16
"""What the last column has at least; where that doesn't fit, rows are stacked."""
NAMED = 12
"""Orders that a list names; the table above has them all."""


class _List(StrEnum):
    """The lists at the end, in their order."""

    PLANNED = "planned"
    DONE = "done"
    HELD = "held"
    WAITING = "waiting"
    IN_DOUBT = "in_doubt"


LISTS = {
    "would_be_booked": _List.PLANNED,
    "would_be_finished": _List.PLANNED,
    "booked": _List.DONE,
    "credited": _List.DONE,
    "skipped": _List.DONE,
    "held": _List.HELD,
    "drafted": _List.WAITING,
    "waiting": _List.WAITING,
    "under_way": _List.WAITING,
    "in_doubt": _List.IN_DOUBT,
}
"""In which list an outcome is."""
TONES = {
    _List.PLANNED: Tone.DONE,
    _List.DONE: Tone.DONE,
    _List.HELD: Tone.HELD,
    _List.WAITING: Tone.WAITING,
    _List.IN_DOUBT: Tone.IN_DOUBT,
}

NEEDS_YOU = frozenset({_List.HELD, _List.IN_DOUBT})


class _Row(NamedTuple):
    """What stands in a row: the shop's words among it, so plain text."""

    order: str
    outcome: str
    invoice: str
    date: str
    total: str
    why: str


TOTAL = _Row._fields.index("total")


class _Cause(NamedTuple):
    """What orders of a list have in common."""

    outcome: str
    reason: str
    message: str


@dataclass(slots=True)
class _Entry:
    """Orders of a list with one cause."""

    sums: Sums = field(default_factory=Sums)
    numbers: list[str] = field(default_factory=list)
    next_look: datetime | None = None
    """The earliest at which one of them is looked at again."""

    def add(self, record: OrderRecord) -> None:
        """Count an order."""
        self.sums.add(record)
        self.numbers.append(f"#{record.number}")
        looks = [each for each in (self.next_look, record.next_look) if each is not None]
        self.next_look = min(looks, default=None)


def as_data(result: RunResult, db: sqlite3.Connection) -> dict[str, object]:
    """Return the result for programs; ``db`` is the journal that the run worked with."""
    return {
        "exit_code": result.exit_code,
        "stopped": result.stopped,
        "outcomes": result.outcomes(),
        "orders": [_order(record) for record in _records(result, db)],
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "watermark": result.watermark,
        "journal_head": result.journal_head,
        **(payouts.as_data(result.payouts) if result.payouts else {}),
        **(bills.as_data(result.bills) if result.bills else {}),
    }


def _order(record: OrderRecord) -> dict[str, object]:
    invoice = record.invoice
    return {
        **order_data(record),
        **({} if record.chain == SALE else {"document": record.chain}),
        "outcome": outcome_of(record) or ("planned" if invoice else record.standing),
        **order_data(record, "reason", "invoice_number"),
        "invoice_guid": invoice.guid if invoice else None,
        "invoice_date": record.invoice_day,
        "total": record.own_total,
        **order_data(record, "currency"),
    }


def _records(result: RunResult, db: sqlite3.Connection) -> Iterator[OrderRecord]:
    """Yield each order that the run changed, or would change, as it stands.

    First as their sales, then as what came of them later.
    """
    known = sorted(result.touched.keys() | set(result.planned))
    yield from (orders.loaded(db, order_id) for order_id in known)
    yield from (orders.loaded(db, *each) for each in sorted(result.touched_later))


def as_lines(
    result: RunResult, db: sqlite3.Connection, language: Language, *, dry_run: bool = False
) -> Iterator[str | Line]:
    """Write a row for each order that the run changed, or would change; then where they stand.

    That is in four lists: done, held, waiting, in doubt; below them what to do next.
    """
    planned = frozenset(result.planned)
    headings = _Row(*(tell(f"run.heading.{name}", language) for name in _Row._fields))
    widths = [0] * len(headings)
    entries: dict[_Cause, _Entry] = {}
    for record in _records(result, db):
        row = _row(record, planned, language)
        widths = [max(pair) for pair in zip(widths, map(len, row), strict=True)]
        entries.setdefault(_cause(record, planned, language), _Entry()).add(record)
    if entries:
        widths = [
            columns and max(columns, len(heading))
            for columns, heading in zip(widths, headings, strict=True)
        ]
        yield from _lines(headings, widths, Tone.HEADING)
        for record in _records(result, db):
            tone = TONES[LISTS[_outcome(record, planned)]]
            yield from _lines(_row(record, planned, language), widths, tone)
        yield from _lists(entries, language)
    elif result.stopped is None and not (result.bills or result.payouts):
        yield tell("run.nothing_to_do", language)
    above: list[str] = [""] if entries else []
    if result.bills:
        yield from (*above, *bills.as_lines(result.bills, language))
        above = [""]
    if result.payouts:
        yield from (*above, *payouts.as_lines(result.payouts, language))
    yield from _next(result, entries, language, dry_run=dry_run)


def _lines(row: _Row, widths: list[int], tone: Tone) -> Iterator[Line]:
    """Write a row below its headings; what doesn't fit beside the rest stands below it.

    A column in which nothing stands, with a width of 0, is left out.
    """
    filled = [
        text.rjust(columns) if at == TOTAL else text.ljust(columns)
        for at, (text, columns) in enumerate(zip(row[:-1], widths, strict=False))
        if columns
    ]
    start = "  ".join([*filled, ""])
    left = width() - len(start)
    if left >= min(NARROWEST, widths[-1]):
        why = textwrap.wrap(row.why if widths[-1] else "", max(left, NARROWEST)) or [""]
        text = start + f"\n{' ' * len(start)}".join(why)
    elif len(start) - 2 <= width():
        text = start + "".join(f"\n    {each}" for each in textwrap.wrap(row.why, width() - 4))
    else:
        more = "  ".join(each for each in (row.invoice, row.date, row.why) if each)
        text = f"{row.order}  {row.outcome}  {row.total}"
        text += "".join(f"\n    {each}" for each in textwrap.wrap(more, width() - 4))
    yield from (Line(each, tone) for each in text.split("\n"))


def _outcome(record: OrderRecord, planned: frozenset[int]) -> str:
    """Say how an order stands after the run: the one word for its row and for the lists."""
    if record.order_id in planned and record.chain == SALE:
        return "would_be_finished" if record.rung.reached(Rung.BOOKED) else "would_be_booked"
    outcome = outcome_of(record)
    if outcome is not None:
        return str(outcome)
    return "under_way" if record.standing is Standing.WORKING else "waiting"


def _row(record: OrderRecord, planned: frozenset[int], language: Language) -> _Row:
    outcome = _outcome(record, planned)
    is_told_below = LISTS[outcome] in NEEDS_YOU
    below = tell("run.see_below", language)
    return _Row(
        " ".join(f"#{record.number}".split()),
        tell(f"run.outcome.{outcome}", language),
        str(record.invoice_number or ""),
        day_of(record.invoice_day, language),
        amount(record.own_total, record.currency, language) or tell("amounts.not_read", language),
        below if is_told_below else telling.in_short(record.reason, language),
    )


def _cause(record: OrderRecord, planned: frozenset[int], language: Language) -> _Cause:
    outcome = _outcome(record, planned)
    if LISTS[outcome] in {_List.PLANNED, _List.DONE}:
        return _Cause(outcome, "", "")
    return _Cause(outcome, record.reason or "", message(record, language) or "")


def _lists(entries: dict[_Cause, _Entry], language: Language) -> Iterator[str | Line]:
    for each in _List:
        chosen = {cause: entry for cause, entry in entries.items() if LISTS[cause.outcome] is each}
        if not chosen:
            continue
        yield ""
        yield Line(tell(f"run.list.{each}", language), TONES[each])
        for cause, entry in chosen.items():
            yield from _entry(cause, entry, language)


def _entry(cause: _Cause, entry: _Entry, language: Language) -> Iterator[str]:
    total = entry.sums.told(language)
    if LISTS[cause.outcome] in NEEDS_YOU:
        numbers = (*entry.numbers[:NAMED], *(["…"] if len(entry.numbers) > NAMED else []))
        reason = cause.reason
        told = tell("run.needs_you", language, sum=total, reason=reason, numbers=numbers)
        yield from wrapped(told, 4, "  ")
        yield from wrapped(cause.message, 4)
    elif why := _until(cause, entry, language):
        yield from wrapped(tell("run.until", language, sum=total, why=why), 4, "  ")
    else:
        outcome = tell(f"run.outcome.{cause.outcome}", language)
        yield from wrapped(tell("run.sum", language, outcome=outcome, sum=total), 4, "  ")


def _until(cause: _Cause, entry: _Entry, language: Language) -> str:
    """Say what orders wait for, and when they are looked at again."""
    if cause.outcome == "under_way":
        return tell("run.under_way", language)
    why = telling.in_short(cause.reason, language)
    if entry.next_look is None or not why:
        return why
    return tell("run.looked_at", language, why=why, when=moment(entry.next_look, language))


def _next(
    result: RunResult, entries: dict[_Cause, _Entry], language: Language, *, dry_run: bool
) -> Iterator[str | Line]:
    """Say what there is to do, or that nothing was done."""
    if result.stopped is not None:
        yield ""
        yield Line(tell("run.stopped", language), Tone.IN_DOUBT)
        yield from wrapped(in_words(result.stopped, language), 2)
    lists = {LISTS[cause.outcome] for cause in entries}
    todo = []
    if lists & NEEDS_YOU:
        todo.append(tell("run.what_to_do_dry" if dry_run else "run.what_to_do", language))
    if any(cause.reason == OpenReason.AWAITING_BOOKING for cause in entries):
        todo.append(tell("run.book_drafts", language))
    if dry_run and lists:
        todo.append(tell("run.dry", language))
    if todo:
        yield ""
    for each in todo:
        yield from wrapped(each, 2, "")
