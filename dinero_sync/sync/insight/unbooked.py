"""The orders of a period that have no invoice of ours: from the journal, and newer ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Connection

from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import HeldError, SkipReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import QuotaError, TemporaryError
from dinero_sync.journal import watermark
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.money import sent
from dinero_sync.journal.money.sent import NotBooked
from dinero_sync.posting.days.received import trigger_of
from dinero_sync.posting.due import day_of
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.reconcile.documents import OrderClass, Unbooked
from dinero_sync.posting.settings import PostingSettings, Trigger
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.listing import read_stable
from dinero_sync.shoporama.masters import MasterLists
from dinero_sync.shoporama.reader import ReaderSettings, peek, read_order
from dinero_sync.shoporama.replies import RawObject
from dinero_sync.sync.intake.raw_orders import RawOrders, parsed
from dinero_sync.sync.intake.shop_masters import remembered_masters
from dinero_sync.sync.work.pacing import DailyQuota

CLASSES = {
    Standing.HELD: OrderClass.HELD,
    Standing.IN_DOUBT: OrderClass.IN_DOUBT,
    Standing.SKIPPED: OrderClass.SKIPPED,
}
"""What becomes of an order that stands so; any other waits."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What reads the orders that came since the last run."""

    shop: ShopClient
    quota: DailyQuota
    reader: ReaderSettings
    settings: PostingSettings
    folder: Path
    config: Config

    def orders(self, db: Connection, scratch: Connection) -> Iterator[RawObject]:
        """Yield what the shop changed since the watermark and the journal doesn't know.

        ``scratch`` holds them meanwhile. Raises TemporaryError where no run ever read the shop to
        its end, QuotaError where the calls are left to runs, and what reading raises.
        """
        until = watermark.vouched(self.folder, db, self.settings.start_date).until
        if until is None:
            raise TemporaryError(
                spoken(
                    "No run has read the shop to its end yet, so nobody knows whether all its "
                    "orders are here. Nothing was compared. Let a run finish first: dinero-sync run"
                )
            )
        if self.quota.spare() <= 0:
            raise QuotaError(
                spoken(
                    "The rest of the day's calls to Shoporama is left to the runs. Nothing was "
                    "compared; try again later today or tomorrow."
                )
            )
        raws = RawOrders(scratch)
        overlap = timedelta(minutes=float(self.config.sync.overlap_minutes))
        listed = read_stable(self.shop, until - overlap, self.reader, raws)
        if listed.without_id:
            raise TemporaryError(
                spoken(
                    "{count} orders in the shop carry no id, so nobody can tell them from the "
                    "others. Nothing was compared. Tell Shoporama's support.",
                    count=listed.without_id,
                )
            )
        yield from (raw for order_id, raw in raws.items() if not sent.is_known(db, order_id))


def unbooked(
    db: Connection, scratch: Connection, new: Unread, first: date, last: date
) -> Iterator[Unbooked]:
    """Yield the orders of the period from ``first`` to ``last`` that no invoice of ours is of.

    Each is of the day that its invoice is to bear, else of that on which it became due, else of
    the one on which it was placed.
    """
    masters = remembered_masters(db)
    for known in sent.not_booked(db, first, last):
        day = known.day or _day_of_raw(known, new, masters)
        if day is not None and first <= day <= last:
            yield Unbooked(
                order_id=known.order_id,
                order_class=_class_of(known),
                total=known.total,
                currency=known.currency,
            )
    for raw in new.orders(db, scratch):
        order = _read(raw, new, masters)
        day = _day(order, new.settings) if order else _placed(raw, new)
        if day is not None and first <= day <= last:
            yield Unbooked(
                order_id=peek(raw, new.reader).order_id,
                order_class=OrderClass.WAITING,
                total=order.total if order else None,
                currency=order.currency if order else None,
            )


def _class_of(known: NotBooked) -> OrderClass:
    if known.reason == SkipReason.BOOKED_ELSEWHERE:
        return OrderClass.ELSEWHERE
    return CLASSES.get(known.standing, OrderClass.WAITING)


def _day_of_raw(known: NotBooked, new: Unread, masters: MasterLists) -> date | None:
    """Return the day of an order that nothing was decided about; that of its change at the last."""
    raw = parsed(known.raw)
    order = _read(raw, new, masters)
    if order is not None:
        return _day(order, new.settings)
    placed = _placed(raw, new) if raw else None
    return placed or (accounting_date(known.changed) if known.changed else None)


def _read(raw: RawObject, new: Unread, masters: MasterLists) -> Order | None:
    """Read an order; None for one that a run holds, since it can't be read."""
    try:
        return read_order(raw, masters, new.reader)
    except HeldError:
        return None


def _placed(raw: RawObject, new: Unread) -> date | None:
    created = peek(raw, new.reader).created
    return accounting_date(created) if created else None


def _day(order: Order, settings: PostingSettings) -> date:
    """Return the day on which an order became due; one that isn't is of the day it was placed."""
    try:
        trigger = trigger_of(order, find_payment_type(order, settings.payment_types), settings)
    except HeldError:
        trigger = settings.trigger
    happened = order.paid if trigger is Trigger.PAID else order.shipped
    if not happened:
        return accounting_date(order.created)
    return day_of(order, trigger, seen_undue=False)
