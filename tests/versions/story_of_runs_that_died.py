"""A small shop whose runs died at some orders: for `make crash`, which goes on from there."""

from shop import MOBILEPAY, unpaid_order
from shop_life import Life

DEATHS = {
    "died before its contact": ("POST", "*/contacts", "before"),
    "died after its draft": ("POST", "*/invoices", "after"),
    "died after its booking": ("POST", "*/invoices/*/book", "after"),
    "died after its payment": ("POST", "*/payments", "after"),
}


def live(life: Life) -> None:
    """Go through it."""
    life.sell("paid", payment_gateway_id=MOBILEPAY)
    life.sell("unpaid", unpaid_order)
    life.give("run")
    for name, killed in DEATHS.items():
        life.sell(name)
        life.give("run", "--order", str(life.names[name]), killed=killed)
