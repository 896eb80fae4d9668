"""Payouts in the journal: what a provider's file said of each, and the ledger item made of it."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from pydantic import TypeAdapter

from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.journal import effects
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.documents import Document, DocumentKind, Standing
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.journal.papers.store import Shelf
from dinero_sync.journal.schema import transaction

PAYOUT = "payout"
"""The kind of such a subject, and what its name begins with."""
OF_FILES = f"{PAYOUT}:file:"
"""What the name begins with of a file that was refused as a whole; no source has that id."""
UNMATCHED, ACCEPTED = "unmatched", "accepted"
"""Under which the raw text keeps movements without an order, and that a person accepted them."""
REGISTERED = "registered"
"""Under which it keeps what was registered in the days of a payout whose file names no orders."""
UNCREDITED = "uncredited"
"""Under which it keeps what went back to buyers without a credit note: amount, order, place."""
UNMATCHED_NAMES, UNCREDITED_NAMES = "unmatched_payouts", "uncredited_payouts"
"""Under which the journal keeps the names of payouts with movements of either kind."""
LEADING = Document(key=str(DocumentKind.PAYOUT), kind=DocumentKind.PAYOUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRecord(PaperRecord):
    """One payout, or a file that was refused; ``content`` is a hash of what was paid out.

    Its name is ``payout:``, the source's id and the payout's; that of a refused file
    ``payout:file:`` and its hash.
    """

    documents: tuple[Document, ...] = (LEADING,)

    @property
    def plan(self) -> LedgerVoucher | None:
        """The ledger item that is to be made; None where that isn't known yet, or it never is."""
        return self.lead.plan if isinstance(self.lead.plan, LedgerVoucher) else None

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


SHELF = Shelf(kind=PAYOUT, record=PayoutRecord, plan=LedgerVoucher)
load, loaded, standing, of_file = SHELF.load, SHELF.loaded, SHELF.standing, SHELF.of_file


def save(db: sqlite3.Connection, record: PayoutRecord) -> None:
    """Write ``record``, replacing what was known."""
    with transaction(db):
        SHELF.save(db, record)
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


def of_source(db: sqlite3.Connection, source: str, first: date, last: date) -> list[PayoutRecord]:
    """List the payouts of a source that were paid from the first to the last of two days."""
    begin = f"{PAYOUT}:{source}:"
    chosen = "substr(subject, 1, ?) = ? AND json_extract(raw, '$.date') BETWEEN ? AND ?"
    return list(SHELF.chosen(db, chosen, (len(begin), begin, str(first), str(last))))


def sent_items(db: sqlite3.Connection, name: str) -> list[LedgerVoucher]:
    """List what a payout's ledger item was told to say and Dinero didn't refuse, oldest first.

    What was removed for its age is left out.
    """
    sent: list[str | None] = []
    for each in effects.of_subject(db, name):
        if each.kind is EffectKind.PAYOUT and each.phase is Phase.INTENT:
            sent.append(each.body)
        elif each.kind is EffectKind.PAYOUT and each.phase is Phase.REJECTED and sent:
            sent.pop()
    return [_items().validate_python(json.loads(body)["decision"]) for body in sent if body]


@cache
def _items() -> TypeAdapter[LedgerVoucher]:
    return TypeAdapter(LedgerVoucher)


def item_guids(db: sqlite3.Connection) -> frozenset[UUID]:
    """Return the identities of all ledger items of payouts that are known here."""
    rows = db.execute(
        "SELECT json_extract(plan, '$.guid') AS guid FROM documents"
        " WHERE document_kind = ? AND plan IS NOT NULL",
        (str(DocumentKind.PAYOUT),),
    )
    return frozenset(UUID(row["guid"]) for row in rows)
