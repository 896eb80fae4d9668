"""The money that goes back because of a credit note: a negative payment of the invoice, once.

Dinero knows no identity of payments, so the order of reading matters as with a payment: the
invoice's time stamp is taken first, and its payments are looked at after.
"""

from collections.abc import Iterable
from decimal import Decimal

from dinero_sync.dinero import payments
from dinero_sync.dinero.payments import ROUNDED, InvoicePayments, PaymentRecord
from dinero_sync.domain.documents import CreditPlan, Payment, Refund, fields_of
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import is_of_gift_card
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.invoice import read_document
from dinero_sync.sync.ladder.step import Climb, Step, credited, refuse_closed_day
from dinero_sync.sync.work.outcome import climbed, settled


def pay_back(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register what the credit note left overpaid as paid back; nothing where nothing is.

    At most the credit note's total. Raises HeldError when it was paid back in another way, or when
    no one account took as much.
    """
    ledger, plan = climb.ledger, credited(record)
    refund = plan.refund
    if refund is None:
        raise LookupError(f"order {record.order_id} has a refund to make and none in its plan")
    timestamp = read_document(ledger, plan.invoice_guid).timestamp
    there = payments.of_invoice(ledger.transport, plan.invoice_guid)
    ours = [each for each in there.payments if each.reference == refund.reference]
    if ours:
        _refuse_another(ours, plan)
        ledger.adopt(record, EffectKind.REFUND, there)
        return climbed(record, Rung.PAID)
    owed = min(-there.remaining, plan.note.total)
    if owed <= 0:
        return settled(record, DocumentKind.REFUND)
    payment, day = _payment(refund, plan, there, owed), refund.day or plan.note.date
    refuse_closed_day(climb, record, "refund", day)
    ledger.send(
        record,
        EffectKind.REFUND,
        {"invoice": plan.invoice_guid, "day": day, **fields_of(payment)},
        payments.register(plan.invoice_guid, payment, day, timestamp),
    )
    return climbed(record, Rung.PAID)


def _payment(refund: Refund, plan: CreditPlan, there: InvoicePayments, owed: Decimal) -> Payment:
    """Return the negative payment of what is owed, from the account that took the money."""
    left = _left_by_account(there.payments)
    in_kroner = plan.note.currency == KRONER
    share = owed
    if not in_kroner:
        if refund.paid_kroner is None:
            raise _not_to_tell(plan, owed)
        share = round_to_ore(refund.paid_kroner * owed / there.invoice_total)
    account = refund.deposit_account or next(
        (number for number, amount in left.items() if amount >= share), None
    )
    if account is None:
        raise _not_to_tell(plan, owed)
    is_last = owed == -there.remaining and there.credited_more_than(
        there.invoice_total - 2 * ROUNDED
    )
    if is_last and not in_kroner:
        share = left.get(account, share)  # nothing stays on the account
    return Payment(
        reference=refund.reference,
        deposit_account=account,
        amount=-share,
        foreign_amount=None if in_kroner else -owed,
        description=refund.description,
    )


def _left_by_account(paid: Iterable[PaymentRecord]) -> dict[int, Decimal]:
    """Sum what was paid and paid back on each account, in kroner; that of gift cards is last."""
    left: dict[int, Decimal] = {}
    for each in sorted(paid, key=lambda each: is_of_gift_card(each.reference)):
        if each.deposit_account is not None:
            known = left.get(each.deposit_account, Decimal(0))
            left[each.deposit_account] = known + each.amount
    return left


def _refuse_another(ours: list[PaymentRecord], plan: CreditPlan) -> None:
    if len(ours) == 1 and ours[0].amount < 0:
        return
    raise HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "refund",
        (
            sentence("delete_wrong_refund"),
            command("retry", ORDER),
            sentence("if_payments_are_right"),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        invoice=str(plan.invoice_number),
    )


def _not_to_tell(plan: CreditPlan, owed: Decimal) -> HeldError:
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "no_account",
        (
            sentence("register_refund_by_hand", amount=owed, currency=plan.note.currency),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        invoice=str(plan.invoice_number),
        amount=owed,
        currency=plan.note.currency,
    )


STEPS = (Step(kind=DocumentKind.REFUND, at=Rung.PLANNED, take=pay_back),)
"""The ladder of a refund."""
