"""The journal's orders, each with the documents of one of its chains: written, found, counted.

That is the order's sale where no other is asked for.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import OpenReason
from dinero_sync.journal.cache import keep, recall_however_old
from dinero_sync.journal.chains import to_plan_anew
from dinero_sync.journal.documents import (
    SALE,
    Document,
    OrderRecord,
    Rung,
    Standing,
    Subject,
    is_in_chain,
)
from dinero_sync.journal.rows import (
    OF_DOCUMENTS,
    PLAN_VERSION,
    PUT_DOCUMENT,
    amount_of,
    day_of,
    document_of,
    moment_of,
    plan_text,
    read_plan,
    utc_text,
    values_of,
)
from dinero_sync.journal.schema import transaction

LONGEST_PAUSE = timedelta(hours=96)
"""No order waits longer than this to be looked at again."""
WITHOUT_ANSWER = "orders_without_answer"
"""Under which their ids are kept, beside what was read before: an order's row doesn't tell it."""
OF_SUBJECTS = (
    "number",
    "changed",
    "raw",
    "total",
    "currency",
    "content",
    "held_content",
    "seen_undue",
    "payment_day",
    "not_elsewhere",
)
"""The columns that are fields of an order, too."""
PUT_SUBJECT = (
    f"INSERT OR REPLACE INTO subjects (subject, kind, {', '.join(OF_SUBJECTS)})"  # noqa: S608 - our own names
    f" VALUES (?, 'order', {', '.join('?' * len(OF_SUBJECTS))})"
)
ORDERS = "+kind = 'order'"
"""The documents of orders, among all that there are; the plus keeps SQLite from looking for them by
their kind, which most have."""
SALES = f"{ORDERS} AND chain = '{SALE}'"
"""Those of orders' sales."""
UNDER_WAY = "SELECT subject FROM documents WHERE standing IN ('working', 'in_doubt')"
"""Orders that the next run goes on with: those which the watermark must not pass."""


class Underway(NamedTuple):
    """An order under way, reduced to what tells whether and when its turn is."""

    order_id: int
    day: date | None
    """The accounting date, by which the orders take turns."""
    rung: Rung
    """Of its invoice."""
    not_elsewhere: bool
    in_doubt: bool
    chain: str
    """Which of the order's chains is under way."""

    @property
    def subject(self) -> Subject:
        """The order's id."""
        return self.order_id

    def owns(self, key: str) -> bool:
        """Tell whether a document of the order is, or was, one of this chain's."""
        return is_in_chain(self.chain, key)


def save(db: sqlite3.Connection, record: OrderRecord, known: OrderRecord | None = None) -> None:
    """Write ``record``, replacing what was known.

    With ``known``, which is what was saved last, only what differs from it is written.
    """
    if record == known:
        return
    with transaction(db):
        if known is None or _changed(OF_SUBJECTS, record, known):
            db.execute(PUT_SUBJECT, (record.order_id, *values_of(OF_SUBJECTS, record)))
        before = {} if known is None else {each.key: each for each in known.documents}
        if known is None or not before.keys() <= {each.key for each in record.documents}:
            chain = (record.order_id, record.chain)
            db.execute("DELETE FROM documents WHERE subject = ? AND chain = ?", chain)
            before = {}
        for place, document in enumerate(record.documents):
            _put(db, record, place, document, before.get(document.key))


def _put(
    db: sqlite3.Connection,
    record: OrderRecord,
    place: int,
    document: Document,
    known: Document | None,
) -> None:
    """Write a document, as far as it differs from ``known``."""
    if document == known:
        return
    if known is not None and document.plan is known.plan:
        names = _changed(OF_DOCUMENTS, document, known)
        db.execute(
            f"UPDATE documents SET {', '.join(f'{each} = ?' for each in names)}"  # noqa: S608 - the same
            " WHERE subject = ? AND document = ?",
            (*values_of(names, document), record.order_id, document.key),
        )
        return
    kind, plan = str(document.kind), plan_text(document)
    named = (record.order_id, document.key, record.chain, place, kind, plan, PLAN_VERSION)
    db.execute(PUT_DOCUMENT, (*named, *values_of(OF_DOCUMENTS, document)))


def _changed(names: Iterable[str], now: object, known: object) -> list[str]:
    values = attrgetter(*names)
    pairs = zip(values(now), values(known), strict=True)
    return [name for name, (is_now, was) in zip(names, pairs, strict=True) if is_now != was]


def load(db: sqlite3.Connection, order_id: int, chain: str = SALE) -> OrderRecord | None:
    """Return what is known of an order; None for one never seen."""
    return next((each for each in chains(db, order_id) if each.chain == chain), None)


def loaded(db: sqlite3.Connection, order_id: int, chain: str = SALE) -> OrderRecord:
    """Return what is known of an order that was seen."""
    record = load(db, order_id, chain)
    if record is None:
        raise LookupError(f"order {order_id} isn't in the journal")
    return record


def chains(db: sqlite3.Connection, order_id: int) -> list[OrderRecord]:
    """Return an order once for each of its chains: as its sale first, then as what came later."""
    found = list(_records(db, "= ?", (order_id,), ORDERS))
    return sorted(found, key=lambda each: each.chain != SALE)


def held_chains(db: sqlite3.Connection, record: OrderRecord) -> list[OrderRecord]:
    """Return an order by each of its chains that waits for a person; by its sale without any."""
    waiting = {Standing.HELD, Standing.IN_DOUBT}
    found = [each for each in chains(db, record.order_id) if each.standing in waiting]
    return found or [record]


def with_number(db: sqlite3.Connection, number: str) -> OrderRecord | None:
    """Return the order with the number that the customer sees; None for one never seen."""
    latest = "= (SELECT MAX(subject) FROM subjects WHERE number = ? AND kind = 'order')"
    return next(_records(db, latest, (number,)), None)


def standing(db: sqlite3.Connection, standings: Iterable[Standing]) -> list[OrderRecord]:
    """List the orders that stand so, oldest first."""
    return list(each_standing(db, standings))


def each_standing(db: sqlite3.Connection, standings: Iterable[Standing]) -> Iterator[OrderRecord]:
    """Yield the orders that stand so, oldest first: each for every chain of it that does."""
    wanted = frozenset(standings)
    marks = ", ".join("?" * len(wanted))
    chosen = f"IN (SELECT subject FROM documents WHERE standing IN ({marks}))"  # noqa: S608 - marks only
    found = _records(db, chosen, tuple(sorted(wanted)), ORDERS)
    return (record for record in found if record.standing in wanted)


def under_way(db: sqlite3.Connection) -> list[Underway]:
    """List the orders that the next run goes on with, by their days, then by their ids.

    One of which several chains are under way comes as often.
    """
    rows = db.execute(
        "SELECT subject, chain, day, rung, not_elsewhere, EXISTS (SELECT 1 FROM documents AS each"  # noqa: S608 - our own text
        " WHERE each.subject = documents.subject AND each.chain = documents.chain"
        " AND standing = 'in_doubt') AS in_doubt"
        " FROM documents JOIN subjects USING (subject)"
        f" WHERE {ORDERS} AND document = chain AND (subject, chain) IN"
        " (SELECT subject, chain FROM documents WHERE standing IN ('working', 'in_doubt'))"
        " ORDER BY day IS NULL, day, subject"
    )
    return [
        Underway(
            row["subject"],
            day_of(row["day"]),
            Rung(row["rung"]),
            bool(row["not_elsewhere"]),
            bool(row["in_doubt"]),
            row["chain"],
        )
        for row in rows
    ]


def first_change_under_way(db: sqlite3.Connection) -> datetime | None:
    """Return the earliest time at which the shop changed any order under way."""
    query = f"SELECT MIN(changed) FROM subjects WHERE subject IN ({UNDER_WAY} AND chain = '{SALE}')"  # noqa: S608 - the same
    (text,) = db.execute(query).fetchone()
    return moment_of(text)


def not_booked(db: sqlite3.Connection) -> list[int]:
    """List the orders whose invoices the journal doesn't know as booked, oldest first."""
    query = (
        "SELECT subject FROM documents JOIN subjects USING (subject)"  # noqa: S608 - the same
        f" WHERE {SALES} AND document = '{SALE}' AND rung != 'booked' ORDER BY subject"
    )
    return [row["subject"] for row in db.execute(query)]


def decided_otherwise(db: sqlite3.Connection, settings: str) -> list[int]:
    """List the orders under way, and those decided under other rules than ``settings``.

    These are held, skipped, or wait for an event in the shop or a person's word to book. Orders
    whose contents were removed for their age aren't among them.
    """
    by_rules = "SELECT subject FROM documents WHERE standing IN ('held', 'skipped', 'open')"
    # an index finds what is below and what is above, but not what differs
    by_rules = f"{by_rules} AND chain = '{SALE}'"
    chosen = f"{UNDER_WAY} UNION {by_rules} AND settings < ? UNION {by_rules} AND settings > ?"
    query = (
        "SELECT subject FROM subjects"  # noqa: S608 - our own text
        f" WHERE +kind = 'order' AND raw != '{{}}' AND subject IN ({chosen}) ORDER BY subject"
    )
    return [row["subject"] for row in db.execute(query, (settings, settings))]


def due_looks(db: sqlite3.Connection, now: datetime) -> Iterator[OrderRecord]:
    """Yield the orders whose time to be looked at again in the shop has come, oldest first."""
    chosen = (
        "IN (SELECT subject FROM documents WHERE next_look <= ?"
        " UNION SELECT subject FROM documents WHERE next_look > ?)"
    )
    found = _records(db, chosen, (utc_text(now), utc_text(now + LONGEST_PAUSE)))
    return (record for record in found if look_is_due(record, now))


def look_is_due(record: OrderRecord, now: datetime) -> bool:
    """Tell whether an order's time to be looked at again in the shop has come.

    A time farther ahead than any pause lasts was noted by a clock that was wrong: it has come.
    """
    moment = record.next_look
    return moment is not None and not now < moment <= now + LONGEST_PAUSE


def counts(db: sqlite3.Connection) -> dict[Standing, int]:
    """Count the orders by how they stand."""
    rows = db.execute(
        "SELECT standing, COUNT(DISTINCT subject) AS orders FROM documents"
        " JOIN subjects USING (subject) WHERE +kind = 'order'"
        " AND standing IN ('open', 'working', 'held', 'in_doubt', 'skipped') GROUP BY standing"
    )
    found = {Standing(row["standing"]): row["orders"] for row in rows}
    (known,) = db.execute("SELECT COUNT(*) FROM subjects WHERE kind = 'order'").fetchone()
    done = known - sum(found.values())
    return {**found, Standing.DONE: done} if done else found


def later_waiting_for(db: sqlite3.Connection, reason: OpenReason) -> list[OrderRecord]:
    """List the chains besides sales that wait for such an event, by their orders."""
    rows = db.execute(
        "SELECT subject, chain FROM documents JOIN subjects USING (subject)"  # noqa: S608 - our own text
        f" WHERE {ORDERS} AND standing = 'open' AND reason = ? AND chain != '{SALE}'"
        " ORDER BY subject, chain",
        (str(reason),),
    ).fetchall()
    return [loaded(db, row["subject"], row["chain"]) for row in rows]


def any_stands(db: sqlite3.Connection, standing: Standing) -> bool:
    """Tell whether any document stands so, without counting them."""
    row = db.execute("SELECT 1 FROM documents WHERE standing = ? LIMIT 1", (standing,)).fetchone()
    return row is not None


def any_booked(db: sqlite3.Connection) -> bool:
    """Tell whether any order's invoice is known as booked."""
    query = "SELECT 1 FROM documents WHERE day > '' AND rung = 'booked' LIMIT 1"  # by the index
    return db.execute(query).fetchone() is not None


def booked_between(db: sqlite3.Connection, first: date, last: date) -> list[OrderRecord]:
    """List the booked orders whose invoices are dated ``first`` to ``last``, in their order."""
    chosen = (
        "IN (SELECT subject FROM documents WHERE day BETWEEN ? AND ? AND rung = 'booked'"
        " AND document_kind = 'invoice')"
    )
    found = _records(db, chosen, (str(first), str(last)))
    return sorted(found, key=lambda each: (each.invoice_day, each.invoice_number or 0))


def distance_sales(db: sqlite3.Connection, year: int, other_than: int | None = None) -> Decimal:
    """Sum what a year's orders count towards the EU's threshold for distance sales.

    In kroner without VAT, by the invoices' dates; the order ``other_than`` isn't counted, nor is
    one that is held or skipped before it was booked, nor one in another currency whose invoice
    Dinero hasn't told in kroner yet.
    """
    counted = (row for row in _distance_sales(db, year) if row["subject"] != other_than)
    return sum(map(_net_in_kroner, counted), Decimal(0))


def booked_distance_sales(db: sqlite3.Connection, year: int) -> list[tuple[date, int, Decimal]]:
    """List a year's booked orders that count towards the threshold, by their invoices.

    Each with its day, its invoice's number, and what it and those before it count in kroner.
    """
    rows = [row for row in _distance_sales(db, year) if row["document_number"] is not None]
    rows.sort(key=lambda row: (row["day"], row["document_number"]))
    sums = accumulate(map(_net_in_kroner, rows))
    days = (date.fromisoformat(row["day"]) for row in rows)
    return list(zip(days, (row["document_number"] for row in rows), sums, strict=True))


def _distance_sales(db: sqlite3.Connection, year: int) -> sqlite3.Cursor:
    return db.execute(
        "SELECT subject, day, document_number, document_kind, plan, plan_version, total_dkk,"
        " iif(json_valid(plan), json_extract(plan, '$.distance_sale'), NULL) AS net,"
        " json_extract(plan, '$.invoice.currency') AS currency"
        " FROM documents WHERE day BETWEEN ? AND ? AND net IS NOT NULL"
        " AND document_kind = 'invoice'"
        " AND (rung = 'booked' OR standing NOT IN ('held', 'skipped'))",
        (f"{year}-01-01", f"{year}-12-31"),
    )


def _net_in_kroner(row: sqlite3.Row) -> Decimal:
    """Return the net at the invoice's own rate: the order may cost something else since.

    Where a plan can't be read, the total stands for the net, which is a little less.
    """
    net = Decimal(row["net"])
    if row["currency"] == "DKK":
        return net
    plan, total = read_plan(row), Decimal(row["total_dkk"] or 0)
    return net * total / plan.invoice.total if isinstance(plan, Plan) else total


def last_changes(db: sqlite3.Connection, order_ids: Iterable[int]) -> dict[int, datetime | None]:
    """Return when the shop last changed each of these orders, as far as they are known."""
    query = "SELECT subject, changed FROM subjects WHERE subject = ?"
    rows = (db.execute(query, (order_id,)).fetchone() for order_id in order_ids)
    return {row["subject"]: moment_of(row["changed"]) for row in rows if row is not None}


def newest_change(db: sqlite3.Connection) -> datetime | None:
    """Return the latest time at which the shop changed any order known."""
    (text,) = db.execute("SELECT MAX(changed) FROM subjects").fetchone()
    return moment_of(text)


def without_answer(db: sqlite3.Connection) -> frozenset[int]:
    """Return the orders that Dinero gave no answer about when they were last tried."""
    return frozenset(recall_however_old(db, WITHOUT_ANSWER, list[int]) or ())


def keep_without_answer(db: sqlite3.Connection, order_ids: Iterable[int], now: datetime) -> None:
    """Keep which orders those are, so that a later run tries all others first."""
    wanted = frozenset(order_ids)
    if wanted != without_answer(db):
        keep(db, WITHOUT_ANSWER, list[int], sorted(wanted), now)


def _records(
    db: sqlite3.Connection, chosen: str, values: tuple[object, ...], of: str = SALES
) -> Iterator[OrderRecord]:
    """Yield the orders whose subject is ``chosen`` by a condition in SQL, the oldest first.

    As their sales, or with ``ORDERS`` as each of their chains.
    """
    rows = db.execute(
        "SELECT * FROM subjects JOIN documents USING (subject)"  # noqa: S608 - our own text
        f" WHERE {of} AND subject {chosen} ORDER BY subject, chain, place",
        values,
    )
    for _, of_one in groupby(rows, key=itemgetter("subject", "chain")):
        yield _record(list(of_one))


def _record(rows: list[sqlite3.Row]) -> OrderRecord:
    row = rows[0]
    record = OrderRecord(
        order_id=row["subject"],
        number=row["number"],
        changed=moment_of(row["changed"]),
        raw=row["raw"],
        total=amount_of(row["total"]),
        currency=row["currency"],
        content=row["content"],
        held_content=row["held_content"],
        seen_undue=bool(row["seen_undue"]),
        payment_day=day_of(row["payment_day"]),
        not_elsewhere=bool(row["not_elsewhere"]),
        documents=tuple(document_of(each, read_plan(each)) for each in rows),
    )
    is_unread = row["plan"] is not None and record.sale.plan is None
    return to_plan_anew(record) if is_unread else record
