"""What was read before and needn't be read again: master data for a day, other things longer."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

KEPT_FOR = timedelta(days=1)
Value = TypeVar("Value")
_FORMS: dict[object, TypeAdapter[Any]] = {}


def recall(
    db: sqlite3.Connection,
    name: str,
    kind: type[Value],
    now: datetime,
    kept_for: timedelta = KEPT_FOR,
) -> Value | None:
    """Return the value of a kind that was kept under ``name`` within the time; None otherwise."""
    row = db.execute("SELECT read_at, body FROM cache WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    age = now - datetime.fromisoformat(row["read_at"])
    if not timedelta(0) <= age < kept_for:
        return None
    return _read(kind, row["body"])


def recall_however_old(db: sqlite3.Connection, name: str, kind: type[Value]) -> Value | None:
    """Return what was last kept under ``name``, for whoever can't or needn't read it again."""
    row = db.execute("SELECT body FROM cache WHERE name = ?", (name,)).fetchone()
    return None if row is None else _read(kind, row["body"])


def _read(kind: type[Value], body: str) -> Value | None:
    try:
        return _form(kind).validate_json(body)
    except ValidationError:  # kept by another version: it is read again
        return None


def _form(kind: type[Value]) -> TypeAdapter[Value]:
    """Return what reads and writes a kind of values; built but once, for that is slow."""
    if kind not in _FORMS:
        _FORMS[kind] = TypeAdapter(kind)
    return _FORMS[kind]


def keep(db: sqlite3.Connection, name: str, kind: type[Value], value: Value, now: datetime) -> None:
    """Keep ``value`` under ``name``."""
    db.execute(
        "INSERT OR REPLACE INTO cache VALUES (?, ?, ?)",
        (name, now.isoformat(), _form(kind).dump_json(value).decode()),
    )
