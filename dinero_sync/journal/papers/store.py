"""What came as files in the journal: written, found, listed; bills and payouts alike."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.papers.record import ALSO, PaperRecord
from dinero_sync.journal.rows import (
    OF_DOCUMENTS,
    PUT_DOCUMENT,
    amount_of,
    document_of,
    values_of,
)
from dinero_sync.journal.schema import transaction

Paper = TypeVar("Paper", bound=PaperRecord)
Plan = TypeVar("Plan", bound=VoucherPlan | LedgerVoucher)

PLAN_VERSION = 1
"""Of the form in which plans are kept; one of another form isn't read, but made anew."""
OF_SUBJECTS = ("number", "raw", "total", "currency", "content", "not_elsewhere")
"""The columns that are fields of a record, too."""
PUT_SUBJECT = (
    f"INSERT OR REPLACE INTO subjects (subject, kind, seen_undue, {', '.join(OF_SUBJECTS)})"  # noqa: S608 - our own names
    f" VALUES (?, ?, 0, {', '.join('?' * len(OF_SUBJECTS))})"
)
CAME_IN = (
    "raw != '{}' AND (json_extract(raw, '$.sha256') = ?"  # noqa: S608 - our own name
    f" OR EXISTS (SELECT 1 FROM json_each(raw, '$.{ALSO}') WHERE value = ?))"
)
"""Chooses what came in a file with a hash."""


@dataclass(frozen=True, kw_only=True)
class Shelf(Generic[Paper, Plan]):
    """Where records of one kind are kept, beside the orders in the same tables."""

    kind: str
    """What the names of such subjects begin with."""
    record: type[Paper]
    plan: type[Plan]
    """What is made of them."""

    @cached_property
    def _plans(self) -> TypeAdapter[Plan]:
        return TypeAdapter(self.plan)

    def save(self, db: sqlite3.Connection, record: Paper) -> None:
        """Write ``record`` with its documents, replacing what was known."""
        plan = record.lead.plan
        kept = self._plans.dump_json(plan).decode() if isinstance(plan, self.plan) else None
        with transaction(db):
            db.execute(PUT_SUBJECT, (record.subject, self.kind, *values_of(OF_SUBJECTS, record)))
            db.execute("DELETE FROM documents WHERE subject = ?", (record.subject,))
            chain = record.lead.key
            for place, document in enumerate(record.documents):
                of_lead = kept if place == 0 else None
                named = (record.subject, document.key, chain, place, str(document.kind), of_lead)
                values = values_of(OF_DOCUMENTS, document)
                db.execute(PUT_DOCUMENT, (*named, PLAN_VERSION, *values))

    def load(self, db: sqlite3.Connection, name: str) -> Paper | None:
        """Return what is known of one; None for one never seen."""
        return next(self.chosen(db, "subject = ?", (name,)), None)

    def loaded(self, db: sqlite3.Connection, name: str) -> Paper:
        """Return what is known of one that was seen."""
        record = self.load(db, name)
        if record is None:
            raise LookupError(f"{name} isn't in the journal")
        return record

    def standing(self, db: sqlite3.Connection, standings: Iterable[Standing]) -> list[Paper]:
        """List those that stand so, by their names."""
        wanted = frozenset(standings)
        marks = ", ".join("?" * len(wanted))
        chosen = f"subject IN (SELECT subject FROM documents WHERE standing IN ({marks}))"  # noqa: S608 - marks only
        found = self.chosen(db, chosen, tuple(sorted(wanted)))
        return [record for record in found if record.standing in wanted]

    def of_file(self, db: sqlite3.Connection, digest: str) -> list[Paper]:
        """List those that came in a file with just this content; none for a new one."""
        return list(self.chosen(db, CAME_IN, (digest, digest)))

    def read_plan(self, row: sqlite3.Row) -> Plan | None:
        """Return what is to be made; None where nothing is, or in a form that isn't read."""
        if row["plan"] is None or row["plan_version"] != PLAN_VERSION:
            return None
        try:
            return self._plans.validate_json(row["plan"])
        except ValueError:
            return None

    def chosen(
        self, db: sqlite3.Connection, condition: str, values: tuple[object, ...]
    ) -> Iterator[Paper]:
        """Yield those that a condition on their rows chooses, by their names."""
        rows = db.execute(
            "SELECT * FROM subjects JOIN documents USING (subject)"  # noqa: S608 - our own text
            f" WHERE kind = '{self.kind}' AND {condition} ORDER BY subject, place",
            values,
        ).fetchall()
        for _, of_one in groupby(rows, key=itemgetter("subject")):
            yield self._record(list(of_one))

    def _record(self, rows: list[sqlite3.Row]) -> Paper:
        row = rows[0]
        return self.record(
            name=row["subject"],
            number=row["number"],
            raw=row["raw"],
            total=amount_of(row["total"]),
            currency=row["currency"],
            content=row["content"],
            not_elsewhere=bool(row["not_elsewhere"]),
            documents=tuple(document_of(each, self.read_plan(each)) for each in rows),
        )
