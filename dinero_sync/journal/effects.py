"""Intents and outcomes of changes at Dinero: append-only, each chained to the one before by hash.

An intent without an outcome means: it was about to be sent, and nobody knows what came of it.
"""

import hashlib
import sqlite3
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dinero_sync.journal.database import transaction

NO_HASH = "0" * 64


class EffectKind(StrEnum):
    """The changes at Dinero there are."""

    CONTACT = "contact"
    RESTORE_CONTACT = "restore_contact"
    UPDATE_CONTACT = "update_contact"
    DRAFT = "draft"
    REPLACE_DRAFT = "replace_draft"
    DELETE_DRAFT = "delete_draft"
    BOOK = "book"
    PAYMENT = "payment"
    LEDGER_ITEM = "ledger_item"
    BOOK_LEDGER_ITEM = "book_ledger_item"
    SEND = "send"
    OPERATOR = "operator"
    """No change at Dinero: what a person decided about the order."""
    VAT_NUMBER = "vat_number"
    """No change at Dinero: what the EU's register (VIES) said, on whose strength no VAT is due."""
    ORDER = "order"
    """No change at Dinero: what the shop said of the order, on whose strength the next ones are."""
    RETENTION = "retention"
    """No change at Dinero: what the order's lines before this one carried was removed for its age.
    """


class Phase(StrEnum):
    """What the journal says of a change."""

    INTENT = "intent"
    DONE = "done"
    REJECTED = "rejected"
    ADOPTED = "adopted"
    """It was found there: done before, by us in a call without an answer, or by somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One line of the journal."""

    effect_id: int
    at: datetime
    run_id: str
    order_id: int
    kind: EffectKind
    phase: Phase
    body: str | None
    """What was sent or answered; None once it was removed for its age."""
    body_hash: str
    hash: str


def append(  # noqa: PLR0913 - the columns of one row
    db: sqlite3.Connection,
    *,
    at: datetime,
    run_id: str,
    order_id: int,
    kind: EffectKind,
    phase: Phase,
    body: str,
) -> None:
    """Write one line, durably, in a transaction of its own unless one is open."""
    with nullcontext() if db.in_transaction else transaction(db):
        body_hash = sha256(body)
        fields = (at.isoformat(), run_id, order_id, str(kind), str(phase), body_hash)
        chained = chain_hash(head(db), *fields)
        cursor = db.execute(
            "INSERT INTO effects (at, run_id, order_id, kind, phase, body_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*fields, chained),
        )
        db.execute("INSERT INTO bodies VALUES (?, ?)", (cursor.lastrowid, body))


def head(db: sqlite3.Connection) -> str:
    """Return the hash of the last line; sixty-four zeros before the first."""
    row = db.execute("SELECT hash FROM effects ORDER BY effect_id DESC LIMIT 1").fetchone()
    return NO_HASH if row is None else str(row["hash"])


def chain_hash(previous: str, *fields: object) -> str:
    """Return the hash of a line that follows the one with hash ``previous``."""
    return sha256("\n".join([previous, *map(str, fields)]))


def of_order(db: sqlite3.Connection, order_id: int) -> list[Effect]:
    """List the lines about one order, oldest first."""
    rows = db.execute(
        "SELECT effects.*, body FROM effects LEFT JOIN bodies USING (effect_id)"
        " WHERE order_id = ? ORDER BY effect_id",
        (order_id,),
    )
    return [_effect(row) for row in rows]


def open_intents(db: sqlite3.Connection, order_id: int) -> set[EffectKind]:
    """Return the kinds of change that were begun for an order and have no outcome."""
    last = {effect.kind: effect.phase for effect in of_order(db, order_id)}
    return {kind for kind, phase in last.items() if phase is Phase.INTENT}


def has_body(db: sqlite3.Connection, order_id: int, kind: EffectKind, body_hash: str) -> bool:
    """Tell whether the latest line of such a kind about an order carries just that body."""
    row = db.execute(
        "SELECT body_hash FROM effects JOIN bodies USING (effect_id)"
        " WHERE order_id = ? AND kind = ? ORDER BY effect_id DESC LIMIT 1",
        (order_id, str(kind)),
    ).fetchone()
    return row is not None and row["body_hash"] == body_hash


def _effect(row: sqlite3.Row) -> Effect:
    return Effect(
        effect_id=row["effect_id"],
        at=datetime.fromisoformat(row["at"]),
        run_id=row["run_id"],
        order_id=row["order_id"],
        kind=EffectKind(row["kind"]),
        phase=Phase(row["phase"]),
        body=row["body"],
        body_hash=row["body_hash"],
        hash=row["hash"],
    )


def sha256(text: str) -> str:
    """Return the hash by which the chain knows a text."""
    return hashlib.sha256(text.encode()).hexdigest()
