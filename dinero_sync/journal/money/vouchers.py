"""What our documents are called in Dinero's ledger: a voucher's name (guid), and whose it is."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dinero_sync.journal.money.moved import PAYMENTS

REGISTERED = (*PAYMENTS, "pay_voucher")
"""Changes whose answers name the voucher that Dinero made of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document of ours, as people call it."""

    subject: str
    """An order's number, as the customer sees it; the whole name of a bill or payout."""
    is_order: bool
    document: str
    """Its key, like ``invoice`` or ``credit:1``."""


def vouchers(db: sqlite3.Connection) -> Iterator[tuple[UUID, Named]]:
    """Yield the booked invoices, credit notes, ledger items, bills and payouts by their vouchers.

    One whose contents were removed for their age isn't known any more.
    """
    rows = db.execute(
        "SELECT subject, kind, number, document, plan FROM documents JOIN subjects USING (subject)"
        " WHERE rung IN ('booked', 'paid') AND plan IS NOT NULL"
    )
    for row in rows:
        plan = json.loads(row["plan"])
        for guid in _guids(plan):
            yield guid, _named(row)


def _guids(plan: Mapping[str, Any]) -> Iterator[UUID]:
    """Yield the vouchers that a plan names: of its document, and of the ledger items behind it."""
    card = (plan.get("gift_card") or {}).get("item") or {}
    documents = (plan.get("invoice"), plan.get("note"), *plan.get("ledger_items", ()), card)
    of_parts = (each.get("guid") for each in documents if each)
    for guid in (*of_parts, plan.get("guid"), plan.get("voucher_guid")):
        if guid:
            yield UUID(guid)


def answers(db: sqlite3.Connection) -> Iterator[tuple[str, Named]]:
    """Yield what Dinero answered to each payment that was registered, word by word, and whose."""
    marks = ", ".join("?" * len(REGISTERED))
    rows = db.execute(
        "SELECT subject, subjects.kind, number, document, body FROM effects"  # noqa: S608 - our own marks
        " JOIN bodies USING (effect_id) JOIN subjects USING (subject)"
        f" WHERE effects.kind IN ({marks}) AND phase = 'done'",
        REGISTERED,
    )
    for row in rows:
        told = json.loads(row["body"])
        yield (told.get("answer") or {}).get("body") or "", _named(row)


def _named(row: sqlite3.Row) -> Named:
    is_order = row["kind"] == "order"
    return Named(
        subject=row["number"] if is_order else str(row["subject"]),
        is_order=is_order,
        document=row["document"],
    )
