"""A list of orders that is read while the shop goes on selling."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
import responses
from shop_samples import (
    ORDERS_URL,
    SETTINGS,
    Raw,
    envelope,
    put_list,
    query_of,
    shop,
    small_order,
)

from dinero_sync.errors import TemporaryError
from dinero_sync.shoporama.listing import Listing, read_stable
from dinero_sync.shoporama.reader import OrderWithoutIdError

WINDOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
"""Nine o'clock in Copenhagen."""


def at(minutes: int) -> str:
    """Return a change time so many minutes after the window's start, as the shop writes it."""
    moment = datetime(2026, 12, 1, 9, 0) + timedelta(minutes=minutes)  # noqa: DTZ001 - as the shop writes it
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def orders(*minutes: int) -> list[Raw]:
    """Return orders with these change times; minute 5 belongs to order 1005."""
    return [small_order(1000 + minute, at(minute)) for minute in minutes]


def by_id(*changes: tuple[int, int]) -> list[Raw]:
    """Return orders with these ids, each changed so many minutes after the window's start."""
    return [small_order(order_id, at(minutes)) for order_id, minutes in changes]


def read() -> Listing:
    return read_stable(shop(), WINDOW, SETTINGS, {})


@responses.activate
def test_an_idle_shop_costs_one_call() -> None:
    put_list(lambda _: [])
    assert read() == Listing(orders={}, newest_change=None)
    assert len(responses.calls) == 1


@pytest.mark.parametrize("minutes", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1)])
@responses.activate
def test_a_quiet_list_is_read_once_whichever_way_it_is_sorted(minutes: tuple[int, ...]) -> None:
    put_list(lambda _: orders(*minutes), page_size=2)
    found = read()
    assert sorted(found.orders) == [1001, 1002, 1003, 1004, 1005]
    assert found.newest_change == WINDOW + timedelta(minutes=5)
    assert len(responses.calls) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            orders(1, 2, 3, 4, 5),
            [*orders(2, 3, 4, 5), small_order(1001, at(60))],
            id="oldest first: an order read already moves to the end, the next one slips through",
        ),
        pytest.param(
            orders(5, 4, 3, 2, 1),
            [small_order(1001, at(60)), *orders(5, 4, 3, 2)],
            id="newest first: the last order moves to the front",
        ),
        pytest.param(orders(5, 4, 3, 2, 1), orders(6, 5, 4, 3, 2, 1), id="an order comes in"),
        pytest.param(orders(5, 4, 3, 2, 1), orders(4, 3, 2, 1), id="an order goes away"),
    ],
)
@responses.activate
def test_a_list_that_shifts_between_two_pages_is_read_again(
    before: list[Raw], after: list[Raw]
) -> None:
    put_list(lambda call: before if call == 1 else after, page_size=2)
    found = read()
    assert found.orders == {raw["order_id"]: raw for raw in after}


@pytest.mark.parametrize("newest_first", [True, False])
@responses.activate
def test_a_list_that_shifts_at_every_reading_is_given_up_after_three(newest_first: bool) -> None:  # noqa: FBT001 - a parameter of the test
    def restless(call: int) -> list[Raw]:
        minutes = range(1, 5 + call)
        return orders(*(reversed(minutes) if newest_first else minutes))

    put_list(restless, page_size=2)
    with pytest.raises(TemporaryError, match="list keeps changing") as caught:
        read()
    assert "no order is lost" in str(caught.value)
    assert len(responses.calls) == 6


@responses.activate
def test_a_list_that_ends_before_its_own_total_is_read_again() -> None:
    first, last = orders(1, 2), orders(3)
    responses.get(ORDERS_URL, body=envelope(first, 0, total=3))
    responses.get(ORDERS_URL, body=envelope([], 2, total=3))
    responses.get(ORDERS_URL, body=envelope(first, 0, total=3))
    responses.get(ORDERS_URL, body=envelope(last, 2, total=3))
    assert sorted(read().orders) == [1001, 1002, 1003]
    assert len(responses.calls) == 4


@responses.activate
def test_of_an_order_twice_on_one_page_the_newest_state_counts() -> None:
    newer = small_order(1001, at(9), status="sent")
    older = small_order(1001, at(1), status="new")
    put_list(lambda _: [newer, older, small_order(1002, at(3))])
    found = read()
    assert found.orders[1001] == newer
    assert found.newest_change == WINDOW + timedelta(minutes=9)


@responses.activate
def test_an_order_without_a_change_time_counts_by_its_creation() -> None:
    put_list(lambda _: [{"order_id": 1, "time": at(-600)}, {"order_id": 2, "time": at(-300)}])
    found = read()
    assert sorted(found.orders) == [1, 2]
    assert found.newest_change == WINDOW - timedelta(minutes=300)


@responses.activate
def test_where_no_order_tells_a_time_there_is_no_newest_change() -> None:
    put_list(lambda _: [{"order_id": 1}, {"order_id": 2, "last_modified": "i går"}])
    assert read().newest_change is None


@responses.activate
def test_a_list_by_change_time_newest_first_is_left_once_it_is_too_old() -> None:
    """Ids that neither all rise nor all fall prove that the list isn't by order id."""
    put_list(lambda _: by_id((1002, 3), (1007, 2), (1005, -1), (1001, -2), (1006, -3)), page_size=2)
    found = read()
    assert sorted(found.orders) == [1002, 1007]
    assert [query_of(call.request)["offset"] for call in responses.calls] == ["0", "2"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([(1007, 3), (1006, 2), (1005, -1), (1004, -2), (1001, 4)], id="newest first"),
        pytest.param([(1001, 3), (1004, 2), (1005, -1), (1006, -2), (1007, 4)], id="oldest first"),
    ],
)
@responses.activate
def test_a_list_by_order_id_is_read_to_the_end_though_its_change_times_fall(
    changes: list[tuple[int, int]],
) -> None:
    """An old order that was paid a moment ago stands where it always stood."""
    put_list(lambda _: by_id(*changes), page_size=2)
    paid_now, _ = changes[-1]
    assert paid_now in read().orders


@responses.activate
def test_an_ignored_filter_with_the_oldest_first_is_read_to_the_end() -> None:
    put_list(lambda _: orders(-5, -4, -3, -2, -1, 2, 3), page_size=2)
    found = read()
    assert sorted(found.orders) == [1002, 1003]
    assert len(responses.calls) == 4


@responses.activate
def test_an_ignored_filter_without_any_sorting_is_read_to_the_end() -> None:
    put_list(lambda _: orders(-6, -5, -8, -3, 2, 3), page_size=2)
    assert sorted(read().orders) == [1002, 1003]


@responses.activate
def test_old_orders_of_one_moment_do_not_look_like_a_list_newest_first() -> None:
    same_moment = [small_order(number, at(-60)) for number in range(1, 5)]
    put_list(lambda _: [*same_moment, *orders(1, 2)], page_size=2)
    assert sorted(read().orders) == [1001, 1002]


@responses.activate
def test_a_reading_without_a_window_keeps_every_order() -> None:
    put_list(lambda _: orders(-500, 3))
    found = read_stable(shop(), None, SETTINGS, {})
    assert sorted(found.orders) == [500, 1003]


@responses.activate
def test_an_order_without_an_id_ends_the_reading_with_the_setting_to_write() -> None:
    put_list(lambda _: [{"id": 7, "time": at(1)}])
    with pytest.raises(OrderWithoutIdError) as caught:
        read()
    assert caught.value.problems[0].key == "shoporama.fields.order_id"
    assert "shoporama:\n  fields:\n    order_id:" in str(caught.value)


@pytest.mark.parametrize("broken", [None, "text", 7, []])
@responses.activate
def test_an_entry_that_is_no_order_is_counted_and_the_others_are_read(broken: object) -> None:
    entries: list[Raw] = [*orders(1), cast("Raw", broken), *orders(2, 3)]
    put_list(lambda _: entries, page_size=2)
    found = read()
    assert sorted(found.orders) == [1001, 1002, 1003]
    assert found.without_id == 1
    assert len(responses.calls) == 2


@responses.activate
def test_entries_that_are_no_orders_alone_are_no_wrong_setting() -> None:
    put_list(lambda _: [cast("Raw", None)])
    assert read() == Listing(orders={}, newest_change=None, without_id=1)
