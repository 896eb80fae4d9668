"""What people decided and the journal alone remembers; all else is read again from both services.

A credit note that a person asked for, or a day that they chose, is in Dinero; what waits to be
decided is asked again.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field
from pydantic.config import ConfigDict

from dinero_sync.domain.hold import ENDED_BY_PERSON, SkipReason
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, OrderRecord, Standing, Subject, SubjectRecord
from dinero_sync.journal.effects import IMPORTED, UNKNOWN_TIME, EffectKind
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.payouts import PAYOUT
from dinero_sync.journal.papers.record import PaperRecord


class Decided(StrEnum):
    """The kinds of decision there are."""

    SKIP = "skip"
    ADOPT = "adopt"
    ACCEPT = "accept"
    """What Dinero holds is right (``resolve --accept``)."""
    ACCEPT_MOVEMENTS = "accept_movements"
    """A payout's movements without an order are right (``payouts --accept``)."""


CODES = {
    Decided.SKIP: str(SkipReason.BY_OPERATOR),
    Decided.ADOPT: str(SkipReason.BOOKED_ELSEWHERE),
    Decided.ACCEPT: "accept",
    Decided.ACCEPT_MOVEMENTS: payouts.ACCEPTED,
}
"""Under which the journal's lines carry a decision's note."""
ENDS = {Decided.SKIP, Decided.ADOPT}
OrderId = Annotated[int, Field(ge=1, lt=2**63)]
"""As SQLite's integers have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, as a file tells it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    subject: OrderId | str
    """An order's id, or the name of a bill or payout."""
    number: str
    """What people call it by."""
    document: str
    """The document that leads what was decided about: ``invoice``, ``credit:1``, ``voucher``."""
    decision: Decided
    note: str
    """What the person wrote; empty where it was removed for its age."""
    decided: AwareDatetime | None
    """When; None where the line that told it was removed for its age."""
    content: str | None = None
    """A hash of what the order or bill said then."""
    file: str | None = None
    """The SHA-256 of the file in which a bill or payout came."""

    def __post_init__(self) -> None:
        """Raise ValueError for what nobody could have decided: a file may have been edited."""
        is_payout = str(self.subject).startswith(f"{PAYOUT}:")
        if self.decision is Decided.ACCEPT_MOVEMENTS and not is_payout:
            raise ValueError("nothing but a payout has movements to accept")


def known_decisions(db: sqlite3.Connection, subject: Subject | None = None) -> list[Decision]:
    """List what is decided and stands so, orders first; of one subject, if it is named."""
    lines = {(line.subject, line.document, line.decision): line for line in _lines(db, subject)}
    found = [*_ended(db, lines.values(), subject), *_accepted(db, lines.values())]
    return sorted(found, key=lambda each: (isinstance(each.subject, str), str(each.subject)))


def record_of(db: sqlite3.Connection, subject: Subject, document: str) -> SubjectRecord | None:
    """Return what a decision is about; None for what the journal doesn't know."""
    if isinstance(subject, int):
        return orders.load(db, subject, document)
    if subject.startswith(f"{PAYOUT}:"):
        return payouts.load(db, subject)
    return bills.load(db, subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the journal that carries a decision."""

    subject: Subject
    document: str
    decision: Decided | None
    """None for another one: ``retry``, ``credit``."""
    note: str
    at: datetime | None
    """When it was decided; None where that was removed for its age before it was imported."""
    is_imported: bool


def last_word(db: sqlite3.Connection, subject: Subject, document: str) -> Line | None:
    """Return the last decision about a document that was made here, of whatever kind."""
    own = [each for each in _lines(db, subject) if each.document == document]
    return next((each for each in reversed(own) if not each.is_imported), None)


def _lines(db: sqlite3.Connection, subject: Subject | None = None) -> Iterator[Line]:
    """Yield the lines with decisions, oldest first; those about one subject, if it is named."""
    which, values = _of(subject)
    rows = db.execute(
        "SELECT subject, at, body FROM effects JOIN bodies USING (effect_id)"  # noqa: S608 - our own text
        f" WHERE kind = ?{which} AND json_valid(body) ORDER BY effect_id",
        (str(EffectKind.OPERATOR), *values),
    )
    for row in rows:
        body = json.loads(row["body"])
        kind = next((each for each, code in CODES.items() if code in body), None)
        told = body.get(IMPORTED)
        at = row["at"] if told is None else told
        yield Line(
            subject=row["subject"],
            document=str(body.get("document") or _leading(row["subject"])),
            decision=kind,
            note=str(body[CODES[kind]]) if kind else "",
            at=None if at == UNKNOWN_TIME else datetime.fromisoformat(at),
            is_imported=told is not None,
        )


def _of(subject: Subject | None) -> tuple[str, tuple[Subject, ...]]:
    """Return what chooses the rows of one subject, and its value; nothing for all."""
    return ("", ()) if subject is None else (" AND subject = ?", (subject,))


def _leading(subject: Subject) -> str:
    """Return the key of what leads a subject, where a line doesn't name it."""
    if isinstance(subject, int):
        return SALE
    paper = payouts.LEADING if subject.startswith(f"{PAYOUT}:") else bills.LEADING
    return paper.key


def _ended(
    db: sqlite3.Connection, lines: Iterable[Line], subject: Subject | None
) -> Iterator[Decision]:
    """Yield what stands as ended by a person, whether or not its line is still there."""
    of = {(each.subject, each.document, each.decision): each for each in lines}
    kinds = {code: kind for kind, code in CODES.items() if kind in ENDS}
    which, values = _of(subject)
    rows = db.execute(
        "SELECT DISTINCT subject, chain, reason FROM documents"  # noqa: S608 - our own text
        f" WHERE standing = ? AND reason IN (?, ?){which} ORDER BY subject",
        (str(Standing.SKIPPED), *sorted(ENDED_BY_PERSON), *values),
    ).fetchall()
    for row in rows:
        record = record_of(db, row["subject"], row["chain"])
        assert record is not None  # noqa: S101 - it stands in the very tables
        kind = kinds[row["reason"]]
        line = of.get((row["subject"], row["chain"], kind))
        note = record.note or (line.note if line else "")
        yield _decision(record, kind, note, line.at if line else None)


def _accepted(db: sqlite3.Connection, lines: Iterable[Line]) -> Iterator[Decision]:
    """Yield what was accepted and is done since; what was held again is a question anew."""
    for line in lines:
        if line.decision not in {Decided.ACCEPT, Decided.ACCEPT_MOVEMENTS}:
            continue
        record = record_of(db, line.subject, line.document)
        is_of_movements = line.decision is Decided.ACCEPT_MOVEMENTS
        if record is not None and (is_of_movements or record.standing is Standing.DONE):
            yield _decision(record, line.decision, line.note, line.at)


def _decision(record: SubjectRecord, kind: Decided, note: str, at: datetime | None) -> Decision:
    is_order = isinstance(record, OrderRecord)
    return Decision(
        subject=record.subject,
        number=record.number if is_order else str(record.subject),
        document=record.chain,
        decision=kind,
        note=note,
        decided=at,
        content=record.content,
        file=record.digest or None if isinstance(record, PaperRecord) else None,
    )
