"""Payments are registered on the booked invoice, each once: money here, gift cards beside it.

Dinero knows no identity of payments, so the order of reading matters: the invoice's time stamp is
taken first and its payments are looked at after. Whoever pays in between makes the time stamp
stale, and our payment is refused instead of being the second.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dinero_sync.dinero import invoices, payments
from dinero_sync.dinero.payments import ROUNDED, InvoicePayments
from dinero_sync.domain.documents import Payment, Plan, fields_of
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.money import round_to_ore, total
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.invoice import read_document, refuse_booked_otherwise
from dinero_sync.sync.ladder.step import Climb, Step, planned, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, settled, waiting

NOTHING = Decimal(0)


def pay(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register the payment, or rest where the shop isn't paid yet; raises as :func:`register`."""
    plan, day = planned(record), record.paid_on
    if day is None:
        return waiting(record, OpenReason.AWAITING_PAYMENT, climb.ledger.clock.now())
    record = _with_rate(climb.ledger, record, plan)
    return register(climb, record, EffectKind.PAYMENT, _in_kroner(record, plan), day)


def register(
    climb: Climb, record: OrderRecord, kind: EffectKind, payment: Payment, day: date
) -> OrderRecord:
    """Register one of the payments of an order's invoice, unless it is there.

    An invoice booked by ourselves a moment ago has no payments but ours, and needs no reading. Of
    one that was credited before it is paid, no more is registered than is left to pay. Raises
    HeldError when somebody paid the invoice in another way, or when it is another amount's.
    """
    ledger, plan = climb.ledger, planned(record)
    own = climb.timestamps.pop(record.order_id, None)
    timestamp = own
    if timestamp is None:
        found = read_document(ledger, plan.invoice.guid)
        refuse_booked_otherwise(ledger, record, plan.invoice, found)
        timestamp = found.timestamp
        there = payments.of_invoice(ledger.transport, plan.invoice.guid)
        if _is_paid_by_us(there, payment, plan):
            ledger.adopt(record, kind, there)
            return climbed(record, Rung.PAID)
        left = _as_left(there, payment, plan)
        if left is None:
            return settled(record, record.current.kind)
        payment = left
    refuse_closed_day(climb, record, "payment", day)
    after = ledger.send(
        record,
        kind,
        {"invoice": plan.invoice.guid, "day": day, **fields_of(payment)},
        payments.register(plan.invoice.guid, payment, day, timestamp),
    )
    if own is not None:
        climb.timestamps[record.order_id] = after
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


def _is_paid_by_us(there: InvoicePayments, payment: Payment, plan: Plan) -> bool:
    """Tell whether a payment is registered: its amount, or what credit notes had left of it.

    Raises HeldError when it is registered with another amount.
    """
    ours = [each.amount for each in there.payments if each.reference == payment.reference]
    if not ours:
        return False
    amount = payment.amount or NOTHING
    least = round_to_ore(amount * (1 - there.credited / _in_own_currency(payment)))
    if len(ours) == 1 and least - _by_a_rate(there, payment) <= ours[0] <= amount and ours[0] > 0:
        return True
    raise _paid_differently(there, payment, plan)


def _as_left(there: InvoicePayments, payment: Payment, plan: Plan) -> Payment | None:
    """Return a payment of what credit notes left to pay by it; None where they left nothing.

    Raises HeldError when what is left isn't all but our others and what was credited, and when a
    gift card's payment, which its ledger item is to equal, would be less.
    """
    references = {each.reference for each in plan.payments} - {payment.reference}
    others = total(each.amount for each in there.payments if each.reference in references)
    missing = plan.invoice.total - others - there.credited - there.remaining
    due, left = _in_own_currency(payment), max(there.remaining, NOTHING)
    is_card = plan.gift_card is not None and payment == plan.gift_card.payment
    if abs(missing) > _by_a_rate(there, payment) or (is_card and left < due):
        raise _paid_differently(there, payment, plan)
    if left >= due:
        return payment
    return _part(payment, left) if left else None


def _part(payment: Payment, left: Decimal) -> Payment:
    """Return the part of a payment that is ``left``, in the invoice's currency."""
    if payment.foreign_amount is None or payment.amount is None:
        return replace(payment, amount=left)
    amount = round_to_ore(payment.amount * left / payment.foreign_amount)
    return replace(payment, amount=amount, foreign_amount=left)


def _in_own_currency(payment: Payment) -> Decimal:
    return payment.foreign_amount or payment.amount or NOTHING


def _by_a_rate(there: InvoicePayments, payment: Payment) -> Decimal:
    """Return how much may come of Dinero's rounded rates: only of what was credited by one."""
    return ROUNDED if payment.foreign_amount and there.credited else NOTHING


def _paid_differently(there: InvoicePayments, payment: Payment, plan: Plan) -> HeldError:
    """Say so, and for a gift card's payment to which account it is to be moved."""
    use = plan.gift_card
    debt = use.item.account if use and payment == use.payment else None
    amount = payment.amount or NOTHING
    if_right = sentence("if_payments_are_right")
    if debt is not None:
        if_right = sentence("if_card_payments_are_right", amount=amount, debt=debt)
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "" if debt is None else "gift_card",
        (
            sentence("delete_wrong_payment"),
            command("retry", ORDER),
            if_right,
            command("resolve", ORDER, "--accept", NOTE),
        ),
        count=len(there.payments),
        left=there.remaining,
        amount=amount,
        account=payment.deposit_account,
    )


STEPS = (Step(kind=DocumentKind.PAYMENT, at=Rung.PLANNED, take=pay),)
"""The ladder of a payment."""
