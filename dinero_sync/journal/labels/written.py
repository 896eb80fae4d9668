"""Which label of ours an order has, what writing it moved, and which orders may need another.

A label is a line of the order like any change at Dinero, without an intent before it: it is read
before it is written, so a line that was lost costs a call and nothing else.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime

from dinero_sync.domain.documents import canonical_json
from dinero_sync.journal import effects
from dinero_sync.journal.cache import keep, recall_however_old
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.schema import transaction

LOOKED = "labels_looked_until"
"""Under which the journal keeps up to which of its lines orders were looked at."""
PASSING = "labels_that_pass"
"""Under which the ids of orders are kept whose label says that something is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The fields that a write moves, as JSON texts: how they were, and how they were after it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was last written on an order."""

    label: str
    """Empty for none of ours."""
    moved: Moved | None = None
    """None where nobody knows what it moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An order about which the journal has new lines."""

    order_id: int
    line: int
    """The number of the last of them."""


def last(db: sqlite3.Connection, order_id: int) -> Written | None:
    """Return what was last written on an order; None if nothing ever was, or nobody knows."""
    row = db.execute(
        "SELECT body FROM effects JOIN bodies USING (effect_id) WHERE subject = ? AND kind = ?"
        " ORDER BY effect_id DESC LIMIT 1",
        (order_id, str(EffectKind.LABEL)),
    ).fetchone()
    if row is None:
        return None
    told = json.loads(row["body"])
    return Written(label=told["label"], moved=Moved(**told["moved"]) if told["moved"] else None)


def note(  # noqa: PLR0913 - what there is to know of one write
    db: sqlite3.Connection,
    order_id: int,
    written: Written,
    *,
    passes: bool,
    at: datetime,
    run_id: str,
) -> None:
    """Write down which label an order has; ``passes`` if it says that more is to come."""
    with transaction(db):
        effects.append(
            db,
            at=at,
            run_id=run_id,
            subject=order_id,
            kind=EffectKind.LABEL,
            phase=Phase.DONE,
            body=canonical_json(asdict(written)),
        )
        others = [each for each in passing(db) if each != order_id]
        keep(db, PASSING, list[int], [*others, order_id] if passes else others, at)


def passing(db: sqlite3.Connection) -> list[int]:
    """List the orders whose label says that something is still to come."""
    return recall_however_old(db, PASSING, list[int]) or []


def begin(db: sqlite3.Connection) -> None:
    """Say which lines there were before labels were asked for: their orders have none.

    It is written before a run's own lines, so that a run that dies is made up for, also the first.
    """
    if meta(db, LOOKED) is None:
        looked_at(db, newest_line(db))


def candidates(db: sqlite3.Connection) -> list[Candidate]:
    """List the orders with lines since :func:`begin` that weren't looked at, by the last."""
    rows = db.execute(
        "SELECT subject, MAX(effect_id) AS line FROM effects WHERE effect_id > ? AND kind != ?"
        " AND typeof(subject) = 'integer' GROUP BY subject ORDER BY line",
        (int(meta(db, LOOKED) or 0), str(EffectKind.LABEL)),
    )
    return [Candidate(order_id=row["subject"], line=row["line"]) for row in rows]


def looked_at(db: sqlite3.Connection, line: int) -> None:
    """Say that all orders with lines up to this one have the label that they are to have."""
    set_meta(db, LOOKED, str(line))


def newest_line(db: sqlite3.Connection) -> int:
    """Return the number of the journal's last line; 0 before the first."""
    (line,) = db.execute("SELECT COALESCE(MAX(effect_id), 0) FROM effects").fetchone()
    return int(line)


def unsettled(db: sqlite3.Connection) -> list[int]:
    """List the orders of which something waits for a person or for the next run, by their ids."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM documents"
        " WHERE (standing IN ('held', 'in_doubt', 'working')"
        " OR (standing = 'open' AND reason = 'awaiting_booking'))"
        " AND typeof(subject) = 'integer' ORDER BY subject"
    )
    return [row["subject"] for row in rows]
