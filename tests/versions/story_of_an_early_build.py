"""A build from before version 0.1 books an order and holds two, of which a person ends one."""

from shop_life import Life

UNKNOWN_GATEWAY = 99


def live(life: Life) -> None:
    """Go through it."""
    life.sell("paid")
    life.sell("held", payment_gateway_id=UNKNOWN_GATEWAY)
    life.sell("skipped", payment_gateway_id=UNKNOWN_GATEWAY)
    life.give("run")
    life.give("skip", str(life.names["skipped"]), "--reason", "booked by hand")
