"""What was read before, for commands that ask nobody: they decide as a run would, from memory."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.config.model import Config
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.order import Order
from dinero_sync.errors import ConfigError, Problem
from dinero_sync.journal.database import meta
from dinero_sync.journal.orders import OrderRecord
from dinero_sync.journal.retention import NOTHING_LEFT
from dinero_sync.posting.contact import vat_number_of
from dinero_sync.posting.payment_type import find_payment_type
from dinero_sync.posting.plan import plan_sale, sale_of
from dinero_sync.posting.product_facts import NO_PRODUCTS, Products
from dinero_sync.posting.sale import Sale
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.posting.vat_number import needs_confirmation
from dinero_sync.shoporama.masters import Masters
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.books import refuse_unusable_accounts, remembered_books
from dinero_sync.sync.catalogue import remembered_products
from dinero_sync.sync.settings import posting_settings, reader_settings
from dinero_sync.sync.shop_masters import remembered_masters
from dinero_sync.sync.vat_numbers import remembered_as_valid
from dinero_sync.sync.workplace import ORGANIZATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The present rules, and everything that the journal remembers of both services."""

    db: sqlite3.Connection
    settings: PostingSettings
    reader: ReaderSettings
    masters: Masters
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

    def sale(self, order: Order, chart: Chart) -> Sale:
        """Put an order together with what decides about it; raises HeldError."""
        payment_type = find_payment_type(order, self.settings.payment_types)
        return sale_of(
            order,
            payment_type,
            self.settings,
            chart,
            products=self._products(order),
            vat_number_confirmed=self._is_confirmed(order),
        )

    def plan(self, order: Order, day: date, chart: Chart) -> Plan:
        """Plan an order by the present rules, dated ``day``; raises HeldError."""
        return plan_sale(self.sale(order, chart), day)

    def _products(self, order: Order) -> Products:
        if not self.settings.asks_catalogue:
            return NO_PRODUCTS
        ids = [line.product_id for line in order.lines if line.product_id is not None]
        return remembered_products(self.db, ids)

    def _is_confirmed(self, order: Order) -> bool:
        if not needs_confirmation(order, self.settings):
            return False
        number = vat_number_of(order)
        return remembered_as_valid(self.db, number)


def recollect(config: Config, config_file: str, db: sqlite3.Connection) -> Memory:
    """Put the present rules together with what ``db`` remembers.

    Raises ConfigError where they name an account that wasn't there, or was hidden, when the chart
    was last read.
    """
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
