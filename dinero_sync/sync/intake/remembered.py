"""What was read before, for commands that ask nobody: they decide as a run would, from memory."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.config.model import Config
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import UnreadError
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal.database import meta
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.retention import NOTHING_LEFT
from dinero_sync.posting.conditions import Products
from dinero_sync.posting.contact import needs_confirmation, vat_number_of
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.sale import Sale
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.masters import MasterLists
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.intake.catalogue import never_read, remembered_products
from dinero_sync.sync.intake.shop_masters import remembered_masters
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


class NeverReadError(Exception):
    """Raised where the present rules ask for what was never read; that is no hold."""

    def __init__(self, what: NeverRead) -> None:
        """Say what was never read."""
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The present rules, and everything that the journal remembers of both services."""

    db: sqlite3.Connection
    settings: PostingSettings
    reader: ReaderSettings
    masters: MasterLists
    chart: Chart | None
    """None where Dinero was never read."""

    def order(self, record: OrderRecord) -> Order | None:
        """Read what the shop last said of an order; None where it was removed for its age.

        Raises HeldError.
        """
        if record.raw == NOTHING_LEFT:
            return None
        raw = json.loads(record.raw, parse_float=Decimal)
        return read_order(raw, self.masters, self.reader)

    def decide(self, order: Order, day: date, chart: Chart) -> tuple[Sale, Plan]:
        """Plan an order by the present rules, dated ``day``.

        Raises HeldError, and NeverReadError where it depends on what was never read.
        """
        confirmed = self.vat_number_confirmed(order)
        if confirmed is not None:
            return self._decide(order, day, chart, confirmed=confirmed)

        def outcome(*, confirmed: bool) -> Plan | HoldReason:
            try:
                return self._decide(order, day, chart, confirmed=confirmed)[1]
            except HeldError as error:
                return error.hold.reason

        if outcome(confirmed=True) != outcome(confirmed=False):
            raise NeverReadError(NeverRead(vat_number=True))
        return self._decide(order, day, chart, confirmed=True)

    def vat_number_confirmed(self, order: Order) -> bool | None:
        """Tell what VIES last said of the buyer's VAT number; None where its answer isn't known.

        False also where the rules don't ask.
        """
        if not needs_confirmation(order, self.settings):
            return False
        return remembered_as_valid(self.db, vat_number_of(order))

    def _decide(
        self, order: Order, day: date, chart: Chart, *, confirmed: bool
    ) -> tuple[Sale, Plan]:
        ids = [line.product_id for line in order.lines if line.product_id is not None]
        products = remembered_products(self.db, ids) if self.settings.asks_catalogue else {}

        def planned(products: Products) -> tuple[Sale, Plan]:
            sale = self._sale(order, chart, products, confirmed=confirmed)
            return sale, plan_sale(sale, day)

        try:
            return planned(products)
        except UnreadError:
            raise  # which of the shop's lists no run has read is said by it
        except HeldError as error:
            unread = never_read(self.db, ids)
            if error.hold.reason not in TOLD_BY_CATALOGUE or not unread:
                raise
            if _is_held(error.hold.reason, lambda: planned(products | _as_if_read(unread))):
                raise
            raise NeverReadError(NeverRead(products=unread)) from error

    def _sale(self, order: Order, chart: Chart, products: Products, *, confirmed: bool) -> Sale:
        payment_type = find_payment_type(order, self.settings.payment_types)
        return sale_of(
            order,
            payment_type,
            self.settings,
            chart,
            products=products,
            vat_number_confirmed=confirmed,
        )


def _as_if_read(product_ids: Iterable[int]) -> dict[int, Product]:
    """Return products that nothing is known of, as they hold no order for themselves."""
    return {each: Product(product_id=each, purchase_price=Decimal(1)) for each in product_ids}


def _is_held(reason: HoldReason, plan: Callable[[], object]) -> bool:
    try:
        plan()
    except HeldError as error:
        return error.hold.reason is reason
    return False


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
            message="Dinero's chart is taken as it was last read. If you have changed it since: "
            "dinero-sync rules check",
        )
        raise ConfigError([*error.problems, old]) from None
