"""What the shop said of each order in one reading, kept out of memory until it is decided about.

A first reading may hold a shop's whole history. It is decided about in the order of the ids, and a
list that shifts is read anew, so nothing is decided before all of it is there. Meanwhile it lies in
a table of SQLite's own temporary database: a file without a name, which nobody else can open, and
for a usual poll no file at all.
"""

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from decimal import Decimal

from dinero_sync.shoporama.replies import RawObject, raw_text

TABLE = "temp.raw_orders"


class RawOrders(MutableMapping[int, RawObject]):
    """Raw orders by their ids, in the order of these."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Begin without any; what an earlier reading with ``db`` left is forgotten."""
        self._db = db
        self._too_deep: dict[int, RawObject] = {}
        """Those that can't be written as text."""
        db.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (order_id INTEGER PRIMARY KEY, raw TEXT)")
        self.clear()

    def __setitem__(self, order_id: int, raw: RawObject) -> None:
        """Keep an order, in place of what was kept under its id."""
        self._too_deep.pop(order_id, None)
        try:
            text = raw_text(raw)
        except RecursionError:
            self._too_deep[order_id], text = raw, ""
        self._db.execute(f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?)", (order_id, text))  # noqa: S608 - our own name

    def __getitem__(self, order_id: int) -> RawObject:
        """Return an order just as it was kept, its numbers exact."""
        query = f"SELECT raw FROM {TABLE} WHERE order_id = ?"  # noqa: S608 - the same
        row = self._db.execute(query, (order_id,)).fetchone()
        if row is None:
            raise KeyError(order_id)
        return self._too_deep.get(order_id) or parsed(row["raw"])

    def __delitem__(self, order_id: int) -> None:
        """Forget an order."""
        self._too_deep.pop(order_id, None)
        self._db.execute(f"DELETE FROM {TABLE} WHERE order_id = ?", (order_id,))  # noqa: S608 - the same

    def __iter__(self) -> Iterator[int]:
        """Yield the ids, the lowest first."""
        ids = self._db.execute(f"SELECT order_id FROM {TABLE} ORDER BY order_id")  # noqa: S608 - the same
        return (row["order_id"] for row in ids)

    def __len__(self) -> int:
        """Count the orders."""
        (count,) = self._db.execute(f"SELECT COUNT(*) FROM {TABLE}").fetchone()  # noqa: S608 - the same
        return int(count)

    def __contains__(self, order_id: object) -> bool:
        """Tell whether an order is kept, without reading it."""
        query = f"SELECT 1 FROM {TABLE} WHERE order_id = ?"  # noqa: S608 - the same
        return self._db.execute(query, (order_id,)).fetchone() is not None

    def clear(self) -> None:
        """Forget all of them."""
        self._too_deep.clear()
        self._db.execute(f"DELETE FROM {TABLE}")  # noqa: S608 - the same


def parsed(text: str) -> RawObject:
    """Read what the shop said, as :func:`raw_text` wrote it: every number exact."""
    found: RawObject = json.loads(text, parse_float=Decimal)
    return found
