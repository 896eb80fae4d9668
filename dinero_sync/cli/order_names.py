"""Orders as people name them."""

from typing import TYPE_CHECKING

from dinero_sync.cli.context import LONGEST_ID, order_named

if TYPE_CHECKING:
    import sqlite3


def order_ids(db: "sqlite3.Connection", names: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the ids of the orders named; an id needn't be known yet, a number must be.

    None where none is named: all are meant then.
    Raises UsageError for a number that isn't known, and for one too long to be an id.
    """
    if not names:
        return None
    return tuple(int(name) if _is_id(name) else order_named(db, name).order_id for name in names)


def _is_id(name: str) -> bool:
    return name.isdecimal() and len(name) <= LONGEST_ID
