"""What is held goes on: orders, and what came as files, each by its own rules."""

import sqlite3
from datetime import date, datetime

from dinero_sync.errors import UsageError
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.orders import held_chains
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.run import bills_by_hand, by_hand

AnyRecord = OrderRecord | PaperRecord


def all_held(db: sqlite3.Connection) -> list[AnyRecord]:
    """List whatever waits for a person."""
    return [*by_hand.held_orders(db), *bills_by_hand.held_bills(db)]


def held_of(db: sqlite3.Connection, record: AnyRecord) -> list[AnyRecord]:
    """List what of a subject waits for a person; without any, an order's sale, or the bill."""
    if isinstance(record, OrderRecord):
        return [*held_chains(db, record)]
    return [record]


def refuse(record: AnyRecord, *, again: bool) -> None:
    """Raise UsageError for what isn't held, and for what a person ended, unless ``again``."""
    if isinstance(record, OrderRecord):
        by_hand.refuse_to_release(record, again=again)
    else:
        bills_by_hand.refuse_to_release_bill(record, again=again)


def refuse_day(record: AnyRecord, day: date, closed_until: date | None, today: date) -> None:
    """Raise UsageError for a day that can't be chosen for what is held."""
    if not isinstance(record, OrderRecord):
        raise UsageError(
            f"No day can be chosen for {record.name}: it bears the day of its document. Nothing "
            f"was changed. See: dinero-sync show {record.name}"
        )
    by_hand.refuse_to_choose(record, day, closed_until, today)


def release(
    db: sqlite3.Connection,
    record: AnyRecord,
    now: datetime,
    *,
    by_name: bool,
    day: date | None,
) -> None:
    """Let the next run go on with it; ``day`` is what a person chose for its document."""
    if isinstance(record, OrderRecord):
        by_hand.release(db, record, now, by_name=by_name, day=day)
    else:
        bills_by_hand.release_bill(db, record, now)
