"""An order as the shop means it, after its wire form has been read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.money import round_to_ore
from dinero_sync.domain.unread import Unread
from dinero_sync.domain.zone import Territory, Zone, territory_of, zone_of


class OrderStatus(StrEnum):
    """The shop's own status of an order."""

    NEW = "new"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a person or company is; every part may be empty except the country."""

    name: str
    company: str
    street: str
    zip_code: str
    city: str
    country: str
    """ISO 3166-1 alpha-2, upper case."""

    @property
    def zone(self) -> Zone:
        """Where it lies, as VAT sees it."""
        return zone_of(self.country, self.zip_code, self.city)

    @property
    def territory(self) -> Territory | None:
        """Return the territory outside its country's VAT area that it is in; None for none."""
        return territory_of(self.country, self.zip_code, self.city)


BESIDE_GOODS = ("payment_fee", "tip")
"""What an order may charge that is no product; rules know such a line by this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One product of an order, or a fee or tip beside them."""

    product_id: int | None
    sku: str
    name: str
    variant: tuple[tuple[str, str], ...]
    """Attribute and value, like ``("Farve", "Blå")``."""
    quantity: Decimal
    unit_price: Decimal
    """What one piece costs the customer: with VAT when the order carries VAT. It may be finer than
    an øre, as the price of a metre or a pack is."""
    vat_rate: Decimal | None
    """Percent; None when the shop doesn't say."""

    @property
    def amount(self) -> Decimal:
        """What the line costs the customer before any voucher, rounded once, to whole øre."""
        return round_to_ore(self.quantity * self.unit_price)

    @property
    def is_beside_goods(self) -> bool:
        """Tell whether it is a fee or tip, which no catalogue has."""
        return self.product_id is None and self.sku in BESIDE_GOODS


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """How the order is paid, in the shop's words."""

    gateway_id: int | None
    code: str
    """Like ``quickpayv10``; empty when unknown."""
    name: str
    """What the shop owner calls it; empty when unknown."""
    unread: Unread | None = None
    """Why the shop's list didn't tell its name, nor a code that the order doesn't carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. All amounts are in ``currency`` and are what the customer pays."""

    order_id: int
    number: str
    """The number that the customer sees; the order id where the shop gives none."""
    status: OrderStatus
    created: datetime
    changed: datetime
    """When the shop last changed the order; the creation time where the shop doesn't say."""
    changed_told: bool = True
    """False where the shop doesn't say when it changed the order."""
    paid: bool
    paid_at: datetime | None
    shipped_at: datetime | None
    currency: str
    billing: Address
    delivery: Address
    email: str
    vat_number: str
    """As the buyer wrote it; empty for consumers."""
    ean: str
    """The location number (EAN/GLN) of a public buyer as written; usually empty."""
    reference: str = ""
    """The buyer's own, such as a requisition number; usually empty."""
    lines: tuple[OrderLine, ...]
    shipping_price: Decimal
    shipping_name: str
    voucher_code: str
    voucher_amount: Decimal
    """What the voucher takes off, positive."""
    total: Decimal
    vat: Decimal | None
    """The VAT inside ``total`` as the shop states it; None when it doesn't."""
    gateway: Gateway
    shipping_id: int | None = None
    """The shop's id of the freight method; None where the order names none."""
    rounding: Decimal = Decimal(0)
    """What ``total`` is above its lines, freight and voucher: a difference that was allowed."""

    @property
    def shipped(self) -> bool:
        """Tell whether the shop says that the order left it."""
        return self.status is OrderStatus.SHIPPED
