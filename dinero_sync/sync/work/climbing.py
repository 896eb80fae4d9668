"""Takes one bill or payout up its ladder, step by step, until it is done or at rest.

They are few, and each is walked alone. What a step did is in the journal before the next call
leaves. A lost answer leaves doubt, and doubt is read before anything is sent again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dinero_sync.dinero.errors import DeletedError, InDoubtError, RejectedError, StaleTimestampError
from dinero_sync.dinero.write import Result, Write
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, Rung, Standing
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.work import outcome
from dinero_sync.sync.work.ledger import Ledger

TRIES = 3
"""How often a step is begun anew in one pass when the document changed or an answer was lost."""

FILE_PAUSES = (1.0, 2.0, 4.0)
"""Seconds until an uploaded file can be linked: about one, as clients saw it."""
FILE = "FileGuid"
"""What Dinero names where it doesn't take a file."""


class PaperClimb(Protocol):
    """Whom the steps of one pass speak to, and what was read in it."""

    @property
    def ledger(self) -> Ledger:
        """Where changes go."""

    def forget(self) -> None:
        """Read everything anew: what was read may not be so any more."""


AnyClimb = TypeVar("AnyClimb", bound=PaperClimb)
Paper = TypeVar("Paper", bound=PaperRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStep(Generic[AnyClimb, Paper]):
    """One step up."""

    kind: DocumentKind
    at: Rung
    take: Callable[[AnyClimb, Paper], Paper]
    """Returns the bill or payout further up, or with what was learnt, or at rest; safe to repeat.

    Raises HeldError, RejectedError, StaleTimestampError where the document changed, and a
    TemporaryError.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Generic[AnyClimb, Paper]):
    """The way up of one kind of paper."""

    steps: Sequence[PaperStep[AnyClimb, Paper]]
    made: str
    """What is made there, as it is called at the beginning of a sentence."""
    refused: str
    """Which sentence says that Dinero refused it."""
    begun_anew: Callable[[AnyClimb, Paper, RejectedError], Paper | None] = lambda *_: None
    """Returns a paper as it begins anew after a refusal that this may end; None after any other.

    It is asked once for each paper in a pass.
    """

    def next_for(self, record: Paper) -> PaperStep[AnyClimb, Paper] | None:
        """Return the step that a paper takes next; None where it is awaited, or is done."""
        turn = record.current
        wanted = (turn.kind, turn.rung)
        return next((each for each in self.steps if (each.kind, each.at) == wanted), None)


def climb_up(climb: AnyClimb, record: Paper, ladder: Ladder[AnyClimb, Paper]) -> Paper:
    """Take a planned bill or payout as far as it goes by itself; all that was done is known.

    Raises TemporaryError when Dinero is down or the run must end; what was sent without an answer
    is in doubt then.
    """
    may_begin_anew = True
    while record.standing is Standing.WORKING and (step := ladder.next_for(record)) is not None:
        climb.ledger.clock.check()
        try:
            record = _tried(climb, record, step, ladder)
        except (DeletedError, RejectedError) as error:
            again = ladder.begun_anew(climb, record, error) if may_begin_anew else None
            may_begin_anew = False
            if again is None:
                return held(climb, record, _refused(ladder, error))
            record = keep(climb, again)
        except TemporaryError:
            if climb.ledger.in_doubt(record):
                keep(climb, outcome.in_doubt(record))
            raise
    return record


def _tried(
    climb: AnyClimb,
    record: Paper,
    step: PaperStep[AnyClimb, Paper],
    ladder: Ladder[AnyClimb, Paper],
) -> Paper:
    """Do one step; reads and begins anew after a lost answer.

    Raises RejectedError where Dinero refuses it, and a TemporaryError.
    """
    failure: TemporaryError | None = None
    for _ in range(TRIES):
        try:
            return keep(climb, step.take(climb, record))
        except InDoubtError as error:
            failure = error
            climb.forget()
        except StaleTimestampError:
            failure = failure or TemporaryError(
                spoken(
                    "{made} in Dinero changes while it is worked on. The next run goes on.",
                    made=ladder.made,
                )
            )
            climb.forget()
        except HeldError as error:
            return held(climb, record, error.hold)
    assert failure is not None  # noqa: S101 - only a failure begins anew
    raise failure


def refuses_file(error: RejectedError) -> bool:
    """Tell whether Dinero refused a document because it doesn't take the file that it names."""
    return FILE in str(error)


def send_linked(
    ledger: Ledger, record: PaperRecord, kind: EffectKind, decision: object, write: Write[Result]
) -> Result:
    """Send what names an uploaded file; a fresh one is waited for until Dinero takes it.

    Raises as :meth:`Ledger.send` does.
    """
    for pause in FILE_PAUSES:
        try:
            return ledger.send(record, kind, decision, write)
        except RejectedError as error:
            if not refuses_file(error):
                raise
            ledger.clock.pause(pause)
    return ledger.send(record, kind, decision, write)


def held(climb: PaperClimb, record: Paper, hold: Hold) -> Paper:
    """Hold a bill or payout, and journal that."""
    return keep(climb, outcome.held(record, hold, climb.ledger.clock.now()))


def keep(climb: PaperClimb, record: Paper) -> Paper:
    """Journal how a bill or payout stands by now."""
    climb.ledger.keep_paper(record)
    return record


def _refused(ladder: Ladder[AnyClimb, Paper], error: RejectedError) -> Hold:
    """Say that Dinero refused what was to be made, by what it names."""
    return Hold(
        reason=HoldReason.REJECTED_BY_DINERO,
        text=f"{HoldReason.REJECTED_BY_DINERO}.{ladder.refused}",
        facts={"error": str(error)},
        steps=(
            sentence("see_request"),
            command("show", ORDER),
            sentence("mend_what_dinero_names"),
            command("retry", ORDER),
        ),
    )
