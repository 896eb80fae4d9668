"""How an order stands after a step: held, in doubt, waiting, done."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from dinero_sync.domain.hold import (
    MENDED_BY_TIME,
    DoubtReason,
    Hold,
    OpenReason,
    SkipReason,
)
from dinero_sync.domain.step import sentence
from dinero_sync.journal.orders import LONGEST_PAUSE, OrderRecord, Rung, Standing
from dinero_sync.texts import telling

FIRST_PAUSE = timedelta(hours=6)
MOST_DOUBLINGS = 4
LOOKED_AT_AGAIN = {Rung.CONTACT: Rung.PLANNED, Rung.VERIFIED: Rung.DRAFTED}
"""Where a held order begins again: meanwhile a contact may be gone, or a draft be changed."""


class Outcome(StrEnum):
    """The outcomes that are logged; ``credited`` belongs to credit notes."""

    BOOKED = "booked"
    DRAFTED = "drafted"
    CREDITED = "credited"
    SKIPPED = "skipped"
    HELD = "held"
    IN_DOUBT = "in_doubt"


def outcome_of(record: OrderRecord) -> Outcome | None:
    """Return what a run says of an order; None for one that merely waits in the shop."""
    if record.standing in {Standing.HELD, Standing.IN_DOUBT, Standing.SKIPPED}:
        return Outcome(record.standing)
    if record.rung.reached(Rung.BOOKED):
        return Outcome.BOOKED
    if record.reason == OpenReason.AWAITING_BOOKING:
        return Outcome.DRAFTED
    return None


def held(record: OrderRecord, hold: Hold, now: datetime) -> OrderRecord:
    """Let a person decide; where time can mend it, look again after growing pauses."""
    return replace(
        record,
        standing=Standing.HELD,
        reason=hold.reason,
        message=telling.message(hold),
        next_step=telling.next_step(hold.steps),
        next_look=next_look(record, now) if hold.reason in MENDED_BY_TIME else None,
    )


def skipped(record: OrderRecord, reason: SkipReason, message: str | None = None) -> OrderRecord:
    """Let the order be."""
    return replace(
        record,
        standing=Standing.SKIPPED,
        reason=reason,
        message=message,
        next_step=None,
        next_look=None,
    )


def in_doubt(record: OrderRecord) -> OrderRecord:
    """Say that an effect was sent and that its outcome couldn't be read yet."""
    return replace(
        record,
        standing=Standing.IN_DOUBT,
        reason=DoubtReason.NO_ANSWER,
        message=telling.said(DoubtReason.NO_ANSWER, {}),
        next_step=telling.next_step((sentence("read_by_next_run"),)),
    )


def waiting(record: OrderRecord, reason: OpenReason, now: datetime) -> OrderRecord:
    """Wait for an event in the shop; look again after pauses that grow from six hours."""
    return replace(
        record,
        standing=Standing.OPEN,
        reason=reason,
        message=None,
        next_step=None,
        next_look=next_look(record, now),
    )


def next_look(record: OrderRecord, now: datetime) -> datetime:
    """Return when to look at an order again: after pauses that grow from six hours to four days."""
    doublings = min(record.looks, MOST_DOUBLINGS)
    return now + min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def working(record: OrderRecord, rung: Rung) -> OrderRecord:
    """Go on from ``rung``."""
    return replace(
        record,
        standing=Standing.WORKING,
        rung=rung,
        reason=None,
        message=None,
        next_step=None,
        next_look=None,
    )


def resumed(record: OrderRecord) -> OrderRecord:
    """Go on from the rung an order reached, or rest where nothing is left to do."""
    if record.rung is Rung.PAID or (record.rung is Rung.BOOKED and _ends_booked(record)):
        return done(record, record.rung)
    return working(record, LOOKED_AT_AGAIN.get(record.rung, record.rung))


def _ends_booked(record: OrderRecord) -> bool:
    """Tell whether nothing comes after booking: no margins, no sending, no payment."""
    plan = record.plan
    return plan is None or not (plan.ledger_items or plan.sending or plan.payment)


def done(record: OrderRecord, rung: Rung) -> OrderRecord:
    """Nothing is left to do."""
    return replace(working(record, rung), standing=Standing.DONE)
