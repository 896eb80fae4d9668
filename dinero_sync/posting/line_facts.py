"""What posting rules may ask about a line."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.documents import BuyerKind
from dinero_sync.domain.order import OrderLine
from dinero_sync.domain.product import Product
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What a posting rule may ask about a line."""

    line: LineKind
    vat_rate: Decimal
    """In percent, as the shop charged it."""
    zone: Zone
    country: str
    buyer: BuyerKind
    payment_type: str
    goods: OrderLine | None
    """The order line; None for the freight."""
    product: Product | None
    """What the catalogue says about it; None when it wasn't asked or has no such product."""

    @property
    def is_untaxed_consumer_in_eu(self) -> bool:
        """Tell whether a consumer in another EU country pays no VAT."""
        consumer = self.zone is Zone.EU and self.buyer is BuyerKind.CONSUMER
        return consumer and not self.vat_rate and self.line is not LineKind.GIFT_CARD
