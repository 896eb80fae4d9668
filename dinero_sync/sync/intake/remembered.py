"""What was read before, for commands that ask nobody: they decide as a run would, from memory."""

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from dinero_sync.config.model import Config
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal import orders
from dinero_sync.journal.database import meta
from dinero_sync.journal.documents import OrderRecord, Rung
from dinero_sync.journal.effects import chosen_days
from dinero_sync.journal.upkeep.retention import NOTHING_LEFT
from dinero_sync.posting.contact import needs_confirmation, vat_number_of
from dinero_sync.posting.distance_sales import may_be_distance_sale
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.masters import MasterLists
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.intake.catalogue import never_read, remembered_products
from dinero_sync.sync.intake.changes import content_of
from dinero_sync.sync.intake.decide import Decision, decide, held_by
from dinero_sync.sync.intake.facts import NOTHING_ASKED, DistanceSales, Facts, products_of
from dinero_sync.sync.intake.shop_masters import remembered_masters
from dinero_sync.sync.intake.standing import event_day_of, kept_day, moved_from
from dinero_sync.sync.intake.vat_numbers import remembered_as_valid
from dinero_sync.sync.work.books import refuse_unusable_accounts, remembered_books
from dinero_sync.sync.work.settings import posting_settings, reader_settings
from dinero_sync.sync.work.state import ORGANIZATION, refuse_cut_short

TOLD_BY_CATALOGUE = frozenset({HoldReason.UNKNOWN_PRODUCT, HoldReason.PURCHASE_PRICE_MISSING})
"""Holds that say nothing about a product which was never read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverRead:
    """What a decision depends on, and no run has read so far: nobody can say how it comes out."""

    products: tuple[int, ...] = ()
    """Ids of products of the shop's catalogue."""
    vat_number: bool = False
    """Whether it is what VIES says of the buyer's VAT number."""


Outcome = tuple[Decision, NeverRead | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """An order as it is remembered, and what the present rules make of it."""

    order: Order | None = None
    """None where it can't be read, or was removed for its age."""
    decision: Decision
    never_read: NeverRead | None = None
    """What it depends on besides, and no run has read: the decision is open then."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """The present rules, and everything that the journal remembers of both services."""

    db: sqlite3.Connection
    settings: PostingSettings
    reader: ReaderSettings
    masters: MasterLists
    chart: Chart | None
    """None where Dinero was never read."""

    def decide(self, record: OrderRecord) -> Recalled:
        """Decide about an order, by what the shop last said of it, as if it were due."""
        if record.raw == NOTHING_LEFT:
            return Recalled(decision=Decision())
        raw = json.loads(record.raw, parse_float=Decimal)
        try:
            order = read_order(raw, self.masters, self.reader)
        except HeldError as error:
            return Recalled(decision=held_by(error))
        decision, never_read = self._by_vies(order, self._facts(order, record))
        if never_read is not None:
            decision = Decision(payment_type=decision.payment_type)
        return Recalled(order=order, decision=decision, never_read=never_read)

    def as_sold(self, record: OrderRecord) -> OrderRecord:
        """Return a cancelled order with what was to be made of it, had it not been cancelled.

        As it is where nobody can say that. What is kept to notice changes is the order as it is.
        """
        found = self.decide(record)
        if found.order is None or found.decision.plan is None:
            return record
        return replace(record.with_plan(found.decision.plan), held_content=content_of(found.order))

    def vat_number_confirmed(self, order: Order) -> bool | None:
        """Tell what VIES last said of the buyer's VAT number; None where its answer isn't known.

        False also where the rules don't ask.
        """
        if not needs_confirmation(order, self.settings):
            return False
        return remembered_as_valid(self.db, vat_number_of(order))

    def _facts(self, order: Order, record: OrderRecord) -> Facts:
        payment_type = decide(order, NOTHING_ASKED, self.settings).payment_type
        event_day = event_day_of(order, record, payment_type, self.settings)
        chosen = chosen_days(self.db, record.order_id)
        day = kept_day(order, record, event_day, chosen, self.settings)
        moved = moved_from(day, event_day, chosen)
        if record.rung.reached(Rung.BOOKED):  # whatever was closed since
            chosen |= {day}
        asks, is_counted = self.settings.asks_catalogue, may_be_distance_sale(order, self.settings)
        return Facts(
            day=day,
            event_day=moved,
            chosen_days=chosen,
            chart=self.chart,
            products=remembered_products(self.db, products_of(order)) if asks else None,
            vat_number_confirmed=self.vat_number_confirmed(order),
            distance_sales=self._distance_sales(record, day.year) if is_counted else None,
        )

    def _distance_sales(self, record: OrderRecord, year: int) -> DistanceSales:
        """Sum what counted when an order was decided about: for a booked one, what came before."""
        day, number = record.invoice_day, record.invoice_number
        if day is None or number is None:
            return distance_sales_besides(self.db, record.order_id, year)
        return DistanceSales(
            this_year=self._booked_before((day, number), year),
            last_year=self._booked_before((day, number), year - 1),
        )

    def _booked_before(self, invoice: tuple[date, int], year: int) -> Decimal:
        if year not in self._booked:
            self._booked[year] = orders.booked_distance_sales(self.db, year)
        before = bisect_left(self._booked[year], invoice)
        return self._booked[year][before - 1][-1] if before else Decimal(0)

    @cached_property
    def _booked(self) -> dict[int, list[tuple[date, int, Decimal]]]:
        """Return, by years, what was counted as their invoices were booked."""
        return {}

    def _by_vies(self, order: Order, facts: Facts) -> Outcome:
        """Decide; where VIES's answer isn't known, see whether it matters."""
        if facts.vat_number_confirmed is not None:
            return self._by_catalogue(order, facts)
        outcomes = [
            self._by_catalogue(order, replace(facts, vat_number_confirmed=each))
            for each in (True, False)
        ]
        for outcome in outcomes:
            if outcome[1] is not None:
                return outcome
        (valid, _), (invalid, _) = outcomes
        same = (valid.plan, _reason(valid)) == (invalid.plan, _reason(invalid))
        return valid, None if same else NeverRead(vat_number=True)

    def _by_catalogue(self, order: Order, facts: Facts) -> Outcome:
        """Decide; where a product is wanting, see whether that is for one that was never read."""
        decision = decide(order, facts, self.settings)
        unread = never_read(self.db, products_of(order)) if _wants_product(decision) else ()
        products = {**(facts.products or {}), **_as_if_read(unread)}
        if unread:
            as_if_read = decide(order, replace(facts, products=products), self.settings)
            if _reason(as_if_read) != _reason(decision):
                return decision, NeverRead(products=unread)
        return decision, None


def _reason(decision: Decision) -> HoldReason | None:
    return decision.hold.reason if decision.hold else None


def _wants_product(decision: Decision) -> bool:
    """Tell whether it is held for a product; which of the shop's lists is unread it says itself."""
    return decision.unread is None and _reason(decision) in TOLD_BY_CATALOGUE


def _as_if_read(product_ids: Iterable[int]) -> dict[int, Product]:
    """Return products that nothing is known of, as they hold no order for themselves."""
    return {each: Product(product_id=each, purchase_price=Decimal(1)) for each in product_ids}


def distance_sales_besides(db: sqlite3.Connection, order_id: int, year: int) -> DistanceSales:
    """Sum what all other orders of a year, and of the year before, count."""
    return DistanceSales(
        this_year=orders.distance_sales(db, year, order_id),
        last_year=orders.distance_sales(db, year - 1, order_id),
    )


def recollect(config: Config, config_file: str, db: sqlite3.Connection) -> Memory:
    """Put the present rules together with what ``db`` remembers.

    Raises ConfigError where they name an account that wasn't there, or was hidden, when the chart
    was last read; and where the configuration was cut short.
    """
    refuse_cut_short(config, config_file, db)
    organization = meta(db, ORGANIZATION) or config.dinero.organization_id or 0
    books = remembered_books(db)
    settings = posting_settings(config, int(organization))
    if books is not None:
        refuse_unremembered_accounts(settings, books.chart, config_file)
    return Memory(
        db=db,
        settings=settings,
        reader=reader_settings(config),
        masters=remembered_masters(db),
        chart=books.chart if books else None,
    )


def refuse_unremembered_accounts(settings: PostingSettings, chart: Chart, config_file: str) -> None:
    """Refuse rules whose accounts can't be used, as a run does; here the chart may be old.

    Raises ConfigError.
    """
    try:
        refuse_unusable_accounts(settings, chart, config_file)
    except ConfigError as error:
        old = Problem(
            file=config_file,
            message=spoken(
                "Dinero's chart is taken as it was last read. If you have changed it since: "
                "dinero-sync rules check"
            ),
        )
        raise ConfigError([*error.problems, old]) from None
