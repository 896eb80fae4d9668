"""An order that a service gives no answer about stops no other; the run says so with 75."""

from decimal import Decimal

import pytest
from business import Business
from shop import ORDER_ID, orders_a_minute_apart, raw_order, unpaid_order

from dinero_sync.domain.identity import invoice_guid
from dinero_sync.errors import DeadlineError, ExitCode
from dinero_sync.sandbox import credentials
from dinero_sync.sync.run.run import RunOptions

LATE = "2026-12-10 11:00:00"
NEWEST = ORDER_ID + 99


def never_booked(business: Business, *order_ids: int, status: int = 500) -> None:
    """Let Dinero fail whenever these orders are to be booked; reading them works."""
    for order_id in order_ids:
        guid = invoice_guid(credentials.ORGANIZATION_ID, order_id)
        business.fault("status_before", f"*/{guid}/book", "POST", times=None, status=status)


def standings(business: Business, count: int) -> list[str]:
    return [str(business.order(ORDER_ID + number).standing) for number in range(count)]


# Dinero


def test_an_order_that_dinero_never_books_stops_no_other(business: Business) -> None:
    business.sell(*orders_a_minute_apart(3))
    never_booked(business, ORDER_ID)

    finished = business.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "no answer about: 1" in str(finished.result.stopped)
    assert standings(business, 3) == ["in_doubt", "done", "done"]
    assert business.payments(ORDER_ID + 2) == [Decimal("125.00")]


def test_it_is_booked_once_dinero_does_it_again(business: Business) -> None:
    business.sell(*orders_a_minute_apart(2))
    never_booked(business, ORDER_ID)
    business.run_once()
    business.sandbox.clear_faults()

    finished = business.run_once()

    assert finished.exit_code is ExitCode.OK
    assert standings(business, 2) == ["done", "done"]
    assert business.payments() == [Decimal("125.00")]


def test_after_three_orders_in_a_row_dinero_is_left_alone_for_this_run(business: Business) -> None:
    business.sell(*orders_a_minute_apart(5))
    never_booked(business, *range(ORDER_ID, ORDER_ID + 5))

    finished = business.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert standings(business, 5) == 3 * ["in_doubt"] + 2 * ["working"]


def test_failing_orders_with_answered_ones_between_them_stop_nobody(business: Business) -> None:
    business.sell(*orders_a_minute_apart(7))
    never_booked(business, *range(ORDER_ID, ORDER_ID + 7, 2))

    business.run_once()

    assert standings(business, 7) == [*(3 * ["in_doubt", "done"]), "in_doubt"]


def test_orders_that_failed_before_are_tried_after_all_others(business: Business) -> None:
    business.sell(*orders_a_minute_apart(5))
    never_booked(business, ORDER_ID, ORDER_ID + 1, ORDER_ID + 2)
    business.run_once()
    assert standings(business, 5)[3:] == ["working", "working"]

    again = business.run_once()

    assert again.exit_code is ExitCode.TEMPORARY
    assert standings(business, 5) == [*(3 * ["in_doubt"]), "done", "done"]


def test_a_run_for_one_order_forgets_nothing_of_those_that_failed(business: Business) -> None:
    business.sell(*orders_a_minute_apart(5))
    never_booked(business, ORDER_ID, ORDER_ID + 1, ORDER_ID + 2)
    business.run_once()

    business.run_once(RunOptions(order_ids=(ORDER_ID + 3,)))
    business.run_once()

    assert standings(business, 5) == [*(3 * ["in_doubt"]), "done", "done"]


def test_the_watermark_waits_at_the_order_without_an_answer(business: Business) -> None:
    business.sell(*orders_a_minute_apart(3))
    never_booked(business, ORDER_ID + 1)

    business.run_once()

    assert business.watermark() == business.order(ORDER_ID + 1).changed


def test_an_order_that_can_not_be_read_at_dinero_stops_no_other(business: Business) -> None:
    """Its answer to a booking was lost, and each reading fails."""
    business.sell(*orders_a_minute_apart(2))
    guid = invoice_guid(credentials.ORGANIZATION_ID, ORDER_ID)
    business.fault("reset_after", f"*/{guid}/book", "POST")
    business.fault("status_before", f"*/invoices/{guid}", "GET", times=None)

    finished = business.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert standings(business, 2) == ["in_doubt", "done"]


def test_drafts_are_verified_one_by_one_where_their_list_fails(business: Business) -> None:
    business.sell(*orders_a_minute_apart(2))
    business.fault("status_before", "*/invoices", "GET", skip=1, times=None)

    finished = business.run_once()

    assert finished.exit_code is ExitCode.OK
    assert standings(business, 2) == ["done", "done"]


@pytest.mark.parametrize("path", ["*/book", "*/invoices"])
def test_a_minute_limit_that_stays_spent_is_waited_for_until_the_deadline_ends_the_run(
    business: Business, path: str
) -> None:
    business.sell(*orders_a_minute_apart(3))
    business.fault("rate_limit", path, skip=4 if path == "*/invoices" else 0, times=None)

    finished = business.run_once(deadline_seconds=1800)

    assert isinstance(finished.result.stopped, DeadlineError)
    assert sum(finished.pauses) > 1500
    assert standings(business, 3) == 3 * ["working"]


def test_what_waits_at_the_shop_and_what_waits_at_dinero_are_both_told(
    business: Business,
) -> None:
    business.sell(raw_order())
    never_booked(business, ORDER_ID)
    business.run_once()
    business.sandbox.orders.clear()

    finished = business.run_once()

    assert "lists no orders at all" in str(finished.result.stopped)
    assert "no answer about: 1" in str(finished.result.stopped)


# The shop


@pytest.fixture
def waiting(business: Business) -> Business:
    """Let unpaid orders wait for their next look, outside the window that every run reads."""
    business.sell(unpaid_order(), unpaid_order(ORDER_ID + 1))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    for order_id in (ORDER_ID, ORDER_ID + 1):
        business.sandbox.orders[order_id] |= {"paid": 1, "paid_time": "2026-12-10 11:30:00"}
    business.wait(hours=6, minutes=1)
    return business


def unreadable(business: Business, order_id: int = ORDER_ID) -> None:
    """Let the shop fail whenever it is asked for this order by itself."""
    business.fault("status_before", f"*/order/{order_id}", "GET", service="shoporama", times=None)


def no_older_list(business: Business) -> None:
    """Let the shop list the orders of the window, once, and none of before."""
    business.fault("status_before", "*/order", "GET", service="shoporama", skip=1, times=4)


def test_an_order_that_the_shop_can_not_show_stops_no_other(waiting: Business) -> None:
    unreadable(waiting)
    no_older_list(waiting)

    finished = waiting.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "when they were looked at again: 1" in str(finished.result.stopped)
    assert standings(waiting, 2) == ["open", "done"]


def test_it_is_asked_for_again_after_growing_pauses(waiting: Business) -> None:
    unreadable(waiting)
    no_older_list(waiting)
    waiting.run_once()

    assert waiting.run_once().exit_code is ExitCode.OK
    waiting.wait(hours=13)
    assert waiting.run_once().exit_code is ExitCode.TEMPORARY
    next_look = waiting.order().next_look
    assert next_look is not None
    assert round((next_look - waiting.sandbox.now()).total_seconds() / 3600) == 24


def test_after_three_in_a_row_the_shop_is_asked_for_no_other(business: Business) -> None:
    business.sell(*(unpaid_order(ORDER_ID + number) for number in range(5)))
    business.sell(raw_order(NEWEST, last_modified=LATE))
    business.run_once()
    business.wait(hours=6, minutes=1)
    for number in range(5):
        unreadable(business, ORDER_ID + number)
    no_older_list(business)

    finished = business.run_once()

    asked = {call for call in finished.calls("shoporama") if "/" in call}
    assert asked == {f"GET order/{ORDER_ID + number}" for number in range(3)}


@pytest.mark.parametrize("answered", [{"order_id": ""}, {"order_id": NEWEST}])
def test_an_answer_about_no_order_or_another_counts_as_none(
    waiting: Business, answered: dict[str, object]
) -> None:
    waiting.sandbox.orders[ORDER_ID] |= answered
    no_older_list(waiting)

    finished = waiting.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "names no order, or another" in str(finished.result.stopped)
    assert standings(waiting, 2) == ["open", "done"]


def test_one_unreadable_order_asked_for_stops_none_of_the_others(waiting: Business) -> None:
    unreadable(waiting)
    no_older_list(waiting)

    finished = waiting.run_once(RunOptions(order_ids=(ORDER_ID, ORDER_ID + 1)))

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "asked for that the shop didn't show: 1" in str(finished.result.stopped)
    assert standings(waiting, 2) == ["open", "done"]


def test_an_order_asked_for_that_is_in_no_journal_yet_may_be_unreadable(
    business: Business,
) -> None:
    business.sell(*orders_a_minute_apart(2))
    unreadable(business)

    finished = business.run_once(RunOptions(order_ids=(ORDER_ID, ORDER_ID + 1)))

    assert finished.exit_code is ExitCode.TEMPORARY
    assert business.invoice(ORDER_ID + 1).is_booked


def test_five_orders_asked_for_are_found_in_one_list(business: Business) -> None:
    business.sell(*orders_a_minute_apart(5))
    ids = tuple(range(ORDER_ID, ORDER_ID + 5))

    new = business.run_once(RunOptions(order_ids=ids))
    known = business.run_once(RunOptions(order_ids=ids))

    assert new.calls("shoporama")[0] == "GET order"
    assert known.calls("shoporama") == ["GET order"]
    assert standings(business, 5) == 5 * ["done"]
