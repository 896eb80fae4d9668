"""What came of payouts, as it is logged and reported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.papers.period import Compared, Period
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers.payouts import REGISTERED, PayoutRecord
from dinero_sync.logs import PAYOUT_OUTCOME, get_logger

log = get_logger()


class PayoutOutcome(StrEnum):
    """What a pass says of a payout."""

    BOOKED = "booked"
    DRAFTED = "drafted"
    HELD = "held"
    IN_DOUBT = "in_doubt"
    KNOWN = "known"
    """It is in the books already."""
    SKIPPED = "skipped"
    PLANNED = "planned"
    """In a dry run: it would be posted."""


NEEDS_YOU = frozenset({PayoutOutcome.HELD, PayoutOutcome.IN_DOUBT})


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCameOf:
    """One payout of a file, and what came of it."""

    file: str
    record: PayoutRecord
    outcome: PayoutOutcome | None
    """None where it waits for the next run."""

    @property
    def reason(self) -> str | None:
        """Why: a stable code; None where it went well."""
        fine = {PayoutOutcome.BOOKED, PayoutOutcome.DRAFTED, PayoutOutcome.PLANNED}
        return None if self.outcome in fine else self.record.reason

    @property
    def is_news(self) -> bool:
        """Tell whether something came of it now."""
        return self.outcome not in {None, PayoutOutcome.KNOWN}

    @property
    def needs_you(self) -> bool:
        """Tell whether a person has to look: it is held, or has movements without an order."""
        is_skipped = self.outcome is PayoutOutcome.SKIPPED
        return self.outcome in NEEDS_YOU or (self.record.is_unmatched and not is_skipped)


def outcome_of(record: PayoutRecord) -> PayoutOutcome | None:
    """Return what came of a payout; None while it is under way."""
    if record.standing in {Standing.SKIPPED, Standing.HELD, Standing.IN_DOUBT}:
        return PayoutOutcome(record.standing)
    if record.standing is Standing.DONE and record.rung is Rung.BOOKED:
        return PayoutOutcome.BOOKED
    return PayoutOutcome.DRAFTED if record.reason == OpenReason.AWAITING_BOOKING else None


def amount_of(record: PayoutRecord, name: str) -> Decimal | None:
    """Return what its file said under a name, as an amount."""
    told = record.told.get(name)
    return None if told is None else Decimal(str(told))


def compared_of(record: PayoutRecord) -> Compared | None:
    """Return how a payout without orders compared, by its period, when its file was read.

    None where its file names orders.
    """
    told = record.told
    own = told.get(REGISTERED)
    if not own:
        return None
    first, last = map(date.fromisoformat, told["period"])
    period = Period(
        payout=record.name,
        account=own["account"],
        first=first,
        last=last,
        sales=Decimal(str(told["gross"])),
        refunds=Decimal(str(told["refunds"])),
    )
    return Compared(
        period=period, sales=Decimal(str(own["sales"])), refunds=Decimal(str(own["refunds"]))
    )


def tell(came: PayoutCameOf) -> None:
    """Log what came of a payout."""
    record = came.record
    if came.outcome is None:
        return
    log.info(
        PAYOUT_OUTCOME,
        payout_id=record.number,
        source=record.told.get("source"),
        outcome=str(came.outcome),
        reason=came.reason,
        ledger_item=str(record.plan.guid) if record.plan else None,
        net=None if record.total is None else f"{record.total:.2f}",
        currency=record.currency,
    )
