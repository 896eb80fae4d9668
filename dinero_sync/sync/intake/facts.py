"""Where a decision's facts come from: the shop, its catalogue, Dinero, the EU's register."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache

from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.product import Product
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.journal import orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord
from dinero_sync.posting.contact import full_vat_number, vat_number_of
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.shoporama.replies import RightMissingError
from dinero_sync.sync.intake.catalogue import Catalogue
from dinero_sync.sync.intake.decide import Intake, UndecidedError
from dinero_sync.sync.intake.shop_masters import ShopMasters, unread_for
from dinero_sync.sync.intake.vat_numbers import VatNumbers, keep_evidence
from dinero_sync.sync.ladder.invoice import take_over_booked
from dinero_sync.sync.work.workplace import Workplace
from dinero_sync.vies import SERVICE

NO_DRAFTS = "Dinero couldn't be asked whether their drafts were booked"
NO_INVOICES = "Dinero couldn't be asked whether it holds their invoices"


def open_intake(place: Workplace, masters: ShopMasters, reader: ReaderSettings) -> Intake:
    """Return what decides about orders, asking the services only where an order needs it."""

    def read(raw: Mapping[str, object]) -> Order:
        return read_order(raw, masters, reader)

    def read_anywhere(raw: Mapping[str, object]) -> Order:
        return read_order(raw, _Anywhere(masters), reader)

    def chart() -> Chart:
        return place.books().chart

    rules = {"posting": asdict(place.settings), "reader": str(reader)}
    return Intake(
        read=read,
        read_anywhere=read_anywhere,
        settings=place.settings,
        settings_hash=hash_of(rules),
        chart=chart,
        products=_products(place),
        vat_number_is_confirmed=_confirmation(place),
        keep_evidence=lambda order: keep_evidence(
            place.db, order.order_id, vat_number_of(order), place.clock.now(), place.run_id
        ),
        distance_sales=lambda year, order_id: orders.distance_sales(place.db, year, order_id),
        our_invoice_day=lambda order_id: _our_invoice_day(place, order_id),
        as_booked=_as_booked(place),
        began_draft=lambda order_id: place.ledger.may_have(order_id, EffectKind.DRAFT),
        now=place.clock.now(),
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


def _products(place: Workplace) -> Callable[[Order], Mapping[int, Product]]:
    catalogue = Catalogue(
        place.shop,
        place.db,
        place.clock,
        place.quota,
        needs_prices=place.settings.needs_purchase_prices,
        names_categories=place.settings.asks_categories,
        names_profiles=place.settings.asks_profiles,
    )
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


def _confirmation(place: Workplace) -> Callable[[Order], bool]:
    """Return what asks VIES; while VIES can't tell, no number is confirmed."""

    @cache
    def numbers() -> VatNumbers:
        return _vat_numbers(place)

    def is_confirmed(order: Order) -> bool:
        number = vat_number_of(order)
        try:
            return numbers().check(number).valid
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError:
            return False

    return is_confirmed


def _vat_numbers(place: Workplace) -> VatNumbers:
    http = HttpClient(
        service=SERVICE,
        timeout_seconds=float(place.config.http.timeout_seconds),
        clock=place.clock,
        read_only=True,
        ca_file=place.config.http.ca_file,
        waits_for_limit=False,  # nobody waits for it: the next run asks again
    )
    own = full_vat_number(place.books().organization.vat_number, "DK")
    url = place.config.posting.eu_vat_numbers.vies_url
    return VatNumbers(http, place.db, place.clock, requester=own, base_url=url)


def _as_booked(place: Workplace) -> Callable[[OrderRecord], OrderRecord | None]:
    """Return what asks Dinero whether the draft of an order was booked meanwhile."""

    def as_booked(record: OrderRecord) -> OrderRecord | None:
        with _undecided_without_answer(NO_DRAFTS):
            return take_over_booked(place.ledger, record)

    return as_booked


@contextmanager
def _undecided_without_answer(because: str) -> Iterator[None]:
    """Leave an order undecided, and no other, where a service gives no answer about it."""
    try:
        yield
    except (DeadlineError, StoppedError):
        raise
    except TemporaryError as error:
        raise UndecidedError(because, str(error)) from error


def _our_invoice_day(place: Workplace, order_id: int) -> date | None:
    guid = invoice_guid(place.settings.organization_id, order_id)
    try:
        with _undecided_without_answer(NO_INVOICES):
            return place.ledger.client.invoice(guid).date
    except (NotFoundError, DeletedError):
        return None
