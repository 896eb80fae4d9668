"""How an order stands after a step, by the document whose turn it was: held, waiting, done."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from dinero_sync.domain.hold import (
    MENDED_BY_TIME,
    DoubtReason,
    Hold,
    OpenReason,
    SkipReason,
)
from dinero_sync.domain.step import AS_WRITTEN, sentence
from dinero_sync.journal.documents import (
    TOP,
    Document,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
    SubjectRecord,
)
from dinero_sync.journal.orders import LONGEST_PAUSE

Record = TypeVar("Record", bound=SubjectRecord)

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
    if record.sale.kind is DocumentKind.CHARGEBACK:
        return None
    if record.rung.reached(Rung.BOOKED):
        return Outcome.BOOKED if record.credit is None else Outcome.CREDITED
    if record.reason == OpenReason.AWAITING_BOOKING:
        return Outcome.DRAFTED
    return None


def held(record: Record, hold: Hold, now: datetime, kind: DocumentKind | None = None) -> Record:
    """Let a person decide; where time can mend it, look again after growing pauses.

    It is about the document whose turn it is, or about that of a ``kind``, done or not.
    """
    document = (record.document(kind) if kind else None) or record.current
    again = next_look(record, now) if hold.reason in MENDED_BY_TIME else None
    return record.having(
        replace(
            document,
            standing=Standing.HELD,
            reason=hold.reason,
            text=hold.text,
            facts=hold.facts,
            steps=hold.steps,
            next_look=again,
        )
    )


def skipped(record: Record, reason: SkipReason, note: str | None = None) -> Record:
    """Let the order be; ``note`` is what the person wrote who said so."""
    document = _resting(record.current, Standing.SKIPPED)
    if note is not None:
        document = replace(document, text=AS_WRITTEN, facts={"text": note})
    return record.having(replace(document, reason=reason))


def in_doubt(record: Record) -> Record:
    """Say that an effect was sent and that its outcome couldn't be read yet."""
    return record.having(
        replace(
            record.current,
            standing=Standing.IN_DOUBT,
            reason=DoubtReason.NO_ANSWER,
            text=DoubtReason.NO_ANSWER,
            facts={},
            steps=(sentence("read_by_next_run"),),
        )
    )


def waiting(record: Record, reason: OpenReason, now: datetime) -> Record:
    """Wait for an event in the shop; look again after pauses that grow from six hours."""
    document = _resting(record.current, Standing.OPEN)
    return record.having(replace(document, reason=reason, next_look=next_look(record, now)))


def next_look(record: SubjectRecord, now: datetime) -> datetime:
    """Return when to look at an order again: after pauses that grow from six hours to four days."""
    doublings = min(record.looks, MOST_DOUBLINGS)
    return now + min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def climbed(record: Record, rung: Rung, **learned: object) -> Record:
    """Let the document whose turn it is go on from ``rung``; at its top it is done.

    ``learned`` are other fields of the document that the step told.
    """
    is_done = rung is TOP[record.current.kind]
    standing = Standing.DONE if is_done else Standing.WORKING
    return record.having(_resting(record.current, standing, rung=rung, **learned))


def going_on(record: Record) -> Record:
    """Go on from just where the document whose turn it is stands."""
    return climbed(record, record.current.rung)


def resumed(record: Record) -> Record:
    """Go on with the document whose turn it is, from where a held one begins again."""
    rung = record.current.rung
    return climbed(record, LOOKED_AT_AGAIN.get(rung, rung))


def settled(record: Record, kind: DocumentKind) -> Record:
    """Let a document be as it is: a person dealt with it, or nobody is to make it any more."""
    document = record.document(kind)
    return record if document is None else record.having(_resting(document, Standing.DONE))


def _resting(document: Document, standing: Standing, **more: Any) -> Document:  # noqa: ANN401 - its fields
    """Return a document that stands so, for no reason and with nothing left for a person."""
    return replace(
        document,
        standing=standing,
        reason=None,
        text=None,
        facts={},
        steps=(),
        next_look=None,
        **more,
    )
