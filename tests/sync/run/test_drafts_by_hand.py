"""Drafts that wait for a person's word, and what people do to them in Dinero meanwhile."""

from dataclasses import replace
from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from records import message_of
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.sync.run.run import RunOptions


@pytest.fixture
def drafted(business: Business) -> Business:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    business.run_once()
    return business


@pytest.fixture
def interrupted(business: Business) -> Business:
    """Stop a run after the draft was verified and before it is booked."""
    business.sell(raw_order())
    business.run_once(stop_after_steps=3)
    assert business.order().rung == "verified"
    return business


def test_with_booking_draft_a_run_stops_at_the_verified_draft(drafted: Business) -> None:
    assert not drafted.invoice().is_booked
    assert drafted.order().rung == "verified"
    assert drafted.order().reason == "awaiting_booking"


def test_a_waiting_draft_is_an_outcome_and_no_hold(business: Business) -> None:
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.events("order.outcome")[0]["outcome"] == "drafted"


def test_a_waiting_draft_costs_the_next_run_nothing(drafted: Business) -> None:
    assert drafted.run_once().calls("dinero") == []


def test_a_person_books_the_draft_and_its_payment_is_registered(drafted: Business) -> None:
    finished = drafted.book(ORDER_ID)

    assert finished.result.outcomes() == {"booked": 1}
    assert drafted.invoice().is_booked
    assert drafted.payments() == [Decimal("125.00")]


def test_all_waiting_drafts_are_booked_in_the_order_of_their_dates(drafted: Business) -> None:
    earlier = {"time": "2026-12-07 08:00:00", "paid_time": "2026-12-07 09:00:00"}
    drafted.sell(raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00", **earlier))
    drafted.run_once()

    drafted.book()

    assert (drafted.invoice(ORDER_ID + 1).number, drafted.invoice().number) == (1001, 1002)


def test_booking_all_drafts_where_none_waits_asks_nobody_anything(business: Business) -> None:
    business.sell(*(raw_order(ORDER_ID + each) for each in range(3)))

    finished = business.book()

    assert finished.exit_code == ExitCode.OK
    assert finished.requests == []


def test_a_run_for_none_of_the_orders_reads_and_delivers_none(business: Business) -> None:
    business.sell(raw_order())
    business.run_once(stop_after_steps=1)

    finished = business.run_once(RunOptions(order_ids=()))

    assert finished.requests == []
    assert business.invoices() == []


def test_an_order_without_a_waiting_draft_can_not_be_booked(drafted: Business) -> None:
    drafted.book(ORDER_ID)

    with pytest.raises(UsageError, match="no draft that waits"):
        drafted.book(ORDER_ID)


def test_a_draft_that_was_edited_to_another_total_stays_a_draft(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(drafted.invoice(), Decimal("1.00"))

    finished = drafted.book(ORDER_ID)

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "totals_differ"
    assert not drafted.invoice().is_booked


def test_a_retried_draft_is_read_before_it_is_said_to_wait(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(drafted.invoice(), Decimal("1.00"))
    drafted.book(ORDER_ID)

    drafted.retry()
    finished = drafted.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "totals_differ"


def test_a_draft_that_was_put_right_again_is_booked_after_retry(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(drafted.invoice(), Decimal("1.00"))
    drafted.book(ORDER_ID)
    bookkeeper.reprice_draft(drafted.invoice(), Decimal("125.00"))

    drafted.retry()
    drafted.run_once()
    drafted.book()

    assert drafted.invoice().is_booked


def test_a_draft_that_was_deleted_in_dinero_is_not_made_again(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.delete_draft(drafted.invoice())

    finished = drafted.book(ORDER_ID)
    drafted.config["sync"]["booking"] = "automatic"
    drafted.retry()
    again = drafted.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "draft_deleted"
    assert again.writes() == []
    assert drafted.invoices() == []


def test_a_draft_that_was_deleted_is_not_made_again_by_a_new_journal_either(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.delete_draft(drafted.invoice())
    drafted.state_folder = drafted.state_folder.with_name("another")

    finished = drafted.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "draft_deleted"
    assert drafted.invoices() == []


def test_a_draft_that_was_booked_in_dinero_is_adopted_and_paid(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.book(drafted.invoice())

    finished = drafted.book(ORDER_ID)

    assert finished.exit_code == ExitCode.OK
    assert finished.writes() == [f"POST invoices/{drafted.invoice().guid}/payments"]
    assert drafted.order().invoice_number == 1001
    assert drafted.payments() == [Decimal("125.00")]


def test_a_draft_that_was_booked_with_another_total_is_held(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(drafted.invoice(), Decimal("1.00"))
    bookkeeper.book(drafted.invoice())

    finished = drafted.book(ORDER_ID)

    assert finished.exit_code == ExitCode.HELD
    assert drafted.order().reason == "document_differs"
    assert "Invoice 1001 is booked" in str(message_of(drafted.order()))
    assert finished.writes() == []


def test_a_draft_that_was_booked_and_paid_in_dinero_is_held_and_not_paid_again(
    drafted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.book(drafted.invoice())
    bookkeeper.pay(drafted.invoice(), Decimal("125.00"))

    drafted.book(ORDER_ID)

    assert drafted.order().reason == "paid_differently"
    assert drafted.payments() == [Decimal("125.00")]


def test_a_run_that_goes_on_reads_the_draft_before_it_books_it(
    interrupted: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(interrupted.invoice(), Decimal("1.00"))

    finished = interrupted.run_once()

    assert interrupted.order().reason == "totals_differ"
    assert finished.writes() == []


def test_an_edit_between_verification_and_booking_is_noticed(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order())

    def edit() -> None:
        invoice = business.invoice()
        invoice.totals.gross = Decimal("1.00")
        invoice.timestamp = business.sandbox.new_timestamp()

    business.meanwhile("POST", "*/book", edit)
    business.run_once()

    assert business.order().reason == "totals_differ"
    assert not business.invoice().is_booked
    assert bookkeeper.sandbox.organisation.entries == []


def test_the_version_of_a_draft_that_changed_thrice_is_left_to_the_next_run(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.fault("stale", "*/book", "POST", times=3)

    first = business.run_once()
    second = business.run_once()

    assert first.result.outcomes() == {}
    assert second.result.outcomes() == {"booked": 1}
    assert len(business.invoices()) == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [("*/contacts", "contact"), ("*/invoices", "draft"), ("*/invoices/*", "replace_draft")],
)
def test_a_lost_answer_is_no_word_to_book(business: Business, path: str, kind: str) -> None:
    """Only a booking that was begun by ``dinero-sync book`` is finished without another word."""
    business.config["sync"]["booking"] = "draft"
    business.sell(raw_order())
    if kind == "replace_draft":
        business.run_once()
        business.change(order_address="Rettetvej 1")
    replaced = kind == "replace_draft"
    business.fault("reset_after", path, "PUT" if replaced else "POST", times=None)
    readings = 2 if replaced else 1  # whether it is booked, and what it says
    business.fault("status_before", "*/invoices/*", "GET", skip=readings, times=None)
    business.run_once()
    business.sandbox.clear_faults()
    assert business.begun() == {kind}

    finished = business.run_once()

    assert finished.result.outcomes() == {"drafted": 1}
    assert not business.invoice().is_booked
    assert business.begun() == set()


def test_what_was_cancelled_in_the_shop_meanwhile_is_not_booked(drafted: Business) -> None:
    drafted.change(status="cancelled")

    finished = drafted.book(ORDER_ID)

    assert finished.result.outcomes() == {"held": 1}
    assert drafted.order().reason == "no_longer_due"
    assert not drafted.invoice().is_booked


def test_what_changed_in_the_shop_meanwhile_becomes_a_draft_to_look_at_again(
    drafted: Business,
) -> None:
    drafted.change(order_address="Rettetvej 1")

    finished = drafted.book(ORDER_ID)

    assert finished.result.outcomes() == {"drafted": 1}
    assert "Rettetvej 1" in str(drafted.invoice().fields["Address"])
    assert not drafted.invoice().is_booked
    assert drafted.book(ORDER_ID).result.outcomes() == {"booked": 1}


def test_while_the_catalogue_cannot_be_asked_about_a_changed_order_its_draft_is_not_booked(
    drafted: Business,
) -> None:
    drafted.config["posting"] = {
        "rules": [{"name": "used", "when": {"category": "Brugt*"}, "account": 1000}]
    }
    drafted.change(order_address="Rettetvej 1")
    drafted.fault("status_before", "*/product/*", service="shoporama", times=None)

    finished = drafted.book(ORDER_ID)

    assert finished.exit_code == ExitCode.TEMPORARY
    assert not drafted.invoice().is_booked


def test_a_draft_follows_the_rules_that_changed_since(drafted: Business) -> None:
    drafted.config["posting"] = {"sales_account": 1010}
    drafted.sandbox.organisation.accounts[1010] = replace(
        drafted.sandbox.organisation.accounts[1000], number=1010
    )

    finished = drafted.run_once()

    assert finished.result.outcomes() == {"drafted": 1}
    assert [line.account.number for line in drafted.invoice().lines] == [1010]
    assert drafted.run_once().calls("dinero") == []


def test_a_run_that_was_stopped_before_booking_books_by_the_rules_that_changed_since(
    interrupted: Business,
) -> None:
    interrupted.sandbox.organisation.accounts[1010] = replace(
        interrupted.sandbox.organisation.accounts[1000], number=1010
    )
    interrupted.config["posting"] = {"sales_account": 1010}

    interrupted.run_once()

    assert interrupted.invoice().is_booked
    assert [line.account.number for line in interrupted.invoice().lines] == [1010]


def test_while_the_shop_cannot_be_read_no_draft_is_booked(drafted: Business) -> None:
    drafted.fault("status_before", "*/order/*", "GET", service="shoporama", times=None)

    finished = drafted.book(ORDER_ID)

    assert finished.exit_code == ExitCode.TEMPORARY
    assert finished.writes() == []
    assert drafted.order().reason == "awaiting_booking"
