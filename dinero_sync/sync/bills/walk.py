"""Takes one bill up the ladder, step by step, until it is done or at rest.

Bills are few, and each is walked alone. What a step did is in the journal before the next call
leaves. A lost answer leaves doubt, and doubt is read before anything is sent again.
"""

from dinero_sync.dinero.errors import (
    DeletedError,
    InDoubtError,
    RejectedError,
    StaleTimestampError,
    UnknownContactError,
)
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.bills import payment, voucher
from dinero_sync.sync.bills.climb import BillClimb, BillStep
from dinero_sync.sync.bills.supplier import forget_supplier
from dinero_sync.sync.work import outcome

STEPS = (*voucher.STEPS, *payment.STEPS)
TRIES = 3
"""How often a step is begun anew in one pass when the voucher changed or an answer was lost."""


def walk(climb: BillClimb, record: PaperRecord) -> PaperRecord:
    """Take a planned bill as far as it goes; all that was done is known.

    Raises TemporaryError when Dinero is down or the run must end; a bill whose change has no answer
    is in doubt then.
    """
    begun_anew = False
    while record.standing is Standing.WORKING and (step := _next(record)) is not None:
        climb.ledger.clock.check()
        try:
            record = _tried(climb, record, step)
        except UnknownContactError as error:
            if begun_anew:
                return _held(climb, record, refused(error))
            begun_anew = True
            forget_supplier(climb.ledger, record)
            record = _kept(climb, outcome.climbed(record, Rung.PLANNED, contact_guid=None))
        except TemporaryError:
            if climb.ledger.in_doubt(record):
                _kept(climb, outcome.in_doubt(record))
            raise
    return record


def _next(record: PaperRecord) -> BillStep | None:
    turn = record.current
    return next((each for each in STEPS if (each.kind, each.at) == (turn.kind, turn.rung)), None)


def _tried(climb: BillClimb, record: PaperRecord, step: BillStep) -> PaperRecord:
    """Do one step; reads and begins anew after a lost answer."""
    failure: TemporaryError | None = None
    for _ in range(TRIES):
        try:
            return _kept(climb, step.take(climb, record))
        except InDoubtError as error:
            failure = error
            climb.forget()
        except StaleTimestampError:
            failure = failure or TemporaryError(
                "A voucher in Dinero changes while it is worked on. The next run goes on."
            )
            climb.forget()
        except HeldError as error:
            return _held(climb, record, error.hold)
        except UnknownContactError:
            raise
        except (DeletedError, RejectedError) as error:
            return _held(climb, record, refused(error))
    assert failure is not None  # noqa: S101 - only a failure begins anew
    raise failure


def _held(climb: BillClimb, record: PaperRecord, hold: Hold) -> PaperRecord:
    return _kept(climb, outcome.held(record, hold, climb.ledger.clock.now()))


def _kept(climb: BillClimb, record: PaperRecord) -> PaperRecord:
    climb.ledger.keep_paper(record)
    return record


def refused(error: RejectedError) -> Hold:
    """Say that Dinero refused a voucher, by what it names."""
    return Hold(
        reason=HoldReason.REJECTED_BY_DINERO,
        text=f"{HoldReason.REJECTED_BY_DINERO}.voucher",
        facts={"error": str(error)},
        steps=(
            sentence("see_request"),
            command("show", ORDER),
            sentence("mend_what_dinero_names"),
            command("retry", ORDER),
        ),
    )
