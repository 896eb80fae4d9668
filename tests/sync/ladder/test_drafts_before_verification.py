"""Drafts that somebody met before they were compared with their orders."""

from decimal import Decimal

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.dinero import invoices


@pytest.fixture
def unverified(business: Business) -> Business:
    """Stop a run after it made the draft of the second order it ever met."""
    business.sell(raw_order(ORDER_ID + 1))
    business.run_once()
    business.sell(raw_order())
    comparison_with_others = 1
    business.fault(
        "status_before", "*/invoices*", "GET", status=503, times=None, skip=comparison_with_others
    )
    business.run_once()
    business.sandbox.clear_faults()
    assert business.order().rung == "drafted"
    return business


def test_a_draft_edited_before_it_is_verified_stays_a_draft(
    unverified: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(unverified.invoice(), Decimal("1.00"))

    unverified.run_once()

    assert unverified.order().reason == "totals_differ"


def test_a_draft_deleted_before_it_is_verified_is_not_made_again(
    unverified: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.delete_draft(unverified.invoice())

    unverified.run_once()

    assert unverified.order().reason == "draft_deleted"


def test_a_draft_booked_before_it_is_verified_is_adopted(
    unverified: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.book(unverified.invoice())

    finished = unverified.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert unverified.payments() == [Decimal("125.00")]


def test_a_draft_booked_otherwise_before_it_is_verified_is_held(
    unverified: Business, bookkeeper: Bookkeeper
) -> None:
    bookkeeper.reprice_draft(unverified.invoice(), Decimal("1.00"))
    bookkeeper.book(unverified.invoice())

    unverified.run_once()

    assert unverified.order().reason == "document_differs"


def test_a_draft_that_the_list_does_not_have_yet_is_read_by_itself(
    unverified: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invoices, "drafts", lambda _: iter(()))

    finished = unverified.run_once()

    assert f"GET invoices/{unverified.invoice().guid}" in finished.calls("dinero")
    assert finished.result.outcomes() == {"booked": 1}


def test_a_draft_whose_making_was_in_doubt_and_that_somebody_booked_is_adopted(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order(ORDER_ID + 1))
    business.run_once()
    business.sell(raw_order())
    business.fault("reset_after", "*/invoices", "POST", times=None)
    business.run_once()
    business.sandbox.clear_faults()
    bookkeeper.book(business.invoice())

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert len(business.invoices()) == 2
