"""The services' limits are kept across runs and processes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest
from manual_clock import MORNING, ManualClock

from dinero_sync.errors import DeadlineError, QuotaError
from dinero_sync.journal.database import open_copy
from dinero_sync.sync.work.pacing import DailyQuota, MinuteLimit


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    with closing(open_copy(tmp_path)) as connection:
        yield connection


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def calls_of_a_minute(db: Connection, clock: ManualClock, limit: float) -> int:
    """Count the calls that go through before the first wait."""
    pace = MinuteLimit(db, clock, "Dinero", limit)
    count = 0
    while True:
        pace.use()
        if clock.pauses:
            return count
        count += 1


@pytest.mark.parametrize(("limit", "calls"), [(3, 3), (1, 1), (2.9, 2), (0.5, 1)])
def test_no_more_calls_than_the_limit_go_out_in_a_minute(
    db: Connection, clock: ManualClock, limit: float, calls: int
) -> None:
    assert calls_of_a_minute(db, clock, limit) == calls
    assert clock.pauses == [60.0]


def test_a_slot_that_was_reserved_is_used_by_the_next_call(
    db: Connection, clock: ManualClock
) -> None:
    pace = MinuteLimit(db, clock, "Dinero", 2)

    for _ in range(2):
        pace.reserve()
        pace.reserve()
        pace.use()

    assert clock.pauses == []


def test_a_process_counts_the_calls_of_those_before_it(db: Connection, clock: ManualClock) -> None:
    first, second = (MinuteLimit(db, clock, "Dinero", 2) for _ in range(2))

    first.use()
    first.use()
    second.use()

    assert clock.pauses == [60.0]


def test_the_slot_of_a_call_is_free_a_minute_after_its_answer(
    db: Connection, clock: ManualClock
) -> None:
    pace = MinuteLimit(db, clock, "Dinero", 1)

    pace.use()
    clock.moment += timedelta(seconds=7)
    pace.use()

    assert clock.pauses == [60.0]


def test_a_minute_limit_forgets_calls_to_come_when_the_clock_is_set_back(
    db: Connection, clock: ManualClock
) -> None:
    pace = MinuteLimit(db, clock, "Dinero", 2)
    pace.use()
    pace.use()
    clock.moment -= timedelta(hours=1)

    pace.use()

    assert clock.pauses == []


def test_services_have_limits_of_their_own(db: Connection, clock: ManualClock) -> None:
    MinuteLimit(db, clock, "Dinero", 1).use()
    MinuteLimit(db, clock, "Shoporama", 1).use()

    assert clock.pauses == []


def test_a_wait_beyond_the_deadline_is_not_begun(db: Connection) -> None:
    clock = ManualClock(deadline=MORNING + timedelta(seconds=30))
    pace = MinuteLimit(db, clock, "Dinero", 1)
    pace.use()

    with pytest.raises(DeadlineError):
        pace.use()


def test_the_daily_quota_counts_down_and_ends(db: Connection, clock: ManualClock) -> None:
    quota = DailyQuota(db, clock, "Shoporama", 2)

    quota.use()
    left = quota.left()
    quota.use()

    assert left == 1
    with pytest.raises(QuotaError, match=r"The 2 calls a day to Shoporama .* are spent"):
        quota.use()


def test_the_quota_comes_back_a_day_after_it_was_used(db: Connection, clock: ManualClock) -> None:
    quota = DailyQuota(db, clock, "Shoporama", 1)
    quota.use()

    clock.moment += timedelta(days=1)

    assert quota.left() == 1


def test_a_clock_that_was_set_back_blocks_nothing(db: Connection, clock: ManualClock) -> None:
    quota = DailyQuota(db, clock, "Shoporama", 1)
    quota.use()

    clock.moment = datetime(2026, 11, 1, tzinfo=MORNING.tzinfo)

    assert quota.left() == 1
