"""The day the shop handed over: nothing from before it is ever booked by a run."""

from datetime import date
from typing import Any

import pytest
from bookkeeper import Bookkeeper
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.domain.identity import invoice_guid
from dinero_sync.errors import ExitCode
from dinero_sync.sandbox.credentials import ORGANIZATION_ID

BEFORE = "2026-11-28 10:00:00"
AFTER = "2026-12-03 10:00:00"
STRADDLER: dict[str, Any] = {"time": BEFORE, "paid_time": AFTER, "last_modified": AFTER}


def test_an_order_paid_before_the_start_date_is_never_transferred(business: Business) -> None:
    business.sell(raw_order(time=BEFORE, paid_time=BEFORE, last_modified=AFTER))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.order().reason == "before_start"
    assert finished.writes() == []


def test_an_order_that_last_changed_before_the_start_date_is_not_even_read(
    business: Business,
) -> None:
    business.sell(raw_order(time=BEFORE, paid_time=BEFORE, last_modified=BEFORE))

    finished = business.run_once()

    assert finished.result.touched == {}


def test_an_order_that_straddles_the_start_date_is_held_for_a_person(business: Business) -> None:
    business.sell(raw_order(**STRADDLER))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "straddles_start"
    assert finished.writes() == []


def test_a_straddler_whose_invoice_of_ours_is_booked_is_adopted(business: Business) -> None:
    business.config["sync"]["start_date"] = date(2026, 11, 1)
    business.sell(raw_order(**STRADDLER))
    business.run_once()
    business.config["sync"]["start_date"] = date(2026, 12, 1)
    business.state_folder = business.state_folder.with_name("another")

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert finished.result.outcomes() == {"booked": 1}
    assert finished.writes() == []
    assert business.order().invoice_number == 1001


def test_a_straddler_whose_draft_of_ours_was_deleted_is_held(
    business: Business, bookkeeper: Bookkeeper
) -> None:
    business.config["sync"] |= {"start_date": date(2026, 11, 1), "booking": "draft"}
    business.sell(raw_order(**STRADDLER))
    business.run_once()
    bookkeeper.delete_draft(business.invoice())
    business.config["sync"]["start_date"] = date(2026, 12, 1)
    business.state_folder = business.state_folder.with_name("another")

    business.run_once()

    assert business.order().reason == "straddles_start"


def test_a_straddler_whose_draft_of_ours_waits_goes_on_with_it(business: Business) -> None:
    business.config["sync"] |= {"start_date": date(2026, 11, 1), "booking": "draft"}
    business.sell(raw_order(**STRADDLER))
    business.run_once()
    business.config["sync"] |= {"start_date": date(2026, 12, 1), "booking": "automatic"}
    business.state_folder = business.state_folder.with_name("another")

    business.run_once()

    assert [invoice.is_booked for invoice in business.invoices()] == [True]
    assert business.invoice().date == date(2026, 12, 3)


def test_an_old_order_paid_on_a_day_nobody_tells_is_held(business: Business) -> None:
    business.sell(raw_order(time=BEFORE, paid_time="", last_modified=AFTER))

    business.run_once()

    assert business.order().reason == "trigger_day_unknown"


def test_a_day_to_come_is_held_until_it_has_come(business: Business) -> None:
    business.sell(raw_order(paid_time="2026-12-11 09:00:00", last_modified="2026-12-10 09:00:00"))

    held = business.run_once()
    business.wait(days=1)
    finished = business.run_once()

    assert held.exit_code == ExitCode.HELD
    assert finished.result.outcomes() == {"booked": 1}
    assert business.invoice().date == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("seen_unpaid", "day"), [(True, date(2026, 12, 10)), (False, date(2026, 12, 8))]
)
def test_without_a_payment_time_the_day_is_that_of_the_change_that_was_seen(
    business: Business,
    seen_unpaid: bool,  # noqa: FBT001 - a parameter of the test
    day: date,
) -> None:
    business.sell(raw_order(ORDER_ID, paid=int(not seen_unpaid), paid_time=""))
    if seen_unpaid:
        business.run_once()
        business.change(paid=1)

    business.run_once()

    assert business.invoice().date == day


def test_a_straddler_that_dinero_says_nothing_about_waits_alone(business: Business) -> None:
    business.sell(raw_order(**STRADDLER), raw_order(ORDER_ID + 1))
    business.fault(
        "status_before",
        f"*/{invoice_guid(ORGANIZATION_ID, ORDER_ID)}",
        "GET",
        status=500,
        times=None,
    )

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    told = str(finished.result.stopped)
    assert "1, because Dinero couldn't be asked whether it holds their invoices" in told
    assert business.invoice(ORDER_ID + 1).is_booked
