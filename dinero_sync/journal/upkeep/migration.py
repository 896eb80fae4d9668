"""Journals of earlier versions, brought up to the present tables with nothing lost.

Version 1 knew orders alone, each with one rung and one standing. What it wrote is read here by the
names that stood in its tables and plans, which don't change any more, and not by today's classes.
`database.open_journal` keeps a copy before.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from dinero_sync.domain.step import AS_WRITTEN, facts_json, sentence, steps_json
from dinero_sync.journal.effects import IN_A_SALE, OF_THE_SUBJECT
from dinero_sync.journal.schema import SCHEMA, VERSION, statements, transaction

LINES_OF_VERSION_1 = "lines_of_version_1"
"""The name under which the journal keeps up to which line the chain was written by version 1,
whose hashes don't tell the document: its kind does."""
COLUMNS_OF_VERSION_1: Mapping[str, str] = {
    "meta": "name value",
    "orders": "order_id number standing rung reason message next_step changed raw total currency"
    " total_dkk content held_content seen_undue invoice_day plan contact_guid invoice_number"
    " payment_day not_elsewhere settings looks next_look",
    "effects": "effect_id at run_id order_id kind phase body_hash hash",
    "bodies": "effect_id body",
    "contacts": "guid email vat_number ean",
    "contacts_sent": "guid hash",
    "calls": "service at",
    "cache": "name read_at body",
    "runs": "run_id started finished exit_code summary",
}
"""Builds before version 0.1 wrote the same number with other tables."""
BOOKED = ("booked", "paid")
BELONGS_TO: Mapping[str, str] = {
    "changed_after_booking": "invoice",
    "cancelled_after_booking": "invoice",
    "document_differs": "invoice",
    "margin_missing": "margin",
    "margin_differs": "margin",
    "margin_not_booked": "margin",
    "not_sent": "sending",
}
"""Which document of a booked order a hold is about; any other is about the next one to be made."""
DONE_BY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "margin": ("book_ledger_item", ("adopted",)),
    "sending": ("send", ("done", "adopted")),
}
"""The kind of line, and its phases, by which version 1 knew that this was done."""
TOP = {"margin": "booked", "sending": "sent", "payment": "paid"}
Row = Mapping[str, Any]


def is_of_version_1(db: sqlite3.Connection) -> bool:
    """Tell whether a journal that calls itself version 1 has the tables which that version had."""
    return all(
        [row["name"] for row in db.execute(f"PRAGMA table_info({table})")] == columns.split()
        for table, columns in COLUMNS_OF_VERSION_1.items()
    )


def migrate(db: sqlite3.Connection) -> None:
    """Bring a journal of version 1 up to the present version, in one transaction.

    Killed at any point it is still version 1. Raises sqlite3.Error.
    """
    db.execute("PRAGMA foreign_keys = OFF")  # a table that others refer to is made anew
    with transaction(db):
        for name in ("effects_stay", "effects_remain"):
            db.execute(f"DROP TRIGGER {name}")
        for name in ("effects_order", "orders_standing", "orders_number"):
            db.execute(f"DROP INDEX {name}")
        db.execute("ALTER TABLE orders RENAME TO orders_1")
        db.execute("ALTER TABLE effects RENAME TO effects_1")
        db.execute("ALTER TABLE bodies RENAME TO bodies_1")
        _make_new_tables(db)
        _move_orders(db)
        _move_effects(db)
        for table in ("bodies_1", "effects_1", "orders_1"):
            db.execute(f"DROP TABLE {table}")
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("PRAGMA foreign_keys = ON")


def _make_new_tables(db: sqlite3.Connection) -> None:
    for statement in statements(SCHEMA):
        words = statement.split()
        table = words[words.index("ON") + 1] if "ON" in words else words[2]
        if table in {"subjects", "documents", "effects", "bodies"}:
            db.execute(statement)


def _move_effects(db: sqlite3.Connection) -> None:
    db.executemany(
        "INSERT INTO effects (effect_id, at, run_id, subject, document, kind, phase, body_hash,"
        " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (*row[:4], str(IN_A_SALE.get(row["kind"], OF_THE_SUBJECT)), *row[4:])
            for row in db.execute("SELECT * FROM effects_1 ORDER BY effect_id")
        ),
    )
    db.execute("INSERT INTO bodies SELECT * FROM bodies_1")
    db.execute(
        "INSERT INTO meta SELECT ?, COALESCE(MAX(effect_id), 0) FROM effects_1",
        (LINES_OF_VERSION_1,),
    )


def _move_orders(db: sqlite3.Connection) -> None:
    done = _known_as_done(db)
    for row in db.execute("SELECT * FROM orders_1 ORDER BY order_id"):
        db.execute(
            "INSERT INTO subjects VALUES (?, 'order', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(
                row[name]
                for name in (
                    "order_id",
                    "number",
                    "changed",
                    "raw",
                    "total",
                    "currency",
                    "content",
                    "held_content",
                    "seen_undue",
                    "payment_day",
                    "not_elsewhere",
                )
            ),
        )
        for place, document in enumerate(_documents(row, done)):
            values = {"subject": row["order_id"], "chain": "invoice", "place": place} | document
            db.execute(
                f"INSERT INTO documents ({', '.join(values)})"  # noqa: S608 - our own names
                f" VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )


def _known_as_done(db: sqlite3.Connection) -> set[tuple[int, str]]:
    """Return the margins and sendings that are done: each by its order's id and its kind."""
    return {
        (row["order_id"], document)
        for document, (kind, phases) in DONE_BY.items()
        for row in db.execute(
            "SELECT DISTINCT order_id FROM effects_1"  # noqa: S608 - marks only
            f" WHERE kind = ? AND phase IN ({', '.join('?' * len(phases))})",
            (kind, *phases),
        )
    }


def _documents(row: Row, done: set[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """Yield the documents of an order's sale, the invoice first."""
    behind = {
        document: row["standing"] == "done"
        or (row["order_id"], document) in done
        or (document == "payment" and row["rung"] == "paid")
        for document in _planned(row)
    }
    turn = _whose_turn(row, behind)
    is_booked = row["rung"] in BOOKED
    yield {
        **_standing(row, "invoice", turn, is_done=is_booked),
        "rung": "booked" if is_booked else row["rung"],
        "settings": row["settings"],
        "day": row["invoice_day"],
        "plan": row["plan"],
        "contact_guid": row["contact_guid"],
        "document_number": row["invoice_number"],
        "total_dkk": row["total_dkk"],
    }
    for document, is_done in behind.items():
        was_made = (row["order_id"], document) in done or row["rung"] == "paid"
        yield {
            **_standing(row, document, turn, is_done=is_done),
            "rung": TOP[document] if is_done and was_made else "planned",
            "settings": "",
        }


def _planned(row: Row) -> Iterator[str]:
    """Yield what comes behind the invoice; of an old order only the payment is still known."""
    try:
        plan = json.loads(row["plan"] or "{}")
    except ValueError:  # somebody changed it; it is planned anew
        plan = {}
    for document, part in {"margin": "ledger_items", "sending": "sending"}.items():
        if plan.get(part):
            yield document
    if plan.get("payment") or row["rung"] == "paid":
        yield "payment"


def _whose_turn(row: Row, behind: Mapping[str, bool]) -> str:
    """Return the document that waits for what version 1 said the order waits for."""
    if row["rung"] not in BOOKED:
        return "invoice"
    left = [document for document, is_done in behind.items() if not is_done]
    named = BELONGS_TO.get(row["reason"] or "")
    if named == "invoice" or not left:
        return "invoice"
    return named if named in left else left[0]


def _standing(row: Row, document: str, turn: str, *, is_done: bool) -> dict[str, Any]:
    """Return how a document stands: as the order did where it is its turn."""
    standing = {
        "document": document,
        "document_kind": document,
        "standing": "done" if is_done else "behind",
        "looks": 0,
        "plan_version": 1,
    }
    if document != turn:
        return standing
    told = ("standing", "reason", "looks", "next_look")
    return standing | {name: row[name] for name in told} | _as_written(row)


def _as_written(row: Row) -> dict[str, Any]:
    """Keep what was told in English; the next step named its order ``ORDER``."""
    message, step = row["message"], row["next_step"]
    if step is not None:
        step = re.sub(r"(?<=[a-z] )ORDER\b", str(row["order_id"]), step)
    return {
        "text": None if message is None else AS_WRITTEN,
        "facts": None if message is None else facts_json({"text": message}),
        "steps": None if step is None else steps_json([sentence(AS_WRITTEN, text=step)]),
    }
