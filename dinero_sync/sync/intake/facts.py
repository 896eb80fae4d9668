"""Where a decision's facts come from: the shop, its catalogue, Dinero, the EU's register."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache, partial

from dinero_sync.clock import Clock
from dinero_sync.dinero.client import DineroClient
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.journal import orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord
from dinero_sync.posting.contact import vat_number_of
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.answers import RightMissingError
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.intake.catalogue import Catalogue
from dinero_sync.sync.intake.decide import Intake, UndecidedError
from dinero_sync.sync.intake.holds import hash_of
from dinero_sync.sync.intake.shop_masters import ShopMasters, unread_for
from dinero_sync.sync.intake.vat_numbers import VatNumbers, keep_evidence
from dinero_sync.sync.ladder.invoice import find_document, take_over_booked
from dinero_sync.sync.work.books import Books
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.pacing import DailyQuota

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


def open_intake(sources: Sources, masters: ShopMasters) -> Intake:
    """Return what decides about orders, asking the services only where an order needs it."""
    settings, ledger, db = sources.settings, sources.ledger, sources.db
    rules = {"posting": asdict(settings), "reader": str(sources.reader)}
    return Intake(
        read=lambda raw: read_order(raw, masters, sources.reader),
        read_anywhere=lambda raw: read_order(raw, _Anywhere(masters), sources.reader),
        settings=settings,
        settings_hash=hash_of(rules),
        chart=lambda: sources.books().chart,
        products=_products(_catalogue(sources)),
        vat_number_is_confirmed=_confirmation(sources.vat_numbers),
        keep_evidence=lambda order: keep_evidence(
            db, order.order_id, vat_number_of(order), sources.clock.now(), ledger.run_id
        ),
        distance_sales=partial(orders.distance_sales, db),
        our_invoice_day=partial(_our_invoice_day, ledger.client, settings.organization_id),
        as_booked=partial(_as_booked, ledger),
        began_draft=lambda order_id: ledger.may_have(order_id, EffectKind.DRAFT),
        now=sources.clock.now(),
    )


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


def _catalogue(sources: Sources) -> Catalogue:
    return Catalogue(
        sources.shop,
        sources.db,
        sources.clock,
        sources.quota,
        needs_prices=sources.settings.needs_purchase_prices,
        names_categories=sources.settings.asks_categories,
        names_profiles=sources.settings.asks_profiles,
    )


def _products(catalogue: Catalogue) -> Callable[[Order], Mapping[int, Product]]:
    refusals: list[RightMissingError] = []

    def one(product_id: int) -> Mapping[int, Product]:
        try:
            if refusals:
                raise refusals[0]
            return catalogue.products([product_id])
        except (DeadlineError, StoppedError):
            raise
        except (RightMissingError, TemporaryError) as error:
            refusals.extend([error] if isinstance(error, RightMissingError) else [])
            why = unread_for(ShopList.PRODUCTS, error)
            return {product_id: Product(product_id=product_id, unread=(why,))}

    def products(order: Order) -> Mapping[int, Product]:
        sold = [line.product_id for line in order.lines if line.amount]
        ids = dict.fromkeys(each for each in sold if each is not None)
        return {number: product for each in ids for number, product in one(each).items()}

    return products


def _confirmation(open_vat_numbers: Callable[[], VatNumbers]) -> Callable[[Order], bool]:
    """Return what asks VIES; while VIES can't tell, no number is confirmed."""
    numbers = cache(open_vat_numbers)

    def is_confirmed(order: Order) -> bool:
        number = vat_number_of(order)
        try:
            return numbers().check(number).valid
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError:
            return False

    return is_confirmed


def _as_booked(ledger: Ledger, record: OrderRecord) -> OrderRecord | None:
    """Ask Dinero whether the draft of an order was booked meanwhile."""
    with _undecided_without_answer(NO_DRAFTS):
        return take_over_booked(ledger, record)


@contextmanager
def _undecided_without_answer(because: str) -> Iterator[None]:
    """Leave an order undecided, and no other, where a service gives no answer about it."""
    try:
        yield
    except (DeadlineError, StoppedError):
        raise
    except TemporaryError as error:
        raise UndecidedError(because, str(error)) from error


def _our_invoice_day(dinero: DineroClient, organization_id: int, order_id: int) -> date | None:
    with _undecided_without_answer(NO_INVOICES):
        found = find_document(dinero, invoice_guid(organization_id, order_id))
    return None if found is None else found.date
