"""Payments and refunds laid out by their days and orders, so that many needn't be in memory.

The journal's lines tell them one by one, in no order that helps. They lie in a table of SQLite's
own temporary database: a file without a name, which nobody else can open; for a few no file at all.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from dinero_sync.journal.money.moved import Registered

TABLE = "temp.registered"
COLUMNS = tuple(each.name for each in fields(Registered))


def lay_out(db: sqlite3.Connection, payments: Iterable[Registered]) -> None:
    """Lay payments out in ``db``; what was there before is forgotten."""
    db.execute(f"DROP TABLE IF EXISTS {TABLE}")
    db.execute(f"CREATE TABLE {TABLE} ({', '.join(COLUMNS)})")
    marks = ", ".join("?" * len(COLUMNS))
    db.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", map(_row, payments))  # noqa: S608 - our own names
    for column in ("day", "order_id"):
        db.execute(f"CREATE INDEX temp.registered_{column} ON registered ({column})")


def _row(paid: Registered) -> list[object]:
    values = (getattr(paid, name) for name in COLUMNS)
    return [str(each) if isinstance(each, (date, Decimal)) else each for each in values]


def of_days(db: sqlite3.Connection, first: date, last: date) -> Iterator[Registered]:
    """Yield those dated from ``first`` to ``last``."""
    query = f"SELECT * FROM {TABLE} WHERE day BETWEEN ? AND ?"  # noqa: S608 - the same
    for row in db.execute(query, (str(first), str(last))):
        told = {name: row[name] for name in COLUMNS}
        day, amount = date.fromisoformat(row["day"]), Decimal(row["amount"])
        flags = {name: bool(row[name]) for name in ("is_foreign", "is_certain")}
        yield Registered(**{**told, **flags, "day": day, "amount": amount})


def paid_on(db: sqlite3.Connection, order_ids: Iterable[int]) -> Mapping[int, Decimal]:
    """Return what is registered as paid on each of some orders, less what was paid back."""
    paid: dict[int, Decimal] = defaultdict(Decimal)
    query = f"SELECT amount FROM {TABLE} WHERE order_id = ?"  # noqa: S608 - the same
    for order_id in set(order_ids):
        for row in db.execute(query, (order_id,)):
            paid[order_id] += Decimal(row["amount"])
    return paid
