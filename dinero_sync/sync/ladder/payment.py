"""The payment is registered on the booked invoice, once.

Dinero knows no identity of payments, so the order of reading matters: the invoice's time stamp is
taken first and its payments are looked at after. Whoever pays in between makes the time stamp
stale, and our payment is refused instead of being the second.
"""

from dataclasses import replace

from dinero_sync.dinero import invoices, payments
from dinero_sync.dinero.payments import InvoicePayments
from dinero_sync.domain.documents import Payment, Plan, fields_of
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.invoice import read_document, refuse_booked_otherwise
from dinero_sync.sync.ladder.step import Climb, Step, planned, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, waiting


def pay(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register the payment, or rest where the shop isn't paid yet.

    An invoice booked by ourselves a moment ago has no payments yet, and needs no reading. Raises
    HeldError when somebody paid the invoice in another way, or when it is another amount's.
    """
    ledger, plan, day = climb.ledger, planned(record), record.paid_on
    if day is None:
        return waiting(record, OpenReason.AWAITING_PAYMENT, ledger.clock.now())
    record = _with_rate(ledger, record, plan)
    payment = _in_kroner(record, plan)
    timestamp = climb.timestamps.pop(record.order_id, None)
    if timestamp is None:
        found = read_document(ledger, plan.invoice.guid)
        refuse_booked_otherwise(ledger, record, plan.invoice, found)
        timestamp = found.timestamp
        there = payments.of_invoice(ledger.transport, plan.invoice.guid)
        if _is_paid_by_us(there, payment):
            ledger.adopt(record, EffectKind.PAYMENT, there)
            return climbed(record, Rung.PAID)
    refuse_closed_day(climb, record, "payment", day)
    ledger.send(
        record,
        EffectKind.PAYMENT,
        {"invoice": plan.invoice.guid, "day": day, **fields_of(payment)},
        payments.register(plan.invoice.guid, payment, day, timestamp),
    )
    return climbed(record, Rung.PAID)


def _in_kroner(record: OrderRecord, plan: Plan) -> Payment:
    """Return the payment with its amount; raises LookupError for a sale that registers none."""
    if plan.payment is None:
        raise LookupError(f"order {record.order_id} has a payment to make and none in its plan")
    return replace(plan.payment, amount=plan.payment.amount or record.total_dkk)


def _with_rate(ledger: Ledger, record: OrderRecord, plan: Plan) -> OrderRecord:
    """Learn what a payment in another currency is in kroner, by the rate of the invoice.

    Usually the list that verified the draft told it. Raises HeldError when Dinero doesn't tell.
    """
    if plan.payment is None or plan.payment.amount is not None or record.total_dkk is not None:
        return record
    day = plan.invoice.date
    for invoice in invoices.listed(ledger.transport, day, day):
        if invoice.guid == plan.invoice.guid and invoice.total_dkk is not None:
            return record.having(replace(record.sale, total_dkk=invoice.total_dkk))
    raise HeldError(
        HoldReason.CURRENCY_NOT_ALLOWED,
        "payment",
        (sentence("say_exchange_rate"), command("retry", ORDER)),
        currency=plan.invoice.currency,
    )


def _is_paid_by_us(there: InvoicePayments, payment: Payment) -> bool:
    ours = [each for each in there.payments if each.reference == payment.reference]
    if len(ours) == 1 and ours[0].amount == payment.amount:
        return True
    if ours or there.remaining != (payment.foreign_amount or payment.amount):
        raise _paid_differently(there, payment)
    return False


def _paid_differently(there: InvoicePayments, payment: Payment) -> HeldError:
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "",
        (
            sentence("delete_wrong_payment"),
            command("retry", ORDER),
            sentence("if_payments_are_right"),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        count=len(there.payments),
        left=there.remaining,
        amount=payment.amount or 0,
        account=payment.deposit_account,
    )


STEPS = (Step(kind=DocumentKind.PAYMENT, at=Rung.PLANNED, take=pay),)
"""The ladder of a payment."""
