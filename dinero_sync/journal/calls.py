"""How often each service was called, kept across runs and processes.

The slot of a call is taken before the call's intent is written, so that waiting for the minute
limit never leaves an intent in doubt. That order is why this is our own code and no rate-limiting
library: they wrap the call itself.
"""

import sqlite3
from datetime import datetime, timedelta

from dinero_sync.journal.schema import transaction

DAY = timedelta(days=1)


def record_call(db: sqlite3.Connection, service: str, now: datetime) -> None:
    """Note a call at ``now`` and forget those older than a day."""
    with transaction(db):
        db.execute("INSERT INTO calls VALUES (?, ?)", (service, now.timestamp()))
        db.execute("DELETE FROM calls WHERE at < ?", ((now - DAY).timestamp(),))


def forget_last_call(db: sqlite3.Connection, service: str) -> None:
    """Take the newest call back, which never reached the service."""
    with transaction(db):
        db.execute(
            "DELETE FROM calls WHERE rowid ="
            " (SELECT rowid FROM calls WHERE service = ? ORDER BY rowid DESC LIMIT 1)",
            (service,),
        )


def calls_within(db: sqlite3.Connection, service: str, now: datetime, window: timedelta) -> int:
    """Count the calls in the window that ends at ``now``.

    Calls with a time to come (the clock was set back) don't count: they would block for hours.
    """
    (count,) = db.execute(
        "SELECT COUNT(*) FROM calls WHERE service = ? AND at > ? AND at <= ?",
        (service, (now - window).timestamp(), now.timestamp()),
    ).fetchone()
    return int(count)


def seconds_until_free(
    db: sqlite3.Connection, service: str, now: datetime, limit: int, window: timedelta
) -> float:
    """Return how long to wait until fewer than ``limit`` calls lie in the window."""
    row = db.execute(
        "SELECT at FROM calls WHERE service = ? AND at > ? AND at <= ?"
        " ORDER BY at DESC LIMIT 1 OFFSET ?",
        (service, (now - window).timestamp(), now.timestamp(), limit - 1),
    ).fetchone()
    return 0.0 if row is None else max(row["at"] + window.total_seconds() - now.timestamp(), 0.0)
