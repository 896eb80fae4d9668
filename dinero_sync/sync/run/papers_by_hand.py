"""What a person does about bills and payouts alike: release, book a draft, look at both sides."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dinero_sync.domain.hold import ENDED_BY_PERSON, OpenReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.run.by_hand import called

Paper = TypeVar("Paper", bound=PaperRecord)
Found = TypeVar("Found")
WAITS_FOR_A_PERSON = frozenset({Standing.HELD, Standing.IN_DOUBT})
UNDER_WAY = frozenset({Standing.WORKING, Standing.IN_DOUBT})


def refuse_to_release(record: PaperRecord, *, again: bool) -> None:
    """Raise UsageError for a bill or payout that nobody holds, and for one that a person ended.

    The latter says what the person noted; ``again`` takes that back.
    """
    ended = record.reason in ENDED_BY_PERSON
    if ended and not again:
        raise UsageError(
            spoken(
                "{called} was ended by a person, with the note: {note}\n"
                "Nothing was changed. To take that decision back, and have the next run post "
                "it: dinero-sync retry {name} --again",
                called=called(record),
                note=record.note,
                name=record.name,
            )
        )
    if record.standing not in WAITS_FOR_A_PERSON and not ended:
        raise UsageError(
            spoken(
                "{called} isn't held; it stands as: {standing}. See: dinero-sync show {name}",
                called=called(record),
                standing=spoken(record.standing),
                name=record.name,
            )
        )


def waiting_drafts(
    db: sqlite3.Connection,
    standing: Callable[[sqlite3.Connection, Iterable[Standing]], list[Paper]],
    named: Sequence[Paper] | None,
) -> list[Paper]:
    """Return the drafts to book: those named, or all that wait, which ``standing`` lists.

    Raises UsageError for a named one that has no draft waiting.
    """
    if named is None:
        begun = standing(db, (Standing.OPEN, *UNDER_WAY))
        return [each for each in begun if _is_to_be_booked(each)]
    for record in named:
        if not _is_to_be_booked(record):
            raise UsageError(
                spoken(
                    "{called} has no draft that waits to be booked; it stands as: {standing}. "
                    "See: dinero-sync show {name}",
                    called=called(record),
                    standing=spoken(record.standing),
                    name=record.name,
                )
            )
    return list(named)


def _is_to_be_booked(record: PaperRecord) -> bool:
    """Tell whether a draft waits for a word, or was given it by a command that was cut short."""
    cut_short = record.standing in UNDER_WAY
    return record.reason == OpenReason.AWAITING_BOOKING or (
        cut_short and record.rung.reached(Rung.DRAFTED)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvidence(Generic[Paper, Found]):
    """Both sides of a bill or a payout, read a moment ago."""

    record: Paper
    unanswered: frozenset[EffectKind]
    found: Found | None
    """What Dinero holds of it; None where nothing is known there."""

    @property
    def goes_on(self) -> bool:
        """Tell whether reading may settle it."""
        is_begun = self.record.standing is Standing.WORKING and bool(self.unanswered)
        return self.record.standing is Standing.IN_DOUBT or is_begun


def evidence_of(
    db: sqlite3.Connection, record: Paper, found: Found | None
) -> PaperEvidence[Paper, Found]:
    """Put beside what Dinero holds what was sent without an answer."""
    unanswered = frozenset(effects.open_intents(db, record.subject))
    return PaperEvidence(record=record, unanswered=unanswered, found=found)
