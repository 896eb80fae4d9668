"""Lets a journal grow to the age of many orders, by the code of the build that runs this.

``python bench_journal.py STATE_FOLDER ORDERS``: every order that is done stands as a pattern for
older ones, up to three years back: its row, its lines with what they carried, a contact for two
orders of three, and a run for ten orders.
"""

import sqlite3
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from dinero_sync.journal import contacts, effects, orders, runs
from dinero_sync.journal.contacts import KnownContact
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.schema import transaction

YEARS = timedelta(days=3 * 365)
FIRST = 1_000_000
"""The first invented order; its contact's guid has the same number."""
AT_ONCE = 10_000


def grow(folder: Path, size: int) -> None:
    """Add orders to the journal in ``folder`` until it has ``size`` of them."""
    db = open_journal(folder)
    patterns = [
        (record, effects.of_subject(db, record.order_id))
        for record in orders.standing(db, [Standing.DONE])
    ]
    more = size - len(patterns)
    for start in range(0, more, AT_ONCE):
        with transaction(db):
            for index in range(start, min(start + AT_ONCE, more)):
                record, lines = patterns[index % len(patterns)]
                _add(db, record, lines, index, YEARS * (more - index) // more)
    db.close()


def _add(
    db: sqlite3.Connection,
    record: orders.OrderRecord,
    lines: list[effects.Effect],
    index: int,
    ago: timedelta,
) -> None:
    """Add what the journal would hold of the same order, had it come so long before."""
    day, changed = record.invoice_day, record.changed
    assert day is not None
    assert changed is not None
    order_id = FIRST + index
    sale = replace(record.sale, day=day - ago, document_number=order_id)
    older = replace(
        record.having(sale),
        order_id=order_id,
        number=str(order_id),
        changed=changed - ago,
        payment_day=day - ago,
    )
    orders.save(db, older)
    for line in lines:
        effects.append(
            db,
            at=line.at - ago,
            run_id=line.run_id,
            subject=order_id,
            kind=line.kind,
            phase=line.phase,
            body=line.body or "{}",
        )
    if index % 3:
        email = f"{order_id}@example.com"
        known = KnownContact(guid=UUID(int=order_id), email=email, vat_number="", ean="")
        contacts.remember(db, known)
    if index % 10 == 0:
        runs.begin(db, f"older-{order_id}", lines[0].at - ago)
        runs.finish(db, f"older-{order_id}", lines[-1].at - ago, 0, {"outcomes": {"booked": 10}})


if __name__ == "__main__":
    grow(Path(sys.argv[1]), int(sys.argv[2]))
