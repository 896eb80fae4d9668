"""What the shop's catalogue says about a product beyond what an order line carries."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.unread import ShopList, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product as the catalogue (varekartotek) has it."""

    product_id: int
    categories: tuple[str, ...] = ()
    """Names of the categories it is in, and their ids as text."""
    profile: tuple[str, ...] = ()
    """The product profile's name where it is told, and its id as text; empty without one."""
    labels: tuple[str, ...] = ()
    """The names of its labels."""
    purchase_price: Decimal | None = None
    """What one piece cost the shop, in kroner; None when the catalogue doesn't say."""
    unread: tuple[Unread, ...] = ()
    """What of it couldn't be read: all of it, or the names of its categories or its profile."""

    def is_unread(self, listed: ShopList) -> Unread | None:
        """Return why something of it isn't known; None where it is."""
        wanted = {listed, ShopList.PRODUCTS}
        return next((each for each in self.unread if each.listed in wanted), None)
