"""Runs that end early: nothing is half done, the exit code says why, the next run goes on."""

import sqlite3
from decimal import Decimal

import pytest
from business import Business
from shop import ORDER_ID, orders_a_minute_apart, raw_order

from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders, runs
from dinero_sync.journal.folder.lock import LockHeldError
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.workplace import Workplace

ALL_STEPS = range(1, 5)
"""Contact, draft, booking, payment."""


@pytest.mark.parametrize("step", ALL_STEPS)
def test_a_run_that_is_told_to_stop_leaves_the_rest_to_the_next(
    business: Business, step: int
) -> None:
    business.sell(raw_order())

    stopped = business.run_once(stop_after_steps=step)
    finished = business.run_once()

    assert stopped.exit_code == ExitCode.TEMPORARY
    assert stopped.events("run.stopped")[0]["level"] == "error"
    assert finished.exit_code == ExitCode.OK
    assert [each.is_booked for each in business.invoices()] == [True]
    assert business.payments() == [Decimal("125.00")]
    assert len(business.sandbox.contacts) == 1


def test_a_run_ends_at_its_deadline_and_the_next_goes_on(business: Business) -> None:
    business.sell(*orders_a_minute_apart(3))
    business.fault("rate_limit", "*/book", "POST", skip=1, retry_after=120)

    late = business.run_once(deadline_seconds=60)
    finished = business.run_once()

    assert late.exit_code == ExitCode.TEMPORARY
    assert "sync.deadline_minutes" in str(late.result.stopped)
    assert finished.exit_code == ExitCode.OK
    assert [business.payments(ORDER_ID + number) for number in range(3)] == 3 * [[Decimal(125)]]


def test_a_deadline_that_has_passed_stops_the_run_before_its_first_call(
    business: Business,
) -> None:
    finished = business.run_once(deadline_seconds=-1)

    assert finished.exit_code == ExitCode.TEMPORARY
    assert finished.requests == []


@pytest.mark.parametrize("status", [500, 502, 503, 480])
def test_dinero_going_down_in_the_middle_ends_the_run_and_nothing_is_lost(
    business: Business, status: int
) -> None:
    business.sell(*orders_a_minute_apart(2))
    business.fault("status_before", "*/invoices/*", times=None, status=status)

    down = business.run_once()
    business.sandbox.clear_faults()
    finished = business.run_once()

    assert down.exit_code == ExitCode.TEMPORARY
    assert finished.exit_code == ExitCode.OK
    assert [each.is_booked for each in business.invoices()] == [True, True]
    assert [len(each.payments) for each in business.invoices()] == [1, 1]


def test_dinero_being_down_from_the_start_ends_the_run(business: Business) -> None:
    business.sell(raw_order())
    business.fault("status_before", times=None, status=503)

    down = business.run_once()
    business.sandbox.clear_faults()
    finished = business.run_once()

    assert down.exit_code == ExitCode.TEMPORARY
    assert down.writes() == []
    assert finished.result.outcomes() == {"booked": 1}


def test_the_shop_being_down_ends_the_run(business: Business) -> None:
    business.fault("status_before", times=None, status=503, service="shoporama")

    assert business.run_once().exit_code == ExitCode.TEMPORARY


@pytest.mark.parametrize("retry_after", [None, 2, "http_date"])
def test_a_spent_minute_limit_is_waited_for(
    business: Business, retry_after: float | str | None
) -> None:
    business.sell(raw_order())
    business.fault("rate_limit", "*/book", "POST", retry_after=retry_after)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.invoice().is_booked
    assert sum(finished.pauses) == pytest.approx(retry_after or 60, abs=1) or (
        retry_after == "http_date" and 50 < sum(finished.pauses) <= 60
    )


def test_our_own_minute_limit_is_kept(business: Business) -> None:
    business.config["dinero"]["calls_per_minute"] = 5
    business.sell(*orders_a_minute_apart(2))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    full_minutes = (len(finished.calls("dinero")) - 1) // 5
    assert sum(finished.pauses) == pytest.approx(60 * full_minutes, abs=3)
    assert full_minutes >= 2


def test_a_spent_daily_quota_of_the_shop_ends_the_run(business: Business) -> None:
    business.config["shoporama"]["daily_calls"] = 1
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.TEMPORARY
    assert "shoporama.daily_calls" in str(finished.result.stopped)
    assert finished.calls("dinero") == []


def test_a_token_that_expires_in_the_middle_is_renewed(business: Business) -> None:
    business.sell(raw_order())
    business.fault("expired_token", "*/book", "POST")

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert len(finished.calls("authz")) == 2
    assert [each.is_booked for each in business.invoices()] == [True]


def test_a_right_that_is_taken_away_in_the_middle_ends_the_run(business: Business) -> None:
    business.sell(raw_order())
    business.fault("status_before", "*/book", "POST", status=403, body="refusal")

    finished = business.run_once()

    assert finished.exit_code == ExitCode.NOT_CONNECTED
    assert not business.invoice().is_booked


def test_a_journal_that_can_not_be_written_ends_the_run_before_another_call(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    business.sell(raw_order())
    monkeypatch.setattr(orders, "save", full_disk)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.STATE
    assert "disk is full" in str(finished.result.stopped)
    assert finished.writes() == []


def test_a_disk_that_stays_full_is_an_expected_error_too(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(orders, "save", full_disk)
    monkeypatch.setattr(runs, "finish", full_disk)
    business.sell(raw_order())

    finished = business.run_once()

    assert finished.exit_code == ExitCode.STATE


def test_a_second_run_at_the_same_time_has_nothing_to_do(business: Business) -> None:
    with business.at_work(), pytest.raises(LockHeldError) as caught, business.at_work():
        pass

    assert caught.value.exit_code == ExitCode.OK


def test_a_run_that_was_killed_is_followed_by_one_that_goes_on(business: Business) -> None:
    business.sell(raw_order())
    with pytest.raises(KeyboardInterrupt):
        business.do(_killed)

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.payments() == [Decimal("125.00")]


def _killed(_: Workplace) -> RunResult:
    raise KeyboardInterrupt
