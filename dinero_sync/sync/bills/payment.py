"""What was paid on a voucher on credit is registered once, as on sales.

The voucher's time stamp is taken first and its payments are looked at after: whoever pays in
between makes the time stamp stale, and our payment is refused instead of being the second.
"""

from dinero_sync.dinero.purchases import payments
from dinero_sync.domain.documents import fields_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.papers.bill import VoucherPayment
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills.climb import BillClimb, planned, refuse_closed_day
from dinero_sync.sync.bills.voucher import read_voucher
from dinero_sync.sync.work.climbing import PaperStep
from dinero_sync.sync.work.outcome import climbed


def pay(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Register the payment, unless it is there.

    Raises HeldError where somebody paid the voucher in another way.
    """
    ledger, payment = climb.ledger, _payment(record)
    found = read_voucher(climb, record)
    if not climb.is_fresh:
        there = payments.of_voucher(ledger.transport, found.guid)
        ours = [each for each in there if each.reference == payment.reference]
        if len(ours) == 1 and ours[0].amount == payment.amount:
            ledger.adopt(record, EffectKind.PAY_VOUCHER, {"voucher": found.guid})
            return climbed(record, Rung.PAID)
        if there:
            raise _paid_differently(len(there), payment)
    refuse_closed_day(climb, record, "voucher_payment", payment.day)
    climb.seen, climb.is_fresh = None, False  # whatever comes of it, the voucher is another then
    ledger.send(
        record,
        EffectKind.PAY_VOUCHER,
        {"voucher": found.guid, **fields_of(payment)},
        payments.register(found.guid, payment, found.timestamp),
    )
    return climbed(record, Rung.PAID)


def _payment(record: BillRecord) -> VoucherPayment:
    payment = planned(record).payment
    if payment is None:
        raise LookupError(f"{record.name} has a payment to make and none in its plan")
    return payment


def _paid_differently(count: int, payment: VoucherPayment) -> HeldError:
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "voucher",
        (
            sentence("delete_wrong_payment"),
            command("retry", ORDER),
            sentence("if_payments_are_right"),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        count=count,
        amount=payment.amount,
        account=payment.deposit_account,
    )


STEPS = (PaperStep(kind=DocumentKind.VOUCHER_PAYMENT, at=Rung.PLANNED, take=pay),)
"""The ladder of a voucher's payment."""
