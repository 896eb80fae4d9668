"""Whatever is lost on the way, whenever: never two of anything, and never none."""

from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.domain.identity import contact_guid
from dinero_sync.errors import ExitCode
from dinero_sync.journal import effects
from dinero_sync.journal.documents import Standing
from dinero_sync.sandbox import credentials

WRITES = {
    "contact": "*/contacts",
    "draft": "*/invoices",
    "booking": "*/book",
    "payment": "*/payments",
}
FAULTS = {
    "lost on the way there": {"kind": "reset_before"},
    "lost on the way back": {"kind": "reset_after"},
    "failed before it happened": {"kind": "status_before"},
    "failed after it happened": {"kind": "status_after"},
    "cut short": {"kind": "truncated"},
    "cut short on the wire": {"kind": "truncated", "content_length": "whole"},
    "a web page instead": {"kind": "html", "when": "before"},
    "a web page instead of what happened": {"kind": "html", "when": "after"},
    "refused for a stale version": {"kind": "stale"},
    "refused for too many calls": {"kind": "rate_limit"},
    "refused for an old token": {"kind": "expired_token"},
}


def assert_exactly_one_of_everything(business: Business) -> None:
    assert len(business.sandbox.contacts) == 1
    assert [each.is_booked for each in business.invoices()] == [True]
    assert business.payments() == [Decimal("125.00")]
    assert business.sandbox.organisation.balances()[55010] == Decimal("125.00")


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_a_write_ends_with_exactly_one_of_everything(
    business: Business, write: str, fault: str
) -> None:
    business.sell(raw_order())
    business.fault(path=WRITES[write], method="POST", **FAULTS[fault])

    finished = business.run_once()
    business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().standing is Standing.DONE
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("fault", ["reset_after", "status_after"])
def test_answers_that_stay_lost_leave_a_doubt_that_the_next_run_settles_by_reading(
    business: Business, write: str, fault: str
) -> None:
    business.sell(raw_order())
    business.fault(fault, WRITES[write], times=None)
    business.run_once()
    business.sandbox.clear_faults()

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().standing is Standing.DONE
    assert_exactly_one_of_everything(business)


@pytest.mark.parametrize(("write", "rung"), [("booking", "verified"), ("payment", "booked")])
@pytest.mark.parametrize(
    ("fault", "exit_code"),
    [
        ("reset_before", ExitCode.IN_DOUBT),
        # Dinero itself says that it failed: then it is down, and other orders aren't tried
        ("status_before", ExitCode.TEMPORARY),
    ],
)
def test_a_write_that_never_answers_is_in_doubt_and_said_so(
    business: Business, write: str, rung: str, fault: str, exit_code: ExitCode
) -> None:
    business.sell(raw_order())
    business.fault(fault, WRITES[write], "POST", times=None)

    finished = business.run_once()

    (outcome,) = finished.events("order.outcome")
    assert (outcome["outcome"], outcome["reason"]) == ("in_doubt", "no_answer")
    assert finished.exit_code == exit_code
    assert business.order().rung == rung


def test_a_doubt_while_dinero_can_not_be_read_is_temporary_and_kept(business: Business) -> None:
    business.sell(raw_order())
    business.fault("reset_after", "*/book", "POST")
    business.fault("status_before", "*/invoices/*", "GET", times=None)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert business.order().standing is Standing.IN_DOUBT
    assert business.invoice().is_booked


def test_a_doubt_is_not_ended_by_a_cancellation_without_reading(business: Business) -> None:
    business.sell(raw_order())
    business.fault("status_after", "*/invoices", "POST", times=None)
    business.run_once()
    business.sandbox.clear_faults()

    business.change(status="cancelled")
    finished = business.run_once()

    assert business.invoices() == [] or finished.exit_code == ExitCode.HELD


def test_a_lost_answer_to_a_restored_contact_is_settled(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())
    business.run_once()
    guid = str(contact_guid(credentials.ORGANIZATION_ID, "anna.proeve@example.com"))
    bookkeeper.delete_contact(guid)
    business.sell(raw_order(ORDER_ID + 1))
    business.fault("reset_after", "*/restore", "POST", times=5)

    business.run_once()

    assert business.sandbox.contacts[guid].deleted_at is None
    assert business.invoice(ORDER_ID + 1).is_booked
    assert business.sandbox.complaints == []


def test_an_order_whose_draft_was_replaced_is_in_doubt_about_nothing(business: Business) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=3)
    business.state_folder = business.state_folder.with_name("another")
    lines = business.sandbox.orders[ORDER_ID]["products"]
    dearer = [{**lines[0], "unit_price": Decimal(200)}]
    business.change(products=dearer, total_price=Decimal(200), vat=Decimal(40))

    finished = business.run_once(stop_after_steps=3)

    assert finished.exit_code == ExitCode.TEMPORARY
    assert business.invoice().totals.gross == Decimal("200.00")
    assert business.order().standing is Standing.WORKING


def test_a_run_that_ends_between_two_tries_does_not_say_that_nothing_happened(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.fault("status_after", "*/invoices", "POST")

    late = business.run_once(deadline_seconds=0.9)

    with business.at_work() as place:
        phases = [each.phase for each in effects.of_subject(place.db, ORDER_ID)]
    assert late.exit_code == ExitCode.TEMPORARY
    assert len(business.invoices()) == 1
    assert "rejected" not in phases
