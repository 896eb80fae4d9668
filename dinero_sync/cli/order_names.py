"""Orders as people name them."""

from typing import TYPE_CHECKING

from dinero_sync.cli.context import LONGEST_ID, order_named

if TYPE_CHECKING:
    import sqlite3

    from dinero_sync.sync.work.workplace import Workplace


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


def order_ids_at(place: "Workplace", names: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the ids of the orders named, as :func:`order_ids` does.

    Numbers that no run has read yet are looked for in the shop. Raises UsageError for those that
    it doesn't list, and TemporaryError.
    """
    from dinero_sync.journal.orders import with_number  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.intake.reading import ids_of_numbers  # noqa: PLC0415 - the same

    numbers = {name[1:] for name in names if name.startswith("#")}
    unknown = {each for each in numbers if with_number(place.db, each) is None}
    listed = ids_of_numbers(place.shop, place.reader, place.settings.start_date, unknown)
    found = {f"#{number}": str(order_id) for number, order_id in listed}
    return order_ids(place.db, tuple(found.get(name, name) for name in names))
