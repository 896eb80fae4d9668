"""Bills in the journal: what a file said of each, and the voucher that is made of it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.journal.documents import Document, DocumentKind, Rung, chained
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.journal.papers.store import Shelf

BILL = "bill"
"""The kind of such a subject, and what its name begins with."""
UNREAD = "bill:file:"
"""What the name of a file begins with that can't be read."""
LEADING = Document(key=str(DocumentKind.VOUCHER), kind=DocumentKind.VOUCHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRecord(PaperRecord):
    """One bill, with the documents made of it: the voucher leads, and its payment is behind it.

    Its name is ``bill:`` and the reference; that of a file that can't be read, ``bill:file:`` and
    its hash. ``content`` is the hash of what the bill says.
    """

    documents: tuple[Document, ...] = (LEADING,)

    @property
    def plan(self) -> VoucherPlan | None:
        """What is to be made of it; None where that isn't known yet, or it never is."""
        return self.lead.plan if isinstance(self.lead.plan, VoucherPlan) else None

    def with_plan(self, plan: VoucherPlan) -> Self:
        """Return the bill with what is to be made of it, and a document for each part."""
        lead = replace(self.lead, plan=plan)
        kind = DocumentKind.VOUCHER_PAYMENT
        if plan.payment is None:
            return replace(self, documents=chained((lead,)))
        payment = Document(key=str(kind), kind=kind, rung=Rung.PLANNED)
        return replace(self, documents=chained((lead, self.document(kind) or payment)))

    def learning(self, plan: VoucherPlan) -> Self:
        """Return the bill with what Dinero told of what was made."""
        return self.having(replace(self.lead, plan=plan))


SHELF = Shelf(kind=BILL, record=BillRecord, plan=VoucherPlan)
save, load, loaded, standing = SHELF.save, SHELF.load, SHELF.loaded, SHELF.standing
read_plan = SHELF.read_plan


def settled_by(db: sqlite3.Connection, source: str) -> list[BillRecord]:
    """List the bills whose fees the payouts of a source post."""
    return list(SHELF.chosen(db, "json_extract(plan, '$.settled_by') = ?", (source,)))


def of_days(db: sqlite3.Connection, first: date, last: date) -> Iterator[BillRecord]:
    """Yield the bills dated from ``first`` to ``last``: as posted, else as the supplier wrote.

    One that can't be read has no day, and may be of any.
    """
    chosen = (
        "EXISTS (SELECT 1 FROM documents AS lead WHERE lead.subject = subjects.subject"
        " AND lead.document = ? AND coalesce("
        "  lead.day, CASE WHEN raw != '{}' THEN json_extract(raw, '$.bill.date') END, ?)"
        " BETWEEN ? AND ?)"
    )
    yield from SHELF.chosen(db, chosen, (LEADING.key, str(first), str(first), str(last)))


def of_file(db: sqlite3.Connection, digest: str) -> BillRecord | None:
    """Return the bill that came in a file with just this content; None for a new one.

    Where one was held before it could be read, that which it was read as.
    """
    found = SHELF.of_file(db, digest)
    return min(found, key=lambda each: each.name.startswith(UNREAD), default=None)
