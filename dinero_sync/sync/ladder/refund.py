"""The money that goes back to a buyer: negative payments of the invoice, each once.

Because of a credit note, as much as it leaves overpaid; or because of a chargeback, after which the
buyer owes again. Dinero knows no identity of payments, so the order of reading matters as with a
payment: the invoice's time stamp is taken first, and its payments are looked at after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero import payments
from dinero_sync.dinero.payments import ROUNDED, InvoicePayments, PaymentRecord
from dinero_sync.domain.documents import ChargedBack, CreditPlan, Payment, Refund, fields_of
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.identity import is_of_chargeback, is_of_gift_card
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.money import went_back
from dinero_sync.journal.money.chargebacks import covered, open_chargebacks
from dinero_sync.sync.ladder.invoice import read_document
from dinero_sync.sync.ladder.step import Climb, Step, charged_back, credited, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, settled, waiting

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invoice:
    """The invoice that money goes back of, as Dinero has it."""

    guid: UUID
    number: int
    currency: str
    paid_kroner: Decimal | None
    """What all of it was paid with, where its currency is another one."""
    timestamp: str
    """Taken before its payments were looked at."""
    there: InvoicePayments

    def kroner(self, amount: Decimal) -> Decimal | None:
        """Return an amount in kroner, by the rate at which it was paid; None where nobody knows."""
        if self.currency == KRONER:
            return amount
        if self.paid_kroner is None:
            return None
        return round_to_ore(self.paid_kroner * amount / self.there.invoice_total)

    @property
    def by_a_rate(self) -> Decimal:
        """How much may come of Dinero's rounded rates."""
        return NOTHING if self.currency == KRONER else ROUNDED

    def own(self, kroner: Decimal) -> Decimal:
        """Return kroner in the invoice's currency, by that rate."""
        if self.currency == KRONER or not self.paid_kroner:
            return kroner
        return round_to_ore(kroner * self.there.invoice_total / self.paid_kroner)


def pay_back(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register what the credit note left overpaid as paid back; nothing where nothing is.

    At most the credit note's total. It waits where a settlement file is to tell that the provider
    paid it back, and none has. Raises HeldError when it was paid back in another way, or when no
    one account took as much.
    """
    plan, refund = credited(record), credited(record).refund
    if refund is None:
        raise LookupError(f"order {record.order_id} has a refund to make and none in its plan")
    invoice = _read(
        climb.ledger, plan.invoice_guid, plan.invoice_number, plan.note.currency, refund.paid_kroner
    )
    chains = orders.chains(climb.ledger.db, record.order_id)
    taken_back = open_chargebacks(chains)
    paid = _registered_before(invoice, refund.reference)
    if paid is not None:
        climb.ledger.adopt(record, EffectKind.REFUND, invoice.there)
        back = invoice.own(-paid.amount)
        if plan.in_money - back > invoice.by_a_rate:
            record = _with_refund(record, replace(refund, not_paid=plan.in_money - back))
        return climbed(_with_chargebacks(record, covered(taken_back, back)), Rung.PAID)
    owed = _owed_in_money(invoice, plan)
    if owed <= 0:
        return settled(record, DocumentKind.REFUND)
    record = _with_refund(record, replace(refund, not_paid=plan.in_money - owed))
    account = _account(invoice, owed, "no_account")
    parts = covered(taken_back, owed)
    rest = owed - sum((each.amount for each in parts), NOTHING)
    day, rest = refund.day, rest - refund.set_off
    if day is None and parts and rest <= 0:
        day = taken_back[len(parts) - 1].day
    elif day is None and rest <= 0:
        day = plan.note.date  # what came instead was paid by it
    elif day is None:
        day = _told_day(climb, invoice, account, rest, chains)
    if day is None and account in climb.refunds_told:
        return waiting(record, OpenReason.AWAITING_REFUND, climb.ledger.clock.now())
    payment = Payment(
        reference=refund.reference,
        deposit_account=account,
        amount=-_all_of(invoice, owed, account),
        foreign_amount=None if invoice.currency == KRONER else -owed,
        description=refund.description,
    )
    _register(climb, record, invoice, payment, day or plan.note.date)
    return climbed(_with_chargebacks(record, parts), Rung.PAID)


def _owed_in_money(invoice: _Invoice, plan: CreditPlan) -> Decimal:
    """Return what is to go back in money, in the invoice's currency; nothing, or less, for none.

    Where a gift card paid, too, what is overpaid may be the card's: no more money goes back than
    was paid in money, and wasn't owed again after a chargeback.
    """
    there = invoice.there
    owed = min(-there.remaining, plan.in_money)
    if plan.gift_card is None:
        return owed
    cards = (each.amount for each in there.payments if is_of_gift_card(each.reference))
    return min(owed, there.invoice_total - there.remaining - there.credited - sum(cards, NOTHING))


def give_to_card(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register what goes back to a gift card; nothing where somebody paid all of it back.

    Raises HeldError where somebody paid a part of it back: what is left is for a person.
    """
    plan, card = credited(record), credited(record).gift_card
    if card is None:
        raise LookupError(f"order {record.order_id} has a gift card to give and none in its plan")
    invoice = _read(climb.ledger, plan.invoice_guid, plan.invoice_number, plan.note.currency, None)
    if _registered_before(invoice, card.payment.reference) is not None:
        climb.ledger.adopt(record, EffectKind.GIFT_CARD_REFUND, invoice.there)
        return climbed(record, Rung.PAID)
    owed = min(-invoice.there.remaining, card.item.amount)
    if owed <= 0:
        return settled(settled(record, DocumentKind.GIFT_CARD_REFUND), DocumentKind.GIFT_CARD)
    if owed != card.item.amount:
        raise _not_to_tell(invoice, owed, "no_account")
    payment = replace(card.payment, amount=-owed)
    _register(climb, record, invoice, payment, card.item.date)
    return climbed(record, Rung.PAID)


def owe_again(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Register what a buyer's bank took back, so that the invoice is to be paid again.

    Raises HeldError when it was registered in another way, or when no one account took as much.
    """
    plan = charged_back(record)
    invoice = _read(
        climb.ledger, plan.invoice_guid, plan.invoice_number, plan.currency, plan.paid_kroner
    )
    if _registered_before(invoice, plan.reference) is not None:
        climb.ledger.adopt(record, EffectKind.CHARGEBACK, invoice.there)
        return climbed(record, Rung.PAID)
    account = _account(invoice, plan.amount, "chargeback")
    payment = Payment(
        reference=plan.reference,
        deposit_account=account,
        amount=-(invoice.kroner(plan.amount) or NOTHING),
        foreign_amount=None if invoice.currency == KRONER else -plan.amount,
        description=plan.description,
    )
    _register(climb, record, invoice, payment, plan.day)
    return climbed(record, Rung.PAID)


def _read(
    ledger: Ledger, guid: UUID, number: int, currency: str, paid_kroner: Decimal | None
) -> _Invoice:
    timestamp = read_document(ledger, guid).timestamp
    return _Invoice(
        guid=guid,
        number=number,
        currency=currency,
        paid_kroner=paid_kroner,
        timestamp=timestamp,
        there=payments.of_invoice(ledger.transport, guid),
    )


def _register(
    climb: Climb, record: OrderRecord, invoice: _Invoice, payment: Payment, day: date
) -> None:
    kind = record.current.kind
    what = DocumentKind.CHARGEBACK if kind is DocumentKind.CHARGEBACK else DocumentKind.REFUND
    refuse_closed_day(climb, record, what, day)
    climb.ledger.send(
        record,
        EffectKind(kind),
        {"invoice": invoice.guid, "day": day, **fields_of(payment)},
        payments.register(invoice.guid, payment, day, invoice.timestamp),
    )


def _with_chargebacks(record: OrderRecord, parts: tuple[ChargedBack, ...]) -> OrderRecord:
    """Return the order with what of its refund had gone back by chargebacks."""
    refund = credited(record).refund
    if not parts or refund is None:
        return record
    return _with_refund(record, replace(refund, charged_back=parts))


def _with_refund(record: OrderRecord, refund: Refund) -> OrderRecord:
    """Return the order with what is known of its refund by now."""
    known = replace(credited(record), refund=refund)
    return record.having(replace(record.sale, plan=known))


def _told_day(
    climb: Climb,
    invoice: _Invoice,
    account: int,
    rest: Decimal,
    chains: Sequence[OrderRecord],
) -> date | None:
    """Return the day on which the provider paid ``rest`` back, as settlement files tell it.

    By what went back in all: files may tell of it in several rows, and of earlier refunds. None
    while they tell of less.
    """
    before = (
        -invoice.own(each.amount)
        for each in invoice.there.payments
        if each.deposit_account == account
        and each.amount < 0
        and not is_of_chargeback(each.reference)
    )
    otherwise = (
        each.credit.refund.otherwise
        for each in chains
        if each.credit and each.credit.refund and each.rung is Rung.PAID
    )
    missing = rest + sum(before, NOTHING) - sum(otherwise, NOTHING)
    for row in went_back.of_order(climb.ledger.db, chains[0].order_id):
        if row.kind == went_back.REFUND and row.currency == invoice.currency:
            missing -= row.amount
            if missing <= invoice.by_a_rate:
                return row.day
    return None


def _account(invoice: _Invoice, amount: Decimal, which: str) -> int:
    """Return the account that took as much: of money before one of gift cards.

    Raises HeldError where no one did, and where nobody knows what that is in kroner.
    """
    share = invoice.kroner(amount)
    for number, left in _left_by_account(invoice.there.payments).items():
        if share is not None and left >= share:
            return number
    raise _not_to_tell(invoice, amount, which)


def _not_to_tell(invoice: _Invoice, amount: Decimal, which: str) -> HeldError:
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        which,
        (
            sentence("register_refund_by_hand", amount=amount, currency=invoice.currency),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        invoice=str(invoice.number),
        amount=amount,
        currency=invoice.currency,
    )


def _all_of(invoice: _Invoice, owed: Decimal, account: int) -> Decimal:
    """Return what a refund comes to in kroner; the last one leaves nothing on the account."""
    share = invoice.kroner(owed) or NOTHING
    there = invoice.there
    is_last = owed == -there.remaining and there.credited_more_than(
        there.invoice_total - 2 * ROUNDED
    )
    if invoice.currency == KRONER or not is_last:
        return share
    return _left_by_account(there.payments).get(account, share)


def _left_by_account(paid: Iterable[PaymentRecord]) -> dict[int, Decimal]:
    """Sum what was paid and paid back on each account, in kroner; that of gift cards is last."""
    left: dict[int, Decimal] = {}
    for each in sorted(paid, key=lambda each: is_of_gift_card(each.reference)):
        if each.deposit_account is not None:
            known = left.get(each.deposit_account, NOTHING)
            left[each.deposit_account] = known + each.amount
    return left


def _registered_before(invoice: _Invoice, reference: str) -> PaymentRecord | None:
    """Return our own payment that is there; raises HeldError where something else has its name."""
    ours = [each for each in invoice.there.payments if each.reference == reference]
    if not ours:
        return None
    if len(ours) == 1 and ours[0].amount < 0:
        return ours[0]
    raise HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "refund",
        (
            sentence("delete_wrong_refund"),
            command("retry", ORDER),
            sentence("if_payments_are_right"),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        invoice=str(invoice.number),
    )


STEPS = (
    Step(kind=DocumentKind.REFUND, at=Rung.PLANNED, take=pay_back),
    Step(kind=DocumentKind.GIFT_CARD_REFUND, at=Rung.PLANNED, take=give_to_card),
    Step(kind=DocumentKind.CHARGEBACK, at=Rung.PLANNED, take=owe_again),
)
"""The ladders of a refund, in money and to a gift card, and of what is owed again."""
