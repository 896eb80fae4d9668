"""Where a decision's facts come from: the shop, its catalogue, Dinero, the EU's register."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from dinero_sync.clock import Clock
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.posting.contact import vat_number_of
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.shoporama.replies import RightMissingError
from dinero_sync.sync.intake.catalogue import Catalogue
from dinero_sync.sync.intake.shop_masters import ShopMasters, unread_for
from dinero_sync.sync.intake.vat_numbers import VatNumbers, keep_evidence
from dinero_sync.sync.ladder.invoice import find_document, take_over_booked
from dinero_sync.sync.work.books import Books
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.pacing import DailyQuota

NO_DRAFTS = "Dinero couldn't be asked whether their drafts were booked"
NO_INVOICES = "Dinero couldn't be asked whether it holds their invoices"


class UndecidedError(TemporaryError):
    """What an order's decision depends on can't be read now; other orders may not depend on it."""

    def __init__(self, because: str, told: str) -> None:
        """Say whom nobody could ask what, as a clause about several orders, and what was told."""
        super().__init__(told)
        self.because = because


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


class Facts:
    """What the decisions of one run depend on besides the orders; asked only where one needs it.

    Its questions to services may cost calls, and raise DeadlineError and StoppedError.
    """

    def __init__(self, sources: Sources, masters: ShopMasters) -> None:
        """Ask ``sources``; ``masters`` are the shop's lists."""
        self.settings = sources.settings
        self.settings_hash = hash_of(
            {"posting": asdict(sources.settings), "reader": str(sources.reader)}
        )
        self.now = sources.clock.now()
        self._sources = sources
        self._masters = masters
        self._ledger = sources.ledger
        self._catalogue = Catalogue(
            sources.shop,
            sources.db,
            sources.clock,
            sources.quota,
            needs_prices=sources.settings.needs_purchase_prices,
            names_categories=sources.settings.asks_categories,
            names_profiles=sources.settings.asks_profiles,
        )
        self._refusal: RightMissingError | None = None

    def read(self, raw: Mapping[str, object]) -> Order:
        """Read an order as the shop tells it; raises HeldError."""
        return read_order(raw, self._masters, self._sources.reader)

    def read_anywhere(self, raw: Mapping[str, object]) -> Order:
        """Read one as if every country were known: enough to tell whether it is due."""
        return read_order(raw, _Anywhere(self._masters), self._sources.reader)

    def chart(self) -> Chart:
        """Return the chart of accounts; asked only when an order is due."""
        return self._sources.books().chart

    def products(self, order: Order) -> Mapping[int, Product]:
        """Return what the catalogue says of an order's products; may cost a call for each new one.

        One that couldn't be read says so.
        """
        sold = [line.product_id for line in order.lines if line.amount]
        ids = dict.fromkeys(each for each in sold if each is not None)
        return {number: product for each in ids for number, product in self._product(each).items()}

    def _product(self, product_id: int) -> Mapping[int, Product]:
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

    def vat_number_is_confirmed(self, order: Order) -> bool:
        """Tell what VIES says of the buyer's VAT number; while it can't tell, none is confirmed."""
        number = vat_number_of(order)
        try:
            return self._vat_numbers.check(number).valid
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError:
            return False

    @cached_property
    def _vat_numbers(self) -> VatNumbers:
        return self._sources.vat_numbers()

    def keep_evidence(self, order: Order) -> None:
        """Write down, beside the order, what VIES said."""
        now, run_id = self._sources.clock.now(), self._ledger.run_id
        keep_evidence(self._sources.db, order.order_id, vat_number_of(order), now, run_id)

    def distance_sales(self, year: int, other_than: int) -> Decimal:
        """Return what a year's orders but one count towards the EU's threshold.

        In kroner without VAT.
        """
        return orders.distance_sales(self._sources.db, year, other_than)

    def our_invoice_day(self, order_id: int) -> date | None:
        """Return the date of our invoice of an order in Dinero, None without one; costs a call.

        Raises UndecidedError while Dinero can't be read.
        """
        guid = invoice_guid(self.settings.organization_id, order_id)
        with _undecided_without_answer(NO_INVOICES):
            found = find_document(self._ledger.transport, guid)
        return None if found is None else found.date

    def as_booked(self, record: OrderRecord) -> OrderRecord | None:
        """Return an order as booked where Dinero has its draft as a booked invoice, else None.

        Costs a call. Raises UndecidedError while Dinero can't be read.
        """
        with _undecided_without_answer(NO_DRAFTS):
            return take_over_booked(self._ledger, record)

    def began_draft(self, order_id: int) -> bool:
        """Tell whether a draft of an order was ever begun, whatever came of it."""
        return self._ledger.may_have(order_id, EffectKind.DRAFT)


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
