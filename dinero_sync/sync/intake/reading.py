"""Reading the shop: what changed, what is asked for, and what has to be looked at again."""

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice
from math import ceil

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError, UsageError
from dinero_sync.journal import orders
from dinero_sync.logs import get_logger
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.listing import Listing, read_stable
from dinero_sync.shoporama.reader import OrderWithoutIdError, Peek, ReaderSettings, peek
from dinero_sync.shoporama.replies import Page, RawObject
from dinero_sync.sync.intake.live import Sources
from dinero_sync.sync.intake.raw_orders import RawOrders
from dinero_sync.sync.work.outcome import next_look
from dinero_sync.sync.work.troubles import ENDS_ANY_RUN, ENDS_THE_RUN, Troubles

log = get_logger()
NOT_SHOWN = (
    "The shop doesn't show the order. What was begun for it at Dinero is read there, and goes on "
    "as it was planned."
)
FEWEST_FOR_A_LIST = 2
"""A single order is read by itself."""
FEWEST_NAMED_FOR_A_LIST = 5
"""Fewer orders, asked for by name, are read one by one: where they stand in a list isn't known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one run read from the shop."""

    raws: Mapping[int, RawObject] = field(default_factory=dict)
    """By their ids, in the order of these."""
    newest_change: datetime | None = None
    without_id: int = 0
    """How many orders carried no id, and aren't among ``raws``."""
    quota_is_short: bool = False
    """Whether open orders weren't looked at, to keep calls for the next polls."""
    troubles: tuple[TemporaryError, ...] = ()
    """What the shop didn't tell, which stops nothing of what it did."""
    unread: Mapping[int, datetime | None] = field(default_factory=dict)
    """Orders asked for that are left to a later run, with their last change."""
    left_as_planned: frozenset[int] = frozenset()
    """Orders asked for that the shop didn't show, and that go on as they were planned."""


class ShopReading:
    """One run's reading of the shop."""

    def __init__(self, sources: Sources, since: datetime) -> None:
        """Prepare to read what changed ``since``."""
        self._shop = sources.shop
        self._reader = sources.reader
        self._quota = sources.quota
        self._db = sources.db
        self._clock = sources.clock
        self._since = since
        self._quota_is_short = False

    def window(self) -> Reading:
        """Read what changed, and the orders whose pause is over.

        Raises TemporaryError when the shop can't be read whole.
        """
        raws = RawOrders(self._db)
        listed = read_stable(self._shop, self._since, self._reader, raws)
        troubles = Troubles[int]()
        emptiness = self._sudden_emptiness(listed)
        if emptiness is None:
            self._look_again(raws, troubles)
        unread = troubles.error(
            spoken("Orders that the shop didn't show when they were looked at again")
        )
        return Reading(
            raws=raws,
            newest_change=listed.newest_change,
            without_id=listed.without_id,
            quota_is_short=self._quota_is_short,
            troubles=tuple(each for each in (emptiness, unread) if each is not None),
        )

    def named(self, order_ids: Collection[int], *, settles: bool) -> Reading:
        """Read the orders asked for, many of them from a list where that takes fewer calls.

        With ``settles``, one that the shop can't show goes on as it was planned.
        """
        raws = RawOrders(self._db)
        named = sorted(set(order_ids))
        self._find_named_in_list(named, raws)
        left: list[int] = []
        troubles = Troubles[int](ENDS_ANY_RUN if settles else ENDS_THE_RUN)
        for order_id in [each for each in named if each not in raws]:
            raw = None if troubles.are_too_many else self._read_one(order_id, troubles)
            if raw is not None:
                raws[order_id] = raw
            elif settles:
                log.warning("order.not_shown", order_id=order_id, message=NOT_SHOWN)
            else:
                _refuse_unknown(order_id, troubles)
                left.append(order_id)
        unread = troubles.error(spoken("Orders asked for that the shop didn't show"))
        return Reading(
            raws=raws,
            troubles=() if unread is None else (unread,),
            unread=orders.last_changes(self._db, left),
            left_as_planned=frozenset(each for each in named if each not in raws),
        )

    def _find_named_in_list(
        self, named: Sequence[int], raws: MutableMapping[int, RawObject]
    ) -> None:
        """Find orders asked for in a list; where they stand in it isn't known."""
        if len(named) < FEWEST_NAMED_FOR_A_LIST:
            return
        changes = orders.last_changes(self._db, named).values()
        known = [each for each in changes if each is not None]
        since = min(known) if len(known) == len(named) else self._since
        self._find_in_list(set(named), since, raws)

    def _read_one(self, order_id: int, troubles: Troubles[int]) -> RawObject | None:
        """Read one order; None where the shop has none, or gives no answer about it."""
        try:
            raw = self._shop.order(order_id)
            if raw is not None:
                self._refuse_another(raw, order_id)
        except TemporaryError as error:
            troubles.note(order_id, error)
            return None
        troubles.note_answer()
        return raw

    def _refuse_another(self, raw: RawObject, order_id: int) -> None:
        with suppress(OrderWithoutIdError):
            if peek(raw, self._reader).order_id == order_id:
                return
        raise TemporaryError(
            spoken(
                "The shop was asked for order {order_id}, and its answer names no order, or "
                "another.",
                order_id=order_id,
            )
        )

    def _sudden_emptiness(self, listed: Listing) -> TemporaryError | None:
        newest = orders.newest_change(self._db)
        is_empty = not listed.orders and not listed.without_id
        if not is_empty or newest is None or newest < self._since:
            return None
        return TemporaryError(
            spoken(
                "The shop lists no orders at all in a window where it listed some before. "
                "Nothing is passed over, and only what was known before went on. Check that "
                "shoporama.base_url and the API key belong to the right shop; the next run "
                "reads again."
            )
        )

    def _look_again(self, raws: MutableMapping[int, RawObject], troubles: Troubles[int]) -> None:
        """Read the open orders whose pause is over, from a list where that takes fewer calls."""
        due = {
            record.order_id: record.changed
            for record in orders.due_looks(self._db, self._clock.now())
            if record.order_id not in raws
        }
        self._find_due_in_list(due, raws)
        for order_id in due:
            if order_id in raws or troubles.are_too_many:
                continue
            if not self._has_spare_calls():
                self._quota_is_short = True
                break
            raw = self._read_one(order_id, troubles)
            if raw is None:
                self._look_later(order_id)
            else:
                raws[order_id] = raw

    def _find_due_in_list(
        self, due: Mapping[int, datetime | None], raws: MutableMapping[int, RawObject]
    ) -> None:
        """Find the orders to be looked at in a list; without it each is read by itself."""
        changes = [changed for changed in due.values() if changed is not None]
        if not changes or not self._has_spare_calls():
            return
        try:
            self._find_in_list(due.keys(), min(changes), raws, self._has_spare_calls)
        except ENDS_THE_RUN:
            raise
        except TemporaryError:
            return

    def _has_spare_calls(self) -> bool:
        return self._quota.spare() > 0

    def _by_id(self, page: Page) -> Iterator[tuple[int, RawObject]]:
        for raw in page.items:
            with suppress(OrderWithoutIdError):  # told of by the reading of the window
                yield peek(raw, self._reader).order_id, raw

    def _look_later(self, order_id: int) -> None:
        """Let an order that the shop no longer shows, or can't, wait for its next look."""
        record = orders.loaded(self._db, order_id)
        looked = record.having(replace(record.current, looks=record.looks + 1))
        again = next_look(looked, self._clock.now())
        later = looked.having(replace(looked.current, next_look=again))
        orders.save(self._db, later, record)

    def _find_in_list(
        self,
        wanted: Collection[int],
        since: datetime,
        raws: MutableMapping[int, RawObject],
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        """Find orders in the list of all that changed ``since``, while that saves calls."""
        if len(wanted) < FEWEST_FOR_A_LIST:
            return
        found: set[int] = set()
        pages = self._shop.order_pages(since, self._reader.zone)
        for page in islice(pages, len(wanted) - 1):
            for order_id, raw in self._by_id(page):
                if order_id in wanted:
                    found.add(order_id)
                    raws[order_id] = raw
            pages_left = ceil(((page.total or 0) - page.offset - page.count) / max(page.count, 1))
            if pages_left >= len(wanted) - len(found) or not may_go_on():
                break


def _refuse_unknown(order_id: int, troubles: Troubles[int]) -> None:
    """Raise UsageError for an order that the shop answered it doesn't have."""
    if order_id not in troubles.orders and not troubles.are_too_many:
        raise UsageError(
            spoken(
                "The shop has no order with the id {order_id}. If that is the number the customer "
                "sees, write '#{order_id}' in quotes.",
                order_id=order_id,
            )
        )


def first_moment(day: date) -> datetime:
    """Return when a day begins in Copenhagen."""
    return datetime.combine(day, time.min, COPENHAGEN)


def ids_of_numbers(
    shop: ShopClient, reader: ReaderSettings, start_date: date, numbers: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Yield each number that customers see with its order's id, by which alone the shop is asked.

    They are found in the list of what changed since the start date.

    Costs calls to the shop where there are numbers: a page of orders each, until all are found.
    Raises UsageError for numbers that the list lacks, and TemporaryError.
    """
    missing = set(numbers)
    for seen in _listed(shop, reader, start_date) if missing else ():
        if seen.number in missing:
            missing.remove(seen.number)
            yield seen.number, seen.order_id
        if not missing:
            return
    if missing:
        listed = ", ".join(f"#{each}" for each in sorted(missing))
        raise UsageError(
            spoken(
                "The shop lists no order {listed} that changed since sync.start_date "
                "({start_date}). Check the number; or give Shoporama's order id.",
                listed=listed,
                start_date=start_date,
            )
        )


def _listed(shop: ShopClient, reader: ReaderSettings, start_date: date) -> Iterator[Peek]:
    for page in shop.order_pages(first_moment(start_date), reader.zone):
        for raw in page.items:
            with suppress(OrderWithoutIdError):  # told of by a run
                yield peek(raw, reader)
