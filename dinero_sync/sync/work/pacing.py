"""Keeping the services' limits, across runs and processes."""

import sqlite3
from datetime import timedelta

from dinero_sync.clock import Clock
from dinero_sync.errors import QuotaError
from dinero_sync.journal.calls import (
    DAY,
    calls_within,
    forget_last_call,
    record_call,
    seconds_until_free,
)

MINUTE = timedelta(minutes=1)
RESERVED_CALLS = 150
"""Of the shop's daily calls, what is kept for polls: one every ten minutes, and their pages."""


class MinuteLimit:
    """At most so many calls in any minute; waits for its turn."""

    def __init__(self, db: sqlite3.Connection, clock: Clock, service: str, limit: float) -> None:
        """Keep ``limit`` calls a minute to ``service``; fractions count down to one call."""
        self._db = db
        self._clock = clock
        self._service = service
        self._limit = max(int(limit), 1)
        self._reserved = False

    def reserve(self) -> None:
        """Wait until a call may be made and take its slot; raises DeadlineError or StoppedError.

        Taking the slot before the intent is journalled keeps the wait out of the intent.
        """
        self._clock.check()
        while not self._reserved:
            now = self._clock.now()
            seconds = seconds_until_free(self._db, self._service, now, self._limit, MINUTE)
            if seconds:
                self._clock.pause(seconds)
                continue
            record_call(self._db, self._service, now)
            self._reserved = True

    def use(self) -> None:
        """Use the slot that was taken, or take one."""
        if not self._reserved:
            self.reserve()
        self._reserved = False


class DailyQuota:
    """At most so many calls in any twenty-four hours; stops before they are spent."""

    def __init__(self, db: sqlite3.Connection, clock: Clock, service: str, limit: int) -> None:
        """Keep ``limit`` calls a day to ``service``. When its day begins nobody documents."""
        self._db = db
        self._clock = clock
        self._service = service
        self._limit = limit

    def left(self) -> int:
        """Return how many calls may still be made within twenty-four hours."""
        return self._limit - calls_within(self._db, self._service, self._clock.now(), DAY)

    def spare(self) -> int:
        """Return how many calls may be made for anything but polls; negative when none may."""
        return self.left() - min(RESERVED_CALLS, self._limit // 4)

    def use(self) -> None:
        """Count a call; raises QuotaError when none is left."""
        self._clock.check()
        now = self._clock.now()
        if self.left() <= 0:
            raise QuotaError(
                f"The {self._limit} calls a day to {self._service} (shoporama.daily_calls) are "
                "spent. Nothing is lost: later runs go on. Shoporama raises the quota on request."
            )
        record_call(self._db, self._service, now)

    def take_back(self) -> None:
        """Count the last call no longer: it never reached the service."""
        forget_last_call(self._db, self._service)
