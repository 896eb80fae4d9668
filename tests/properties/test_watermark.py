"""However the shop lists its orders, and whenever it changes them: all that is due is booked, once.

The watermark only saves reading. It may never pass an order that wasn't read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sales import FIRST_ORDER, Sale, Way
from standing_time import COPENHAGEN, NOON
from trade import Trade

from dinero_sync.sandbox.faults import Fault, FaultScript

SHORTEST_OVERLAP = Decimal("0.01")
"""In minutes: less than a second."""
LONGEST_PAUSE = timedelta(hours=96)
AUTUMN_NIGHT = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
"""One o'clock in Copenhagen; the hour from two to three comes twice, from 00:00 UTC on."""

LISTING = st.fixed_dictionaries(
    {
        "shop_newest_first": st.booleans(),
        "shop_sort_by": st.sampled_from(["order_id", "last_modified"]),
        "shop_filter_ignored": st.booleans(),
        "shop_page_limit": st.integers(1, 4),
    }
)
"""How a shop may list its orders; its pages are always smaller than asked for."""


class Street:
    """A shop that sells mugs, one after the other."""

    def __init__(self, trade: Trade) -> None:
        """Count from the first order."""
        self.trade = trade
        self.sold: list[int] = []

    def sell(self, late: timedelta = timedelta(0), *, paid: bool = True) -> int:
        """Sell a mug now; the shop says that it was ``late`` ago."""
        sale = Sale(
            order_id=FIRST_ORDER + len(self.sold),
            way=Way.CARD,
            pieces=[(1, Decimal("125.00"))],
            paid=paid,
        )
        said = (self.trade.time() - late).astimezone(COPENHAGEN)
        self.trade.sandbox.add_orders([sale.as_order(f"{said:%Y-%m-%d %H:%M:%S}")])
        self.sold.append(sale.order_id)
        return sale.order_id

    def touch(self, number: int) -> None:
        """Change something about an order that isn't in its invoice."""
        if self.sold:
            order_id = self.sold[number % len(self.sold)]
            self.trade.sandbox.change_order(order_id, {"tracking_number": f"{number:020}"})

    def pay_quietly(self, order_id: int) -> None:
        """Let an order be paid without a word about when it changed."""
        known = self.trade.sandbox.orders[order_id]["last_modified"]
        paid = {"paid": 1, "paid_time": self.trade.time.shop_text(), "last_modified": known}
        self.trade.sandbox.change_order(order_id, paid)

    def not_booked(self) -> list[int]:
        """Return the orders without an invoice."""
        invoices = {order_id: self.trade.invoice(order_id) for order_id in self.sold}
        return [each for each, invoice in invoices.items() if not (invoice and invoice.is_booked)]

    def check_all_booked_once(self) -> None:
        """See that each order has one invoice, and that there are no others."""
        assert self.not_booked() == []
        assert len(self.trade.sandbox.invoices) == len(self.sold)


class BetweenPages(FaultScript):
    """Lets something happen in the shop a moment before it answers with certain pages."""

    def __init__(self, happenings: dict[int, Callable[[], None]]) -> None:
        """Let each happen before the page with its number, counted from 1."""
        super().__init__()
        self._happenings = happenings
        self._pages = 0

    def take(self, service: str, method: str, path: str) -> Fault | None:
        """Play no fault."""
        if path.endswith("/REST/order"):
            self._pages += 1
            self._happenings.get(self._pages, _nothing)()
        return super().take(service, method, path)


def _nothing() -> None:
    """Leave the shop as it is."""


@pytest.fixture(scope="module")
def street(trade: Trade) -> Callable[..., Street]:
    """Return what opens a new shop, with the settings of the sandbox and of ``sync``."""

    def opened(sync: dict[str, Any] | None = None, **listing: Any) -> Street:  # noqa: ANN401 - settings of the sandbox, which refuses wrong ones
        trade.begin(sync, **listing)
        return Street(trade)

    return opened


@dataclass(frozen=True)
class Round:
    """What happens from one run to the next."""

    hours: int
    late_minutes: list[int]
    """An order for each number, told by the shop with a time so long ago."""
    between_pages: dict[int, int | None]
    """Before the page with this number: another order comes in (None), or one changes."""


ROUNDS = st.lists(
    st.builds(
        Round,
        hours=st.sampled_from([0, 0, 1, 3, 30]),
        late_minutes=st.lists(st.sampled_from([0, 0, 1, 60, 179, 180]), max_size=4),
        between_pages=st.dictionaries(st.integers(1, 8), st.none() | st.integers(0, 9), max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@given(listing=LISTING, rounds=ROUNDS)
@settings(max_examples=settings().max_examples // 5)
def test_a_list_that_shifts_while_it_is_read_loses_and_doubles_nothing(
    street: Callable[..., Street], listing: dict[str, object], rounds: list[Round]
) -> None:
    shop = street(**listing)
    for each in rounds:
        shop.trade.time.move(timedelta(hours=each.hours))
        for minutes in each.late_minutes:
            shop.sell(timedelta(minutes=minutes))
        shop.trade.sandbox.faults = BetweenPages(
            {page: _happening(shop, what) for page, what in each.between_pages.items()}
        )
        assert shop.trade.run().exit_code in {0, 75}

        shop.trade.sandbox.clear_faults()
        assert shop.trade.run().exit_code == 0
        shop.check_all_booked_once()


@pytest.mark.parametrize("newest_first", [True, False])
def test_an_old_order_that_is_paid_is_read_though_the_shop_ignores_the_time_asked_for(
    street: Callable[..., Street], *, newest_first: bool
) -> None:
    shop = street(shop_filter_ignored=True, shop_page_limit=2, shop_newest_first=newest_first)
    oldest = shop.sell(paid=False)
    for _ in range(7):
        shop.trade.time.move(timedelta(hours=12))
        shop.sell()
    shop.trade.run()

    paid = {"paid": 1, "paid_time": shop.trade.time.shop_text()}
    shop.trade.sandbox.change_order(oldest, paid)
    shop.trade.run()

    shop.check_all_booked_once()


def _happening(shop: Street, what: int | None) -> Callable[[], None]:
    if what is None:
        return lambda: _sell_in_between(shop)
    return lambda: shop.touch(what)


def _sell_in_between(shop: Street) -> None:
    shop.trade.time.move(timedelta(seconds=1))
    shop.sell()


def test_orders_of_one_second_are_booked_though_a_run_came_between_them(
    street: Callable[..., Street],
) -> None:
    shop = street({"overlap_minutes": SHORTEST_OVERLAP})
    for _ in range(3):
        shop.sell()
        shop.trade.run()

    shop.check_all_booked_once()


def test_the_watermark_is_the_newest_change_and_not_the_time_of_the_run(
    street: Callable[..., Street],
) -> None:
    shop = street()
    shop.sell(timedelta(minutes=50))

    shop.trade.run()

    assert shop.trade.watermark() == NOON - timedelta(minutes=50)


@given(minutes=st.lists(st.integers(0, 60), min_size=1, max_size=6), listing=LISTING)
@settings(max_examples=settings().max_examples // 10)
@example(minutes=[50, 50, 20, 40, 40, 40], listing={})
def test_in_the_hour_that_comes_twice_no_order_is_lost(
    street: Callable[..., Street], minutes: list[int], listing: dict[str, object]
) -> None:
    shop = street({"start_date": date(2026, 10, 1), "overlap_minutes": SHORTEST_OVERLAP}, **listing)
    shop.trade.time.moment = AUTUMN_NIGHT.astimezone(COPENHAGEN)
    for pause in minutes:
        shop.trade.time.move(timedelta(minutes=pause))
        shop.sell()
        assert shop.trade.run().exit_code == 0
        shop.check_all_booked_once()


@given(
    quiet_hours=st.lists(st.integers(0, 72), min_size=1, max_size=3),
    every_hours=st.sampled_from([6, 11, 24]),
)
@settings(max_examples=settings().max_examples // 20)
def test_an_order_that_is_paid_without_a_word_is_booked_within_four_days(
    street: Callable[..., Street], quiet_hours: list[int], every_hours: int
) -> None:
    shop = street()
    orders = [shop.sell(paid=False) for _ in quiet_hours]
    start = shop.trade.time()
    paid_at = {
        each: start + timedelta(hours=h) for each, h in zip(orders, quiet_hours, strict=True)
    }
    end = max(paid_at.values()) + LONGEST_PAUSE + timedelta(hours=every_hours)
    waiting = set(orders)
    while shop.trade.time() < end:
        shop.trade.time.move(timedelta(hours=every_hours))
        for each in [each for each in waiting if paid_at[each] <= shop.trade.time()]:
            shop.pay_quietly(each)
            waiting.remove(each)
        assert shop.trade.run().exit_code == 0

    shop.check_all_booked_once()


def test_a_shop_that_suddenly_lists_nothing_stops_the_run_and_loses_nothing(
    street: Callable[..., Street],
) -> None:
    shop = street()
    shop.sell()
    shop.trade.run()
    before = shop.trade.watermark()
    shop.trade.time.move(timedelta(hours=1))
    shop.sell()
    hidden, shop.trade.sandbox.orders = shop.trade.sandbox.orders, {}

    empty = shop.trade.run()
    assert (empty.exit_code, shop.trade.watermark()) == (75, before)
    assert empty.requests["dinero"] == 0

    shop.trade.sandbox.orders = hidden
    assert shop.trade.run().exit_code == 0
    shop.check_all_booked_once()


def test_an_order_that_cannot_go_on_now_holds_the_watermark_back(
    street: Callable[..., Street],
) -> None:
    shop = street()
    shop.sell(timedelta(hours=2))
    shop.trade.fault("status_before", "dinero", times=None)
    shop.trade.run()
    shop.sell()
    sold_at = shop.trade.time()
    assert shop.trade.run().exit_code == 75
    assert shop.trade.watermark() in {None, NOON - timedelta(hours=2)}

    shop.trade.sandbox.clear_faults()
    shop.trade.run()
    shop.check_all_booked_once()
    assert shop.trade.watermark() == sold_at


def test_a_watermark_set_back_or_lost_costs_calls_and_no_second_invoice(
    street: Callable[..., Street],
) -> None:
    shop = street()
    for _ in range(3):
        shop.sell()
    shop.trade.run()
    for moment in (NOON - timedelta(days=5), None):
        shop.trade.set_watermark(moment)
        assert shop.trade.run().exit_code == 0
        assert shop.trade.watermark() == NOON

    shop.check_all_booked_once()
