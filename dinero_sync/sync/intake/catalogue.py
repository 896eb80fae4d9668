"""Products of the shop's catalogue (varekartotek), read once and kept in the journal."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from dinero_sync.clock import Clock
from dinero_sync.domain.product import Product
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import DeadlineError, QuotaError, StoppedError, TemporaryError
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import category_names, profile_names
from dinero_sync.shoporama.products import read_product
from dinero_sync.shoporama.replies import RawObject
from dinero_sync.shoporama.values import UnclearError
from dinero_sync.sync.intake.shop_masters import MasterList, never_read_list, remembered_names
from dinero_sync.sync.work.pacing import DailyQuota

MOST_TROUBLES = 3
"""After so many products without an answer it isn't they that are the trouble, but the shop."""

FRESH_FOR = timedelta(days=7)
"""How long what a product is need not be read again."""
Names = Sequence[str | Unread | None]
"""What ids are called; None for one that is called nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProduct:
    """What was learned about a product."""

    product: Product | None
    """None for one that the shop removed."""
    unnamed_categories: tuple[int, ...] = ()
    """Categories by their ids alone: what they are called stands in the shop's list."""
    unnamed_profiles: tuple[int, ...] = ()
    """The profile, where it is named by its id alone."""


class Catalogue:
    """The shop's products, for one run."""

    def __init__(  # noqa: PLR0913 - where it reads and keeps, and what is wanted of it
        self,
        shop: ShopClient,
        db: sqlite3.Connection,
        clock: Clock,
        quota: DailyQuota,
        *,
        needs_prices: bool,
        names_categories: bool = True,
        names_profiles: bool = True,
    ) -> None:
        """Read from ``shop``, keep in ``db``, and leave the calls of ``quota`` that polls need.

        Without ``needs_prices`` a product whose purchase price is missing is as good as any. What
        categories and profiles are called is asked for only where it is wanted.
        """
        self._names_categories = names_categories
        self._names_profiles = names_profiles
        self._needs_prices = needs_prices
        self._shop = shop
        self._db = db
        self._clock = clock
        self._quota = quota
        self._read_now: set[int] = set()
        self._troubles: dict[int, TemporaryError] = {}
        self._categories = MasterList(ShopList.CATEGORIES, self._read_categories, db, clock)
        self._profiles = MasterList(ShopList.PROFILES, self._read_profiles, db, clock)

    def products(self, ids: Iterable[int]) -> dict[int, Product]:
        """Return products by id; one that the shop removed, or that can't be read, is left out.

        Each costs one call when it is first asked for, and one again after a week: categories and
        prices change. One that was removed, or whose purchase price is needed and is missing or 0,
        is read again once a run, in case somebody mended it.
        Raises QuotaError when the calls that are left are kept for polls, and TemporaryError when
        the shop doesn't answer; what was read until then is kept. A product without an answer
        isn't asked for again, and after a few of them nor is any other.
        """
        found = {}
        for product_id in dict.fromkeys(ids):
            known = self._known(product_id)
            if known is not None and known.product is not None:
                found[product_id] = self._named(known, known.product)
        return found

    def _named(self, known: KnownProduct, product: Product) -> Product:
        """Add the names that the product itself doesn't carry, where they are wanted."""
        categories = known.unnamed_categories if self._names_categories else ()
        profiles = known.unnamed_profiles if self._names_profiles else ()
        return _with_names(
            product,
            [_name_in(self._categories, each) for each in categories],
            [_name_in(self._profiles, each) for each in profiles],
        )

    def _known(self, product_id: int) -> KnownProduct | None:
        name, now = _kept_as(product_id), self._clock.now()
        kept = recall_however_old(self._db, name, KnownProduct)
        is_fresh = recall(self._db, name, KnownProduct, now, FRESH_FOR) is not None
        if kept is not None and self._will_do(product_id, kept, is_fresh=is_fresh):
            return kept
        read = self._read_once(product_id)
        self._read_now.add(product_id)
        if read is not None:
            keep(self._db, name, KnownProduct, read, self._clock.now())
        return read

    def _will_do(self, product_id: int, kept: KnownProduct, *, is_fresh: bool) -> bool:
        """Tell whether what is kept need not, or may not, be read again."""
        is_whole = kept.product is not None and bool(
            kept.product.purchase_price or not self._needs_prices
        )
        read_now = product_id in self._read_now
        return (is_whole and is_fresh) or read_now or self._quota.spare() <= 0

    def _read_once(self, product_id: int) -> KnownProduct | None:
        """Read a product, unless that came to nothing before; each try has retries of its own."""
        if len(self._troubles) >= MOST_TROUBLES or product_id in self._troubles:
            raise self._troubles.get(product_id) or next(iter(self._troubles.values()))
        try:
            return self._read(product_id)
        except (QuotaError, DeadlineError, StoppedError):
            raise
        except TemporaryError as error:
            self._troubles[product_id] = error
            raise

    def _read(self, product_id: int) -> KnownProduct | None:
        """Read a product; None for one that isn't understood, which is asked for again."""
        self._leave_calls_for_polls()
        raw = self._shop.product(product_id)
        if raw is None:
            return KnownProduct(product=None)
        categories, profiles = _Unnamed(), _Unnamed()
        try:
            product = read_product(product_id, raw, categories.note, profiles.note)
        except UnclearError:
            return None
        return KnownProduct(
            product=product,
            unnamed_categories=tuple(categories.ids),
            unnamed_profiles=tuple(profiles.ids),
        )

    def _read_categories(self) -> dict[int, str]:
        return self._names(self._shop.categories, category_names)

    def _read_profiles(self) -> dict[int, str]:
        return self._names(self._shop.profiles, profile_names)

    def _names(
        self,
        read: Callable[[], list[RawObject]],
        names_in: Callable[[Sequence[RawObject]], dict[int, str]],
    ) -> dict[int, str]:
        self._leave_calls_for_polls()
        return names_in(read())

    def _leave_calls_for_polls(self) -> None:
        if self._quota.spare() <= 0:
            raise QuotaError(
                spoken(
                    "The day's calls to Shoporama that are left (shoporama.daily_calls) are kept "
                    "for reading orders, so no product is looked up. Nothing is lost: orders "
                    "that need one wait for later runs. Shoporama raises the quota on request."
                )
            )


def catalogue_for(
    settings: PostingSettings,
    shop: ShopClient,
    db: sqlite3.Connection,
    clock: Clock,
    quota: DailyQuota,
) -> Catalogue:
    """Return the shop's catalogue, which is asked for no more than the rules want to know."""
    return Catalogue(
        shop,
        db,
        clock,
        quota,
        needs_prices=settings.needs_purchase_prices,
        names_categories=settings.asks_categories,
        names_profiles=settings.asks_profiles,
    )


class _Unnamed:
    """The ids that a product names without saying what they are called."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    def note(self, wanted: int) -> str:
        self.ids.append(wanted)
        return ""


def _name_in(names: MasterList[str], wanted: int) -> str | Unread | None:
    """Return a name; a list kept from an earlier run is read again for an id that is new."""
    found = names.entry(wanted)
    if found is not None or names.is_fresh:
        return found
    names.refresh()
    return names.entry(wanted)


def _with_names(product: Product, categories: Names, profiles: Names) -> Product:
    """Add the names of its categories and its profile, as far as they are known."""
    of_categories, unread = _sorted_out(categories)
    of_profile, also_unread = _sorted_out(profiles)
    return replace(
        product,
        categories=tuple(dict.fromkeys([*of_categories, *product.categories])),
        profile=tuple(dict.fromkeys([*of_profile, *product.profile])),
        unread=(*product.unread, *unread, *also_unread),
    )


def _sorted_out(names: Names) -> tuple[list[str], list[Unread]]:
    known = [each for each in names if isinstance(each, str) and each]
    return known, [each for each in names if isinstance(each, Unread)][:1]


def remembered_products(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Product]:
    """Return products by id as they were last read; one that never was is left out."""
    known = {each: recall_however_old(db, _kept_as(each), KnownProduct) for each in ids}
    return {
        product_id: _named_from_memory(db, each, each.product)
        for product_id, each in known.items()
        if each is not None and each.product is not None
    }


def _named_from_memory(db: sqlite3.Connection, known: KnownProduct, product: Product) -> Product:
    def names(listed: ShopList, ids: Iterable[int]) -> Names:
        kept, never = remembered_names(db, listed), never_read_list(db, listed)
        return [kept.get(each, never) for each in ids]

    categories = names(ShopList.CATEGORIES, known.unnamed_categories)
    return _with_names(product, categories, names(ShopList.PROFILES, known.unnamed_profiles))


def never_read(db: sqlite3.Connection, ids: Iterable[int]) -> tuple[int, ...]:
    """Return the ids of products of which nothing is known, not even that they were removed."""
    known = {each: recall_however_old(db, _kept_as(each), KnownProduct) for each in ids}
    return tuple(product_id for product_id, each in known.items() if each is None)


def _kept_as(product_id: int) -> str:
    return f"shop_product_{product_id}"
