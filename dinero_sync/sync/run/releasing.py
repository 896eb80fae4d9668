"""What is held goes on: orders, and what came as files, each by its own rules."""

import sqlite3
from datetime import date, datetime

from dinero_sync.domain.hold import HoldReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.orders import held_chains
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.posting.days.closed import first_open_day, is_closed
from dinero_sync.sync.run import by_hand
from dinero_sync.sync.run.bills import by_hand as bills_by_hand
from dinero_sync.sync.run.papers_by_hand import refuse_to_release
from dinero_sync.sync.run.payouts import by_hand as payouts_by_hand

AnyRecord = OrderRecord | BillRecord | PayoutRecord


def all_held(db: sqlite3.Connection) -> list[AnyRecord]:
    """List whatever waits for a person."""
    return [
        *by_hand.held_orders(db),
        *bills.standing(db, (Standing.HELD,)),
        *payouts.standing(db, (Standing.HELD,)),
    ]


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
        refuse_to_release(record, again=again)


def refuse_day(record: AnyRecord, day: date, closed_until: date | None, today: date) -> None:
    """Refuse a day that a person can't choose for the document that is held.

    Raises UsageError for what isn't held for its period, and for any day but its own or an open
    one.
    """
    if record.reason != HoldReason.PERIOD_CLOSED:
        raise UsageError(
            spoken(
                "{called} isn't held as {period_closed}, so no day is to be chosen for it. "
                "Nothing was changed. See: dinero-sync show {name}",
                called=by_hand.called(record),
                period_closed=HoldReason.PERIOD_CLOSED,
                name=record.subject,
            )
        )
    own = record.current.facts["day"]
    if day == own:
        return
    if day > today:
        raise UsageError(
            spoken(
                "{day} is still to come, and nothing is dated ahead. Nothing was changed. "
                "Choose a day up to today, or wait until then.",
                day=day,
            )
        )
    if not is_closed(day, closed_until):
        return
    raise UsageError(
        spoken(
            "{day} is closed too: dinero.closed_until is {closed_until}. Nothing was "
            "changed. Choose the document's own day, {own}, or one from {first_open_day} "
            "on.",
            day=day,
            closed_until=closed_until,
            own=own,
            first_open_day=first_open_day(closed_until or day),
        )
    )


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
    elif isinstance(record, PayoutRecord):
        payouts_by_hand.release_payout(db, record, now, by_name=by_name, day=day)
    else:
        bills_by_hand.release_bill(db, record, now, by_name=by_name, day=day)
