"""Orders as people name them."""

from typing import TYPE_CHECKING

from dinero_sync.cli.context import order_named

if TYPE_CHECKING:
    import sqlite3


def order_ids(db: "sqlite3.Connection", names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the ids of the orders named; an id needn't be known yet, a number must be.

    Raises UsageError for a number that isn't known.
    """
    return tuple(
        int(name) if name.isdecimal() else order_named(db, name).order_id for name in names
    )
