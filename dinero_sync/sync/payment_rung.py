"""The top rung: the payment is registered on the booked invoice, once.

Dinero knows no identity of payments, so the order of reading matters: the invoice's time stamp is
taken first and its payments are looked at after. Whoever pays in between makes the time stamp
stale, and our payment is refused instead of being the second.
"""

from dataclasses import asdict

from dinero_sync.dinero.decode import InvoicePayments
from dinero_sync.domain.documents import Payment, Plan
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung
from dinero_sync.sync.invoice_rungs import Versions, read_document
from dinero_sync.sync.ledger import Ledger
from dinero_sync.sync.outcome import done, waiting


def pay(ledger: Ledger, record: OrderRecord, plan: Plan, versions: Versions) -> OrderRecord:
    """Register the payment, or rest where none is to be registered or the shop isn't paid yet.

    An invoice booked by ourselves a moment ago has no payments yet, and needs no reading. Raises
    HeldError when somebody paid the invoice in another way.
    """
    payment, day = plan.payment, record.payment_day
    if payment is None:
        return done(record, Rung.BOOKED)
    if day is None:
        return waiting(record, OpenReason.AWAITING_PAYMENT, ledger.clock.now())
    timestamp = versions.pop(record.order_id, None)
    if timestamp is None:
        timestamp = read_document(ledger, plan.invoice.guid).timestamp
        payments = ledger.client.payments(plan.invoice.guid)
        if _is_paid_by_us(payments, payment):
            ledger.adopt(record.order_id, EffectKind.PAYMENT, payments)
            return done(record, Rung.PAID)
    named = timestamp
    ledger.change(
        record.order_id,
        EffectKind.PAYMENT,
        {"invoice": plan.invoice.guid, "day": day, **asdict(payment)},
        lambda: ledger.client.pay(plan.invoice.guid, payment, day, named),
    )
    return done(record, Rung.PAID)


def _is_paid_by_us(payments: InvoicePayments, payment: Payment) -> bool:
    ours = [each for each in payments.payments if each.reference == payment.reference]
    if len(ours) == 1 and ours[0].amount == payment.amount:
        return True
    if ours or payments.remaining != payment.amount:
        raise _paid_differently(payments, payment)
    return False


def _paid_differently(payments: InvoicePayments, payment: Payment) -> HeldError:
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        f"The invoice in Dinero has {len(payments.payments)} payments and {payments.remaining:.2f} "
        f"left to pay; {payment.amount:.2f} was to be registered on account "
        f"{payment.deposit_account}. Nothing was registered on top of that.",
        "If one of the payments in Dinero is wrong, delete it there, then: dinero-sync retry ORDER",
    )
