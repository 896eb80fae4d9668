"""What of an order decided its posting: a hash by which changes are noticed."""

from dataclasses import asdict

from dinero_sync.domain.documents import hash_of
from dinero_sync.domain.order import Order, OrderStatus

SOLD = (
    "shipping_price",
    "voucher_code",
    "voucher_amount",
    "total",
    "vat",
    "currency",
    "vat_number",
    "ean",
)
"""What of an order, besides its lines and where they go, decides its amounts, accounts and VAT."""


def content_of(order: Order) -> str:
    """Return a hash of what was sold, where to, and whether it still is: what decided its posting.

    Names and streets aren't in it: the books don't depend on them.
    """
    parts = {name: value for name, value in asdict(order).items() if name in SOLD}
    parts["lines"] = [
        (line.product_id, line.sku, line.quantity, line.unit_price, line.vat_rate)
        for line in order.lines
    ]
    parts["delivery"] = (order.delivery.country, order.delivery.zip_code)
    parts["cancelled"] = order.status is OrderStatus.CANCELLED
    return hash_of(parts)
