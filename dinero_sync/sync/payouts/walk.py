"""The way up of payouts: each is walked alone, but awaited together.

Dinero books ledger items in its own time, and is asked about all of them at once.
"""

from collections.abc import Sequence

from dinero_sync.domain.hold import HeldError
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.sync.payouts.item import LADDER, PayoutClimb, booked_items, not_booked
from dinero_sync.sync.work.climbing import climb_up, held, keep


def walk(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Take a planned payout as far as it goes before it is awaited; all that was done is known.

    Raises TemporaryError when Dinero is down or the run must end; a payout whose change has no
    answer is in doubt then.
    """
    return climb_up(climb, record, LADDER)


def await_all(climb: PayoutClimb, records: Sequence[PayoutRecord]) -> list[PayoutRecord]:
    """Wait until Dinero has booked the payouts that it was told to book; return all as they are.

    Those that it hasn't booked yet wait for the next run, or are held once it had long enough.
    """
    ledger = climb.ledger
    posted = [each for each in records if _is_awaited(each)]
    done = {each.name: keep(climb, each) for each in booked_items(ledger, posted)}
    for record in posted:
        if record.name not in done:
            try:
                done[record.name] = keep(climb, not_booked(ledger, record))
            except HeldError as error:
                done[record.name] = held(climb, record, error.hold)
    return [done.get(each.name, each) for each in records]


def _is_awaited(record: PayoutRecord) -> bool:
    return record.standing is Standing.WORKING and record.rung is Rung.POSTED
