"""The minute limit at a service that counts calls as they arrive: a simulator, a manual clock."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from sqlite3 import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manual_clock import ManualClock

from dinero_sync.journal.database import open_copy
from dinero_sync.sync.work.pacing import AT_ONCE, MINUTE, TOGETHER, MinuteLimit

NOWHERE = Path("nowhere")
CALLS_AN_ORDER = 4
COMMIT = timedelta(milliseconds=15)
"""What the intent costs between the slot and the sending."""
START = timedelta(milliseconds=500)
"""What a process needs to begin."""
NO_TIME_TOLD = 60.0
"""What is waited after a refusal that names no time, as :mod:`dinero_sync.http_answers` says."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    with closing(open_copy(tmp_path)) as connection:
        yield connection


class Service:
    """Counts what arrives in any minute, and refuses what is too much."""

    def __init__(self, clock: ManualClock, limit: int, seed: int = 12) -> None:
        self.clock = clock
        self.limit = limit
        self.random = Random(seed)  # noqa: S311 - latencies, nothing to guess
        self.latency = (0.05, 0.3)
        self.recent: deque[datetime] = deque()
        self.arrivals: list[datetime] = []
        self.refused = 0

    def call(self) -> float | None:
        """Take a call; returns None, or the seconds until the next one is due when refused."""
        latency = timedelta(seconds=self.random.uniform(*self.latency))
        arrival = self.clock.moment + latency * self.random.random()
        self.clock.moment += latency
        while self.recent and self.recent[0] <= arrival - MINUTE:
            self.recent.popleft()
        if len(self.recent) >= self.limit:
            self.refused += 1
            return (self.recent[0] + MINUTE - arrival).total_seconds()
        self.recent.append(arrival)
        self.arrivals.append(arrival)
        return None


def make_calls(pace: MinuteLimit, service: Service, calls: int, *, tells_time: bool = True) -> None:
    """Make calls as a run makes them: every other one with an intent, refused ones once more."""
    for number in range(calls):
        while True:
            if number % 2:
                pace.reserve()
                pace.note()
                service.clock.moment += COMMIT
            pace.use()
            seconds = service.call()
            if seconds is None:
                break
            pace.learn()
            service.clock.pause(max(seconds, 1.0) if tells_time else NO_TIME_TOLD)


def share_of_floor(service: Service, began: datetime) -> float:
    """Return how many calls a minute arrived, as a share of what the service allows."""
    minutes = (service.clock.moment - began) / MINUTE
    return len(service.arrivals) / minutes / service.limit


def most_in_a_minute(arrivals: list[datetime]) -> int:
    """Count what arrived in the fullest minute."""
    fullest, recent = 0, deque[datetime]()
    for arrival in sorted(arrivals):
        recent.append(arrival)
        while recent[0] <= arrival - MINUTE:
            recent.popleft()
        fullest = max(fullest, len(recent))
    return fullest


@pytest.mark.parametrize("limit", [55, 60, 100])
def test_a_limit_equal_to_the_services_own_is_used_up_and_never_exceeded(
    db: Connection, limit: int
) -> None:
    clock = ManualClock()
    began, service = clock.moment, Service(clock, limit)

    make_calls(MinuteLimit(db, clock, "Dinero", limit), service, 300 * CALLS_AN_ORDER)

    assert service.refused == 0
    assert most_in_a_minute(service.arrivals) == limit
    assert share_of_floor(service, began) >= 0.98


@given(
    limit=st.sampled_from([3, 20, 55, 60, 100]),
    latency=st.sampled_from([(0.0, 0.0), (0.05, 0.3), (0.0, 2.0), (0.0, 40.0)]),
    processes=st.lists(st.integers(1, 150), min_size=1, max_size=4),
    seed=st.integers(0, 2**32),
)
def test_no_minute_holds_more_whatever_calls_take_and_wherever_a_process_is_killed(
    limit: int, latency: tuple[float, float], processes: list[int], seed: int
) -> None:
    clock = ManualClock()
    service = Service(clock, limit, seed)
    service.latency = latency
    with closing(open_copy(NOWHERE)) as db:
        for calls in processes:  # each ends without a word after its last call
            make_calls(MinuteLimit(db, clock, "Dinero", limit), service, calls)
            clock.moment += START

    assert service.refused == 0
    assert most_in_a_minute(service.arrivals) <= limit


def test_few_calls_wait_for_nothing(db: Connection) -> None:
    clock = ManualClock()

    make_calls(MinuteLimit(db, clock, "Dinero", 55), Service(clock, 55), AT_ONCE)

    assert clock.pauses == []


@pytest.mark.parametrize("limit", [55, 60, 100])
def test_calls_are_spread_over_the_minute(db: Connection, limit: int) -> None:
    clock = ManualClock()
    service = Service(clock, limit)

    make_calls(MinuteLimit(db, clock, "Dinero", limit), service, 10 * limit)

    second_minute = service.arrivals[limit:]
    longest = max(later - earlier for earlier, later in pairwise(second_minute))
    assert longest < (TOGETHER + 1) * MINUTE / limit


def test_one_slow_call_an_order_costs_nothing(db: Connection) -> None:
    """As long as all calls of an order take less time than the limit leaves them."""
    clock = ManualClock()
    began, service = clock.moment, Service(clock, 60)

    pace = MinuteLimit(db, clock, "Dinero", 60)
    for _ in range(300):
        for latency in (0.2, 0.2, 0.2, 1.5):
            service.latency = (latency, latency)
            make_calls(pace, service, 1)

    assert service.refused == 0
    assert share_of_floor(service, began) >= 0.95


@pytest.mark.parametrize("tells_time", [True, False])
@pytest.mark.parametrize(("ours", "theirs"), [(100, 60), (60, 55), (60, 59)])
def test_a_lower_limit_of_the_service_is_learned_from_its_refusal(
    db: Connection, ours: int, theirs: int, *, tells_time: bool
) -> None:
    clock = ManualClock()
    began, service = clock.moment, Service(clock, theirs)

    pace = MinuteLimit(db, clock, "Dinero", ours)
    make_calls(pace, service, 300 * CALLS_AN_ORDER, tells_time=tells_time)

    assert service.refused == 1
    assert share_of_floor(service, began) >= 0.95


def test_the_next_process_knows_what_was_learned_and_forgets_it_after_an_hour(
    db: Connection,
) -> None:
    clock = ManualClock()
    service = Service(clock, 55)
    refused = []
    for pause in (10, 50, 60):
        make_calls(MinuteLimit(db, clock, "Dinero", 60), service, 200)
        refused.append(service.refused)
        clock.moment += timedelta(minutes=pause)

    assert refused == [1, 1, 2]


def test_after_a_refusal_the_time_that_the_service_names_is_all_that_is_waited(
    db: Connection,
) -> None:
    clock = ManualClock()
    pace = MinuteLimit(db, clock, "Dinero", 20)
    for _ in range(18):
        pace.use()
    waited = sum(clock.pauses)

    pace.learn()
    clock.pause(2.0)
    pace.use()

    assert sum(clock.pauses) == pytest.approx(waited + 2.0)


def test_somebody_elses_calls_teach_nothing(db: Connection) -> None:
    clock = ManualClock()
    pace = MinuteLimit(db, clock, "Dinero", 60)
    for _ in range(5):
        pace.use()

    pace.learn()
    for _ in range(8):
        pace.use()

    assert clock.pauses == []


def test_after_a_minutes_silence_few_calls_wait_for_nothing_again(db: Connection) -> None:
    clock = ManualClock()
    pace, service = MinuteLimit(db, clock, "Dinero", 55), Service(clock, 55)
    for _ in range(2):
        make_calls(pace, service, AT_ONCE)
        clock.moment += MINUTE

    assert clock.pauses == []


def test_the_last_answer_of_a_process_is_known_to_the_one_after_the_next(db: Connection) -> None:
    clock = ManualClock()
    MinuteLimit(db, clock, "Dinero", 2).use()
    clock.moment += timedelta(seconds=30)
    MinuteLimit(db, clock, "Dinero", 2).use()
    clock.moment += timedelta(seconds=20)

    MinuteLimit(db, clock, "Dinero", 2).use()

    assert clock.pauses == [40.0]


def test_a_call_costs_one_statement(db: Connection) -> None:
    clock = ManualClock()
    pace = MinuteLimit(db, clock, "Dinero", 60)
    pace.use()
    statements: list[str] = []

    db.set_trace_callback(statements.append)
    pace.reserve()
    pace.use()
    db.set_trace_callback(None)

    assert len(statements) == 1
