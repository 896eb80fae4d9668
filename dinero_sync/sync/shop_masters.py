"""The shop's master lists, read at most once a day, and again when an order needs what is new."""

import sqlite3
from functools import cache

from pydantic import TypeAdapter

from dinero_sync.clock import Clock
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import Masters, masters_of

NAME = "shop_masters"


@cache
def _form() -> TypeAdapter[Masters]:
    return TypeAdapter(Masters)


class ShopMasters:
    """Gateways, freight methods and countries; read when first asked for."""

    def __init__(self, shop: ShopClient, db: sqlite3.Connection, clock: Clock) -> None:
        """Read from ``shop`` (three calls), keep in ``db`` for a day."""
        self._shop = shop
        self._db = db
        self._clock = clock
        self._masters: Masters | None = None
        self.is_fresh = False
        """Whether they were read in this run."""

    def get(self) -> Masters:
        """Return the master lists; raises TemporaryError when the shop doesn't answer."""
        if self._masters is None:
            self._masters = recall(self._db, NAME, _form(), self._clock.now())
        return self._masters if self._masters is not None else self.refresh()

    def refresh(self) -> Masters:
        """Read the master lists anew."""
        masters = masters_of(
            self._shop.payment_gateways(), self._shop.shipping_methods(), self._shop.countries()
        )
        keep(self._db, NAME, _form(), masters, self._clock.now())
        self._masters = masters
        self.is_fresh = True
        return masters


def remembered_masters(db: sqlite3.Connection) -> Masters:
    """Return the master lists as they were last read, however long ago; empty ones before that."""
    known = recall_however_old(db, NAME, _form())
    return known if known is not None else masters_of((), (), ())
