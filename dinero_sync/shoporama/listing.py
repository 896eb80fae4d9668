"""A whole list of orders, read while the shop goes on selling.

A list is read by offset, and between two pages an order may be added, change or move: then the
pages overlap, or an order slips through between them. Such a reading is thrown away.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError
from dinero_sync.shoporama import values
from dinero_sync.shoporama.client import ShopClient, wire_time
from dinero_sync.shoporama.reader import OrderWithoutIdError, Peek, ReaderSettings, peek
from dinero_sync.shoporama.replies import NOTHING_LOST, SERVICE, Page, RawObject

READINGS = 3
Ordered = TypeVar("Ordered", int, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The orders of a time window."""

    orders: Mapping[int, RawObject]
    """By order id."""
    newest_change: datetime | None
    """The latest change time among them, in UTC; None when there are none or none tells it."""
    without_id: int = 0
    """How many entries carried no id, or were no orders at all; they can't be told apart, so they
    aren't among ``orders``."""


def read_stable(
    client: ShopClient,
    changed_since: datetime | None,
    settings: ReaderSettings,
    orders: MutableMapping[int, RawObject],
) -> Listing:
    """Read all orders changed at or after ``changed_since`` into ``orders``; every one with None.

    A list that shifts while it is read over several pages is read again. Raises TemporaryError
    when it shifts each time, and OrderWithoutIdError when no order of a page carries an id.
    """
    for _ in range(READINGS):
        orders.clear()
        reading = _Reading(_window_start(changed_since, settings), settings, orders)
        if reading.read(client.order_pages(changed_since, settings.zone)):
            return reading.listing()
    raise TemporaryError(
        spoken(
            "{service}'s list keeps changing: it was read {readings} times, and each "
            "time orders were added or moved between two pages. {nothing_lost}",
            service=SERVICE,
            readings=READINGS,
            nothing_lost=NOTHING_LOST,
        )
    )


def _window_start(changed_since: datetime | None, settings: ReaderSettings) -> datetime | None:
    """Return the window's start as the shop's own texts are read, so that both compare."""
    if changed_since is None:
        return None
    return values.moment(wire_time(changed_since, settings.zone), settings.zone)


class _Reading:
    """One attempt at reading the list."""

    def __init__(
        self,
        window_start: datetime | None,
        settings: ReaderSettings,
        orders: MutableMapping[int, RawObject],
    ) -> None:
        self._window_start = window_start
        self._settings = settings
        self._orders = orders
        self._seen: set[int] = set()
        self._newest_change: datetime | None = None
        self._ids = _Sequence[int]()
        self._changes = _Sequence[datetime]()
        self._without_id = 0

    def read(self, pages: Iterator[Page]) -> bool:
        """Take in the pages; False as soon as the list is seen to shift between them."""
        total: int | None = None
        listed = 0
        for number, page in enumerate(pages):
            if number and page.total != total:
                return False
            total = page.total
            peeked = self._peeked(page)
            ids = {each.order_id for each, _ in peeked}
            if ids & self._seen:
                return False
            self._seen |= ids
            self._keep(peeked)
            listed += page.count
            if self._is_past_window([each for each, _ in peeked]):
                return True
        return total is None or listed == total

    def _peeked(self, page: Page) -> list[tuple[Peek, RawObject]]:
        """Read the ids of a page; an order without one is counted and left out."""
        self._without_id += page.unreadable
        peeked = []
        unidentified: OrderWithoutIdError | None = None
        for raw in page.items:
            try:
                peeked.append((peek(raw, self._settings), raw))
            except OrderWithoutIdError as error:
                unidentified = error
                self._without_id += 1
        if unidentified is not None and not peeked:
            raise unidentified
        return peeked

    def listing(self) -> Listing:
        """Return what was read."""
        return Listing(
            orders=self._orders,
            newest_change=self._newest_change,
            without_id=self._without_id,
        )

    def _keep(self, peeked: list[tuple[Peek, RawObject]]) -> None:
        """Keep a page's orders; of one that it holds twice, the newer state counts."""
        news: dict[int, tuple[Peek, RawObject]] = {}
        for each, raw in peeked:
            self._ids.add(each.order_id)
            if each.last_modified is not None:
                self._changes.add(each.last_modified)
            known, _ = news.get(each.order_id, (None, None))
            if not self._is_before_window(each) and _is_newer(each, known):
                news[each.order_id] = each, raw
        for order_id, (each, raw) in news.items():
            self._orders[order_id] = raw
            changes = [when for when in (self._newest_change, each.changed) if when is not None]
            self._newest_change = max(changes, default=None)

    def _is_before_window(self, candidate: Peek) -> bool:
        """Tell by the change time alone: an old order may have been paid today."""
        return (
            self._window_start is not None
            and candidate.last_modified is not None
            and candidate.last_modified < self._window_start
        )

    def _is_past_window(self, peeks: list[Peek]) -> bool:
        """Tell whether reading on is pointless: the list falls in time, and has left the window.

        In a list by order id the times may fall as well, until an old order comes that was paid
        today. So such a list is read to its end. With a shop that ignores the time asked for, that
        costs a call for every hundred orders at every run: ten thousand orders can be read ten
        times with a day's 1,000 calls.
        """
        return (
            bool(peeks)
            and all(self._is_before_window(each) for each in peeks)
            and self._changes.falls
            and not self._changes.rises
            and not self._ids.falls
            and not self._ids.rises
        )


def _is_newer(candidate: Peek, known: Peek | None) -> bool:
    return (
        known is None
        or known.changed is None
        or (candidate.changed is not None and candidate.changed > known.changed)
    )


class _Sequence(Generic[Ordered]):
    """Which way the values of a list go; they themselves needn't be kept for that."""

    def __init__(self) -> None:
        self._last: Ordered | None = None
        self.falls = True
        """None is greater than the one before it."""
        self.rises = True
        """None is less."""

    def add(self, value: Ordered) -> None:
        """Take in the next one."""
        if self._last is not None:
            self.falls = self.falls and value <= self._last
            self.rises = self.rises and value >= self._last
        self._last = value
