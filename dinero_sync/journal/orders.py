"""Where each order stands, and everything known about it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import accumulate
from uuid import UUID

from pydantic import TypeAdapter

from dinero_sync.domain.documents import Plan
from dinero_sync.journal.cache import keep, recall_however_old


class Standing(StrEnum):
    """What an order waits for."""

    OPEN = "open"
    """An event in the shop, or a person's word to book."""
    WORKING = "working"
    """The next step of a run."""
    HELD = "held"
    """A person."""
    IN_DOUBT = "in_doubt"
    """Reading, to learn whether an effect happened."""
    SKIPPED = "skipped"
    DONE = "done"


class Rung(StrEnum):
    """The last recovery point an order reached; what is behind it isn't done again."""

    SEEN = "seen"
    PLANNED = "planned"
    CONTACT = "contact"
    DRAFTED = "drafted"
    VERIFIED = "verified"
    BOOKED = "booked"
    PAID = "paid"

    def reached(self, other: "Rung") -> bool:
        """Tell whether this rung is ``other`` or above it."""
        return LADDER.index(self) >= LADDER.index(other)


LADDER = tuple(Rung)
LONGEST_PAUSE = timedelta(hours=96)
"""No order waits longer than this to be looked at again."""
SETTLED = frozenset({Standing.OPEN, Standing.HELD, Standing.SKIPPED, Standing.DONE})
"""The watermark may pass an order that stands so: it can't be forgotten."""
WITHOUT_ANSWER = "orders_without_answer"
"""Under which their ids are kept, beside what was read before: an order's row doesn't tell it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """One order as the journal knows it."""

    order_id: int
    number: str
    standing: Standing
    rung: Rung
    reason: str | None = None
    """The stable code of a hold, a skip, a doubt, or of what an open order waits for."""
    message: str | None = None
    next_step: str | None = None
    changed: datetime | None = None
    """When the shop last changed the order, in UTC."""
    raw: str = "{}"
    """What the shop said, as JSON text."""
    total: Decimal | None = None
    """What the customer pays; None while the order can't be read."""
    currency: str | None = None
    total_dkk: Decimal | None = None
    """The invoice's total in kroner at Dinero's rate; None in kroner, and until Dinero says it."""
    content: str | None = None
    """A hash of what the order sold, as it was planned; changes after booking show by it."""
    held_content: str | None = None
    """The same hash of a change that is held until a person says that it is dealt with."""
    seen_undue: bool = False
    invoice_day: date | None = None
    """The accounting date; kept once planned."""
    plan: Plan | None = None
    contact_guid: UUID | None = None
    """The contact in Dinero: the planned one, or one that was there before."""
    invoice_number: int | None = None
    payment_day: date | None = None
    """The day to date the payment; None until the shop says that the order is paid."""
    not_elsewhere: bool = False
    """A person said that no other invoice in Dinero is this order's."""
    settings: str = ""
    """A hash of the rules of the last decision; a hold ends by itself when they change."""
    looks: int = 0
    """How often the order was looked at again since it last changed."""
    next_look: datetime | None = None


def is_undecided(record: OrderRecord) -> bool:
    """Tell whether nothing was made of the order yet, and the next run is to."""
    return record.standing is Standing.WORKING and record.rung is Rung.SEEN


COLUMNS = tuple(OrderRecord.__dataclass_fields__)
INSERT = (
    f"INSERT OR REPLACE INTO orders ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - built from our own names alone
)


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def save(db: sqlite3.Connection, record: OrderRecord) -> None:
    """Write ``record``, replacing what was known."""
    db.execute(INSERT, [_to_sql(getattr(record, name)) for name in COLUMNS])


def _to_sql(value: object) -> object:
    if isinstance(value, Plan):
        return _plans().dump_json(value).decode()
    if isinstance(value, datetime):
        return utc_text(value)
    return str(value) if isinstance(value, (UUID, StrEnum, Decimal, date)) else value


def utc_text(moment: datetime) -> str:
    """Write a time as the journal keeps it, so that texts compare as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def load(db: sqlite3.Connection, order_id: int) -> OrderRecord | None:
    """Return what is known of an order; None for one never seen."""
    row = db.execute("SELECT * FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    return None if row is None else _record(row)


def with_number(db: sqlite3.Connection, number: str) -> OrderRecord | None:
    """Return the order with the number that the customer sees; None for one never seen."""
    row = db.execute(
        "SELECT * FROM orders WHERE number = ? ORDER BY order_id DESC", (number,)
    ).fetchone()
    return None if row is None else _record(row)


def standing(db: sqlite3.Connection, standings: Iterable[Standing]) -> list[OrderRecord]:
    """List the orders that stand so, oldest first."""
    wanted = [str(each) for each in standings]
    marks = ", ".join("?" * len(wanted))
    rows = db.execute(
        f"SELECT * FROM orders WHERE standing IN ({marks}) ORDER BY order_id",  # noqa: S608 - marks only
        wanted,
    )
    return [_record(row) for row in rows]


def decided_otherwise(db: sqlite3.Connection, settings: str) -> list[OrderRecord]:
    """List the orders under way, and those decided under other rules than ``settings``.

    These are held, skipped, or wait for an event in the shop or a person's word to book. Orders
    whose contents were removed for their age aren't among them.
    """
    rows = db.execute(
        "SELECT * FROM orders WHERE raw != '{}' AND (standing IN ('working', 'in_doubt')"
        " OR (standing IN ('held', 'skipped', 'open') AND settings != ?)) ORDER BY order_id",
        (settings,),
    )
    return [_record(row) for row in rows]


def due_looks(db: sqlite3.Connection, now: datetime) -> list[OrderRecord]:
    """List the orders whose time to be looked at again in the shop has come."""
    rows = db.execute(
        "SELECT * FROM orders WHERE NOT (next_look > ? AND next_look <= ?) ORDER BY order_id",
        (utc_text(now), utc_text(now + LONGEST_PAUSE)),
    )
    return [_record(row) for row in rows]


def look_is_due(record: OrderRecord, now: datetime) -> bool:
    """Tell whether an order's time to be looked at again in the shop has come.

    A time farther ahead than any pause lasts was noted by a clock that was wrong: it has come.
    """
    moment = record.next_look
    return moment is not None and not now < moment <= now + LONGEST_PAUSE


def counts(db: sqlite3.Connection) -> dict[Standing, int]:
    """Count the orders by how they stand."""
    rows = db.execute("SELECT standing, COUNT(*) AS orders FROM orders GROUP BY standing")
    return {Standing(row["standing"]): row["orders"] for row in rows}


def booked_between(db: sqlite3.Connection, first: date, last: date) -> list[OrderRecord]:
    """List the booked orders whose invoices are dated ``first`` to ``last``, in their order."""
    rows = db.execute(
        "SELECT * FROM orders WHERE invoice_day BETWEEN ? AND ? AND rung IN ('booked', 'paid')"
        " ORDER BY invoice_day, invoice_number",
        (str(first), str(last)),
    )
    return [_record(row) for row in rows]


def distance_sales(db: sqlite3.Connection, year: int, other_than: int | None = None) -> Decimal:
    """Sum what a year's orders count towards the EU's threshold for distance sales.

    In kroner without VAT, by the invoices' dates; the order ``other_than`` isn't counted, nor is
    one that is held or skipped before it was booked, nor one in another currency whose invoice
    Dinero hasn't told in kroner yet.
    """
    counted = (row for row in _distance_sales(db, year) if row["order_id"] != other_than)
    return sum(map(_net_in_kroner, counted), Decimal(0))


def booked_distance_sales(db: sqlite3.Connection, year: int) -> list[tuple[date, int, Decimal]]:
    """List a year's booked orders that count towards the threshold, by their invoices.

    Each with its day, its invoice's number, and what it and those before it count in kroner.
    """
    rows = [row for row in _distance_sales(db, year) if row["invoice_number"] is not None]
    rows.sort(key=lambda row: (row["invoice_day"], row["invoice_number"]))
    sums = accumulate(map(_net_in_kroner, rows))
    days = (date.fromisoformat(row["invoice_day"]) for row in rows)
    return list(zip(days, (row["invoice_number"] for row in rows), sums, strict=True))


def _distance_sales(db: sqlite3.Connection, year: int) -> sqlite3.Cursor:
    return db.execute(
        "SELECT order_id, invoice_day, invoice_number, plan, total_dkk,"
        " json_extract(plan, '$.distance_sale') AS net,"
        " json_extract(plan, '$.invoice.currency') AS currency"
        " FROM orders WHERE invoice_day BETWEEN ? AND ? AND net IS NOT NULL"
        " AND (rung IN ('booked', 'paid') OR standing NOT IN ('held', 'skipped'))",
        (f"{year}-01-01", f"{year}-12-31"),
    )


def _net_in_kroner(row: sqlite3.Row) -> Decimal:
    """Return the net at the invoice's own rate: the order may cost something else since."""
    net = Decimal(row["net"])
    if row["currency"] == "DKK":
        return net
    invoice = _plans().validate_json(row["plan"]).invoice
    return net * Decimal(row["total_dkk"] or 0) / invoice.total


def newest_change(db: sqlite3.Connection) -> datetime | None:
    """Return the latest time at which the shop changed any order known."""
    (text,) = db.execute("SELECT MAX(changed) FROM orders").fetchone()
    return None if text is None else datetime.fromisoformat(text)


def without_answer(db: sqlite3.Connection) -> frozenset[int]:
    """Return the orders that Dinero gave no answer about when they were last tried."""
    return frozenset(recall_however_old(db, WITHOUT_ANSWER, list[int]) or ())


def keep_without_answer(db: sqlite3.Connection, order_ids: Iterable[int], now: datetime) -> None:
    """Keep which orders those are, so that a later run tries all others first."""
    wanted = frozenset(order_ids)
    if wanted != without_answer(db):
        keep(db, WITHOUT_ANSWER, list[int], sorted(wanted), now)


def _record(row: sqlite3.Row) -> OrderRecord:
    return OrderRecord(
        order_id=row["order_id"],
        number=row["number"],
        standing=Standing(row["standing"]),
        rung=Rung(row["rung"]),
        reason=row["reason"],
        message=row["message"],
        next_step=row["next_step"],
        changed=_moment(row["changed"]),
        raw=row["raw"],
        total=None if row["total"] is None else Decimal(row["total"]),
        currency=row["currency"],
        total_dkk=None if row["total_dkk"] is None else Decimal(row["total_dkk"]),
        content=row["content"],
        held_content=row["held_content"],
        seen_undue=bool(row["seen_undue"]),
        invoice_day=_day(row["invoice_day"]),
        plan=_plans().validate_json(row["plan"]) if row["plan"] else None,
        contact_guid=UUID(row["contact_guid"]) if row["contact_guid"] else None,
        invoice_number=row["invoice_number"],
        payment_day=_day(row["payment_day"]),
        not_elsewhere=bool(row["not_elsewhere"]),
        settings=row["settings"],
        looks=row["looks"],
        next_look=_moment(row["next_look"]),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
