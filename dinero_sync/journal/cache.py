"""Master data that was read lately, so that it needn't be read again the same day."""

import sqlite3
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

KEPT_FOR = timedelta(days=1)
Value = TypeVar("Value")


def recall(
    db: sqlite3.Connection, name: str, form: TypeAdapter[Value], now: datetime
) -> Value | None:
    """Return what was kept under ``name`` within the last day; None otherwise."""
    row = db.execute("SELECT read_at, body FROM cache WHERE name = ?", (name,)).fetchone()
    if row is None or not timedelta(0) <= now - datetime.fromisoformat(row["read_at"]) < KEPT_FOR:
        return None
    try:
        return form.validate_json(row["body"])
    except ValidationError:  # kept by another version: it is read again
        return None


def keep(
    db: sqlite3.Connection, name: str, form: TypeAdapter[Value], value: Value, now: datetime
) -> None:
    """Keep ``value`` under ``name``."""
    db.execute(
        "INSERT OR REPLACE INTO cache VALUES (?, ?, ?)",
        (name, now.isoformat(), form.dump_json(value).decode()),
    )
