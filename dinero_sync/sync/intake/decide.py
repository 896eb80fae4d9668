"""What an order's latest words from the shop mean for it: plan it, wait, skip, hold."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import (
    ENDED_BY_PERSON,
    HeldError,
    HoldReason,
    OpenReason,
)
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.domain.unread import ShopList, UnreadError
from dinero_sync.journal.orders import OrderRecord, Rung, Standing
from dinero_sync.posting.conditions import NO_PRODUCTS, Products
from dinero_sync.posting.contact import needs_confirmation
from dinero_sync.posting.distance_sales import KRONER_PER_UNIT, refuse_above_threshold
from dinero_sync.posting.due import Due, Judgement, Never, NotYet, judge
from dinero_sync.posting.payments import (
    find_payment_type,
    payment_day,
    payment_of,
    unknown_payment_type,
)
from dinero_sync.posting.plan import plan_order
from dinero_sync.posting.settings import PaymentType, PostingSettings, Trigger
from dinero_sync.sync.intake.facts import Facts, UndecidedError
from dinero_sync.sync.intake.holds import changed_after_booking, content_of, nothing_to_invoice
from dinero_sync.sync.work.outcome import LOOKED_AT_AGAIN, held, resumed, skipped, waiting, working

SETTLED_BY_PERSON = frozenset(
    {
        HoldReason.CHANGED_AFTER_BOOKING,
        HoldReason.CANCELLED_AFTER_BOOKING,
        HoldReason.PAID_DIFFERENTLY,
        HoldReason.DOCUMENT_DIFFERS,
        HoldReason.MARGIN_MISSING,
        HoldReason.MARGIN_DIFFERS,
    }
)
"""Holds of a booked order that the shop can't end by saying what it said before."""
UNANSWERED = {listed: f"the shop's list of {listed} couldn't be read" for listed in ShopList} | {
    ShopList.PRODUCTS: "the shop's catalogue couldn't be asked about their products"
}
"""Why orders wait, as :class:`UndecidedError` says it."""
Decide = Callable[[Order, OrderRecord], OrderRecord]


class Intake:
    """Decides about orders, by the facts of one run."""

    def __init__(self, facts: Facts) -> None:
        """Ask ``facts`` where an order needs it."""
        self.settings_hash = facts.settings_hash
        self._facts = facts
        self._settings = facts.settings
        self._now = facts.now

    def decide(self, raw_text: str, raw: Mapping[str, object], record: OrderRecord) -> OrderRecord:
        """Return how an order stands after what the shop says of it now.

        Raises nothing for an order that can't go on: it comes back held. Raises UndecidedError
        for one that waits for a service's answer.
        """
        record = replace(record, raw=raw_text, settings=self.settings_hash, next_look=None)
        if record.reason in ENDED_BY_PERSON:
            return record
        try:
            order = self._facts.read(raw)
        except HeldError as error:
            undue = self._undue_wherever_it_goes(error, raw, record)
            if undue is not None:
                return undue
            _wait_for_answer(error)
            decided = held(record, error.hold, self._now)
            booked = self._booked_meanwhile(record, decided)
            return decided if booked is None else held(booked, error.hold, self._now)
        known = _known_of(order, record)
        if not known.rung.reached(Rung.BOOKED):
            decided = self._decided(self._before_booking, order, known)
            booked = self._booked_meanwhile(known, decided)
            if booked is None:
                return decided
            known = booked
        return self._decided(self._after_booking, order, known)

    def _undue_wherever_it_goes(
        self, error: HeldError, raw: Mapping[str, object], record: OrderRecord
    ) -> OrderRecord | None:
        """Decide about an order that isn't due, though the list of countries couldn't be read.

        None for one that is due, or that a draft was begun for: that depends on the country.
        """
        is_country = isinstance(error, UnreadError) and error.unread.listed is ShopList.COUNTRIES
        if not is_country or record.rung.reached(Rung.DRAFTED):
            return None
        try:
            order = self._facts.read_anywhere(raw)
            known = _known_of(order, record)
            _, verdict = self._judge(order, known)
            return None if isinstance(verdict, Due) else self._not_due(known, verdict)
        except HeldError:
            return None

    def _decided(self, decide: Decide, order: Order, record: OrderRecord) -> OrderRecord:
        try:
            return decide(order, record)
        except HeldError as error:
            _wait_for_answer(error)
            return held(record, error.hold, self._now)

    def _booked_meanwhile(self, record: OrderRecord, decided: OrderRecord) -> OrderRecord | None:
        """Return an order as booked where its draft doesn't go on as it is, but was booked.

        By us in a call without an answer, or by a person: then it isn't a draft to be changed or
        let be any more, but a sale in the books. None where it isn't, or simply goes on.
        """
        goes_on = decided.standing is Standing.WORKING and decided.rung.reached(Rung.DRAFTED)
        if goes_on or not record.rung.reached(Rung.DRAFTED):
            return None
        return self._facts.as_booked(record)

    def _before_booking(self, order: Order, record: OrderRecord) -> OrderRecord:
        payment_type, verdict = self._judge(order, record)
        if not isinstance(verdict, Due):
            return self._not_due(record, verdict)
        if order.total == 0:
            return self._not_due(record, nothing_to_invoice(order, self._settings))
        day = record.invoice_day or verdict.day
        paid = self._payment_day(order, record, day, _trigger(payment_type, self._settings))
        dated = replace(record, invoice_day=day, payment_day=paid)  # a correction moves no day
        return self._decided(partial(self._with_plan, payment_type, day), order, dated)

    def _with_plan(
        self, payment_type: PaymentType | None, day: date, order: Order, record: OrderRecord
    ) -> OrderRecord:
        plan = self._planned(order, payment_type, day)
        same = record.plan is not None and record.plan.fingerprint() == plan.fingerprint()
        rung = _rung_again(record) if same else Rung.PLANNED
        known = replace(
            record,
            plan=plan,
            content=content_of(order),
            contact_guid=record.contact_guid if same else None,
        )
        if same and record.reason == OpenReason.AWAITING_BOOKING:
            return working(known, Rung.DRAFTED)  # somebody may have booked it by hand
        return working(known, rung)

    def _planned(self, order: Order, payment_type: PaymentType | None, day: date) -> Plan:
        """Plan the documents with what only the services know about product and buyer."""
        catalogue = self._facts.products(order) if self._settings.asks_catalogue else NO_PRODUCTS
        asked = needs_confirmation(order, self._settings)
        confirmed = asked and self._facts.vat_number_is_confirmed(order)
        try:
            plan = plan_order(
                order,
                payment_type,
                day,
                self._settings,
                self._facts.chart(),
                products=catalogue,
                vat_number_confirmed=confirmed,
            )
        except HeldError:
            _wait_for_answers(catalogue)
            raise
        if asked and _is_untaxed(plan):
            self._facts.keep_evidence(order)
        if plan.distance_sale is not None and self._settings.refuse_above_threshold:
            so_far = self._facts.distance_sales(day.year, order.order_id)
            in_kroner = plan.distance_sale * KRONER_PER_UNIT.get(order.currency, Decimal(0))
            last_year = self._facts.distance_sales(day.year - 1, order.order_id)
            country = order.delivery.country
            refuse_above_threshold(plan, country, in_kroner, so_far, last_year)
        return plan

    def _judge(self, order: Order, record: OrderRecord) -> tuple[PaymentType | None, Judgement]:
        """Find the payment type and judge by its trigger.

        An order that no payment type takes is held only once it is due.
        """
        try:
            payment_type = find_payment_type(order, self._settings.payment_types)
        except UnreadError:
            if any(isinstance(self._verdict(order, each, record), Due) for each in self._triggers):
                raise  # it may be due, by a payment type that nobody can tell now
            return None, self._verdict(order, self._settings.trigger, record)
        except HeldError as error:
            verdict = self._verdict(order, self._settings.trigger, record)
            if isinstance(verdict, Due):
                types = self._settings.payment_types
                raise unknown_payment_type(order.gateway, types, self._facts.chart()) from error
            return None, verdict
        return payment_type, self._verdict(order, _trigger(payment_type, self._settings), record)

    @property
    def _triggers(self) -> set[Trigger]:
        """Return every trigger that an order may have, whatever its payment type."""
        return {_trigger(each, self._settings) for each in (None, *self._settings.payment_types)}

    def _verdict(self, order: Order, trigger: Trigger, record: OrderRecord) -> Judgement:
        """Judge by the fence; an order that straddles it is ours if its invoice is there."""
        try:
            return judge(
                order,
                trigger,
                self._settings.start_date,
                seen_undue=_seen_before(trigger, record),
                today=accounting_date(self._now),
            )
        except HeldError as error:
            if error.hold.reason is not HoldReason.STRADDLES_START:
                raise
            day = self._facts.our_invoice_day(order.order_id)
            if day is None:
                raise
            return Due(day)

    def _not_due(self, record: OrderRecord, verdict: NotYet | Never) -> OrderRecord:
        if record.rung.reached(Rung.DRAFTED) or self._facts.began_draft(record.order_id):
            raise HeldError(
                HoldReason.NO_LONGER_DUE,
                "",
                (
                    sentence("to_delete_draft"),
                    command("skip", ORDER, "--reason", TEXT),
                    sentence("to_see_what_dinero_holds"),
                    command("resolve", ORDER),
                ),
                now=verdict.reason,
            )
        if isinstance(verdict, Never):
            return skipped(record, verdict.reason)
        undecided = replace(
            record,
            seen_undue=True,
            rung=Rung.SEEN,
            plan=None,
            invoice_day=None,
            payment_day=None,
            contact_guid=None,
        )
        return waiting(undecided, verdict.reason, self._now)

    def _after_booking(self, order: Order, record: OrderRecord) -> OrderRecord:
        content = content_of(order)
        if content != record.content:
            if record.standing is Standing.HELD and content == record.held_content:
                return record
            changed = replace(record, held_content=content)
            return held(changed, changed_after_booking(order, record).hold, self._now)
        return self._as_booked(order, record)

    def _as_booked(self, order: Order, record: OrderRecord) -> OrderRecord:
        """Go on with a booked order that says what it said when it was booked."""
        if record.held_content is not None:  # the change was taken back in the shop
            record = resumed(replace(record, held_content=None))
        if not order.paid and record.rung is not Rung.PAID:
            record = replace(record, payment_day=None)
        day = self._day_of_late_payment(order, record)
        if day is not None:
            record = self._with_present_account(order, record)
            known = replace(record, payment_day=day)
            return working(known, record.rung) if record.standing is Standing.OPEN else known
        if record.standing is Standing.OPEN:
            return waiting(record, OpenReason.AWAITING_PAYMENT, self._now)
        if record.standing is Standing.HELD and record.reason not in SETTLED_BY_PERSON:
            return resumed(self._with_present_account(order, record))
        if record.standing is Standing.WORKING:
            return self._with_present_account(order, record)
        return record

    def _day_of_late_payment(self, order: Order, record: OrderRecord) -> date | None:
        """Return the day of a payment that wasn't known when the order was planned."""
        if record.payment_day is not None or record.invoice_day is None:
            return None
        # it became due by another event, or it would have been paid already
        return self._payment_day(order, record, record.invoice_day, Trigger.SHIPPED)

    def _payment_day(
        self, order: Order, record: OrderRecord, invoice_day: date, trigger: Trigger
    ) -> date | None:
        """Return the day of the payment; None for an unpaid order, and for a day to come.

        Where the shop doesn't tell the day, the one that was first seen stays.
        """
        if not order.paid:
            return None
        if order.paid_at is None and record.payment_day is not None:
            return record.payment_day
        day = payment_day(order, invoice_day, trigger)
        return day if day <= accounting_date(self._now) else None

    def _with_present_account(self, order: Order, record: OrderRecord) -> OrderRecord:
        """Let a payment that isn't registered yet go where, and be what, the rules say now."""
        if record.plan is None or record.plan.payment is None or record.rung is Rung.PAID:
            return record
        try:
            payment_type = find_payment_type(order, self._settings.payment_types)
        except UnreadError:  # it goes where it was to go
            return record
        payment = payment_of(order, payment_type)
        if payment is None:
            return record
        return replace(record, plan=replace(record.plan, payment=payment))


def _known_of(order: Order, record: OrderRecord) -> OrderRecord:
    return replace(
        record,
        number=order.number,
        changed=order.changed,
        total=order.total,
        currency=order.currency,
    )


def _wait_for_answer(error: HeldError) -> None:
    """Hold an order for what the shop refuses; raise UndecidedError for what it didn't answer."""
    if isinstance(error, UnreadError) and not error.unread.refused:
        raise UndecidedError(UNANSWERED[error.unread.listed], error.unread.why) from error


def _wait_for_answers(products: Products) -> None:
    """Raise UndecidedError where a product wasn't told about: nothing else is final then."""
    for product in products.values():
        for unread in product.unread:
            if not unread.refused:
                raise UndecidedError(UNANSWERED[unread.listed], unread.why)


def _rung_again(record: OrderRecord) -> Rung:
    """Return where an order goes on that is planned as it was before; never below planned.

    One that rested meanwhile begins where a released hold does.
    """
    if not record.rung.reached(Rung.PLANNED):
        return Rung.PLANNED
    is_under_way = record.standing in {Standing.WORKING, Standing.IN_DOUBT}
    return record.rung if is_under_way else LOOKED_AT_AGAIN.get(record.rung, record.rung)


def _is_untaxed(plan: Plan) -> bool:
    """Tell whether any of the invoice's lines bears no VAT, be it on its margin."""
    return any(not line.vat_rate and line.margin_scheme is None for line in plan.invoice.lines)


def _seen_before(trigger: Trigger, record: OrderRecord) -> bool:
    """Tell whether a run saw the order before its trigger; not where it waited for another one."""
    waited_for_another = trigger is Trigger.PAID and record.reason == OpenReason.UNSHIPPED
    return record.seen_undue and not waited_for_another


def _trigger(payment_type: PaymentType | None, settings: PostingSettings) -> Trigger:
    own = payment_type.trigger if payment_type else None
    return own or settings.trigger
