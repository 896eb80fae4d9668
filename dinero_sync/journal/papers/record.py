"""One bill as the journal knows it: what its file said, and the voucher that is made of it."""

import json
from dataclasses import dataclass, replace
from typing import Self

from dinero_sync.domain.hold import SkipReason
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.journal.documents import (
    Document,
    DocumentKind,
    Rung,
    Standing,
    Subject,
    SubjectRecord,
    chained,
)

BILL = "bill"
"""The kind of such a subject, and what its name begins with."""
UNREAD = "bill:file:"
"""What the name of a file begins with that can't be read."""
ALSO = "also"
"""Under which the raw text keeps the hashes of other files in which a bill came."""
LEADING = Document(key=str(DocumentKind.VOUCHER), kind=DocumentKind.VOUCHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord(SubjectRecord):
    """One bill, with the documents made of it: the voucher leads, and its payment is behind it.

    ``content`` is the hash of what the bill says.
    """

    name: str
    """``bill:`` and the reference; of a file that can't be read, ``bill:file:`` and its hash."""
    not_elsewhere: bool = False
    """A person said that no other voucher in Dinero is this bill's."""
    documents: tuple[Document, ...] = (LEADING,)

    def owns(self, key: str) -> bool:  # noqa: ARG002 - each of them: a bill has one chain
        """Tell whether a document is, or was, one of the bill's chain."""
        return True

    @property
    def subject(self) -> Subject:
        """The whole name."""
        return self.name

    @property
    def lead(self) -> Document:
        """The voucher."""
        return self.documents[0]

    @property
    def rung(self) -> Rung:
        """The last recovery point of the voucher."""
        return self.lead.rung

    @property
    def plan(self) -> VoucherPlan | None:
        """What is to be made of it; None where that isn't known yet, or it never is."""
        return self.lead.plan if isinstance(self.lead.plan, VoucherPlan) else None

    @property
    def digest(self) -> str:
        """The hash of the file that it was read from last."""
        return str(json.loads(self.raw).get("sha256") or "")

    @property
    def path(self) -> str | None:
        """Where that file lies; None where it is in the inbox."""
        told = json.loads(self.raw).get("path")
        return told if isinstance(told, str) else None

    @property
    def file(self) -> str:
        """The name of the file that it was read from last."""
        told = json.loads(self.raw).get("file")
        return told if isinstance(told, str) else ""

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


def is_settled(record: PaperRecord) -> bool:
    """Tell whether nothing more becomes of a bill by itself, but for a person's word to book.

    One whose file was taken away is read again when it comes again.
    """
    if record.reason == SkipReason.FILE_GONE:
        return False
    return record.standing in {Standing.DONE, Standing.SKIPPED, Standing.OPEN}
