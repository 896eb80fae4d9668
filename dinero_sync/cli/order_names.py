"""Orders as people name them."""

import sqlite3

from dinero_sync.cli.context import order_named


def order_ids(db: sqlite3.Connection, names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the ids of the orders named; an id needn't be known yet, a number must be.

    Raises UsageError for a number that isn't known.
    """
    return tuple(
        int(name) if name.isdecimal() else order_named(db, name).order_id for name in names
    )
