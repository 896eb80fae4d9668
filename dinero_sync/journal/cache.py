"""What was read before and needn't be read again: master data for a day, other things longer."""

import sqlite3
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

KEPT_FOR = timedelta(days=1)
Value = TypeVar("Value")


def recall(
    db: sqlite3.Connection,
    name: str,
    form: TypeAdapter[Value],
    now: datetime,
    kept_for: timedelta = KEPT_FOR,
) -> Value | None:
    """Return what was kept under ``name`` within the time; None otherwise."""
    row = db.execute("SELECT read_at, body FROM cache WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    age = now - datetime.fromisoformat(row["read_at"])
    if not timedelta(0) <= age < kept_for:
        return None
    return _read(form, row["body"])


def recall_however_old(db: sqlite3.Connection, name: str, form: TypeAdapter[Value]) -> Value | None:
    """Return what was last kept under ``name``, for whoever can't or needn't read it again."""
    row = db.execute("SELECT body FROM cache WHERE name = ?", (name,)).fetchone()
    return None if row is None else _read(form, row["body"])


def _read(form: TypeAdapter[Value], body: str) -> Value | None:
    try:
        return form.validate_json(body)
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
