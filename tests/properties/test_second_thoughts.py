"""An order that is cancelled while its invoice is under way: never booked after that in silence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from records import message_of
from sales import FIRST_ORDER, Sale, Way
from trade import Trade

LONGER_THAN_THE_OVERLAP = timedelta(hours=5)


def sell(trade: Trade, order_id: int = FIRST_ORDER) -> None:
    """Sell a mug, paid by card."""
    sale = Sale(order_id=order_id, way=Way.CARD, pieces=[(1, Decimal("125.00"))], paid=True)
    trade.sandbox.add_orders([sale.as_order(trade.time.shop_text())])


def cancel(trade: Trade) -> None:
    """Cancel it in the shop."""
    trade.sandbox.change_order(FIRST_ORDER, {"status": "cancelled"})


def is_booked(trade: Trade) -> bool:
    """Tell whether its invoice is final."""
    invoice = trade.invoice(FIRST_ORDER)
    return invoice is not None and invoice.is_booked


@contextmanager
def without_answers_to_bookings(trade: Trade, kind: str) -> Iterator[None]:
    """Let bookings fail, before they are processed or after, and invoices be illegible."""
    trade.fault(kind, "dinero", "*/book", times=None)
    trade.fault("status_before", "dinero", "*/invoices/*", "GET", times=None)
    yield
    trade.sandbox.clear_faults()


def test_a_cancelled_order_whose_booking_was_in_doubt_is_told_of_once_it_is_seen_booked(
    trade: Trade,
) -> None:
    trade.begin()
    sell(trade)
    with without_answers_to_bookings(trade, "reset_after"):
        assert trade.run().exit_code == 75
    assert is_booked(trade)

    cancel(trade)
    codes = [trade.run().exit_code for _ in range(2)]

    record = trade.record(FIRST_ORDER)
    assert record is not None
    assert (codes, record.standing) == ([3, 3], "held")
    assert "cancelled" in f"{record.reason} {message_of(record)}"


def test_a_cancelled_order_that_is_retried_after_the_shop_forgot_it_is_not_booked(
    trade: Trade,
) -> None:
    trade.begin()
    sell(trade)
    with without_answers_to_bookings(trade, "status_before"):
        trade.run()
    cancel(trade)
    trade.run()
    trade.time.move(LONGER_THAN_THE_OVERLAP)
    sell(trade, FIRST_ORDER + 1)
    trade.run()
    trade.time.move(LONGER_THAN_THE_OVERLAP)

    trade.retry(FIRST_ORDER)
    del trade.sandbox.orders[FIRST_ORDER]
    finished = trade.run()

    assert not is_booked(trade)
    assert finished.exit_code == 3
