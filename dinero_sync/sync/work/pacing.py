"""Keeping the services' limits, across runs and processes.

A service counts a call when it arrives there: after it was sent, before it was answered, and nobody
here knows when. So the slot of a call is free again a minute after its *answer*. Any later call
arrives after it is sent, which is more than a minute after the arrival of the one whose slot it
takes: no minute of theirs holds more calls than the limit, however long each was on its way.
"""

import sqlite3
from collections import deque
from datetime import datetime, timedelta

from dinero_sync.clock import Clock
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import QuotaError
from dinero_sync.journal.calls import (
    DAY,
    KeptCall,
    forget_last_call,
    forget_old_calls,
    kept_calls,
    record_call,
    record_next_call,
)
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.schema import make_durable

MINUTE = timedelta(minutes=1)
AT_ONCE = 15
"""So many calls within a minute aren't spread: a poll with two orders by new buyers makes as many,
and nobody should wait for it."""
TOGETHER = 4
"""How many of the calls that are spread may follow each other at once: those of one order. A call
that takes its time is made up for by the others of its order."""
LEARNED_FOR = timedelta(hours=1)
"""How long a limit counts that was learned from a refusal. Then the configured one is tried again:
others who share the limit may be gone, or the service may allow more."""
RESERVED_CALLS = 150
"""Of the shop's daily calls, what is kept for polls: one every ten minutes, and their pages."""


class MinuteLimit:
    """At most so many calls in any minute, spread over it; waits for its turn.

    One process at a time keeps it, the one that has the run's lock; it counts the calls of those
    before it. The calls of the minute are in memory. Each is written down before it is made,
    together with the answer's time of the one before: one statement for a call.
    """

    def __init__(self, db: sqlite3.Connection, clock: Clock, service: str, limit: float) -> None:
        """Keep ``limit`` calls a minute to ``service``; fractions count down to one call."""
        self._db = db
        self._clock = clock
        self._service = service
        self._configured = max(int(limit), 1)
        self._learned: tuple[int, datetime] | None = None
        self._window: deque[datetime] | None = None
        """When each call of the last minute was answered at the latest, the oldest first."""
        self._sent: deque[datetime] = deque(maxlen=AT_ONCE)
        self._row: int | None = None
        """That of the last call which is written down."""
        self._answered: datetime | None = None
        self._is_reserved = False
        self._is_noted = False

    def reserve(self) -> None:
        """Wait until a call may be made and take its slot; raises DeadlineError or StoppedError.

        Taking the slot before the intent is journalled keeps the wait out of the intent.
        """
        self._clock.check()
        if self._is_reserved:
            return
        window = self._ended_window()
        while seconds := self._seconds_until_turn(window, self._clock.now()):
            make_durable(self._db)  # nothing that was answered waits as well
            self._clock.pause(seconds)
        now = self._clock.now()
        window.append(now)
        self._sent.append(now)
        self._is_reserved = True

    def note(self) -> None:
        """Write the slot down that was taken, in the change to the journal that is open if any."""
        if self._is_noted:
            return
        before = None
        if self._row is not None and self._answered is not None:
            before = KeptCall(self._row, self._answered)
        self._row = record_next_call(self._db, self._service, self._sent[-1], before)
        self._is_noted = True

    def use(self) -> None:
        """Use the slot that was taken, or take one, and write it down unless it is.

        Nothing that was written before is less than durable when the call leaves.
        """
        if not self._is_reserved:
            self.reserve()
        self.note()
        make_durable(self._db)
        self._is_reserved = self._is_noted = False

    def learn(self) -> None:
        """Take from a refusal (429) of the last call what the service really allows, for a while.

        It allowed the calls of the minute before that one. Where they aren't even half of what is
        configured, somebody else used the limit up, and nothing is to be learned.
        """
        now = self._clock.now()
        window = self._window_at(now)
        self._sent.pop()  # what is refused isn't waited for a second time to be spread
        _forget(window, now)
        allowed = len(window) - 1
        if 2 * allowed < self._configured:
            return
        self._learned = (allowed, now)
        set_meta(self._db, self._meta_name, f"{allowed} {now.isoformat()}")
        while len(window) >= allowed:  # the same call is due as soon as the service says
            window.popleft()

    def _ended_window(self) -> deque[datetime]:
        """Return the calls of the minute, when the last of them has its answer, or none to come.

        Of a process that was killed, nobody knows when its last call was answered: before now.
        """
        now = self._clock.now()
        window = self._window_at(now)
        self._answered = now
        if window:
            window.pop()
            _forget(window, now)
            window.append(now)
        return window

    def _window_at(self, now: datetime) -> deque[datetime]:
        """Return the calls of the minute; from the journal where none was made yet."""
        if self._window is None:
            forget_old_calls(self._db, self._service, now)
            kept = list(kept_calls(self._db, self._service, now, MINUTE))
            self._window = deque(call.at for call in kept)
            self._row = kept[-1].row if kept else None
            learned = meta(self._db, self._meta_name)
            if learned is not None:
                allowed, since = learned.split()
                self._learned = (int(allowed), datetime.fromisoformat(since))
        return self._window

    def _seconds_until_turn(self, window: deque[datetime], now: datetime) -> float:
        limit = self._limit_at(now)
        _forget(window, now)
        _forget(self._sent, now)
        due = now
        if len(window) >= limit:
            due = window[-limit] + MINUTE
        if len(self._sent) == AT_ONCE:
            due = max(due, self._sent[-TOGETHER] + TOGETHER * MINUTE / limit)
        return (due - now).total_seconds()

    def _limit_at(self, now: datetime) -> int:
        if self._learned is not None:
            allowed, since = self._learned
            if since <= now < since + LEARNED_FOR:
                return min(allowed, self._configured)
        return self._configured

    @property
    def _meta_name(self) -> str:
        return f"{self._service.lower()}_allows_a_minute"


class DailyQuota:
    """At most so many calls in any twenty-four hours; stops before they are spent."""

    def __init__(self, db: sqlite3.Connection, clock: Clock, service: str, limit: int) -> None:
        """Keep ``limit`` calls a day to ``service``. When its day begins nobody documents."""
        self._db = db
        self._clock = clock
        self._service = service
        self._limit = limit
        self._window: deque[datetime] | None = None
        """When each call of the last day was made, the oldest first; of one process at a time, as
        with :class:`MinuteLimit`."""

    def left(self) -> int:
        """Return how many calls may still be made within twenty-four hours."""
        return self._limit - len(self._window_at(self._clock.now()))

    def spare(self) -> int:
        """Return how many calls may be made for anything but polls; negative when none may."""
        return self.left() - min(RESERVED_CALLS, self._limit // 4)

    def use(self) -> None:
        """Count a call; raises QuotaError when none is left."""
        self._clock.check()
        now = self._clock.now()
        if self.left() <= 0:
            raise QuotaError(
                spoken(
                    "The {limit} calls a day to {service} (shoporama.daily_calls) are spent. "
                    "Nothing is lost: later runs go on. Shoporama raises the quota on request.",
                    limit=self._limit,
                    service=self._service,
                )
            )
        record_call(self._db, self._service, now)
        make_durable(self._db)
        self._window_at(now).append(now)

    def take_back(self) -> None:
        """Count the last call no longer: it never reached the service."""
        forget_last_call(self._db, self._service)
        if self._window:
            self._window.pop()

    def _window_at(self, now: datetime) -> deque[datetime]:
        """Return the calls of the day; from the journal where none was asked about yet."""
        if self._window is None:
            kept = kept_calls(self._db, self._service, now, DAY)
            self._window = deque(call.at for call in kept)
        _forget(self._window, now, DAY)
        return self._window


def _forget(times: deque[datetime], now: datetime, window: timedelta = MINUTE) -> None:
    """Drop what is older than the window, and what is to come: the clock was set back."""
    while times and times[-1] > now:
        times.pop()
    while times and times[0] <= now - window:
        times.popleft()
