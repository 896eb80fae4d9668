"""The way up of a bill: its voucher, then what was paid on it.

A supplier's contact that somebody deleted is found or made anew, once in a pass.
"""

from dinero_sync.dinero.errors import RejectedError, UnknownContactError
from dinero_sync.domain.spoken import spoken
from dinero_sync.journal import contacts
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills import payment, voucher
from dinero_sync.sync.bills.climb import BillClimb
from dinero_sync.sync.work.climbing import Ladder, climb_up
from dinero_sync.sync.work.outcome import climbed


def walk(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Take a planned bill as far as it goes; all that was done is known.

    Raises TemporaryError when Dinero is down or the run must end; a bill whose change has no answer
    is in doubt then.
    """
    return climb_up(climb, record, LADDER)


def _without_lost_supplier(
    climb: BillClimb, record: BillRecord, error: RejectedError
) -> BillRecord | None:
    """Return a bill that begins anew since Dinero doesn't know its contact; None for any other."""
    if not isinstance(error, UnknownContactError):
        return None
    if record.lead.contact_guid is not None:
        contacts.forget(climb.ledger.db, record.lead.contact_guid)
    return climbed(record, Rung.PLANNED, contact_guid=None)


LADDER = Ladder(
    steps=(*voucher.STEPS, *payment.STEPS),
    made=spoken("A voucher"),
    refused="voucher",
    begun_anew=_without_lost_supplier,
)
"""The whole way."""
