"""Decisions of another state folder, taken over into this one's journal; asks nobody.

Nothing that was decided here is changed. Whatever ends an order counts at once, also for one that
this journal hasn't seen; what was accepted counts once it is held here as well.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import NamedTuple

from dinero_sync import logs
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.hold import ENDED_BY_PERSON, SkipReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects, orders
from dinero_sync.journal.documents import (
    SALE,
    Document,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
    SubjectRecord,
)
from dinero_sync.journal.effects import IMPORTED, UNKNOWN_TIME, EffectKind, Phase
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import ACCEPTED, PAYOUT, PayoutRecord
from dinero_sync.journal.schema import transaction
from dinero_sync.sync.decisions.known import (
    CODES,
    ENDS,
    Decided,
    Decision,
    known_decisions,
    last_word,
    record_of,
)
from dinero_sync.sync.work.outcome import settled, skipped

LEADING = {"credit": DocumentKind.CREDIT_NOTE, "invoice": DocumentKind.INVOICE}
"""What leads a chain of an order besides its sale, by how its key begins."""


class Came(StrEnum):
    """What came of a decision."""

    IMPORTED = "imported"
    KNOWN = "known"
    CONFLICTING = "conflicting"
    """Something else stands here, and was left as it is."""
    WAITING = "waiting"
    """It counts once this journal has read the order, or holds it: then import once more."""


class Taken(NamedTuple):
    """A decision and what came of it."""

    decision: Decision
    came: Came
    why: str = ""
    """A sentence, where something is in its way."""
    record: SubjectRecord | None = None
    """How what it is about stands by it; None where nothing changes."""


def refuse_another_company(path: str, of_file: int, own: int) -> None:
    """Raise UsageError for decisions about another company's orders."""
    if of_file != own:
        raise UsageError(
            spoken(
                "{path} holds decisions about company {of_file} in Dinero, and this configuration "
                "is for company {own}. Nothing was imported. Give the configuration of that "
                "company by -c, or the file of this one.",
                path=path,
                of_file=of_file,
                own=own,
            )
        )


def judged(db: sqlite3.Connection, decisions: Iterable[Decision]) -> Iterator[Taken]:
    """Yield each decision with what would come of it; changes nothing."""
    for decision in decisions:
        standing = {_place(each): each for each in known_decisions(db, decision.subject)}
        known = standing.get(_place(decision))
        if known is not None and known.note == decision.note:
            yield Taken(decision, Came.KNOWN)
        elif known is not None:
            yield _conflict(decision, spoken("its note here: {note}", note=known.note))
        else:
            yield _judged(db, decision)


def taken_over(
    db: sqlite3.Connection, decisions: Iterable[Decision], now: datetime
) -> Iterator[Taken]:
    """Journal each decision that isn't known here, and yield what came of it."""
    for decision in decisions:
        with transaction(db):
            (taken,) = judged(db, [decision])
            if taken.came is Came.IMPORTED:
                _note(db, decision, now)
            if taken.record is not None:
                _save(db, taken.record)
        yield taken


def _place(decision: Decision) -> tuple[object, ...]:
    return decision.subject, decision.document, decision.decision


def _conflict(decision: Decision, why: str) -> Taken:
    return Taken(decision, Came.CONFLICTING, why)


def _judged(db: sqlite3.Connection, decision: Decision) -> Taken:
    record = record_of(db, decision.subject, decision.document)
    later = last_word(db, decision.subject, decision.document)
    made = decision.decided
    if later is not None and (made is None or later.at is None or later.at >= made):
        return _conflict(decision, spoken("something else was decided here since"))
    if decision.decision in ENDS:
        return _judged_end(db, decision, record)
    if record is None:
        return Taken(decision, Came.WAITING, spoken("it isn't read here yet"))
    if decision.decision is Decided.ACCEPT_MOVEMENTS:
        return _judged_movements(decision, record)
    return _judged_acceptance(decision, record)


def _judged_end(db: sqlite3.Connection, decision: Decision, record: SubjectRecord | None) -> Taken:
    """Judge a skip or an adoption: it counts also for what isn't read here yet."""
    if record is None:
        record = _unread(decision)
        if record is None:
            return Taken(decision, Came.WAITING, spoken("it isn't read here yet"))
    elif record.reason in ENDED_BY_PERSON:
        return _conflict(decision, spoken("it was ended here in another way"))
    elif record.documents[0].rung.reached(Rung.BOOKED):
        return _conflict(decision, spoken("it is booked here"))
    elif record.documents[0].rung.reached(Rung.DRAFTED) or effects.open_intents(
        db, decision.subject, record.owns
    ):
        return _conflict(decision, spoken("a draft of it was begun here; end it by hand"))
    code = SkipReason(CODES[decision.decision])
    return Taken(decision, Came.IMPORTED, "", skipped(record, code, decision.note))


def _judged_movements(decision: Decision, record: SubjectRecord) -> Taken:
    assert isinstance(record, PayoutRecord)  # noqa: S101 - no other has movements
    return Taken(decision, Came.IMPORTED, "", record.telling(**{ACCEPTED: decision.note}))


def _judged_acceptance(decision: Decision, record: SubjectRecord) -> Taken:
    """Judge that Dinero was right: it ends a hold of what the person saw, and of nothing else."""
    if record.standing is Standing.DONE:
        return Taken(decision, Came.IMPORTED)
    is_booked = record.documents[0].rung.reached(Rung.BOOKED)
    if record.standing is not Standing.HELD or not is_booked:
        return Taken(decision, Came.WAITING, spoken("it isn't held here as booked"))
    if _content(record) not in {None, "", decision.content}:
        return _conflict(decision, spoken("it says something else here than what was accepted"))
    every = (each.kind for each in record.documents)
    done = reduce(settled, every, record)
    if isinstance(done, OrderRecord):
        done = replace(done, content=decision.content, held_content=None)
    return Taken(decision, Came.IMPORTED, "", done)


def _content(record: SubjectRecord) -> str | None:
    held = record.held_content if isinstance(record, OrderRecord) else None
    return held or record.content


def _unread(decision: Decision) -> SubjectRecord | None:
    """Return what a decision is about as the journal has it that never read it.

    None for what can't be told by its name alone.
    """
    subject = decision.subject
    if isinstance(subject, int):
        order = OrderRecord(order_id=subject, number=decision.number)
        kind = LEADING.get(decision.document.partition(":")[0])
        if decision.document == SALE or kind is None:
            return order if kind else None
        return replace(order, documents=(Document(key=decision.document, kind=kind),))
    kind_of_paper = PayoutRecord if subject.startswith(f"{PAYOUT}:") else BillRecord
    paper = kind_of_paper(name=subject, number=subject.rpartition(":")[2], content=decision.content)
    return paper.telling(sha256=decision.file) if decision.file else paper


def _note(db: sqlite3.Connection, decision: Decision, now: datetime) -> None:
    """Write a line into the chain: what was decided, and that it was taken over."""
    effects.append(
        db,
        at=now,
        run_id=logs.run_id(),
        subject=decision.subject,
        kind=EffectKind.OPERATOR,
        phase=Phase.DONE,
        body=canonical_json(
            {
                CODES[decision.decision]: decision.note,
                "document": decision.document,
                IMPORTED: decision.decided.isoformat() if decision.decided else UNKNOWN_TIME,
            }
        ),
    )


def _save(db: sqlite3.Connection, record: SubjectRecord) -> None:
    if isinstance(record, OrderRecord):
        orders.save(db, record)
    elif isinstance(record, BillRecord):
        bills.save(db, record)
    else:
        assert isinstance(record, PayoutRecord)  # noqa: S101 - there are no others
        payouts.save(db, record)
