"""The start date is moved: nothing is booked twice by it, and nothing between is passed over."""

import json
from datetime import date
from typing import Any

import pytest
from bookkeeper import Bookkeeper, theirs
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.sync.run.run import RunOptions

EARLIER, LATER = date(2026, 11, 1), date(2026, 12, 10)
IN_NOVEMBER: dict[str, Any] = {
    "time": "2026-11-20 10:00:00",
    "paid_time": "2026-11-20 10:02:00",
    "last_modified": "2026-11-20 10:02:00",
}
CHANGED_SINCE = IN_NOVEMBER | {"last_modified": "2026-12-08 11:00:00"}


def start_on(business: Business, day: date) -> None:
    """Write another start date into the configuration."""
    business.config["sync"]["start_date"] = day


@pytest.fixture
def handed_over(business: Business) -> Business:
    """Let runs from 1 December pass, in a shop with an older order that changed since."""
    business.sell(raw_order())
    business.run_once()
    business.sell(raw_order(ORDER_ID + 1, **CHANGED_SINCE))
    business.run_once()
    assert business.order(ORDER_ID + 1).reason == "before_start"
    return business


def test_an_older_order_that_is_in_the_books_by_other_means_isnt_booked_by_an_earlier_start(
    handed_over: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference="10428")
    start_on(handed_over, EARLIER)

    finished = handed_over.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert handed_over.order(ORDER_ID + 1).reason == "maybe_booked_elsewhere"


def test_orders_that_were_never_read_before_the_start_are_booked_once_it_is_earlier(
    handed_over: Business,
) -> None:
    handed_over.sell(raw_order(ORDER_ID + 2, **IN_NOVEMBER))
    start_on(handed_over, EARLIER)

    handed_over.run_once()

    assert handed_over.invoice(ORDER_ID + 1).is_booked
    assert handed_over.invoice(ORDER_ID + 2).is_booked
    assert len(handed_over.invoices()) == 3


def test_a_start_moved_on_for_one_run_and_back_loses_nothing(business: Business) -> None:
    business.sell(raw_order(), raw_order(ORDER_ID + 1, last_modified="2026-12-10 11:00:00"))
    start_on(business, LATER)
    business.run_once()
    start_on(business, date(2026, 12, 1))

    business.run_once()

    assert business.invoice().is_booked
    assert business.invoice(ORDER_ID + 1).is_booked


def test_a_start_that_is_moved_on_reads_nothing_again(handed_over: Business) -> None:
    start_on(handed_over, date(2026, 12, 5))

    finished = handed_over.run_once()

    asked = finished.requests[0].as_json()["query"]["last_modified"]
    assert asked == "2026-12-08T08:00:00"
    assert finished.calls("dinero") == []


def test_a_dry_run_with_an_earlier_start_shows_what_would_come_and_changes_nothing(
    handed_over: Business,
) -> None:
    handed_over.sell(raw_order(ORDER_ID + 2, **IN_NOVEMBER))
    start_on(handed_over, EARLIER)
    path = handed_over.state_folder / "watermark.json"
    before = path.read_text()

    finished = handed_over.run_once(dry_run=True)

    planned = [record.order_id for record in finished.planned]
    assert planned == [ORDER_ID + 1, ORDER_ID + 2]
    assert path.read_text() == before


def test_a_run_since_a_day_after_an_earlier_start_vouches_for_nothing_before_it(
    handed_over: Business,
) -> None:
    handed_over.sell(raw_order(ORDER_ID + 2, **IN_NOVEMBER))
    start_on(handed_over, EARLIER)

    handed_over.run_once(RunOptions(since=date(2026, 12, 1)))
    handed_over.run_once()

    assert handed_over.invoice(ORDER_ID + 2).is_booked


def test_what_a_person_said_of_an_order_is_asked_again_after_it_lay_before_the_start(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    theirs(bookkeeper, ExternalReference="10427")
    business.sell(raw_order(payment_gateway_id=90))
    business.run_once()
    business.sandbox.orders[ORDER_ID]["payment_gateway_id"] = 77
    business.retry()
    business.run_once()
    assert business.order().reason == "maybe_booked_elsewhere"
    business.retry()
    start_on(business, LATER)
    business.run_once()
    assert business.order().reason == "before_start"
    start_on(business, date(2026, 12, 1))

    business.run_once()

    assert business.order().reason == "maybe_booked_elsewhere"


def test_a_watermark_without_a_start_date_counts_and_gets_one(handed_over: Business) -> None:
    path = handed_over.state_folder / "watermark.json"
    content = json.loads(path.read_text())
    assert content.pop("start_date") == "2026-12-01"
    path.write_text(json.dumps(content))
    handed_over.sell(raw_order(ORDER_ID + 2, last_modified="2026-12-10 11:00:00"))

    finished = handed_over.run_once()

    asked = finished.requests[0].as_json()["query"]["last_modified"]
    assert asked == "2026-12-08T08:00:00"
    assert json.loads(path.read_text())["start_date"] == "2026-12-01"
