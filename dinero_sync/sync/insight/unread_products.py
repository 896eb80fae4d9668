"""``rules replay --read-catalogue``: what the shop's catalogue says of goods that no run has read.

What is read is kept, so that it is asked for once: here as by a run.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from dinero_sync.domain.unread import ShopList
from dinero_sync.errors import QuotaError
from dinero_sync.journal import orders
from dinero_sync.sync.intake.catalogue import Catalogue, never_read
from dinero_sync.sync.intake.facts import products_of
from dinero_sync.sync.intake.remembered import Memory, Recalled

OF_CATALOGUE = frozenset({ShopList.CATEGORIES, ShopList.PROFILES})
"""The shop's lists that say what a product's categories and its profile are called."""


def products_to_read(memory: Memory, since: date) -> tuple[int, ...]:
    """Return the products that orders booked for a day from ``since`` on need, and no run has read.

    Those of the latest orders come first: where calls run out, they tell the most.
    """
    booked = reversed(orders.booked_between(memory.db, since, date.max))
    wanted = (_wanted(memory.decide(record)) for record in booked if record.plan is not None)
    return tuple(dict.fromkeys(each for ids in wanted for each in ids))


def _wanted(recalled: Recalled) -> tuple[int, ...]:
    """Return the products that an order's decision waits for, or for the names in a list."""
    if recalled.never_read is not None:
        return recalled.never_read.products
    unread = recalled.decision.unread
    if recalled.order is None or unread is None or unread.listed not in OF_CATALOGUE:
        return ()
    return products_of(recalled.order)


def calls_for(memory: Memory, products: tuple[int, ...]) -> int:
    """Return how many calls to the shop reading them costs at most, with the lists of names."""
    lists = (memory.settings.asks_categories, memory.settings.asks_profiles)
    return len(products) + sum(lists) if products else 0


def read_products(
    catalogue: Catalogue,
    memory: Memory,
    products: tuple[int, ...],
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Read products and keep them; returns how many of them nothing is known of after all.

    Ends before the calls that polls need are touched. Raises TemporaryError where the shop doesn't
    answer, and RightMissingError where the key may not; what was read until then is kept.
    """
    with suppress(QuotaError):
        for done, product_id in enumerate(products, start=1):
            catalogue.products((product_id,))
            if progress is not None:
                progress(done, len(products))
    return len(never_read(memory.db, products))
