"""How often each service was called, kept across runs and processes.

The slot of a call is taken before the call's intent is written, so that waiting for the minute
limit never leaves an intent in doubt. That order is why this is our own code and no rate-limiting
library: they wrap the call itself.
"""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dinero_sync.journal.schema import transaction

DAY = timedelta(days=1)


class KeptCall(NamedTuple):
    """A call that the journal knows of."""

    row: int
    at: datetime
    """When it was answered at the latest; when it was sent, as long as no call followed it."""


def record_call(db: sqlite3.Connection, service: str, now: datetime) -> None:
    """Note a call at ``now`` and forget those to this service that are older than a day."""
    with transaction(db):
        db.execute("INSERT INTO calls VALUES (?, ?)", (service, now.timestamp()))
        forget_old_calls(db, service, now)


def forget_old_calls(db: sqlite3.Connection, service: str, now: datetime) -> None:
    """Forget the calls to a service that are older than a day."""
    oldest = (now - DAY).timestamp()
    db.execute("DELETE FROM calls WHERE service = ? AND at < ?", (service, oldest))


def record_next_call(
    db: sqlite3.Connection, service: str, now: datetime, before: KeptCall | None
) -> int:
    """Note a call at ``now`` and when the one ``before`` it was answered; returns its row.

    One statement, since it is made for each call: a change of its own, or part of an open one.
    """
    if before is None:
        cursor = db.execute("INSERT INTO calls VALUES (?, ?)", (service, now.timestamp()))
    else:
        cursor = db.execute(
            "INSERT OR REPLACE INTO calls (rowid, service, at) VALUES (?, ?, ?), (NULL, ?, ?)",
            (before.row, service, before.at.timestamp(), service, now.timestamp()),
        )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT has one
    return cursor.lastrowid


def forget_last_call(db: sqlite3.Connection, service: str) -> None:
    """Take the newest call back, which never reached the service."""
    with transaction(db):
        db.execute(
            "DELETE FROM calls WHERE rowid ="
            " (SELECT rowid FROM calls WHERE service = ? ORDER BY rowid DESC LIMIT 1)",
            (service,),
        )


def kept_calls(
    db: sqlite3.Connection, service: str, now: datetime, window: timedelta
) -> Iterator[KeptCall]:
    """List the calls in the window that ends at ``now``, the oldest first.

    Calls with a time to come (the clock was set back) don't count: they would block for hours.
    """
    rows = db.execute(
        "SELECT rowid, at FROM calls WHERE service = ? AND at > ? AND at <= ? ORDER BY at, rowid",
        (service, (now - window).timestamp(), now.timestamp()),
    )
    return (KeptCall(row["rowid"], datetime.fromtimestamp(row["at"], UTC)) for row in rows)
