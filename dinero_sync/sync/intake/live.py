"""Decides about the orders of one run: asks the services for what an order needs, then decides."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dinero_sync.clock import Clock
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import ENDED_BY_PERSON, HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.order import Gateway, Order, OrderStatus
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread, UnreadError
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.journal.effects import EffectKind, chosen_days
from dinero_sync.journal.upkeep.retention import NOTHING_LEFT
from dinero_sync.posting.conditions import Products
from dinero_sync.posting.contact import needs_confirmation, vat_number_of
from dinero_sync.posting.distance_sales import may_be_distance_sale
from dinero_sync.posting.due import Due
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.shoporama.replies import RightMissingError
from dinero_sync.sync.intake.catalogue import catalogue_for
from dinero_sync.sync.intake.changes import (
    Change,
    Told,
    is_as_booked,
    is_unchanged,
    says_the_same,
    settings_to_compare,
)
from dinero_sync.sync.intake.decide import Decision, decide, held_by
from dinero_sync.sync.intake.facts import (
    NOTHING_ASKED,
    Facts,
    UndecidedError,
    products_of,
)
from dinero_sync.sync.intake.raw_orders import parsed
from dinero_sync.sync.intake.remembered import distance_sales_besides
from dinero_sync.sync.intake.shop_masters import ShopMasters, unread_for
from dinero_sync.sync.intake.standing import (
    judged,
    kept_day,
    known_of,
    stand,
    stand_booked,
    wait_for_answers,
)
from dinero_sync.sync.intake.vat_numbers import VatNumbers, keep_evidence
from dinero_sync.sync.ladder.invoice import find_document, take_over_booked
from dinero_sync.sync.work.books import Books
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import held
from dinero_sync.sync.work.pacing import DailyQuota
from dinero_sync.sync.work.rules_hash import settings_hash

NO_DRAFTS = "Dinero couldn't be asked whether their drafts were booked"
NO_INVOICES = "Dinero couldn't be asked whether it holds their invoices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What orders are read from and decided by; nothing is changed there at a service."""

    shop: ShopClient
    quota: DailyQuota
    """Of the shop's calls."""
    reader: ReaderSettings
    settings: PostingSettings
    ledger: Ledger
    """Asked what became of our own documents; its journal keeps what was read and decided."""
    books: Callable[[], Books]
    """Asked only when an order is due; may cost calls."""
    vat_numbers: Callable[[], VatNumbers]
    """Asked only when an order needs it."""

    @property
    def db(self) -> sqlite3.Connection:
        """Return the journal."""
        return self.ledger.db

    @property
    def clock(self) -> Clock:
        """Return the run's clock."""
        return self.ledger.clock


class Intake:
    """Decides about orders by what the services say now, asked only where one needs it.

    Its questions may cost calls, and raise DeadlineError and StoppedError.
    """

    def __init__(self, sources: Sources, masters: ShopMasters) -> None:
        """Ask ``sources``; ``masters`` are the shop's lists."""
        self.settings_hash = settings_hash(sources.settings, sources.reader)
        self._now = sources.clock.now()
        self._settings = sources.settings
        self._sources = sources
        self._masters = masters
        self._ledger = sources.ledger
        self._catalogue = catalogue_for(
            sources.settings, sources.shop, sources.db, sources.clock, sources.quota
        )
        self._refusal: RightMissingError | None = None

    def decide(self, raw_text: str, raw: Mapping[str, object], record: OrderRecord) -> OrderRecord:
        """Return how an order stands after what the shop says of it now.

        Raises nothing for an order that can't go on: it comes back held. Raises UndecidedError
        for one that waits for a service's answer.
        """
        told_before = record.raw
        record = replace(record, raw=raw_text)
        record = record.having(replace(record.current, next_look=None))
        record = record.having(replace(record.sale, settings=self.settings_hash))
        if record.reason in ENDED_BY_PERSON:
            return record
        try:
            order = read_order(raw, self._masters, self._sources.reader)
        except HeldError as error:
            return self._undue_anywhere(error, raw, record) or self._unreadable(error, record)
        record = known_of(order, record)
        if record.rung.reached(Rung.BOOKED):
            return self._stand_booked(order, record, told_before)
        decided = stand(order, self._facts(order, record), record, self._settings, self._now)
        booked = self._booked_meanwhile(record, decided)
        if booked is not None:
            return self._stand_booked(order, booked, told_before)
        if decided.plan is not None and decided.standing is Standing.WORKING:
            self._keep_evidence(order, decided.plan)
        return decided

    def _stand_booked(self, order: Order, record: OrderRecord, told_before: str) -> OrderRecord:
        """Return how a booked order stands; only one that says something else costs questions.

        Raises UndecidedError as :meth:`decide`.
        """
        before = self._read_again(told_before)
        change = None
        if not is_unchanged(order, record, before):
            if record.standing is Standing.HELD and says_the_same(order, record.held_content):
                return record
            known = before if before is not None and is_as_booked(before, record) else None
            change = Change(
                now=self._as_told(order, record, known),
                before=None if known is None else self._as_told(known, record, known),
            )
        return stand_booked(order, record, self._settings, self._now, change)

    def _read_again(self, raw: str) -> Order | None:
        """Return an order as the shop told it before; None where that can't be read any more."""
        if raw == NOTHING_LEFT:
            return None
        try:
            return read_order(parsed(raw), self._masters, self._sources.reader)
        except (HeldError, ValueError):  # the latter where somebody changed the journal
            return None

    def _as_told(self, order: Order, record: OrderRecord, before: Order | None) -> Told:
        """Decide about a booked order as if it weren't, by what is compared of it.

        What others' sales come to, or VIES says of the same number, is no change of it. Raises
        UndecidedError while the shop's lists can't be read.
        """
        if order.status is OrderStatus.CANCELLED:
            return Told(order, Decision())
        facts = Facts(day=record.invoice_day)
        settings = settings_to_compare(self._settings)
        decision = decide(order, facts, settings)
        if decision.is_open:
            asks = settings.asks_catalogue
            facts = replace(
                facts,
                chart=self._sources.books().chart,
                products=self._products(order) if asks else None,
                vat_number_confirmed=self._counts_as_confirmed(order, record, before),
            )
            decision = decide(order, facts, settings)
        wait_for_answers(decision, facts)
        return Told(order, decision)

    def _counts_as_confirmed(self, order: Order, record: OrderRecord, before: Order | None) -> bool:
        """Tell whether a VAT number was taken for confirmed; one that is new is asked about."""
        is_new = before is not None and vat_number_of(order) != vat_number_of(before)
        if is_new and needs_confirmation(order, self._settings):
            return self._vat_number_is_confirmed(order)
        return record.plan is None or record.plan.contact.vat_number is not None

    def _unreadable(self, error: HeldError, record: OrderRecord) -> OrderRecord:
        wait_for_answers(held_by(error), NOTHING_ASKED)
        decided = held(record, error.hold, self._now)
        booked = self._booked_meanwhile(record, decided)
        return decided if booked is None else held(booked, error.hold, self._now)

    def _undue_anywhere(
        self, error: HeldError, raw: Mapping[str, object], record: OrderRecord
    ) -> OrderRecord | None:
        """Decide about an order that isn't due, though the list of countries couldn't be read.

        None for one that is due, or that a draft was begun for: that depends on the country.
        """
        is_country = isinstance(error, UnreadError) and error.unread.listed is ShopList.COUNTRIES
        if not is_country or record.rung.reached(Rung.DRAFTED):
            return None
        try:
            order = read_order(raw, _Anywhere(self._masters), self._sources.reader)
            record = known_of(order, record)
            verdict = judged(order, record, self._settings, self._now)
        except HeldError:
            return None
        if isinstance(verdict, Due):
            return None
        decided = stand(order, self._facts(order, record), record, self._settings, self._now)
        return None if decided.standing is Standing.HELD else decided

    def _booked_meanwhile(self, record: OrderRecord, decided: OrderRecord) -> OrderRecord | None:
        """Return an order as booked where its draft doesn't go on as it is, but was booked.

        By us in a call without an answer, or by a person: then it isn't a draft to be changed or
        let be any more, but a sale in the books. None where it isn't, or simply goes on. Costs a
        call; raises UndecidedError while Dinero can't be read.
        """
        goes_on = decided.standing is Standing.WORKING and decided.rung.reached(Rung.DRAFTED)
        if goes_on or not record.rung.reached(Rung.DRAFTED):
            return None
        with _undecided_without_answer(NO_DRAFTS):
            return take_over_booked(self._ledger, record)

    def _facts(self, order: Order, record: OrderRecord) -> Facts:
        """Gather what the decision about an order needs, and no more."""
        own_day = None
        try:
            verdict = judged(order, record, self._settings, self._now)
        except HeldError as error:
            straddles = error.hold.reason is HoldReason.STRADDLES_START
            own_day = self._our_invoice_day(order.order_id) if straddles else None
            if own_day is None:
                return NOTHING_ASKED
            verdict = Due(own_day)
        so_far = decide(order, NOTHING_ASKED, self._settings)
        if not isinstance(verdict, Due) or so_far.never is not None:
            began = self._ledger.may_have(record, EffectKind.DRAFT)
            return Facts(own_invoice_day=own_day, began_draft=began)
        if so_far.is_open:
            chosen = self._chosen_days(record)
            day = kept_day(order, record, verdict.day, chosen, self._settings)
            facts = self._facts_of_sale(order, day)
            return replace(facts, own_invoice_day=own_day, chosen_days=chosen)
        is_unknown = (
            so_far.hold is not None and so_far.hold.reason is HoldReason.UNKNOWN_PAYMENT_TYPE
        )
        chart = self._sources.books().chart if is_unknown and so_far.unread is None else None
        return Facts(own_invoice_day=own_day, chart=chart)

    def _chosen_days(self, record: OrderRecord) -> frozenset[date]:
        """Return the days that a person chose for the documents of an order seen before."""
        return chosen_days(self._sources.db, record.order_id) if record.invoice_day else frozenset()

    def _facts_of_sale(self, order: Order, day: date) -> Facts:
        asks_vies = needs_confirmation(order, self._settings)
        is_counted = may_be_distance_sale(order, self._settings)
        db, year = self._sources.db, day.year
        return Facts(
            products=self._products(order) if self._settings.asks_catalogue else None,
            vat_number_confirmed=self._vat_number_is_confirmed(order) if asks_vies else None,
            chart=self._sources.books().chart,
            distance_sales=distance_sales_besides(db, order.order_id, year) if is_counted else None,
        )

    def _products(self, order: Order) -> Products:
        """Ask the catalogue; may cost a call for each new product.

        One that couldn't be read says so.
        """
        ids = products_of(order)
        return {number: product for each in ids for number, product in self._product(each).items()}

    def _product(self, product_id: int) -> Products:
        try:
            if self._refusal is not None:
                raise self._refusal
            return self._catalogue.products([product_id])
        except (DeadlineError, StoppedError):
            raise
        except (RightMissingError, TemporaryError) as error:
            self._refusal = error if isinstance(error, RightMissingError) else self._refusal
            why = unread_for(ShopList.PRODUCTS, error)
            return {product_id: Product(product_id=product_id, unread=(why,))}

    def _vat_number_is_confirmed(self, order: Order) -> bool:
        """Tell what VIES says of the buyer's VAT number; while it can't tell, none is confirmed."""
        try:
            return self._vat_numbers.check(vat_number_of(order)).valid
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError:
            return False

    @cached_property
    def _vat_numbers(self) -> VatNumbers:
        return self._sources.vat_numbers()

    def _keep_evidence(self, order: Order, plan: Plan) -> None:
        """Write down, beside an order sold without VAT, what VIES said."""
        if needs_confirmation(order, self._settings) and _is_untaxed(plan):
            now, run_id = self._sources.clock.now(), self._ledger.run_id
            keep_evidence(self._sources.db, order.order_id, vat_number_of(order), now, run_id)

    def _our_invoice_day(self, order_id: int) -> date | None:
        """Return the date of our invoice of an order in Dinero, None without one; costs a call.

        Raises UndecidedError while Dinero can't be read.
        """
        guid = invoice_guid(self._settings.organization_id, order_id)
        with _undecided_without_answer(NO_INVOICES):
            found = find_document(self._ledger.transport, guid)
        return None if found is None else found.date


def _is_untaxed(plan: Plan) -> bool:
    """Tell whether any of the invoice's lines bears no VAT, be it on its margin."""
    return any(not line.vat_rate and line.margin_scheme is None for line in plan.invoice.lines)


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """The shop's lists as if every country were this one: for what doesn't depend on it."""

    masters: ShopMasters

    def gateway(self, gateway_id: int, code: str) -> Gateway | Unread | None:
        return self.masters.gateway(gateway_id, code)

    def shipping_name(self, _: int) -> str:
        return ""

    def country(self, _: int) -> str:
        return "DK"


@contextmanager
def _undecided_without_answer(because: str) -> Iterator[None]:
    """Leave an order undecided, and no other, where a service gives no answer about it."""
    try:
        yield
    except (DeadlineError, StoppedError):
        raise
    except TemporaryError as error:
        raise UndecidedError(because, str(error)) from error
