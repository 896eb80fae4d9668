"""What the steps of one pass over bills share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dinero_sync.dinero.purchases import files
from dinero_sync.dinero.purchases.files import KeptFile
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.journal.effects import chosen_days
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.posting.days.closed import is_closed, refuse_closed
from dinero_sync.sync.work.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is uploaded: a PDF or a picture."""

    name: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class BillClimb:
    """Whom the steps speak to, what was asked for, what was read."""

    ledger: Ledger
    booking: bool
    """Without it, drafts are verified and left."""
    closed_until: date | None = None
    """The last day whose VAT is reported; None where nothing is closed."""
    document: Document | None = None
    """Of the present bill; None where its file isn't at hand."""
    seen: VoucherRecord | None = None
    """The present bill's voucher as it was read or answered last; None until it is read."""
    is_fresh: bool = False
    """Whether the voucher was booked a moment ago by ourselves, so that it has no payments."""
    fresh_file: str | None = None
    """What was uploaded a moment ago by ourselves, so that no voucher can name it yet."""
    knows_suppliers: bool = False
    """Whether the contacts that changed were read in this pass."""
    _files: list[KeptFile] | None = field(default=None, init=False)

    def begin(self, document: Document | None) -> None:
        """Turn to another bill."""
        self.document, self.seen = document, None
        self.is_fresh, self.fresh_file = False, None

    def forget(self) -> None:
        """Read everything anew: what was read may not be so any more."""
        self.seen, self.is_fresh, self._files = None, False, None

    def files(self) -> Sequence[KeptFile]:
        """Return the files that Dinero has; one call for a thousand, once in a pass."""
        if self._files is None:
            self._files = list(files.listed(self.ledger.transport))
        return self._files

    def called(self, stem: str) -> Iterator[KeptFile]:
        """Yield the files with a name of ours, those that are linked first."""
        found = [each for each in self.files() if each.stem == stem]
        yield from sorted(found, key=lambda each: not each.vouchers)


def planned(record: BillRecord) -> VoucherPlan:
    """Return the plan of a bill that has one."""
    if record.plan is None:
        raise LookupError(f"{record.name} stands at {record.rung} without a plan")
    return record.plan


def refuse_closed_day(climb: BillClimb, record: BillRecord, what: str, day: date) -> None:
    """Hold what is about to be dated ``day`` where that was closed since it was planned.

    Raises HeldError.
    """
    if is_closed(day, climb.closed_until):
        refuse_closed(what, day, climb.closed_until, chosen_days(climb.ledger.db, record.name))
