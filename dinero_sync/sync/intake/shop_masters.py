"""The shop's master lists: each read when an order needs it, at most once a day and once a run.

One that can't be read stops nobody: only orders whose decision depends on it notice.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from dinero_sync.clock import Clock
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import DeadlineError, QuotaError, StoppedError, TemporaryError
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.logs import get_logger
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import (
    MasterLists,
    Masters,
    country_codes,
    gateways_by_id,
    shipping_names,
)
from dinero_sync.shoporama.replies import RightMissingError

log = get_logger()
TOGETHER = "shop_masters"
"""Under which earlier versions kept all lists in one."""
NAMES = {
    ShopList.GATEWAYS: "shop_gateways",
    ShopList.FREIGHT: "shop_freight_methods",
    ShopList.COUNTRIES: "shop_countries",
    ShopList.CATEGORIES: "shop_categories",
    ShopList.PROFILES: "shop_profiles",
}
"""Under which each list is kept."""
Entry = TypeVar("Entry")


def _kind(listed: ShopList) -> type[dict[int, Any]]:
    return dict[int, Gateway] if listed is ShopList.GATEWAYS else dict[int, str]


def unread_for(listed: ShopList, error: RightMissingError | TemporaryError) -> Unread:
    """Say why something of the shop couldn't be read."""
    if isinstance(error, RightMissingError):
        return Unread(listed=listed, refused=True, why=error.what, words=error.words)
    return Unread(listed=listed, refused=False, why=str(error))


class MasterList(Generic[Entry]):
    """One list by id, for one run: as it was kept for a day, or read anew."""

    def __init__(
        self,
        listed: ShopList,
        read: Callable[[], dict[int, Entry]],
        db: sqlite3.Connection,
        clock: Clock,
    ) -> None:
        """Read with ``read``, which raises TemporaryError or RightMissingError; keep in ``db``."""
        self._listed = listed
        self._read = read
        self._db = db
        self._clock = clock
        self._entries: Mapping[int, Entry] | None = None
        self._unread: Unread | None = None
        self.was_asked = False
        """Whether an order of this run needed it."""
        self.is_fresh = False
        """Whether this run tried to read it."""

    def entry(self, wanted: int) -> Entry | Unread | None:
        """Return an entry, None for one that isn't listed; Unread where the list can't tell."""
        self.was_asked = True
        if self._entries is None:
            name, kind = NAMES[self._listed], _kind(self._listed)
            self._entries = recall(self._db, name, kind, self._clock.now())
        if self._entries is None:
            self.refresh()
        entries = self._entries or {}
        return entries.get(wanted, self._unread)

    def refresh(self) -> None:
        """Read it anew, once a run; where that fails, what was kept for the day still counts."""
        if self.is_fresh:
            return
        self.is_fresh = True
        try:
            entries = self._read()
        except (DeadlineError, StoppedError, QuotaError):
            raise  # nothing else could be read either
        except (RightMissingError, TemporaryError) as error:
            self._unread = unread_for(self._listed, error)
            log.warning("shop.list_unread", message=self._unread.why)
            return
        keep(self._db, NAMES[self._listed], _kind(self._listed), entries, self._clock.now())
        self._entries = entries


class ShopMasters:
    """Gateways, freight methods and countries; each read when an order first needs it."""

    def __init__(
        self, shop: ShopClient, db: sqlite3.Connection, clock: Clock, settings: PostingSettings
    ) -> None:
        """Read from ``shop`` (a call for each list), keep in ``db`` for a day.

        Gateways are asked for only where a payment type of ``settings`` does.
        """
        self._db = db
        self._asks_names = settings.asks_gateway_names
        self._asks_codes = settings.asks_gateway_codes
        self._asks_freight = settings.asks_freight_names
        self._gateways = MasterList(
            ShopList.GATEWAYS, lambda: gateways_by_id(shop.payment_gateways()), db, clock
        )
        self._freight = MasterList(
            ShopList.FREIGHT, lambda: shipping_names(shop.shipping_methods()), db, clock
        )
        self._countries = MasterList(
            ShopList.COUNTRIES, lambda: country_codes(shop.countries()), db, clock
        )

    def gateway(self, gateway_id: int, code: str) -> Gateway | Unread | None:
        """Return the gateway that an order names, where any payment type asks what only it tells.

        Raises DeadlineError, StoppedError and QuotaError, as the others do.
        """
        is_needed = self._asks_names or (self._asks_codes and not code)
        return self._gateways.entry(gateway_id) if is_needed else None

    def shipping_name(self, shipping_id: int) -> str:
        """Return a freight method's name; where the list can't be read now, as it last was.

        As a rule it is shown on the invoice and decides nothing. Where the settings ask for it, an
        order whose method has no name is held.
        """
        name = self._freight.entry(shipping_id)
        if not isinstance(name, Unread):
            return name or ""
        return remembered_names(self._db, ShopList.FREIGHT).get(shipping_id, "")

    def country(self, country_id: int) -> str | Unread | None:
        """Return a country's code."""
        return self._countries.entry(country_id)

    @property
    def is_fresh(self) -> bool:
        """Tell whether nothing that orders needed was kept from an earlier run."""
        return all(each.is_fresh for each in self._deciding() if each.was_asked)

    def refresh(self) -> None:
        """Read anew what orders needed and was kept from an earlier run."""
        for each in self._deciding():
            if each.was_asked:
                each.refresh()

    def _deciding(self) -> tuple[MasterList[Any], ...]:
        freight = (self._freight,) if self._asks_freight else ()
        return (self._gateways, self._countries, *freight)


class _Remembered:
    """The lists as they were last read; one that never was tells nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def gateway(self, gateway_id: int, code: str) -> Gateway | Unread | None:  # noqa: ARG002 - by id
        found: Gateway | Unread | None = self._entry(ShopList.GATEWAYS, gateway_id)
        return found

    def shipping_name(self, shipping_id: int) -> str:
        return remembered_names(self._db, ShopList.FREIGHT).get(shipping_id, "")

    def country(self, country_id: int) -> str | Unread | None:
        found: str | Unread | None = self._entry(ShopList.COUNTRIES, country_id)
        return found

    def _entry(self, listed: ShopList, wanted: int) -> Any:  # noqa: ANN401 - as the list has it
        return _remembered(self._db, listed).get(wanted, never_read_list(self._db, listed))


def remembered_masters(db: sqlite3.Connection) -> MasterLists:
    """Return the master lists as they were last read, however long ago."""
    return _Remembered(db)


def never_read_list(db: sqlite3.Connection, listed: ShopList) -> Unread | None:
    """Say that no run has read a list; None where one has."""
    if _remembered_or_none(db, listed) is not None:
        return None
    return Unread(listed=listed, refused=False, why="No run has read it so far.")


def remembered_names(db: sqlite3.Connection, listed: ShopList) -> Mapping[int, str]:
    """Return the names of a list as it was last read; none before that."""
    return _remembered(db, listed)


def _remembered(db: sqlite3.Connection, listed: ShopList) -> Mapping[int, Any]:
    return _remembered_or_none(db, listed) or {}


def _remembered_or_none(db: sqlite3.Connection, listed: ShopList) -> Mapping[int, Any] | None:
    alone = recall_however_old(db, NAMES[listed], _kind(listed))
    if alone is not None:
        return alone
    together = recall_however_old(db, TOGETHER, Masters)
    if together is None:
        return None
    return {
        ShopList.GATEWAYS: together.gateways,
        ShopList.FREIGHT: together.shipping_names,
        ShopList.COUNTRIES: together.countries,
    }.get(listed)
