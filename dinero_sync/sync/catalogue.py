"""Products of the shop's catalogue (varekartotek), read once and kept in the journal."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from pydantic import TypeAdapter

from dinero_sync.clock import Clock
from dinero_sync.domain.product import Product
from dinero_sync.errors import DeadlineError, QuotaError, StoppedError, TemporaryError
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.shoporama.answers import RawObject
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import category_names, profile_names
from dinero_sync.shoporama.products import read_product
from dinero_sync.shoporama.values import UnclearError
from dinero_sync.sync.pacing import DailyQuota

MOST_TROUBLES = 3
"""After so many products without an answer it isn't they that are the trouble, but the shop."""


FRESH_FOR = timedelta(days=7)
"""How long what a product is need not be read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProduct:
    """What was learned about a product."""

    product: Product | None
    """None for one that the shop removed."""


@cache
def _product_form() -> TypeAdapter[KnownProduct]:
    return TypeAdapter(KnownProduct)


@cache
def _names_form() -> TypeAdapter[dict[int, str]]:
    return TypeAdapter(dict[int, str])


class Catalogue:
    """The shop's products, for one run."""

    def __init__(
        self,
        shop: ShopClient,
        db: sqlite3.Connection,
        clock: Clock,
        quota: DailyQuota,
        *,
        needs_prices: bool,
    ) -> None:
        """Read from ``shop``, keep in ``db``, and leave the calls of ``quota`` that polls need.

        Without ``needs_prices`` a product whose purchase price is missing is as good as any.
        """
        self._needs_prices = needs_prices
        self._shop = shop
        self._db = db
        self._clock = clock
        self._quota = quota
        self._read_now: set[int] = set()
        self._troubles: dict[int, TemporaryError] = {}
        self._categories = _NameList("shop_categories", self._read_categories, db, clock)
        self._profiles = _NameList("shop_profiles", self._read_profiles, db, clock)

    def products(self, ids: Iterable[int]) -> dict[int, Product]:
        """Return products by id; one that the shop removed, or that can't be read, is left out.

        Each costs one call when it is first asked for, and one again after a week: categories and
        prices change. One that was removed, or whose purchase price is needed and is missing or 0,
        is read again once a run, in case somebody mended it.
        Raises QuotaError when the calls that are left are kept for polls, and TemporaryError when
        the shop doesn't answer; what was read until then is kept. A product without an answer
        isn't asked for again, and after a few of them nor is any other.
        """
        known = {each: self._known(each) for each in dict.fromkeys(ids)}
        return {
            product_id: each.product
            for product_id, each in known.items()
            if each is not None and each.product is not None
        }

    def _known(self, product_id: int) -> KnownProduct | None:
        name, now = _kept_as(product_id), self._clock.now()
        kept = recall_however_old(self._db, name, _product_form())
        is_fresh = recall(self._db, name, _product_form(), now, FRESH_FOR) is not None
        if kept is not None and self._will_do(product_id, kept, is_fresh=is_fresh):
            return kept
        read = self._read_once(product_id)
        self._read_now.add(product_id)
        if read is not None:
            keep(self._db, name, _product_form(), read, self._clock.now())
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
        try:
            product = read_product(
                product_id, raw, self._categories.name_of, self._profiles.name_of
            )
        except UnclearError:
            return None
        return KnownProduct(product=product)

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
                "The day's calls to Shoporama that are left (shoporama.daily_calls) are kept for "
                "reading orders, so no product is looked up. Nothing is lost: orders that need one "
                "wait for later runs. Shoporama raises the quota on request."
            )


class _NameList:
    """The names of a master list by id, kept for a day, and read again once for a new id."""

    def __init__(
        self, name: str, read: Callable[[], dict[int, str]], db: sqlite3.Connection, clock: Clock
    ) -> None:
        self._name = name
        self._read = read
        self._db = db
        self._clock = clock
        self._names: dict[int, str] | None = None
        self._is_fresh = False

    def name_of(self, wanted: int) -> str:
        """Return the name; empty where the list has none."""
        if self._names is None:
            self._names = recall(self._db, self._name, _names_form(), self._clock.now())
        if not self._is_fresh and (self._names is None or wanted not in self._names):
            self._names = self._read()
            self._is_fresh = True
            keep(self._db, self._name, _names_form(), self._names, self._clock.now())
        return (self._names or {}).get(wanted, "")


def remembered_products(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Product]:
    """Return products by id as they were last read; one that never was is left out."""
    known = {each: recall_however_old(db, _kept_as(each), _product_form()) for each in ids}
    return {
        product_id: each.product
        for product_id, each in known.items()
        if each is not None and each.product is not None
    }


def never_read(db: sqlite3.Connection, ids: Iterable[int]) -> tuple[int, ...]:
    """Return the ids of products of which nothing is known, not even that they were removed."""
    known = {each: recall_however_old(db, _kept_as(each), _product_form()) for each in ids}
    return tuple(product_id for product_id, each in known.items() if each is None)


def _kept_as(product_id: int) -> str:
    return f"shop_product_{product_id}"
