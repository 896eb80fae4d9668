"""Days whose VAT was reported: nothing is dated there until a person chose the day.

It is 10 December; the orders are paid on the 8th, and the books are closed up to the 9th.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import message_of, next_step_of
from second_hand import RULES, SOLD_LAMP
from shop import BANK, ORDER_ID, raw_order, unpaid_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.sandbox.dinero.books import AccountingYear

CLOSED = date(2026, 12, 9)
OWN, OPEN, LATER = date(2026, 12, 8), date(2026, 12, 10), date(2026, 12, 11)
SHIPPED: dict[str, Any] = {"status": "sent", "sent_time": "2026-12-08 14:00:00"}
BY_BANK: dict[str, Any] = {
    "name": "Bank",
    "when": {"gateway_name": "Bank*"},
    "paid": True,
    "deposit_account": 55000,
    "trigger": "shipped",
    "received": "when_shipped",
}


def close(business: Business, day: date = CLOSED) -> None:
    business.config["dinero"]["closed_until"] = day.isoformat()


@pytest.fixture
def closed(business: Business) -> Business:
    """Close the books up to the day after an order was paid."""
    close(business)
    business.sell(raw_order())
    business.run_once()
    return business


def days(business: Business) -> tuple[date, list[date]]:
    """Return the day of the invoice, and of its payments."""
    invoice = business.invoice()
    assert invoice.is_booked
    return invoice.date, [payment.date for payment in invoice.payments]


def ledger_days(business: Business) -> set[date]:
    """Return the days of the ledger items in the books."""
    books = business.sandbox.organisation
    return {each.date for each in books.entries if each.voucher_guid in books.ledger_items}


def test_an_order_of_a_closed_day_is_held_and_nothing_is_written(closed: Business) -> None:
    record = closed.order()

    assert (record.standing, record.reason) == ("held", "period_closed")
    assert closed.invoices() == []
    assert "2026-12-08" in message_of(record)
    assert "2026-12-09" in message_of(record)
    assert "dinero-sync retry ORDER --date 2026-12-08" in next_step_of(record)
    assert "dinero-sync retry ORDER --date 2026-12-10" in next_step_of(record)


def test_the_last_closed_day_is_closed_and_the_next_is_open(business: Business) -> None:
    close(business, OWN)
    business.sell(
        raw_order(),
        raw_order(ORDER_ID + 1, paid_time="2026-12-09 00:10:00", email="b@example.com"),
    )

    business.run_once()

    assert business.order().reason == "period_closed"
    assert business.invoice(ORDER_ID + 1).date == CLOSED


def test_a_person_may_choose_its_own_day(closed: Business) -> None:
    closed.retry(day=OWN)

    finished = closed.run_once()

    assert finished.exit_code is ExitCode.OK
    assert days(closed) == (OWN, [OWN])
    assert "Betalt den" not in str(closed.invoice().fields)


def test_a_person_may_choose_an_open_day_and_the_invoice_tells_when_it_was_paid(
    closed: Business,
) -> None:
    closed.retry(day=OPEN)

    closed.run_once()

    assert days(closed) == (OPEN, [OPEN])
    assert "Betalt den 08-12-2026." in closed.invoice().fields["Comment"]


def test_an_invoice_of_what_was_shipped_tells_when_that_was(business: Business) -> None:
    close(business)
    business.config["payment_types"] = [BY_BANK]
    business.sell(raw_order(payment_gateway_id=BANK, **SHIPPED))
    business.run_once()

    business.retry(day=OPEN)
    business.run_once()

    assert days(business) == (OPEN, [OPEN])
    assert "Leveret den 08-12-2026." in business.invoice().fields["Comment"]


def test_a_chosen_day_stays_whatever_the_order_says_later(closed: Business) -> None:
    closed.config["sync"]["booking"] = "draft"
    closed.retry(day=OPEN)
    closed.run_once()

    closed.change(order_name="Anna Prøve Hansen")
    closed.run_once()

    assert closed.invoice().date == OPEN
    assert "Betalt den 08-12-2026." in closed.invoice().fields["Comment"]


@pytest.mark.parametrize(
    ("day", "because"),
    [(date(2026, 12, 7), "is closed too"), (CLOSED, "is closed too"), (LATER, "still to come")],
)
def test_no_other_day_can_be_chosen(closed: Business, day: date, because: str) -> None:
    with pytest.raises(UsageError, match=because):
        closed.retry(day=day)

    assert closed.order().standing == "held"


def test_for_another_hold_no_day_can_be_chosen(business: Business) -> None:
    business.sell(raw_order(total_price=Decimal(999)))
    business.run_once()

    with pytest.raises(UsageError, match="isn't held as period_closed"):
        business.retry(day=OPEN)


def test_without_a_choice_retry_changes_nothing(closed: Business) -> None:
    closed.retry()

    closed.run_once()

    assert closed.order().reason == "period_closed"


def test_once_the_period_is_opened_again_the_order_goes_on_by_itself(closed: Business) -> None:
    closed.config["dinero"].pop("closed_until")

    closed.run_once()

    assert days(closed) == (OWN, [OWN])


def test_a_day_chosen_before_isnt_chosen_for_what_comes_later(closed: Business) -> None:
    """A payment of another closed day is a question of its own."""
    closed.config["payment_types"] = [BY_BANK]
    closed.sell(unpaid_order(ORDER_ID + 1, payment_gateway_id=BANK, **SHIPPED))
    closed.run_once()
    closed.retry(ORDER_ID + 1, day=OWN)
    closed.run_once()
    assert closed.order(ORDER_ID + 1).reason == "awaiting_payment"

    closed.change(ORDER_ID + 1, paid=1, paid_time="2026-12-09 09:00:00")
    closed.run_once()

    record = closed.order(ORDER_ID + 1)
    assert (record.reason, record.current.kind) == ("period_closed", "payment")
    closed.retry(ORDER_ID + 1, day=CLOSED)
    closed.run_once()
    (payment,) = closed.invoice(ORDER_ID + 1).payments
    assert payment.date == CLOSED


def test_a_draft_that_waits_when_its_period_closes_is_held_and_stays_a_draft(
    business: Business,
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    close(business)

    finished = business.book(ORDER_ID)

    assert finished.exit_code is ExitCode.HELD
    assert business.order().reason == "period_closed"
    assert not business.invoice().is_booked


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_such_a_draft_is_dated_as_it_is_chosen_and_booked(business: Business, day: date) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    close(business)
    business.run_once()

    business.retry(day=day)
    business.run_once()
    assert business.order().reason == "awaiting_booking"
    business.book(ORDER_ID)

    assert days(business) == (day, [day])
    assert len(business.invoices()) == 1


def test_a_draft_of_a_closed_period_that_a_person_books_in_dinero_is_booked(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    close(business)
    business.run_once()
    assert business.order().reason == "period_closed"

    bookkeeper.book(business.invoice())
    business.change(tracking_number="1")
    business.run_once()

    assert business.order().invoice_number is not None
    assert business.order().current.kind == "payment"
    assert business.order().reason == "period_closed"


def test_an_order_that_was_cut_short_before_it_was_booked_isnt_booked_once_it_is_closed(
    business: Business,
) -> None:
    business.fault("status_before", "*/book", "POST", status=503, times=None)
    business.sell(raw_order())
    business.run_once()
    business.sandbox.clear_faults()
    close(business)

    business.run_once()

    assert business.order().reason == "period_closed"
    assert not business.invoice().is_booked


def test_a_payment_of_a_closed_day_is_held_though_its_invoice_is_booked_before(
    business: Business,
) -> None:
    business.fault("status_before", "*/payments", "POST", status=503, times=None)
    business.sell(raw_order())
    business.run_once()
    business.sandbox.clear_faults()
    close(business)

    business.run_once()

    record = business.order()
    assert (record.reason, record.current.kind) == ("period_closed", "payment")
    assert business.payments() == []


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_such_a_payment_is_dated_as_it_is_chosen(business: Business, day: date) -> None:
    business.fault("status_before", "*/payments", "POST", status=503, times=None)
    business.sell(raw_order())
    business.run_once()
    business.sandbox.clear_faults()
    close(business)
    business.run_once()

    business.retry(day=day)
    business.run_once()

    assert days(business) == (OWN, [day])


@pytest.fixture
def margin(business: Business) -> Business:
    """Book an invoice with second-hand goods, and close the books before its margin is posted."""
    business.config["posting"] |= RULES
    business.fault("status_before", "*/ledgeritems", "POST", status=503, times=None)
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()
    business.sandbox.clear_faults()
    close(business)
    business.run_once()
    return business


def test_a_margin_of_a_closed_day_is_held_and_the_payment_behind_it(margin: Business) -> None:
    record = margin.order()

    assert margin.invoice().is_booked
    assert (record.reason, record.current.kind) == ("period_closed", "margin")
    assert margin.payments() == []


@pytest.mark.parametrize("day", [OWN, OPEN])
def test_such_a_margin_is_dated_as_it_is_chosen(margin: Business, day: date) -> None:
    margin.retry(day=day)
    margin.run_once()

    assert ledger_days(margin) == {day}
    if margin.order().reason == "period_closed":  # the payment has a day of its own
        margin.retry(day=OPEN)
        margin.run_once()
    assert margin.order().standing == "done"


def test_after_a_lost_state_folder_what_was_booked_before_its_period_closed_is_known_as_done(
    business: Business,
) -> None:
    business.sell(raw_order(), unpaid_order(ORDER_ID + 1, email="b@example.com"))
    business.run_once()
    close(business)
    for path in business.state_folder.iterdir():
        path.unlink()

    finished = business.run_once()

    assert finished.exit_code is ExitCode.OK
    assert finished.writes() == []
    assert business.order().standing == "done"


def test_a_margin_follows_the_day_that_was_chosen_for_its_invoice(business: Business) -> None:
    business.config["posting"] |= RULES
    close(business)
    business.sell(raw_order(products=[SOLD_LAMP]))
    business.run_once()

    business.retry(day=OPEN)
    business.run_once()

    assert days(business) == (OPEN, [OPEN])
    assert ledger_days(business) == {OPEN}


def test_in_a_closed_accounting_year_dinero_has_the_last_word(closed: Business) -> None:
    """It may refuse the day that a person chose, until its year is opened there."""
    closed.sandbox.organisation.years[:] = [AccountingYear(date(2020, 1, 1), date(2020, 12, 31))]
    closed.retry(day=OWN)

    closed.run_once()

    record = closed.order()
    assert record.reason == "rejected_by_dinero"
    assert "no open accounting year" in message_of(record)
    with pytest.raises(UsageError, match="isn't held as period_closed"):
        closed.retry(day=OPEN)
    closed.sandbox.organisation.years[:] = [AccountingYear(date(2026, 1, 1), date(2026, 12, 31))]
    closed.retry()
    closed.run_once()
    assert days(closed) == (OWN, [OWN])
