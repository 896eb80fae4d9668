"""How an order stands by the shop's latest words: planned, waiting, skipped, held. Pure."""

from dataclasses import replace
from datetime import date, datetime

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.domain.unread import ShopList, UnreadError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.posting.conditions import NO_PRODUCTS
from dinero_sync.posting.days.received import (
    agreed_trigger,
    comes_at_once,
    may_precede_invoice,
    payment_day,
    trigger_of,
)
from dinero_sync.posting.due import Due, Judgement, Never, NotYet, day_of, judge
from dinero_sync.posting.payments import find_payment_type, payment_of
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.sync.intake.changes import Change, changed_after_booking, content_of
from dinero_sync.sync.intake.decide import Decision, decide, held_by
from dinero_sync.sync.intake.facts import NOTHING_ASKED, Facts, UndecidedError, known
from dinero_sync.sync.work.outcome import LOOKED_AT_AGAIN, climbed, held, resumed, skipped, waiting

SETTLED_BY_PERSON = frozenset(
    {
        HoldReason.CHANGED_AFTER_BOOKING,
        HoldReason.CANCELLED_AFTER_BOOKING,
        HoldReason.PAID_DIFFERENTLY,
        HoldReason.DOCUMENT_DIFFERS,
        HoldReason.MARGIN_MISSING,
        HoldReason.MARGIN_DIFFERS,
        HoldReason.GIFT_CARD_DIFFERS,
    }
)
"""Holds of a booked order that the shop can't end by saying what it said before."""
UNANSWERED = {listed: f"the shop's list of {listed} couldn't be read" for listed in ShopList} | {
    ShopList.PRODUCTS: "the shop's catalogue couldn't be asked about their products"
}
"""Why orders wait, as :class:`UndecidedError` says it."""
NO_LONGER_DUE = (
    sentence("to_delete_draft"),
    command("skip", ORDER, "--reason", TEXT),
    sentence("to_see_what_dinero_holds"),
    command("resolve", ORDER),
)


def stand(
    order: Order, facts: Facts, record: OrderRecord, settings: PostingSettings, now: datetime
) -> OrderRecord:
    """Return how an order stands that isn't booked yet: planned, waiting, skipped or held.

    Raises UndecidedError for one that waits for a service's answer.
    """
    try:
        verdict = judged(order, record, settings, now, facts.own_invoice_day)
    except HeldError as error:
        return held(record, error.hold, now)
    if not isinstance(verdict, Due):
        return _not_due(record, verdict, facts, now)
    day = kept_day(order, record, verdict.day, facts.chosen_days, settings)
    event_day = moved_from(day, verdict.day, facts.chosen_days)
    decision = decide(order, replace(facts, day=day, event_day=event_day), settings)
    wait_for_answers(decision, facts)
    if decision.never is not None:
        return _not_due(record, decision.never, facts, now)
    if decision.sale is not None:
        payment_type = decision.payment_type
        trigger = trigger_of(order, payment_type, settings)
        paid = _payment_day(order, record, day, trigger, now)
        if event_day is not None or not may_precede_invoice(payment_type, settings):
            paid = paid and max(paid, day)
        dated = record.having(replace(record.sale, day=day))
        record = replace(dated, payment_day=paid)
    if decision.hold is not None:
        if decision.plan is not None and not record.rung.reached(Rung.PLANNED):
            # by which it is known where the books have it already
            record = replace(record.with_plan(decision.plan), content=content_of(order))
        return held(record, decision.hold, now)
    return _planned(order, record, decision)


def _planned(order: Order, record: OrderRecord, decision: Decision) -> OrderRecord:
    plan = known(decision.plan, "chart of accounts")
    same = record.plan is not None and record.plan.fingerprint() == plan.fingerprint()
    rung = _rung_again(record) if same else Rung.PLANNED
    if same and record.reason == OpenReason.AWAITING_BOOKING:
        rung = Rung.DRAFTED  # somebody may have booked it by hand
    if not same:
        record = record.having(replace(record.sale, contact_guid=None))
    return climbed(replace(record.with_plan(plan), content=content_of(order, decision)), rung)


def known_of(order: Order, record: OrderRecord) -> OrderRecord:
    """Return the record with what can be read of the order."""
    return replace(
        record,
        number=order.number,
        changed=order.changed,
        total=order.total,
        currency=order.currency,
    )


def judged(
    order: Order,
    record: OrderRecord,
    settings: PostingSettings,
    now: datetime,
    own_invoice_day: date | None = None,
) -> Judgement:
    """Judge by the trigger of the payment type, and by the fence.

    One that no payment type takes is held for that only once it is due; so is one whose payment
    type can't be told, if it may be due. One that straddles the start date is ours if its
    invoice is in Dinero, dated ``own_invoice_day``. Raises HeldError where only a person can tell.
    """

    def by(trigger: Trigger) -> Judgement:
        try:
            return judge(
                order,
                trigger,
                settings.start_date,
                seen_undue=_seen_before(trigger, record),
                today=accounting_date(now),
            )
        except HeldError as error:
            if error.hold.reason is HoldReason.STRADDLES_START and own_invoice_day is not None:
                return Due(own_invoice_day)
            raise

    try:
        payment_type = find_payment_type(order, settings.payment_types)
    except UnreadError:
        triggers = dict.fromkeys(
            trigger_of(order, each, settings) for each in (None, *settings.payment_types)
        )
        due = (each for each in map(by, triggers) if isinstance(each, Due))
        return next(due, None) or by(settings.trigger)
    except HeldError:
        return by(settings.trigger)
    return by(trigger_of(order, payment_type, settings))


def kept_day(
    order: Order,
    record: OrderRecord,
    day: date,
    chosen_days: frozenset[date],
    settings: PostingSettings,
) -> date:
    """Return the day of the invoice of an order that isn't booked, and is due by ``day``.

    A correction moves no day that was decided. But where money turns out to come at once, the
    VAT fell due by then, and nobody chose another day.
    """
    kept = record.invoice_day
    if kept is None or kept in chosen_days or kept <= day:
        return kept or day
    payment_type = _type_of(order, settings)
    is_told = comes_at_once(payment_type) and order.paid_at is not None
    is_moved = is_told and agreed_trigger(payment_type, settings) is Trigger.SHIPPED
    return day if is_moved else kept


def moved_from(day: date, event_day: date, chosen_days: frozenset[date]) -> date | None:
    """Return ``event_day`` where a person chose a later day for the invoice; else None."""
    return event_day if day in chosen_days and event_day < day else None


def _type_of(order: Order, settings: PostingSettings) -> PaymentType | None:
    """Return the payment type that takes an order; None where none does, or it can't be told."""
    try:
        return find_payment_type(order, settings.payment_types)
    except HeldError:
        return None


def event_day_of(
    order: Order, record: OrderRecord, payment_type: PaymentType | None, settings: PostingSettings
) -> date:
    """Return the day that an order's invoice bears by itself, whether or not it is due."""
    trigger = trigger_of(order, payment_type, settings)
    return day_of(order, trigger, seen_undue=_seen_before(trigger, record))


def wait_for_answers(decision: Decision, facts: Facts) -> None:
    """Leave a hold for what the shop refuses; raise UndecidedError for what it didn't answer.

    Where a product wasn't told about, no hold of what is posted is final.
    """
    if decision.hold is None:
        return
    products = (facts.products or NO_PRODUCTS) if decision.sale else NO_PRODUCTS
    of_products = (each for product in products.values() for each in product.unread)
    for unread in (decision.unread, *of_products):
        if unread is not None and not unread.refused:
            raise UndecidedError(UNANSWERED[unread.listed], unread.why)


def _rung_again(record: OrderRecord) -> Rung:
    """Return where an order goes on that is planned as it was before; never below planned.

    One that rested meanwhile begins where a released hold does.
    """
    if not record.rung.reached(Rung.PLANNED):
        return Rung.PLANNED
    is_under_way = record.standing in {Standing.WORKING, Standing.IN_DOUBT}
    return record.rung if is_under_way else LOOKED_AT_AGAIN.get(record.rung, record.rung)


def _seen_before(trigger: Trigger, record: OrderRecord) -> bool:
    """Tell whether a run saw the order before its trigger; not where it waited for another one."""
    waited_for_another = trigger is Trigger.PAID and record.reason == OpenReason.UNSHIPPED
    return record.seen_undue and not waited_for_another


def _not_due(
    record: OrderRecord, verdict: NotYet | Never, facts: Facts, now: datetime
) -> OrderRecord:
    if record.rung.reached(Rung.DRAFTED) or known(facts.began_draft, "draft begun before"):
        error = HeldError(HoldReason.NO_LONGER_DUE, "", NO_LONGER_DUE, now=verdict.reason)
        return held(record, error.hold, now)
    if isinstance(verdict, Never):
        return skipped(record, verdict.reason)
    return waiting(replace(record.without_plan(), seen_undue=True), verdict.reason, now)


def stand_booked(
    order: Order,
    record: OrderRecord,
    settings: PostingSettings,
    now: datetime,
    change: Change | None = None,
) -> OrderRecord:
    """Return how a booked order stands; raises UndecidedError as :func:`stand`.

    ``change`` is what it would be posted as; None where it says what it said.
    """
    if change is not None and not change.is_posted_alike(record):
        changed = replace(record, held_content=change.content)
        hold = changed_after_booking(record, change).hold
        return held(changed, hold, now, DocumentKind.INVOICE)
    if change is not None:
        record = replace(record, content=change.content)
    try:
        return _as_booked(order, record, settings, now)
    except HeldError as error:
        wait_for_answers(held_by(error), NOTHING_ASKED)
        return held(record, error.hold, now)


def _as_booked(
    order: Order, record: OrderRecord, settings: PostingSettings, now: datetime
) -> OrderRecord:
    """Go on with a booked order that says what it said when it was booked."""
    if record.held_content is not None:  # the change was taken back in the shop
        record = resumed(replace(record, held_content=None))
    if not order.paid and record.rung is not Rung.PAID:
        record = replace(record, payment_day=None)
    is_released = record.standing is Standing.HELD and record.reason not in SETTLED_BY_PERSON
    day = _day_of_late_payment(order, record, settings, now)
    if day is not None:
        paid = replace(_with_present_account(order, record, settings), payment_day=day)
        return resumed(paid) if is_released or paid.standing is Standing.OPEN else paid
    if record.standing is Standing.OPEN:
        return waiting(record, OpenReason.AWAITING_PAYMENT, now)
    if is_released:
        return resumed(_with_present_account(order, record, settings))
    if record.standing is Standing.WORKING:
        return _with_present_account(order, record, settings)
    return record


def _day_of_late_payment(
    order: Order, record: OrderRecord, settings: PostingSettings, now: datetime
) -> date | None:
    """Return the day of a payment that wasn't known when the order was planned."""
    if record.payment_day is not None or record.invoice_day is None:
        return None
    # it became due by another event, or it would have been paid already
    day = _payment_day(order, record, record.invoice_day, Trigger.SHIPPED, now)
    if day is None or may_precede_invoice(_type_of(order, settings), settings):
        return day
    return max(day, record.invoice_day)


def _payment_day(
    order: Order, record: OrderRecord, invoice_day: date, trigger: Trigger, now: datetime
) -> date | None:
    """Return the day of the payment; None for an unpaid order, and for a day to come.

    Where the shop doesn't tell the day, the one that was first seen stays.
    """
    if not order.paid:
        return None
    if order.paid_at is None and record.payment_day is not None:
        return record.payment_day
    day = payment_day(order, invoice_day, trigger)
    return day if day <= accounting_date(now) else None


def _with_present_account(
    order: Order, record: OrderRecord, settings: PostingSettings
) -> OrderRecord:
    """Let payments that aren't registered yet go where, and be what, the rules say now."""
    record = _with_present_card_account(record, settings)
    if record.plan is None or record.plan.payment is None or record.rung is Rung.PAID:
        return record
    try:
        payment_type = find_payment_type(order, settings.payment_types)
    except UnreadError:  # it goes where it was to go
        return record
    payment = payment_of(order, payment_type)
    if payment is None:
        return record
    if order.total != record.plan.invoice.total:  # an edit's extra invoice has a payment of its own
        known = record.plan.payment
        payment = replace(payment, amount=known.amount, foreign_amount=known.foreign_amount)
    return record.with_plan(replace(record.plan, payment=payment))


def _with_present_card_account(record: OrderRecord, settings: PostingSettings) -> OrderRecord:
    """Let what a gift card paid be registered on the account that is named now."""
    document, cards = record.document(DocumentKind.GIFT_CARD_PAYMENT), settings.gift_cards
    account = cards.redeemed_account if cards else None
    use = record.plan.gift_card if record.plan else None
    if record.plan is None or use is None or account is None or document is None:
        return record
    if document.rung is Rung.PAID:
        return record
    return record.with_plan(replace(record.plan, gift_card=use.on_account(account)))
