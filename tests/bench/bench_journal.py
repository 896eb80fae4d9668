"""Lets a journal grow to the age of many orders, by the code of the build that runs this.

``python bench_journal.py STATE_FOLDER ORDERS``: every order that is done stands as a pattern for
older ones, up to three years back: its row, its lines with what they carried, a contact for two
orders of three, and a run for ten orders.
"""

import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from dinero_sync.journal import contacts, effects, orders, runs
from dinero_sync.journal.contacts import KnownContact
from dinero_sync.journal.database import open_journal

YEARS = timedelta(days=3 * 365)
FIRST = 1_000_000
"""The first invented order; its contact's guid has the same number."""
AT_ONCE = 10_000
Standing: Any = getattr(orders, "Standing")  # noqa: B009 - a name of both builds, here or there
KNOWS_DOCUMENTS = not hasattr(effects, "of_order")
"""Whether the build keeps an order's sale as documents, or knows orders alone."""


def grow(folder: Path, size: int) -> None:
    """Add orders to the journal in ``folder`` until it has ``size`` of them."""
    db = open_journal(folder)
    lines_of: Callable[..., list[Any]]
    lines_of = getattr(effects, "of_subject" if KNOWS_DOCUMENTS else "of_order")
    known = orders.standing(db, [Standing.DONE])
    patterns = [(record, lines_of(db, record.order_id)) for record in known]
    more = size - len(patterns)
    for start in range(0, more, AT_ONCE):
        db.execute("BEGIN IMMEDIATE")
        for index in range(start, min(start + AT_ONCE, more)):
            record, lines = patterns[index % len(patterns)]
            _add(db, record, lines, index, YEARS * (more - index) // more)
        db.execute("COMMIT")
    db.close()


def _add(
    db: sqlite3.Connection,
    record: Any,  # noqa: ANN401 - a record of either build
    lines: list[Any],
    index: int,
    ago: timedelta,
) -> None:
    """Add what the journal would hold of the same order, had it come so long before."""
    order_id = FIRST + index
    orders.save(db, _older(record, order_id, ago))
    subject: dict[str, Any] = {"subject" if KNOWS_DOCUMENTS else "order_id": order_id}
    for line in lines:
        effects.append(
            db,
            at=line.at - ago,
            run_id=line.run_id,
            kind=line.kind,
            phase=line.phase,
            body=line.body or "{}",
            **subject,
        )
    if index % 3:
        email = f"{order_id}@example.com"
        known = KnownContact(guid=UUID(int=order_id), email=email, vat_number="", ean="")
        contacts.remember(db, known)
    if index % 10 == 0:
        runs.begin(db, f"older-{order_id}", lines[0].at - ago)
        runs.finish(db, f"older-{order_id}", lines[-1].at - ago, 0, {"outcomes": {"booked": 10}})


def _older(record: Any, order_id: int, ago: timedelta) -> Any:  # noqa: ANN401 - the same
    day = record.invoice_day - ago
    changed = {
        "order_id": order_id,
        "number": str(order_id),
        "changed": record.changed - ago,
        "payment_day": day,
    }
    if KNOWS_DOCUMENTS:
        sale = replace(record.sale, day=day, document_number=order_id)
        return replace(record.having(sale), **changed)
    return replace(record, invoice_day=day, invoice_number=order_id, **changed)


if __name__ == "__main__":
    grow(Path(sys.argv[1]), int(sys.argv[2]))
