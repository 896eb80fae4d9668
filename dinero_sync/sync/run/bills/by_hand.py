"""What a person does about single bills: retry, skip, book a draft, accept what Dinero holds."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from dinero_sync import logs
from dinero_sync.dinero.purchases import credit_notes, vouchers
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.hold import HoldReason, SkipReason
from dinero_sync.domain.papers.bill import BillKind
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects
from dinero_sync.journal.documents import DocumentKind, Rung, Standing
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.papers import bills as store
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.schema import transaction
from dinero_sync.posting.bills.plan import moved
from dinero_sync.sync.bills.climb import BillClimb
from dinero_sync.sync.bills.elsewhere import read_by
from dinero_sync.sync.bills.judge import told_of
from dinero_sync.sync.bills.outcome import CameOf, outcome_of, tell
from dinero_sync.sync.bills.walk import walk
from dinero_sync.sync.run.by_hand import day_chosen, note_decision
from dinero_sync.sync.run.papers_by_hand import PaperEvidence, evidence_of, waiting_drafts
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import climbed, going_on, resumed, settled, skipped
from dinero_sync.sync.work.workplace import Workplace

BillEvidence = PaperEvidence[BillRecord, VoucherRecord]


def release_bill(
    db: sqlite3.Connection,
    record: BillRecord,
    now: datetime,
    *,
    by_name: bool = True,
    day: date | None = None,
) -> None:
    """Let the next run go on with a bill that was held, in doubt, or ended by a person.

    Only one that was named counts as looked for in Dinero: by it the person says that no voucher
    there is this bill's. ``day`` is what a person chose for what is held because its period is
    closed.
    """
    elsewhere = {HoldReason.MAYBE_POSTED_ELSEWHERE, SkipReason.BOOKED_ELSEWHERE}
    again = resumed(record) if day is None else _dated(resumed(record), day)
    if record.reason == HoldReason.VOUCHER_GONE and record.plan is not None:
        again = climbed(again.learning(replace(record.plan, voucher_guid=None)), Rung.PLANNED)
    is_word = by_name and record.reason in elsewhere
    released = replace(again, not_elsewhere=record.not_elsewhere or is_word)
    with transaction(db):
        note_decision(db, record, now, {"retry": record.reason, **day_chosen(day)})
        if by_name and EffectKind.VOUCHER in effects.open_intents(db, record.subject):
            _note_never_happened(db, record, now)
        store.save(db, released)


def _dated(record: BillRecord, day: date) -> BillRecord:
    """Return the bill with another day for the document whose turn it is, to be made so."""
    plan = record.plan
    if record.current.kind is DocumentKind.VOUCHER_PAYMENT:
        if plan is None or plan.payment is None:
            return record
        return record.learning(replace(plan, payment=replace(plan.payment, day=day)))
    again = record.having(replace(record.lead, day=day))
    if plan is None or plan.voucher is None:
        return again
    own = date.fromisoformat(told_of(record, "date") or plan.voucher.date.isoformat())
    payment = plan.payment and replace(plan.payment, day=day)
    changed = replace(plan, voucher=moved(plan.voucher, own, day), payment=payment)
    return climbed(again.learning(changed), Rung.CONTACT)


def _note_never_happened(db: sqlite3.Connection, record: BillRecord, now: datetime) -> None:
    effects.append(
        db,
        at=now,
        run_id=logs.run_id(),
        subject=record.subject,
        kind=EffectKind.VOUCHER,
        phase=Phase.REJECTED,
        body=canonical_json({"reason": "a person looked in Dinero and found no voucher"}),
    )


def skip_bill(
    place: Workplace,
    record: BillRecord,
    reason: str,
    code: SkipReason = SkipReason.BY_OPERATOR,
) -> None:
    """End a bill without a voucher of ours; our draft, if there is one, is deleted in Dinero.

    ``code`` tells one that is posted by other means. Raises UsageError when ours is booked.
    """
    draft = voucher_of(place, record)
    if record.rung.reached(Rung.BOOKED) or (draft is not None and draft.booked):
        number = record.lead.document_number or (draft.number if draft else None)
        raise UsageError(
            spoken(
                "The bill {name} is booked as voucher {number}, which can't be undone. To "
                "take it out of the books, reverse it in Dinero; a held one then ends by: "
                "dinero-sync resolve {name} --accept NOTE",
                name=record.name,
                number=number,
            )
        )
    if draft is not None:
        place.books()
        wire = credit_notes if _is_credit_note(record) else vouchers
        decision = {"voucher": draft.guid}
        place.ledger.send(record, EffectKind.DELETE_VOUCHER, decision, wire.delete(draft))
    else:
        place.ledger.adopt_begun(record, [EffectKind.DELETE_VOUCHER], None)
    note_decision(place.db, record, place.clock.now(), {code: reason})
    store.save(place.db, skipped(record, code, reason))


def voucher_of(place: Workplace, record: BillRecord) -> VoucherRecord | None:
    """Read a bill's voucher at Dinero; None where none is known, or somebody deleted it."""
    plan = record.plan
    if plan is None or plan.voucher_guid is None:
        return None
    wire = credit_notes if _is_credit_note(record) else vouchers
    climb = BillClimb(ledger=place.ledger, booking=False)
    return read_by(wire.read, climb, plan.voucher_guid)


def _is_credit_note(record: BillRecord) -> bool:
    voucher = record.plan.voucher if record.plan else None
    return voucher is not None and voucher.kind is BillKind.CREDIT_NOTE


def waiting_vouchers(
    db: sqlite3.Connection, named: Sequence[BillRecord] | None
) -> list[BillRecord]:
    """Return the drafts to book: those named, or all that wait.

    Raises UsageError for a named bill that has no draft waiting.
    """
    return waiting_drafts(db, store.standing, named)


def book_vouchers(place: Workplace, drafts: Sequence[BillRecord], result: RunResult) -> None:
    """Book drafts that waited for a person's word, compared with the plan once more."""
    if not drafts:
        return
    place.books()
    climb = _climb(place, booking=True)
    for record in drafts:
        climb.begin(None)
        is_booked = record.rung.reached(Rung.BOOKED)
        begun = going_on(record) if is_booked else climbed(record, Rung.DRAFTED)
        _tell(result, walk(climb, begun))


def go_on_with_bill(place: Workplace, record: BillRecord, result: RunResult) -> None:
    """Read at Dinero what became of a bill in doubt, and go on where reading settles it."""
    place.books()
    booking = place.config.bills and place.config.bills.booking
    climb = _climb(place, booking=(booking or place.config.sync.booking) == "automatic")
    _tell(result, walk(climb, going_on(record)))


def _climb(place: Workplace, *, booking: bool) -> BillClimb:
    return BillClimb(
        ledger=place.ledger, booking=booking, closed_until=place.config.dinero.closed_until
    )


def _tell(result: RunResult, record: BillRecord) -> None:
    came = CameOf(file=record.file, record=record, outcome=outcome_of(record))
    result.bills.append(came)
    tell(came)


def gather_bill(place: Workplace, record: BillRecord) -> BillEvidence:
    """Read what Dinero holds for a bill."""
    return evidence_of(place.db, record, voucher_of(place, record))


def accept_bill(place: Workplace, evidence: BillEvidence, note: str) -> BillRecord:
    """Record that Dinero is right about a held bill; return it, done.

    Raises UsageError unless its voucher is booked there.
    """
    record, voucher = evidence.record, evidence.found
    if record.standing is not Standing.HELD or voucher is None or not voucher.booked:
        raise UsageError(
            spoken(
                "The bill {name} has no booked voucher in Dinero to accept, or isn't held. "
                "See: dinero-sync resolve {name}",
                name=record.name,
            )
        )
    decision = {"accept": note, "voucher": str(voucher.number)}
    note_decision(place.db, record, place.clock.now(), decision)
    lead = replace(record.lead, rung=Rung.BOOKED, document_number=voucher.number)
    accepted = record.having(lead)
    for kind in (DocumentKind.VOUCHER, DocumentKind.VOUCHER_PAYMENT):
        accepted = settled(accepted, kind)
    store.save(place.db, accepted)
    return accepted
