"""What came of bills, as it is logged, reported, and written beside a held one."""

from dataclasses import dataclass
from enum import StrEnum

from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.identity import document_name
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers.bills import UNREAD, BillRecord
from dinero_sync.logs import BILL_OUTCOME, get_logger
from dinero_sync.sync.bills.judge import told_of

log = get_logger()


class BillOutcome(StrEnum):
    """What a pass says of a bill."""

    BOOKED = "booked"
    DRAFTED = "drafted"
    HELD = "held"
    IN_DOUBT = "in_doubt"
    KNOWN = "known"
    """It is in the books already, or isn't to be posted."""
    PLANNED = "planned"
    """In a dry run: it would be posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOf:
    """One file, and what came of the bill in it."""

    file: str
    record: BillRecord
    outcome: BillOutcome | None
    """None where it waits for the next run."""

    @property
    def reason(self) -> str | None:
        """Why: a stable code; None where it went well."""
        fine = self.outcome in {BillOutcome.BOOKED, BillOutcome.DRAFTED, BillOutcome.PLANNED}
        return None if fine else self.record.reason

    @property
    def is_news(self) -> bool:
        """Tell whether something came of it now."""
        return self.outcome not in {None, BillOutcome.KNOWN}


def outcome_of(record: BillRecord) -> BillOutcome | None:
    """Return what came of a bill; None while it is under way."""
    if record.standing is Standing.SKIPPED:
        return BillOutcome.KNOWN
    if record.standing in {Standing.HELD, Standing.IN_DOUBT}:
        return BillOutcome(record.standing)
    if record.standing is Standing.DONE and record.rung is Rung.BOOKED:
        return BillOutcome.BOOKED
    return BillOutcome.DRAFTED if record.reason == OpenReason.AWAITING_BOOKING else None


def tell(came: CameOf) -> None:
    """Log what came of a bill; its supplier's name, which may be a person's, isn't said."""
    if came.outcome is None:
        return
    record = came.record
    plan = record.plan
    log.info(
        BILL_OUTCOME,
        bill=_name(record),
        outcome=str(came.outcome),
        reason=came.reason,
        voucher=str(plan.voucher_guid) if plan and plan.voucher_guid else None,
        voucher_number=record.lead.document_number,
        total=None if record.total is None else f"{record.total:.2f}",
        currency=record.currency,
    )


def _name(record: BillRecord) -> str:
    """Return a bill's name where it tells no supplier's name, else what its document is called."""
    by_number = told_of(record, "vat_number") is not None or record.name.startswith(UNREAD)
    return record.name if by_number else document_name(record.name)
