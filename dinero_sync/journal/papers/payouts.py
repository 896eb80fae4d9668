"""Payouts in the journal: what a provider's file said of each, and the ledger item made of it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self
from uuid import UUID

from pydantic import TypeAdapter

from dinero_sync.domain.documents import LedgerVoucher, canonical_json
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.documents import (
    Document,
    DocumentKind,
    Rung,
    Standing,
    Subject,
    SubjectRecord,
)
from dinero_sync.journal.orders import amount_of, document_of
from dinero_sync.journal.papers.store import OF_SUBJECTS, PLAN_VERSION, put, rows_of
from dinero_sync.journal.schema import transaction

PAYOUT = "payout"
"""The kind of such a subject, and what its name begins with."""
OF_FILES = f"{PAYOUT}:file:"
"""What the name begins with of a file that was refused as a whole; no source has that id."""
UNMATCHED, ACCEPTED, ALSO = "unmatched", "accepted", "also"
"""Under which the raw text keeps movements without an order, that a person accepted them, and the
hashes of other files in which a payout came."""
UNCREDITED = "uncredited"
"""Under which it keeps what went back to buyers without a credit note: amount, order, place."""
UNMATCHED_NAMES, UNCREDITED_NAMES = "unmatched_payouts", "uncredited_payouts"
"""Under which the journal keeps the names of payouts with movements of either kind."""
LEADING = Document(key=str(DocumentKind.PAYOUT), kind=DocumentKind.PAYOUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRecord(SubjectRecord):
    """One payout, or a file that was refused; ``content`` is a hash of what was paid out."""

    name: str
    """``payout:``, the source's id and the payout's; of a refused file ``payout:file:`` and its
    hash."""
    not_elsewhere: bool = False
    """A person said that nobody else posted it."""
    documents: tuple[Document, ...] = (LEADING,)

    def owns(self, key: str) -> bool:  # noqa: ARG002 - each of them: a payout has one chain
        """Tell whether a document is, or was, one of the payout's chain."""
        return True

    @property
    def subject(self) -> Subject:
        """The whole name."""
        return self.name

    @property
    def lead(self) -> Document:
        """The ledger item."""
        return self.documents[0]

    @property
    def rung(self) -> Rung:
        """The last recovery point of the ledger item."""
        return self.lead.rung

    @property
    def plan(self) -> LedgerVoucher | None:
        """The ledger item that is to be made; None where that isn't known yet, or it never is."""
        return self.lead.plan if isinstance(self.lead.plan, LedgerVoucher) else None

    @property
    def told(self) -> dict[str, Any]:
        """What its file said, and how its movements were matched."""
        found: dict[str, Any] = json.loads(self.raw)
        return found

    @property
    def file(self) -> str:
        """The name of the file that it was read from last."""
        return str(self.told.get("file") or "")

    @property
    def is_file(self) -> bool:
        """Tell whether it is a file that was refused as a whole."""
        return self.name.startswith(OF_FILES)

    @property
    def is_unmatched(self) -> bool:
        """Tell whether it has movements without an order that nobody has accepted."""
        told = self.told
        return bool(told.get(UNMATCHED)) and told.get(ACCEPTED) is None

    @property
    def is_uncredited(self) -> bool:
        """Tell whether it has refunds that no credit note goes with, and nobody has accepted."""
        told = self.told
        return bool(told.get(UNCREDITED)) and told.get(ACCEPTED) is None

    def telling(self, **more: object) -> Self:
        """Return it with more told of it."""
        return replace(self, raw=canonical_json({**self.told, **more}))


def is_settled(record: PayoutRecord) -> bool:
    """Tell whether nothing more becomes of it by itself, but for a person's word to book."""
    return record.standing in {Standing.DONE, Standing.SKIPPED, Standing.OPEN}


@cache
def _plans() -> TypeAdapter[LedgerVoucher]:
    return TypeAdapter(LedgerVoucher)


def save(db: sqlite3.Connection, record: PayoutRecord) -> None:
    """Write ``record``, replacing what was known."""
    plan = record.plan
    with transaction(db):
        put(db, PAYOUT, record, None if plan is None else _plans().dump_json(plan).decode())
        is_unmatched = record.is_unmatched and record.standing is not Standing.SKIPPED
        _list(db, UNMATCHED_NAMES, record.name, is_listed=is_unmatched)
        _list(db, UNCREDITED_NAMES, record.name, is_listed=record.is_uncredited)


def _list(db: sqlite3.Connection, names: str, name: str, *, is_listed: bool) -> None:
    """Put a payout on a list that the journal keeps, or take it off."""
    known = _names(db, names)
    now = known | {name} if is_listed else known - {name}
    if now != known:
        set_meta(db, names, "\n".join(sorted(now)))


def _names(db: sqlite3.Connection, names: str) -> frozenset[str]:
    return frozenset(filter(None, (meta(db, names) or "").split("\n")))


def load(db: sqlite3.Connection, name: str) -> PayoutRecord | None:
    """Return what is known of a payout; None for one never seen."""
    return next(_records(db, "subject = ?", (name,)), None)


def loaded(db: sqlite3.Connection, name: str) -> PayoutRecord:
    """Return what is known of a payout that was seen."""
    record = load(db, name)
    if record is None:
        raise LookupError(f"{name} isn't in the journal")
    return record


def standing(db: sqlite3.Connection, standings: Iterable[Standing]) -> list[PayoutRecord]:
    """List the payouts that stand so, by their names."""
    wanted = tuple(sorted(frozenset(standings)))
    marks = ", ".join("?" * len(wanted))
    chosen = f"subject IN (SELECT subject FROM documents WHERE standing IN ({marks}))"  # noqa: S608 - marks only
    return list(_records(db, chosen, wanted))


def unmatched(db: sqlite3.Connection) -> list[PayoutRecord]:
    """List the payouts with movements without an order that nobody has accepted."""
    return _listed(db, UNMATCHED_NAMES)


def uncredited(db: sqlite3.Connection) -> list[PayoutRecord]:
    """List the payouts with refunds that no credit note goes with, and nobody has accepted."""
    return _listed(db, UNCREDITED_NAMES)


def _listed(db: sqlite3.Connection, names: str) -> list[PayoutRecord]:
    found = (load(db, name) for name in sorted(_names(db, names)))
    return [each for each in found if each is not None]


def any_unmatched(db: sqlite3.Connection) -> bool:
    """Tell whether there is one, which costs the same in a journal of years."""
    return bool(_names(db, UNMATCHED_NAMES))


def of_file(db: sqlite3.Connection, digest: str) -> list[PayoutRecord]:
    """List the payouts that came in a file with just this content; none for a new one."""
    chosen = (
        "raw != '{}' AND (json_extract(raw, '$.sha256') = ?"  # noqa: S608 - our own name
        f" OR EXISTS (SELECT 1 FROM json_each(raw, '$.{ALSO}') WHERE value = ?))"
    )
    return list(_records(db, chosen, (digest, digest)))


def item_guids(db: sqlite3.Connection) -> frozenset[UUID]:
    """Return the identities of all ledger items of payouts that are known here."""
    rows = db.execute(
        "SELECT json_extract(plan, '$.guid') AS guid FROM documents"
        " WHERE document_kind = ? AND plan IS NOT NULL",
        (str(DocumentKind.PAYOUT),),
    )
    return frozenset(UUID(row["guid"]) for row in rows)


def _records(
    db: sqlite3.Connection, chosen: str, values: tuple[object, ...]
) -> Iterator[PayoutRecord]:
    for rows in rows_of(db, PAYOUT, chosen, values):
        row = rows[0]
        fields = {name: row[name] for name in OF_SUBJECTS}
        fields |= {"total": amount_of(row["total"]), "not_elsewhere": bool(row["not_elsewhere"])}
        documents = tuple(document_of(each, _read_plan(each)) for each in rows)
        yield PayoutRecord(name=row["subject"], documents=documents, **fields)


def _read_plan(row: sqlite3.Row) -> LedgerVoucher | None:
    if row["plan"] is None or row["plan_version"] != PLAN_VERSION:
        return None
    try:
        return _plans().validate_json(row["plan"])
    except ValueError:
        return None
