"""What providers paid back to buyers though no credit note says why: listed, and never booked.

Each such row is told with its payout until the order is credited, or a person accepts it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dinero_sync.dinero import payments
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.hold import SkipReason
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.money import went_back
from dinero_sync.journal.money.went_back import WentBack
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import UNCREDITED, PayoutRecord

NOTHING = Decimal(0)


def told_uncredited(
    db: sqlite3.Connection, dinero: Transport, record: PayoutRecord, order_ids: Iterable[int]
) -> PayoutRecord:
    """Return a payout with those of its refunds that no credit note goes with.

    Dinero is asked about an order whose credit notes known here don't come to as much.
    """
    found = [
        [row.amount, order_id, row.place]
        for order_id in order_ids
        for row in _uncredited(db, order_id)
        if row.payout == record.name and not _is_credited_there(db, dinero, order_id)
    ]
    return record.telling(**{UNCREDITED: found}) if found else record


def end_those_credited(db: sqlite3.Connection) -> None:
    """Take off the lists of payouts what was credited since."""
    for record in store.uncredited(db):
        listed = record.told.get(UNCREDITED) or []
        left = [each for each in listed if _is_listed(db, record, each[1], each[2])]
        if left != listed:
            store.save(db, record.telling(**{UNCREDITED: left}))


def _is_listed(db: sqlite3.Connection, record: PayoutRecord, order_id: int, place: int) -> bool:
    return any((row.payout, row.place) == (record.name, place) for row in _uncredited(db, order_id))


def _uncredited(db: sqlite3.Connection, order_id: int) -> Iterator[WentBack]:
    """Yield the refunds that files tell of an order beyond what is credited of it, the latest."""
    sale, *later = orders.chains(db, order_id)
    if sale.reason == SkipReason.BOOKED_ELSEWHERE:
        return  # and so are its credit notes
    booked = (each.credit for each in later if each.credit and each.rung.reached(Rung.BOOKED))
    left = sum((each.told_of_refund for each in booked), NOTHING)
    for row in went_back.of_order(db, order_id):
        if row.kind != went_back.REFUND:
            continue
        left -= row.amount
        if left < 0:
            yield row


def _is_credited_there(db: sqlite3.Connection, dinero: Transport, order_id: int) -> bool:
    """Tell whether Dinero has credit notes, whoever made them, of as much as went back.

    Where it can't be asked, it isn't known to.
    """
    sale = orders.loaded(db, order_id)
    if sale.plan is None or not sale.rung.reached(Rung.BOOKED):
        return False
    rows = went_back.of_order(db, order_id)
    back = sum((each.amount for each in rows if each.kind == went_back.REFUND), NOTHING)
    try:
        there = payments.of_invoice(dinero, sale.plan.invoice.guid)
    except (DeadlineError, StoppedError):
        raise
    except TemporaryError:
        return False
    return not back > there.credited
