"""``rules replay --read-catalogue``: what the shop's catalogue says of goods that no run has read.

What is read is kept, so that it is asked for once: here as by a run.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from dinero_sync.domain.unread import ShopList
from dinero_sync.errors import QuotaError
from dinero_sync.journal import orders
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.sync.intake.catalogue import Catalogue, never_read
from dinero_sync.sync.intake.facts import products_of
from dinero_sync.sync.intake.remembered import Memory, Recalled
from dinero_sync.sync.work.workplace import Workplace

OF_CATALOGUE = frozenset({ShopList.CATEGORIES, ShopList.PROFILES})
"""The shop's lists that say what a product's categories and its profile are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """What the catalogue is to be asked, and how many of the day's calls it may cost."""

    products: tuple[int, ...]
    """Ids, those of the latest orders first: where calls run out, they tell the most."""
    calls: int
    """At most."""
    spare: int
    """Calls of the day that aren't kept for polls; negative when none are."""


def products_to_read(place: Workplace, memory: Memory, since: date) -> ToRead:
    """Return what orders booked for a day from ``since`` on need, and no run has read."""
    booked = reversed(orders.booked_between(memory.db, since, date.max))
    wanted = (_wanted(memory.decide(record)) for record in booked if record.plan is not None)
    products = tuple(dict.fromkeys(each for ids in wanted for each in ids))
    lists = _lists(place.settings) if products else 0
    return ToRead(products=products, calls=len(products) + lists, spare=place.quota.spare())


def _wanted(recalled: Recalled) -> tuple[int, ...]:
    """Return the products that an order's decision waits for, or for the names in a list."""
    if recalled.never_read is not None:
        return recalled.never_read.products
    unread = recalled.decision.unread
    if recalled.order is None or unread is None or unread.listed not in OF_CATALOGUE:
        return ()
    return products_of(recalled.order)


def _lists(settings: PostingSettings) -> int:
    return int(settings.asks_categories) + int(settings.asks_profiles)


def read_products(
    place: Workplace, to_read: ToRead, progress: Callable[[int, int], None] | None = None
) -> int:
    """Read products and keep them; returns how many of them nothing is known of after all.

    Ends before the calls that polls need are touched. Raises TemporaryError where the shop doesn't
    answer, and RightMissingError where the key may not; what was read until then is kept.
    """
    settings = place.settings
    catalogue = Catalogue(
        place.shop,
        place.db,
        place.clock,
        place.quota,
        needs_prices=False,
        names_categories=settings.asks_categories,
        names_profiles=settings.asks_profiles,
    )
    with suppress(QuotaError):
        _read(catalogue, to_read.products, progress)
    return len(never_read(place.db, to_read.products))


def _read(
    catalogue: Catalogue, products: Iterable[int], progress: Callable[[int, int], None] | None
) -> None:
    wanted = tuple(products)
    for done, product_id in enumerate(wanted, start=1):
        catalogue.products((product_id,))
        if progress is not None:
            progress(done, len(wanted))
