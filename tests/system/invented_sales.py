"""Single orders for tests that say what was sold; the first is order 4815162, #10427."""

from datetime import UTC, datetime
from typing import Any

from dinero_sync.sandbox.shop.buyers import DANISH_CONSUMERS
from dinero_sync.sandbox.shop.catalogue import MUG
from dinero_sync.sandbox.shop.sale import Sale, raw_order

FIRST_ORDER_ID = 4815162
FIRST_NUMBER = 10427
MUG_WITH_FREIGHT = "198.95"
"""149.95 for the mug and 49.00 for the freight."""


def an_order(place: int = 0, **sale: Any) -> dict[str, Any]:  # noqa: ANN401 - Sale refuses what it lacks
    """Return a raw order of one mug, paid and shipped, unless ``sale`` says otherwise."""
    usual = {"buyer": DANISH_CONSUMERS[place % 12], "basket": ((MUG, 1),), "days_ago": 5.0}
    return raw_order(
        Sale(**{**usual, **sale}),
        FIRST_ORDER_ID + place,
        FIRST_NUMBER + place,
        datetime.now(UTC),
    )


def an_order_that_does_not_add_up(place: int = 0) -> dict[str, Any]:
    """Return an order whose total is a krone more than its lines and freight."""
    order = an_order(place)
    return {**order, "total_price": order["total_price"] + 1}
