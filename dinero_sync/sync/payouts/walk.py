"""Takes payouts up the ladder, step by step, until they are done or at rest.

Payouts are few, and each is walked alone, but awaited together. What a step did is in the journal
before the next call leaves. A lost answer leaves doubt, and doubt is read before anything is sent
again.
"""

from collections.abc import Sequence

from dinero_sync.dinero.errors import (
    DeletedError,
    InDoubtError,
    RejectedError,
    StaleTimestampError,
)
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.sync.payouts.item import (
    STEPS,
    PayoutClimb,
    PayoutStep,
    booked_items,
    not_booked,
)
from dinero_sync.sync.work import outcome

TRIES = 3
"""How often a step is begun anew in one pass when the item changed or an answer was lost."""


def walk(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Take a planned payout as far as it goes before it is awaited; all that was done is known.

    Raises TemporaryError when Dinero is down or the run must end; a payout whose change has no
    answer is in doubt then.
    """
    while record.standing is Standing.WORKING and (step := _next(record)) is not None:
        climb.ledger.clock.check()
        try:
            record = _tried(climb, record, step)
        except TemporaryError:
            if climb.ledger.in_doubt(record):
                _kept(climb, outcome.in_doubt(record))
            raise
    return record


def await_all(climb: PayoutClimb, records: Sequence[PayoutRecord]) -> list[PayoutRecord]:
    """Wait until Dinero has booked the payouts that it was told to book; return all as they are.

    Those that it hasn't booked yet wait for the next run, or are held once it had long enough.
    """
    ledger = climb.ledger
    posted = [each for each in records if _is_awaited(each)]
    done = {each.name: _kept(climb, each) for each in booked_items(ledger, posted)}
    for record in posted:
        if record.name not in done:
            try:
                done[record.name] = _kept(climb, not_booked(ledger, record))
            except HeldError as error:
                done[record.name] = _held(climb, record, error.hold)
    return [done.get(each.name, each) for each in records]


def _is_awaited(record: PayoutRecord) -> bool:
    return record.standing is Standing.WORKING and record.rung is Rung.POSTED


def _next(record: PayoutRecord) -> PayoutStep | None:
    return next((each for each in STEPS if each.at is record.rung), None)


def _tried(climb: PayoutClimb, record: PayoutRecord, step: PayoutStep) -> PayoutRecord:
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
                "A ledger item in Dinero changes while it is worked on. The next run goes on."
            )
            climb.forget()
        except HeldError as error:
            return _held(climb, record, error.hold)
        except (DeletedError, RejectedError) as error:
            return _held(climb, record, _refused(error))
    assert failure is not None  # noqa: S101 - only a failure begins anew
    raise failure


def _held(climb: PayoutClimb, record: PayoutRecord, hold: Hold) -> PayoutRecord:
    return _kept(climb, outcome.held(record, hold, climb.ledger.clock.now()))


def _kept(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    climb.ledger.keep_payout(record)
    return record


def _refused(error: RejectedError) -> Hold:
    return Hold(
        reason=HoldReason.REJECTED_BY_DINERO,
        text=f"{HoldReason.REJECTED_BY_DINERO}.payout",
        facts={"error": str(error)},
        steps=(
            sentence("see_request"),
            command("show", ORDER),
            sentence("mend_what_dinero_names"),
            command("retry", ORDER),
        ),
    )
