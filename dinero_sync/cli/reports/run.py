"""What came of a run, for people and for programs.

The result names the orders; how they stand is read from the journal, one at a time, for a first run
may have seen a shop's whole history.
"""

import shutil
import sqlite3
import sys
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import click

from dinero_sync.cli.reports.money import bills
from dinero_sync.cli.reports.order import order_data
from dinero_sync.cli.reports.tables import UNKNOWN, Sums, amount
from dinero_sync.cli.streams import say
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, OrderRecord, Rung, Standing
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import outcome_of
from dinero_sync.texts import telling

WIDTH = 110
"""Of a table that goes to no terminal."""
NARROWEST = 20
"""What the last column has at least, however narrow the terminal is."""


class _Row(NamedTuple):
    """What stands in a row: the shop's words among it, so plain text."""

    order: str
    outcome: str
    invoice: str
    date: str
    total: str
    why: str


HEADINGS = _Row("Order", "Outcome", "Invoice", "Date", "Total", "Why")


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


def print_table(result: RunResult, db: sqlite3.Connection) -> None:
    """Print a row for each order that the run changed, or would change, and the sums."""
    planned = frozenset(result.planned)
    widths = [len(each) for each in HEADINGS]
    sums: dict[str, Sums] = {}
    for record in _records(result, db):
        row = _row(record, planned)
        widths = [max(pair) for pair in zip(widths, map(len, row), strict=True)]
        sums.setdefault(row.outcome, Sums()).add(record)
    if sums:
        click.secho(_line(HEADINGS, widths), bold=True)
        for record in _records(result, db):
            say(_line(_row(record, planned), widths))
        say("\n" + "; ".join(f"{label}: {each}" for label, each in sums.items()))
    elif result.stopped is None and not result.bills:
        say("Nothing to do: no order changed its state.")
    if result.bills:
        say(bills.as_text(result.bills))


def _line(row: _Row, widths: list[int]) -> str:
    """Write a row below its headings; what is too long in the last column goes on below it."""
    padded = [text.ljust(width) for text, width in zip(row[:-1], widths, strict=False)]
    padded[-1] = row.total.rjust(widths[-2])
    start = "  ".join([*padded, ""])
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    wrapped = textwrap.wrap(row.why, max(columns - len(start), NARROWEST)) or [""]
    return (start + f"\n{' ' * len(start)}".join(wrapped)).rstrip()


def _label(record: OrderRecord, planned: frozenset[int]) -> str:
    """Say how an order stands after the run: the one word for its row and for the sums."""
    if record.order_id in planned and record.chain == SALE:
        return "would be finished" if record.rung.reached(Rung.BOOKED) else "would be booked"
    outcome = outcome_of(record)
    if outcome is not None:
        return str(outcome)
    return "under way" if record.standing is Standing.WORKING else "waiting"


def _row(record: OrderRecord, planned: frozenset[int]) -> _Row:
    return _Row(
        " ".join(f"#{record.number}".split()),
        _label(record, planned),
        str(record.invoice_number or ""),
        str(record.invoice_day or ""),
        amount(record.own_total, record.currency) or UNKNOWN,
        telling.in_short(record.reason),
    )
