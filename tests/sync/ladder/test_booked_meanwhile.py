"""An order that changes while nobody knows whether its draft was booked: Dinero is read first."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import message_of
from shop import a_line, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Standing
from dinero_sync.sync.run.run import RunOptions

OTHER_GOODS: dict[str, Any] = {"products": [a_line(name="T-shirt", product_id=7, own_id="TS")]}
DEARER: dict[str, Any] = {
    "products": [a_line(unit_price=Decimal(200))],
    "total_price": Decimal(200),
    "vat": Decimal(40),
}
ODD_VAT: dict[str, Any] = {"products": [a_line(vat=12)], "vat": Decimal("13.39")}
UNREADABLE: dict[str, Any] = {"total_price": "mange"}


@pytest.fixture
def unanswered(business: Business) -> Business:
    """Book an order, and lose the answer and every reading after it."""
    business.sell(raw_order())
    business.fault("reset_after", "*/book", times=None)
    business.fault("status_before", "*/invoices/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    assert business.begun() == {"book"}
    assert business.invoice().is_booked
    return business


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "cancelled"}, "cancelled_after_booking"),
        (DEARER, "changed_after_booking"),
        (ODD_VAT, "changed_after_booking"),
        (UNREADABLE, "unreadable_order"),
    ],
    ids=["cancelled", "dearer", "odd VAT", "unreadable"],
)
def test_a_booking_without_an_answer_is_read_before_the_change_is_judged(
    unanswered: Business, change: dict[str, Any], reason: str
) -> None:
    unanswered.change(**change)

    finished = unanswered.run_once()

    order = unanswered.order()
    assert finished.exit_code == ExitCode.HELD
    assert (order.standing, order.rung, order.reason) == (Standing.HELD, "booked", reason)
    assert order.invoice_number == unanswered.invoice().number
    assert unanswered.begun() == set()
    assert len(unanswered.invoices()) == 1


def test_other_goods_that_are_posted_alike_are_paid_as_what_was_booked(
    unanswered: Business,
) -> None:
    unanswered.change(**OTHER_GOODS)

    finished = unanswered.run_once()

    assert finished.exit_code == ExitCode.OK
    assert unanswered.order().standing is Standing.DONE
    assert unanswered.payments() == [Decimal("125.00")]
    assert len(unanswered.invoices()) == 1


def test_a_draft_that_a_person_booked_before_the_order_was_cancelled_is_a_sale_in_the_books(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    bookkeeper.book(business.invoice())
    business.change(status="cancelled")

    business.run_once()

    assert business.order().reason == "cancelled_after_booking"
    assert "The sale is still in the books" in (message_of(business.order()) or "")


def test_an_invoice_that_was_booked_with_another_total_says_so(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    bookkeeper.reprice_draft(business.invoice(), Decimal("1.00"))
    bookkeeper.book(business.invoice())
    business.change(order_address="Rettetvej 1")

    business.run_once()

    assert business.order().reason == "document_differs"
    assert "What differs is the document" in str(message_of(business.order()))
    assert "with 125.00 DKK, 25.00 of it VAT" in str(message_of(business.order()))


def test_while_dinero_cannot_be_read_the_changed_order_waits_and_others_go_on(
    unanswered: Business,
) -> None:
    unanswered.change(status="cancelled")
    other = raw_order(4815163)
    unanswered.sell(other)
    guid = unanswered.invoice().guid
    unanswered.fault("status_before", f"*/invoices/{guid}", "GET", times=None)

    finished = unanswered.run_once()
    unanswered.sandbox.clear_faults()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert unanswered.order(4815163).standing is Standing.DONE
    assert unanswered.payments() == []
    unanswered.run_once()
    assert unanswered.order().reason == "cancelled_after_booking"
    assert unanswered.payments() == []


def test_an_order_that_is_no_longer_paid_has_no_payment_registered(unanswered: Business) -> None:
    unanswered.change(paid=0, paid_time="")

    unanswered.run_once()

    assert unanswered.order().reason == "awaiting_payment"
    assert unanswered.payments() == []


def test_a_draft_that_nobody_knew_of_and_a_person_booked_is_a_sale_in_the_books(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/invoices", "POST", times=None)
    business.fault("status_before", "*/invoices/*", "GET", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    assert business.begun() == {"draft"}
    business.change(status="cancelled")
    business.run_once()
    assert business.order().reason == "no_longer_due"
    bookkeeper.book(business.invoice())

    business.run_once(RunOptions(since=date(2026, 12, 1)))

    assert business.order().reason == "cancelled_after_booking"


def test_a_draft_that_dinero_says_nothing_about_waits_because_of_dinero(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    business.change(status="cancelled")
    business.fault("status_before", "*/invoices/*", "GET", status=500, times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    told = str(finished.result.stopped)
    assert "1, because Dinero couldn't be asked whether their drafts were booked" in told
    assert "Dinero answered with status 500" in told
    assert "catalogue" not in told
