"""Runs that are asked for something odd, or that meet an odd answer."""

from datetime import date
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, raw_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.sync.run.run import RunOptions

DEEPER_THAN_CAN_BE_KEPT = 500


def test_a_company_where_dinero_knows_nothing_is_a_fault_of_the_configuration(
    business: Business,
) -> None:
    business.sell(raw_order())
    business.fault("status_before", "*/accounts/entry", "GET", status=404, body="refusal")

    finished = business.run_once()

    assert finished.exit_code == ExitCode.CONFIG
    assert "dinero.base_url" in str(finished.result.stopped)


def test_an_address_where_something_else_answers_than_dinero_points_at_the_address(
    business: Business,
) -> None:
    business.config["dinero"]["base_url"] += "/nowhere"
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "check the address (base_url)" in str(finished.result.stopped)
    business.sandbox.complaints.clear()  # the address was meant to be wrong


def test_days_that_end_before_they_begin_are_refused(business: Business) -> None:
    days = RunOptions(since=date(2026, 12, 9), until=date(2026, 12, 5))

    with pytest.raises(UsageError, match="lies before --since"):
        business.run_once(days)


def test_an_answer_that_is_nested_too_deeply_holds_its_order_alone(business: Business) -> None:
    extras: Any = "x"
    for _ in range(DEEPER_THAN_CAN_BE_KEPT):
        extras = [extras]
    business.sell(raw_order(extras=extras), raw_order(ORDER_ID + 1))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "unreadable_order"
    assert business.invoice(ORDER_ID + 1).is_booked
