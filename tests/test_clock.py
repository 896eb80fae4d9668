"""A run keeps its deadline, and ends when it is asked to."""

import threading
from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from manual_clock import ManualClock

from dinero_sync.clock import Clock, SystemClock
from dinero_sync.errors import DeadlineError, ExitCode, StoppedError

AN_HOUR = 3600.0


def test_the_time_is_told_in_utc() -> None:
    with freeze_time("2026-12-01 09:30:00"):
        assert SystemClock().now() == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_a_run_without_a_deadline_goes_on() -> None:
    clock = SystemClock()

    clock.check()
    clock.pause(0)

    assert clock.seconds() >= 0


def test_a_run_within_its_deadline_goes_on() -> None:
    clock = SystemClock(deadline_seconds=AN_HOUR)

    clock.check()

    assert clock.seconds() < AN_HOUR


def test_a_run_past_its_deadline_ends_and_the_next_goes_on() -> None:
    with pytest.raises(DeadlineError, match=r"sync\.deadline_minutes") as ended:
        SystemClock(deadline_seconds=0).check()

    assert ended.value.exit_code is ExitCode.TEMPORARY
    assert "Nothing is half done; the next run goes on" in str(ended.value)


def test_a_pause_that_is_longer_than_the_run_isnt_begun() -> None:
    clock = SystemClock(deadline_seconds=60)

    with pytest.raises(DeadlineError):
        clock.pause(AN_HOUR)

    assert clock.seconds() < 60


def test_a_run_that_was_asked_to_stop_neither_goes_on_nor_pauses() -> None:
    clock = SystemClock()
    clock.stop()

    with pytest.raises(StoppedError, match="asked to stop") as stopped:
        clock.check()
    with pytest.raises(StoppedError):
        clock.pause(AN_HOUR)

    assert stopped.value.exit_code is ExitCode.TEMPORARY


def test_a_pause_ends_as_soon_as_the_run_is_asked_to_stop() -> None:
    clock = SystemClock(deadline_seconds=AN_HOUR)
    signal = threading.Timer(0, clock.stop)
    signal.start()

    with pytest.raises(StoppedError):
        clock.pause(60)

    signal.join()
    assert clock.seconds() < 60


def test_the_clock_of_the_tests_keeps_to_the_same_terms() -> None:
    clock = ManualClock()
    as_a_run_sees_it: Clock = clock
    before = clock.now()

    as_a_run_sees_it.pause(90)

    assert clock.pauses == [90]
    assert (clock.now() - before).total_seconds() == 90
