"""What the journal knows of sales documents in Dinero, and of the orders that have none."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.documents import CreditPlan, Plan
from dinero_sync.domain.hold import HoldReason
from dinero_sync.journal.documents import SALE, DocumentKind, Standing
from dinero_sync.journal.rows import amount_of, day_of, moment_of, read_plan

CHANGED = (HoldReason.CHANGED_AFTER_BOOKING, HoldReason.CANCELLED_AFTER_BOOKING)
"""Holds of an order whose invoice is no longer what the shop says."""
LEADING = (
    "lead.rung = 'booked' AND lead.document = lead.chain AND subjects.kind = 'order'"
    f" AND lead.document_kind IN ('{DocumentKind.INVOICE}', '{DocumentKind.CREDIT_NOTE}')"
)
"""Booked invoices and credit notes of orders, each with what is behind it in its chain."""
PAYMENT_TYPE = (
    "(SELECT json_extract(plan, '$.payment_type') FROM documents AS each"  # noqa: S608 - our own text
    f" WHERE each.subject = lead.subject AND each.document = '{SALE}') AS payment_type"
)
"""A credit note is of the payment type that its order's sale is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A booked invoice or credit note of ours."""

    order_id: int
    number: str
    """The order's, as the customer sees it."""
    key: str
    kind: DocumentKind
    day: date
    document_number: int | None
    contact: UUID | None
    total_dkk: Decimal | None
    plan: Plan | CreditPlan | None
    """What was made; None where it was removed for its age."""
    has_margins: bool
    """Whether its ledger items are booked."""
    awaits_payment: bool
    """Whether a payment behind it isn't registered yet."""
    order_total: Decimal | None
    """What the order costs in the shop now, in its currency."""
    payment_type: str
    """The entry of ``payment_types`` that took the order; empty for none."""
    changed: HoldReason | None
    """Why the order is held since it changed after booking; else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBooked:
    """An order that the journal knows no booked invoice of."""

    order_id: int
    standing: Standing
    reason: str | None
    day: date | None
    """What its invoice is to bear, once that was decided."""
    changed: datetime | None
    raw: str
    total: Decimal | None
    currency: str | None


def booked(db: sqlite3.Connection, first: date, last: date) -> Iterator[Sent]:
    """Yield the booked invoices and credit notes dated from ``first`` to ``last``, by their days.

    They are read row by row, so that many orders are no burden.
    """
    behind = (
        "EXISTS (SELECT 1 FROM documents AS each WHERE each.subject = lead.subject"
        " AND each.chain = lead.chain AND each.document_kind = '{kind}' AND each.{column})"
    )
    margins = behind.format(kind=DocumentKind.MARGIN, column="rung = 'booked'")
    payment = behind.format(kind=DocumentKind.PAYMENT, column="standing != 'done'")
    rows = db.execute(
        "SELECT lead.*, subjects.number, subjects.total,"  # noqa: S608 - our own text
        f" {PAYMENT_TYPE}, {margins} AS has_margins, {payment} AS awaits_payment,"
        " (SELECT reason FROM documents AS each WHERE each.subject = lead.subject"
        "   AND each.standing = 'held' AND each.reason IN (?, ?)) AS changed_for"
        " FROM documents AS lead JOIN subjects USING (subject)"
        f" WHERE lead.day BETWEEN ? AND ? AND {LEADING} ORDER BY lead.day",
        (*map(str, CHANGED), str(first), str(last)),
    )
    return map(_sent, rows)


def _sent(row: sqlite3.Row) -> Sent:
    plan = read_plan(row)
    return Sent(
        order_id=row["subject"],
        number=row["number"],
        key=row["document"],
        kind=DocumentKind(row["document_kind"]),
        day=date.fromisoformat(row["day"]),
        document_number=row["document_number"],
        contact=UUID(row["contact_guid"]) if row["contact_guid"] else None,
        total_dkk=amount_of(row["total_dkk"]),
        plan=plan if isinstance(plan, Plan | CreditPlan) else None,
        has_margins=bool(row["has_margins"]),
        awaits_payment=bool(row["awaits_payment"]),
        order_total=amount_of(row["total"]),
        payment_type=row["payment_type"] or "",
        changed=HoldReason(row["changed_for"]) if row["changed_for"] else None,
    )


def days(db: sqlite3.Connection, first: date, last: date) -> Mapping[date, int]:
    """Count the documents with a day of a period, by their days."""
    rows = db.execute(
        "SELECT day, COUNT(*) AS documents FROM documents WHERE day BETWEEN ? AND ? GROUP BY day",
        (str(first), str(last)),
    )
    return {date.fromisoformat(row["day"]): row["documents"] for row in rows}


def credited(db: sqlite3.Connection) -> Mapping[int, list[tuple[date, Decimal]]]:
    """Return what was credited of each order: the days and totals of its booked credit notes."""
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = db.execute(
        "SELECT subject, day, document_kind, plan, plan_version FROM documents"
        " WHERE document_kind = ? AND rung = 'booked' AND day IS NOT NULL",
        (str(DocumentKind.CREDIT_NOTE),),
    )
    for row in rows:
        plan = read_plan(row)
        if isinstance(plan, CreditPlan):
            found[row["subject"]].append((date.fromisoformat(row["day"]), plan.note.total))
    return found


def named(db: sqlite3.Connection, name: str) -> list[Sent]:
    """List the booked documents of the order with an id or a number; none where it has none."""
    rows = db.execute(
        f"SELECT lead.*, subjects.number, subjects.total, {PAYMENT_TYPE}, 0 AS has_margins,"  # noqa: S608 - the same
        " 0 AS awaits_payment, NULL AS changed_for"
        " FROM documents AS lead JOIN subjects USING (subject)"
        " WHERE subject IN (SELECT subject FROM subjects WHERE kind = 'order'"
        f" AND (subject = ? OR number = ?)) AND {LEADING} AND lead.day IS NOT NULL",
        (int(name) if name.isascii() and name.isdigit() else -1, name),
    )
    return [_sent(row) for row in rows]


def numbered(db: sqlite3.Connection, first: int, last: int) -> Iterator[tuple[int, date, str]]:
    """Yield the documents with a number of Dinero's in a range: number, day, order's number."""
    rows = db.execute(
        "SELECT lead.document_number, lead.day, subjects.number FROM documents AS lead"  # noqa: S608 - the same
        f" JOIN subjects USING (subject) WHERE {LEADING} AND lead.day IS NOT NULL"
        " AND lead.document_number BETWEEN ? AND ?",
        (first, last),
    )
    for row in rows:
        yield row["document_number"], date.fromisoformat(row["day"]), row["number"]


def not_booked(db: sqlite3.Connection, first: date, last: date) -> Iterator[NotBooked]:
    """Yield the orders without a booked invoice that may be of a period.

    Decided about, they are of the day that their invoice is to bear; else of one that isn't later
    than the shop's last change of them.
    """
    since = str(first - timedelta(days=1))  # the journal's times are in UTC
    rows = db.execute(
        "SELECT subject, standing, reason, day, changed, raw, total, currency FROM subjects"
        " JOIN documents USING (subject)"
        " WHERE +kind = 'order' AND document = ? AND rung != 'booked'"
        " AND (day BETWEEN ? AND ? OR (day IS NULL AND (changed IS NULL OR changed >= ?)))",
        (SALE, str(first), str(last), since),
    )
    for row in rows:
        yield NotBooked(
            order_id=row["subject"],
            standing=Standing(row["standing"]),
            reason=row["reason"],
            day=day_of(row["day"]),
            changed=moment_of(row["changed"]),
            raw=row["raw"],
            total=amount_of(row["total"]),
            currency=row["currency"],
        )


def is_known(db: sqlite3.Connection, order_id: int) -> bool:
    """Tell whether an order was ever seen."""
    row = db.execute("SELECT 1 FROM subjects WHERE subject = ?", (order_id,)).fetchone()
    return row is not None
