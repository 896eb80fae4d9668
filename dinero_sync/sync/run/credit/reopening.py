"""After a chargeback the buyer owes again, by a person's word: a negative payment."""

from dataclasses import replace

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Rung, SubjectRecord
from dinero_sync.journal.money.chargebacks import OpenChargeback, open_chargebacks
from dinero_sync.journal.schema import transaction
from dinero_sync.sync.run.by_hand import note_decision
from dinero_sync.sync.run.credit.later_chains import deliver_chains
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.work.outcome import climbed
from dinero_sync.sync.work.workplace import Workplace


def reopened(place: Workplace, record: SubjectRecord) -> RunResult:
    """Register the chargebacks of an order that are held; expected errors are in the result.

    What a credit note took of one is not owed again. Raises UsageError for an order without any.
    """
    found = _open(place, record)
    now = place.clock.now()
    with transaction(place.db):
        chains = []
        for each in found:
            note_decision(place.db, each.record, now, {"reopen": each.record.chain})
            chains.append(_begun(each))
            orders.save(place.db, chains[-1], each.record)
    return ended(place, lambda result: deliver_chains(place, chains, result))


def _open(place: Workplace, record: SubjectRecord) -> list[OpenChargeback]:
    if not isinstance(record, OrderRecord):
        raise UsageError(
            spoken("--reopen is for orders; bills and payouts have no buyer who owes.")
        )
    found = open_chargebacks(orders.chains(place.db, record.order_id))
    if found:
        return found
    raise UsageError(
        spoken(
            "No chargeback of order #{number} is held whose invoice is known here. Nothing was "
            "registered. See: dinero-sync show {order_id}",
            number=record.number,
            order_id=record.order_id,
        )
    )


def _begun(open_: OpenChargeback) -> OrderRecord:
    record = open_.record
    assert record.chargeback is not None  # noqa: S101 - those alone are open
    plan = replace(record.chargeback, amount=open_.amount)
    return climbed(record.having(replace(record.sale, plan=plan)), Rung.PLANNED)
