"""Bills in the journal: written, found, listed."""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from pydantic import TypeAdapter

from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.journal.documents import Document, Rung, Standing
from dinero_sync.journal.orders import (
    OF_DOCUMENTS,
    PUT_DOCUMENT,
    amount_of,
    document_of,
    values_of,
)
from dinero_sync.journal.papers.record import ALSO, BILL, UNREAD, PaperRecord
from dinero_sync.journal.schema import transaction

PLAN_VERSION = 1
"""Of the form in which vouchers' plans are kept; one of another form isn't read, but made anew."""
OF_SUBJECTS = ("number", "raw", "total", "currency", "content", "not_elsewhere")
"""The columns that are fields of a bill, too."""
PUT_SUBJECT = (
    f"INSERT OR REPLACE INTO subjects (subject, kind, seen_undue, {', '.join(OF_SUBJECTS)})"  # noqa: S608 - our own names
    f" VALUES (?, '{BILL}', 0, {', '.join('?' * len(OF_SUBJECTS))})"
)


@cache
def _plans() -> TypeAdapter[VoucherPlan]:
    return TypeAdapter(VoucherPlan)


def save(db: sqlite3.Connection, record: PaperRecord) -> None:
    """Write ``record``, replacing what was known."""
    with transaction(db):
        db.execute(PUT_SUBJECT, (record.name, *values_of(OF_SUBJECTS, record)))
        db.execute("DELETE FROM documents WHERE subject = ?", (record.name,))
        for place, document in enumerate(record.documents):
            _put(db, record, place, document)


def _put(db: sqlite3.Connection, record: PaperRecord, place: int, document: Document) -> None:
    plan = None
    if isinstance(document.plan, VoucherPlan):
        plan = _plans().dump_json(document.plan).decode()
    chain, kind = record.lead.key, str(document.kind)
    named = (record.name, document.key, chain, place, kind, plan, PLAN_VERSION)
    db.execute(PUT_DOCUMENT, (*named, *values_of(OF_DOCUMENTS, document)))


def load(db: sqlite3.Connection, name: str) -> PaperRecord | None:
    """Return what is known of a bill; None for one never seen."""
    return next(_records(db, "subject = ?", (name,)), None)


def loaded(db: sqlite3.Connection, name: str) -> PaperRecord:
    """Return what is known of a bill that was seen."""
    record = load(db, name)
    if record is None:
        raise LookupError(f"{name} isn't in the journal")
    return record


def standing(db: sqlite3.Connection, standings: Iterable[Standing]) -> list[PaperRecord]:
    """List the bills that stand so, by their names."""
    wanted = frozenset(standings)
    marks = ", ".join("?" * len(wanted))
    chosen = f"subject IN (SELECT subject FROM documents WHERE standing IN ({marks}))"  # noqa: S608 - marks only
    found = _records(db, chosen, tuple(sorted(wanted)))
    return [record for record in found if record.standing in wanted]


def of_file(db: sqlite3.Connection, digest: str) -> PaperRecord | None:
    """Return the bill that came in a file with just this content; None for a new one.

    Where one was held before it could be read, that which it was read as.
    """
    chosen = (
        "raw != '{}' AND (json_extract(raw, '$.sha256') = ?"  # noqa: S608 - our own name
        f" OR EXISTS (SELECT 1 FROM json_each(raw, '$.{ALSO}') WHERE value = ?))"
    )
    found = list(_records(db, chosen, (digest, digest)))
    return min(found, key=lambda each: each.name.startswith(UNREAD), default=None)


def _records(
    db: sqlite3.Connection, chosen: str, values: tuple[object, ...]
) -> Iterator[PaperRecord]:
    rows = db.execute(
        "SELECT * FROM subjects JOIN documents USING (subject)"  # noqa: S608 - our own text
        f" WHERE kind = '{BILL}' AND {chosen} ORDER BY subject, place",
        values,
    ).fetchall()
    for _, of_one in groupby(rows, key=itemgetter("subject")):
        yield _record(list(of_one))


def _record(rows: list[sqlite3.Row]) -> PaperRecord:
    row = rows[0]
    return PaperRecord(
        name=row["subject"],
        number=row["number"],
        raw=row["raw"],
        total=amount_of(row["total"]),
        currency=row["currency"],
        content=row["content"],
        not_elsewhere=bool(row["not_elsewhere"]),
        documents=tuple(document_of(each, _read_plan(each)) for each in rows),
    )


def _read_plan(row: sqlite3.Row) -> VoucherPlan | None:
    if row["plan"] is None or row["plan_version"] != PLAN_VERSION:
        return None
    try:
        return _plans().validate_json(row["plan"])
    except ValueError:
        return None


def is_begun(record: PaperRecord) -> bool:
    """Tell whether anything of a bill may be in Dinero."""
    return record.rung is not Rung.SEEN
