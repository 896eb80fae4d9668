"""Orders as people name them: ``4815162`` (order id), or ``#10427`` (the number shown)."""

import sqlite3
from typing import TYPE_CHECKING

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.orders import load, with_number
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.bills import BILL, BillRecord
from dinero_sync.journal.papers.payouts import PAYOUT, PayoutRecord

if TYPE_CHECKING:
    from dinero_sync.sync.work.workplace import Workplace

LONGEST_ID = 18
"""Digits; a longer number is no id of any order."""


def order_named(db: sqlite3.Connection, name: str) -> OrderRecord:
    """Find an order in the journal by its id, or by its number: with ``#`` where an id is like it.

    Raises UsageError for an unknown one.
    """
    record = load(db, int(name)) if _is_id(name) else None
    if record is None:
        record = with_number(db, name.removeprefix("#"))
    if record is None:
        raise UsageError(
            spoken(
                "Order {name} isn't known here. Give Shoporama's order id, or the number the "
                "customer sees as '#10427' in quotes. An order that no run has read yet is "
                "looked at, and nothing is booked, by: dinero-sync plan --order ID",
                name=name,
            )
        )
    return record


def subject_named(db: sqlite3.Connection, name: str) -> OrderRecord | BillRecord | PayoutRecord:
    """Find an order, or a bill or payout by its whole name, like ``bill:DK13585628:1042``.

    Raises UsageError for an unknown one.
    """
    record: BillRecord | PayoutRecord | None
    if name.startswith(f"{BILL}:"):
        record, what = bills.load(db, name), spoken("Bills")
    elif name.startswith(f"{PAYOUT}:"):
        record, what = payouts.load(db, name), spoken("Payouts")
    else:
        return order_named(db, name)
    if record is None:
        raise UsageError(
            spoken(
                "{name} isn't known here. {what} that wait are listed, with their names, by: "
                "dinero-sync status",
                name=name,
                what=what,
            )
        )
    return record


def order_ids(place: "Workplace", names: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the ids of the orders named; None where none is named: all are meant then.

    An id needn't be known yet. Numbers that no run has read yet are looked for in the shop. Raises
    UsageError for those that it doesn't list, and for an id that is too long; and TemporaryError.
    """
    if not names:
        return None
    from dinero_sync.sync.intake.reading import (  # noqa: PLC0415 - only who asks the shop pays
        ids_of_numbers,
    )

    numbers = {name[1:] for name in names if name.startswith("#")}
    unknown = {each for each in numbers if with_number(place.db, each) is None}
    listed = ids_of_numbers(place.shop, place.reader, place.settings.start_date, unknown)
    found = {f"#{number}": order_id for number, order_id in listed}
    return tuple(found.get(name) or _id_of(place.db, name) for name in names)


def _id_of(db: sqlite3.Connection, name: str) -> int:
    """Return an order's id; a bare number known here, and as no id, is the one customers see."""
    if _is_id(name) and (with_number(db, name) is None or load(db, int(name)) is not None):
        return int(name)
    return order_named(db, name).order_id


def _is_id(name: str) -> bool:
    return name.isdecimal() and len(name) <= LONGEST_ID
