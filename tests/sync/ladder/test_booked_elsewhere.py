"""Sales that are in the books by other means: found by the first run, and never doubled."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper, theirs
from business import Business
from records import message_of
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.sync.run.by_hand import open_state, release
from dinero_sync.sync.run.run import RunOptions


@pytest.mark.parametrize(
    "fields",
    [
        {"ExternalReference": "10427"},
        {"ExternalReference": f"shop-{ORDER_ID}"},
        {"Description": "Faktura for ordre 10427"},
        {"Comment": "Webordre: 10427."},
    ],
)
def test_an_invoice_that_names_the_order_holds_it(
    business: Business, bookkeeper: Bookkeeper, fields: dict[str, Any]
) -> None:
    theirs(bookkeeper, **fields)
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "maybe_booked_elsewhere"
    assert finished.writes() == []
    assert finished.events("orders.maybe_booked_elsewhere")[0]["count"] == 1


def test_an_invoice_with_the_buyer_the_day_and_the_amount_holds_the_order(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    anna = bookkeeper.create_contact(Email="anna.proeve@example.com")
    guid = theirs(bookkeeper, ContactGuid=anna)
    bookkeeper.book(business.sandbox.invoices[guid])
    business.sell(raw_order())

    business.run_once()

    assert business.order().reason == "maybe_booked_elsewhere"
    assert "invoice 1001 of 2026-12-08" in str(message_of(business.order()))


def test_a_draft_that_names_the_order_holds_it_too(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference="10427")
    business.sell(raw_order())

    business.run_once()

    assert "a draft of 2026-12-08" in str(message_of(business.order()))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ExternalReference": "110427"},
        {"Comment": "Ordre 104270"},
        {"Comment": "Ordre 10427", "price": "999.00"},
    ],
)
def test_an_invoice_that_only_looks_a_little_like_it_holds_nobody(
    business: Business, bookkeeper: Bookkeeper, fields: dict[str, Any]
) -> None:
    theirs(bookkeeper, **fields)
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}


def test_an_invoice_far_from_the_day_is_not_read(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, Comment="Ordre 10427")
    moment = "2026-12-01 10:00:00"
    business.wait(days=10)
    business.sell(
        raw_order(time="2026-12-16 10:00:00", paid_time="2026-12-16 11:00:00"),
        raw_order(ORDER_ID + 1, time=moment, paid_time=moment),
    )

    business.run_once()

    assert business.invoice().is_booked


def test_an_invoice_that_is_gone_when_it_is_read_holds_nobody(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    guid = theirs(bookkeeper, Comment="Ordre 10427")
    business.sell(raw_order())
    business.fault("status_before", f"*/invoices/{guid}", "GET", status=404, body="refusal")

    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}


def test_an_invoice_that_may_be_several_orders_is_read_once(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    guid = theirs(bookkeeper, Comment="Ordre 10428")
    business.sell(raw_order(), raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert finished.calls("dinero").count(f"GET invoices/{guid}") == 1
    assert finished.result.outcomes() == {"booked": 1, "held": 1}


def test_a_person_says_that_it_is_another_sale(business: Business, bookkeeper: Bookkeeper) -> None:
    theirs(bookkeeper, ExternalReference="10427")
    business.sell(raw_order())
    business.run_once()

    business.retry()
    finished = business.run_once()

    assert finished.result.outcomes() == {"booked": 1}
    assert business.invoice().totals.gross == Decimal("125.00")


def test_our_own_invoice_is_not_taken_for_another_ones(business: Business) -> None:
    business.sell(raw_order(), raw_order(ORDER_ID + 1))
    business.run_once(RunOptions(order_ids=(ORDER_ID,)))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert len(business.invoices()) == 2


def test_a_reference_like_ours_under_another_identity_is_not_ours(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference=f"shoporama:{ORDER_ID}")
    business.sell(raw_order())

    business.run_once()

    assert business.order().reason == "maybe_booked_elsewhere"


@pytest.fixture
def beside(business: Business, bookkeeper: Bookkeeper) -> Business:
    """Let another integration book the second order after a first run, to a contact of its own."""
    business.sell(raw_order())
    business.run_once()
    theirs(
        bookkeeper,
        ContactGuid=bookkeeper.create_contact(Email="anna.proeve@example.com"),
        price="124.40",
    )
    business.sell(raw_order(ORDER_ID + 1))
    return business


def test_another_integration_that_books_as_well_is_noticed_by_any_run(beside: Business) -> None:
    finished = beside.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert beside.order(ORDER_ID + 1).reason == "maybe_booked_elsewhere"
    assert finished.events("orders.maybe_booked_elsewhere")[0]["level"] == "warning"
    assert finished.writes() == []


def test_a_run_with_new_orders_asks_for_the_invoices_of_others_once(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1), raw_order(ORDER_ID + 2))

    finished = business.run_once()

    listed = [each for each in finished.requests if each.path.endswith("/invoices")]
    asked = [each.as_json()["query"] for each in listed if each.method == "GET"]
    assert [each.get("startDate") for each in asked] == ["2026-11-07", None]
    assert business.run_once().calls("dinero") == []


def test_a_suspicion_comes_back_after_all_orders_were_retried(beside: Business) -> None:
    beside.run_once()
    with beside.in_a_process(), open_state(beside.loaded()) as (db, _):
        release(db, beside.order(ORDER_ID + 1), beside.sandbox.now(), by_name=False)

    beside.run_once()

    assert beside.order(ORDER_ID + 1).reason == "maybe_booked_elsewhere"


@pytest.mark.parametrize(("price", "outcome"), [("124.00", "held"), ("123.99", "booked")])
def test_an_invoice_whose_total_is_some_oere_off_is_read(
    business: Business, bookkeeper: Bookkeeper, price: str, outcome: str
) -> None:
    theirs(bookkeeper, price, Comment="Ordre 10427")
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.result.outcomes() == {outcome: 1}


@pytest.mark.parametrize(("booked", "calls"), [(True, 0), (False, 1)])
def test_the_text_of_a_booked_invoice_is_read_only_once(
    business: Business, bookkeeper: Bookkeeper, *, booked: bool, calls: int
) -> None:
    guid = theirs(bookkeeper, Comment="Ordre 10999 af 8. december")
    if booked:
        bookkeeper.book(business.sandbox.invoices[guid])
    business.sell(raw_order())
    first = business.run_once()
    business.sell(raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert first.calls("dinero").count(f"GET invoices/{guid}") == 1
    assert finished.calls("dinero").count(f"GET invoices/{guid}") == calls
    assert business.invoice(ORDER_ID + 1).is_booked


@pytest.mark.parametrize(("number", "outcome"), [("W-10427", "held"), ("web", "booked")])
def test_numbers_that_are_more_than_digits_are_found_by_their_digits(
    business: Business, bookkeeper: Bookkeeper, number: str, outcome: str
) -> None:
    theirs(bookkeeper, Comment="Webordre W-10427.")
    business.sell(raw_order(webshop_order_id=number))

    finished = business.run_once()

    assert finished.result.outcomes() == {outcome: 1}


def test_reading_again_from_before_the_watermark_looks_again(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.sell(raw_order(last_modified="2026-12-10 10:00:00"))
    business.run_once()
    theirs(bookkeeper, ExternalReference="10428")
    business.sell(raw_order(ORDER_ID + 1))

    business.run_once(RunOptions(since=date(2026, 12, 2)))

    assert business.order(ORDER_ID + 1).reason == "maybe_booked_elsewhere"


def test_a_dry_run_shows_the_suspicion_and_keeps_it_to_itself(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference="10427")
    business.sell(raw_order())

    finished = business.run_once(dry_run=True)

    assert finished.planned == []
    assert finished.exit_code == ExitCode.HELD
    assert not business.state_folder.exists()


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"ExternalReference": "17", "price": "999.00"}, "held"),
        ({"Description": "Ordre 17", "price": "124.40"}, "held"),
        ({"Description": "17 timer", "price": "999.00"}, "booked"),
    ],
)
def test_a_short_order_number_may_be_any_number_unless_the_total_fits(
    business: Business, bookkeeper: Bookkeeper, fields: dict[str, Any], outcome: str
) -> None:
    theirs(bookkeeper, **fields)
    business.sell(raw_order(webshop_order_id=17))

    finished = business.run_once()

    assert finished.result.outcomes() == {outcome: 1}
