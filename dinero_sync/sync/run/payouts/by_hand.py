"""What a person does about single payouts: retry, skip, book a draft, accept."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import NotFoundError
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.hold import HoldReason, SkipReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import set_meta
from dinero_sync.journal.documents import DocumentKind, Rung, Standing
from dinero_sync.journal.effects import CHOSEN_DAY, EffectKind
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import ACCEPTED, PayoutRecord
from dinero_sync.journal.schema import transaction
from dinero_sync.sync.payouts.elsewhere import Posted
from dinero_sync.sync.payouts.item import PayoutClimb
from dinero_sync.sync.payouts.judge import LOOKED_AT, LOOKS, RETRY, form_of, forms_looked_at
from dinero_sync.sync.payouts.outcome import PayoutCameOf, outcome_of, tell
from dinero_sync.sync.payouts.walk import await_all, walk
from dinero_sync.sync.run.by_hand import note_decision
from dinero_sync.sync.run.papers_by_hand import PaperEvidence, evidence_of, waiting_drafts
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import climbed, going_on, resumed, settled, skipped
from dinero_sync.sync.work.workplace import Workplace

PayoutEvidence = PaperEvidence[PayoutRecord, ItemState]
ENDED = (EffectKind.DELETE_PAYOUT, EffectKind.LINK_PAYOUT, EffectKind.PAYOUT)
"""Changes that have no outcome to wait for once a payout is ended."""
BY_A_LOOK = frozenset({*LOOKS, HoldReason.MAYBE_POSTED_ELSEWHERE})
"""Holds that end by what a person saw of the very payout."""
RETRY_ALL = "retry_all"
"""Under which it is noted that all were released, which says nothing of any of them."""


def release_payout(
    db: sqlite3.Connection,
    record: PayoutRecord,
    now: datetime,
    *,
    by_name: bool = True,
    day: date | None = None,
) -> None:
    """Let the next run go on with a payout that was held, in doubt, or ended by a person.

    Only one that was named counts as looked at, and so does the form of its file; likewise as
    compared with what somebody else posted. ``day`` is what a person chose for its item.
    """
    told = record.told
    is_word = by_name or record.reason not in BY_A_LOOK
    decision = {RETRY if is_word else RETRY_ALL: record.reason}
    chosen = {CHOSEN_DAY: day.isoformat()} if day else {}
    with transaction(db):
        note_decision(db, record, now, {**decision, **chosen})
        if by_name and record.reason == HoldReason.PAYOUT_UNPROVEN:
            form = form_of(str(told.get("source")), str(told.get("report")))
            set_meta(db, LOOKED_AT, "\n".join(sorted({*forms_looked_at(db), form})))
        store.save(db, resumed(record))


def skip_payout(
    place: Workplace,
    record: PayoutRecord,
    reason: str,
    code: SkipReason = SkipReason.BY_OPERATOR,
) -> None:
    """End a payout without a ledger item of ours; our draft, if there is one, is deleted.

    Raises UsageError when ours is booked, or about to be.
    """
    state = item_of(place, record)
    if state is not None and state.status is not ItemStatus.DRAFT:
        raise UsageError(
            spoken(
                "The payout {name} is booked as voucher {voucher_number}, which can't be "
                "undone. To take it out of the books, reverse it in Dinero.",
                name=record.name,
                voucher_number=state.voucher_number or "-",
            )
        )
    if state is not None:
        place.books()
        item = ItemVersion(guid=state.guid, version=state.version)
        delete = ledger_items.delete([item])
        place.ledger.send(record, EffectKind.DELETE_PAYOUT, {"item": item}, delete)
    place.ledger.adopt_begun(record, ENDED, None)
    note_decision(place.db, record, place.clock.now(), {code: reason})
    store.save(place.db, skipped(record, code, reason))


def item_of(place: Workplace, record: PayoutRecord) -> ItemState | None:
    """Read a payout's ledger item at Dinero; None where none is planned, or none is there."""
    if record.plan is None:
        return None
    guid = record.plan.guid
    try:
        return ledger_items.states(place.ledger.transport, [guid]).get(guid)
    except NotFoundError:
        return None


def accept_unmatched(
    db: sqlite3.Connection, record: PayoutRecord, reason: str, now: datetime
) -> None:
    """Record that movements without an order or a credit note are right; they count no more.

    Raises UsageError where there are none.
    """
    if not (record.is_unmatched or record.is_uncredited):
        raise UsageError(
            spoken(
                "The payout {name} has no movements without an order, or without a credit "
                "note, to accept. See: dinero-sync show {name}",
                name=record.name,
            )
        )
    with transaction(db):
        note_decision(db, record, now, {ACCEPTED: reason})
        store.save(db, record.telling(**{ACCEPTED: reason}))


def waiting_items(
    db: sqlite3.Connection, named: Sequence[PayoutRecord] | None
) -> list[PayoutRecord]:
    """Return the drafts to book: those named, or all that wait.

    Raises UsageError for a named payout that has no draft waiting.
    """
    return waiting_drafts(db, store.standing, named)


def book_items(place: Workplace, drafts: Sequence[PayoutRecord], result: RunResult) -> None:
    """Book drafts that waited for a person's word, compared with the plan once more."""
    if drafts:
        place.books()
        _climb(place, [going_on(each) for each in drafts], result, booking=True)


def go_on_with_payout(place: Workplace, record: PayoutRecord, result: RunResult) -> None:
    """Read at Dinero what became of a payout in doubt, and go on where reading settles it."""
    place.books()
    booking = place.config.payouts.booking or place.config.sync.booking
    _climb(place, [going_on(record)], result, booking=booking == "automatic")


def _climb(
    place: Workplace, records: Sequence[PayoutRecord], result: RunResult, *, booking: bool
) -> None:
    settings = place.payouts
    sources = {str(each.told.get("source")) for each in records}
    if settings is None or not all(map(settings.has, sources)):
        raise UsageError(
            spoken(
                "The configuration doesn't have the source {sources} any more. Nothing was "
                "booked. Put it back under payouts.sources.",
                sources=", ".join(sorted(sources)),
            )
        )
    climb = PayoutClimb(
        ledger=place.ledger,
        booking=booking,
        closed_until=settings.closed_until,
        posted=Posted(ledger=place.ledger, settings=settings),
    )
    for record in await_all(climb, [walk(climb, each) for each in records]):
        came = PayoutCameOf(file=record.file, record=record, outcome=outcome_of(record))
        result.payouts.append(came)
        tell(came)


def gather_payout(place: Workplace, record: PayoutRecord) -> PayoutEvidence:
    """Read what Dinero holds for a payout."""
    return evidence_of(place.db, record, item_of(place, record))


def accept_payout(place: Workplace, evidence: PayoutEvidence, note: str) -> PayoutRecord:
    """Record that Dinero is right about a held payout; return it, done.

    Raises UsageError unless its ledger item is booked there.
    """
    record, item = evidence.record, evidence.found
    is_booked = item is not None and item.status is ItemStatus.BOOKED
    if record.standing is not Standing.HELD or item is None or not is_booked:
        raise UsageError(
            spoken(
                "The payout {name} has no booked ledger item in Dinero to accept, or isn't "
                "held. See: dinero-sync resolve {name}",
                name=record.name,
            )
        )
    note_decision(place.db, record, place.clock.now(), {"accept": note})
    done = settled(
        climbed(record, Rung.BOOKED, document_number=item.voucher_number), DocumentKind.PAYOUT
    )
    store.save(place.db, done)
    return done
