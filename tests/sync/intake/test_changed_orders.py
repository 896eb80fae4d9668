"""Orders that change in the shop before, while and after they become an invoice."""

from decimal import Decimal
from typing import Any

import pytest
from business import Business
from records import next_step_of
from shop import GERMANY, ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.dinero.errors import InDoubtError
from dinero_sync.errors import ExitCode

DEARER: dict[str, Any] = {
    "products": [a_line(unit_price=Decimal("200.00"))],
    "total_price": Decimal("200.00"),
    "vat": Decimal("40.00"),
}


@pytest.fixture
def drafted(business: Business) -> Business:
    """Make a draft of an order, and leave booking to a person."""
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    return business


@pytest.fixture
def booked(business: Business) -> Business:
    """Book and pay the invoice of an order."""
    business.sell(raw_order())
    business.run_once()
    return business


def test_an_order_that_changes_before_it_is_due_is_booked_as_it_is_then(
    business: Business,
) -> None:
    business.sell(unpaid_order())
    business.run_once()

    business.change(paid=1, paid_time="2026-12-10 12:00:00", **DEARER)
    business.run_once()

    assert business.invoice().totals.gross == Decimal("200.00")


def test_an_order_that_changed_after_drafting_has_its_draft_replaced(drafted: Business) -> None:
    drafted.change(**DEARER)

    finished = drafted.run_once()

    (draft,) = drafted.invoices()
    assert draft.totals.gross == Decimal("200.00")
    assert finished.writes() == [f"PUT invoices/{draft.guid}"]
    assert finished.result.outcomes() == {"drafted": 1}


def test_an_address_that_is_corrected_after_drafting_reaches_the_draft(drafted: Business) -> None:
    drafted.change(order_address="Rettetvej 1")

    drafted.run_once()

    assert "Rettetvej 1" in drafted.invoice().fields["Address"]


def test_the_invoice_keeps_its_date_when_its_order_changes(drafted: Business) -> None:
    day = drafted.invoice().date
    drafted.change(paid_time="2026-12-10 09:00:00", **DEARER)

    drafted.run_once()

    assert drafted.invoice().date == day


def test_a_change_that_is_not_in_the_invoice_leaves_the_draft_alone(drafted: Business) -> None:
    drafted.change(tracking_number="00000000000000000000")

    finished = drafted.run_once()

    assert finished.writes() == []
    assert drafted.order().reason == "awaiting_booking"


def test_a_draft_whose_order_is_cancelled_is_not_booked_without_a_word(drafted: Business) -> None:
    drafted.change(status="cancelled")

    finished = drafted.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "no_longer_due"
    assert not drafted.invoice().is_booked


def test_skipping_such_an_order_deletes_its_draft(drafted: Business) -> None:
    drafted.change(status="cancelled")
    drafted.run_once()

    drafted.skip(reason="cancelled by the customer")

    assert drafted.invoices() == []
    assert drafted.order().reason == "by_operator"


def test_a_draft_whose_order_becomes_due_again_goes_on(drafted: Business) -> None:
    drafted.change(status="cancelled")
    drafted.run_once()

    drafted.change(status="new")
    drafted.run_once()
    drafted.book()

    assert drafted.invoice().is_booked
    assert drafted.payments() == [Decimal("125.00")]


def test_a_draft_whose_order_now_costs_nothing_is_not_left_behind_in_silence(
    drafted: Business,
) -> None:
    free: dict[str, Any] = {"products": [a_line(unit_price=Decimal(0))], "total_price": 0, "vat": 0}
    drafted.change(**free)

    finished = drafted.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().standing == "held"


def test_an_order_that_changes_after_booking_is_held_with_what_is_proposed(
    booked: Business,
) -> None:
    booked.change(**DEARER)

    finished = booked.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert booked.order().reason == "changed_after_booking"
    assert "credit ORDER --accept" in str(next_step_of(booked.order()))
    assert finished.writes() == []
    assert booked.invoice().totals.gross == Decimal("125.00")


@pytest.mark.parametrize(
    "change",
    [
        {"del_country_id": GERMANY},
        {"order_zipcode": "3900"},
        {"vat_number": "90000039"},
        {"ean_number": "5798009999993"},
    ],
    ids=["country", "zip code", "VAT number", "EAN"],
)
def test_a_change_of_what_decided_vat_or_account_after_booking_is_held(
    booked: Business, change: dict[str, Any]
) -> None:
    booked.change(**change)

    booked.run_once()

    assert booked.order().reason == "changed_after_booking"


def test_an_order_that_is_cancelled_after_booking_is_held(booked: Business) -> None:
    booked.change(status="cancelled")

    finished = booked.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert booked.order().reason == "cancelled_after_booking"


def test_a_settled_change_after_booking_ends_with_retry_and_changes_nothing(
    booked: Business,
) -> None:
    booked.change(**DEARER)
    booked.run_once()

    booked.retry()
    finished = booked.run_once()

    assert finished.exit_code == ExitCode.OK
    assert booked.order().standing == "done"
    assert booked.payments() == [Decimal("125.00")]


def test_a_change_that_is_taken_back_in_the_shop_ends_its_hold(booked: Business) -> None:
    sold = {name: booked.sandbox.orders[ORDER_ID][name] for name in DEARER}
    booked.change(**DEARER)
    booked.run_once()

    booked.change(**sold)
    finished = booked.run_once()

    assert finished.exit_code == ExitCode.OK
    assert booked.order().standing == "done"
    assert finished.writes() == []


def test_a_held_change_stays_held_when_something_else_changes(booked: Business) -> None:
    booked.change(**DEARER)
    booked.run_once()

    booked.change(tracking_number="00000000000000000000")
    finished = booked.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert finished.events("order.outcome") == []
    assert booked.order().reason == "changed_after_booking"


def test_a_change_is_not_held_again_once_a_person_dealt_with_it(booked: Business) -> None:
    booked.change(**DEARER)
    booked.run_once()
    booked.retry()
    booked.run_once()

    booked.change(tracking_number="00000000000000000000")
    finished = booked.run_once()

    assert finished.exit_code == ExitCode.OK


@pytest.mark.parametrize(
    "change",
    [
        {"tracking_number": "123"},
        {"status": "sent", "sent_time": "2026-12-10 12:00:00"},
        {"order_address": "Nyvej 2"},
    ],
)
def test_what_does_not_touch_the_sale_is_no_matter_after_booking(
    booked: Business, change: dict[str, Any]
) -> None:
    booked.change(**change)

    finished = booked.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.calls("dinero") == []


def test_an_order_that_can_be_read_again_after_booking_is_no_longer_held(
    booked: Business,
) -> None:
    booked.change(total_price="a lot")
    held = booked.run_once()

    booked.change(total_price=Decimal("125.00"))
    finished = booked.run_once()

    assert held.exit_code == ExitCode.HELD
    assert finished.exit_code == ExitCode.OK
    assert booked.order().standing == "done"


def test_a_skipped_order_stays_skipped_whatever_happens_to_it_in_the_shop(
    business: Business,
) -> None:
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()
    business.skip(ORDER_ID, "booked by hand")

    business.change(payment_gateway_id=77)
    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.invoices() == []


def test_a_skip_whose_answer_was_lost_is_finished_by_the_next(drafted: Business) -> None:
    drafted.fault("reset_after", "*/invoices/*", "DELETE", times=None)
    with pytest.raises(InDoubtError):
        drafted.skip()
    drafted.sandbox.clear_faults()
    assert drafted.begun() == {"delete_draft"}

    drafted.skip()

    assert drafted.order().standing == "skipped"
    assert drafted.begun() == set()
    assert drafted.invoices() == []
