"""What the journal knows of money that we moved at Dinero, each as it was sent.

What an order's documents say is what was planned; the lines of the journal say what was sent, and
what Dinero answered. They are read row by row, so that a shop of years is no burden.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dinero_sync.domain.money import KRONER
from dinero_sync.journal.effects import Phase

PAYMENTS = ("payment", "gift_card_payment", "refund", "gift_card_refund", "chargeback")
"""The kinds of document that are a payment of an invoice; the last three are negative ones."""
ITEMS = ("payout", "gift_card")
"""The kinds that are a ledger item between a clearing account and another one."""
NOTHING = Decimal(0)
LAST_LINE = (
    "(SELECT {what} FROM effects JOIN bodies USING (effect_id) WHERE effects.subject ="
    " made.subject AND effects.kind = made.document_kind AND effects.document = made.document"
    " AND phase {phase} ORDER BY effect_id DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A payment that was registered on an invoice, or a refund."""

    kind: str
    order_id: int
    number: str
    """The order's, as the customer sees it."""
    day: date
    account: int
    amount: Decimal
    """In kroner; negative for a refund."""
    is_foreign: bool
    description: str
    invoice_number: int | None
    answer: str
    """What Dinero answered, as it came; empty where the journal doesn't have it."""
    is_certain: bool
    """False for what was found at Dinero without our having sent it, or a person said is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A line of a ledger item; its amount is debited to the first account."""

    amount: Decimal
    account: int
    balancing_account: int
    vat_code: str | None = None
    """That of the first account; None for none."""
    balancing_vat_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A ledger item that was booked."""

    kind: str
    name: str
    """What people call it by: an order's number, or the whole name of a payout."""
    order_id: int | None
    voucher: UUID
    day: date
    lines: tuple[ItemLine, ...]
    currency: str
    """Of what the file said, where it is a payout."""
    settled: tuple[tuple[int, Decimal], ...]
    """The orders that a payout names, each with its amount in that currency."""
    source: str = ""
    """The id of a payout's source."""
    kept: Decimal = NOTHING
    """What a provider kept of a payout, in that currency; negative where it let more go."""


def registered(db: sqlite3.Connection, until: date) -> Iterator[Registered]:
    """Yield the payments and refunds that were registered, dated ``until`` or earlier.

    One whose contents were removed for their age is left out: nobody knows its account any more.
    """
    sent = LAST_LINE.format(what="body", phase="= 'intent'")
    done = LAST_LINE.format(what="body", phase="IN ('done', 'adopted')")
    phase = LAST_LINE.format(what="phase", phase="IN ('done', 'adopted')")
    rows = db.execute(
        f"SELECT made.subject, made.document_kind, subjects.number, subjects.payment_day,"  # noqa: S608 - our own text
        f" lead.document_number, lead.total_dkk, lead.plan, {sent} AS sent, {done} AS done,"
        f" {phase} AS phase FROM documents AS made JOIN subjects USING (subject)"
        " JOIN documents AS lead ON lead.subject = made.subject AND lead.document = made.chain"
        " WHERE made.document_kind IN (?, ?, ?, ?, ?) AND made.rung = 'paid'"
        " AND subjects.kind = 'order'",
        PAYMENTS,
    )
    for row in rows:
        found = _registered(row)
        if found is not None and found.day <= until:
            yield found


def _registered(row: sqlite3.Row) -> Registered | None:
    plan, done = _json(row["plan"]), _json(row["done"])
    sent = _json(row["sent"]).get("decision") or {}
    said = sent or _planned(plan, row)
    day, amount = said.get("day") or row["payment_day"], said.get("amount") or row["total_dkk"]
    if not said.get("deposit_account") or day is None or amount is None:
        return None
    paid = plan.get("invoice") or plan.get("note") or plan
    return Registered(
        kind=row["document_kind"],
        order_id=row["subject"],
        number=row["number"],
        day=date.fromisoformat(day),
        account=int(said["deposit_account"]),
        amount=Decimal(amount),
        is_foreign=paid.get("currency", KRONER) != KRONER,
        description=said.get("description") or "",
        invoice_number=row["document_number"] or plan.get("invoice_number"),
        answer=(done.get("answer") or {}).get("body") or "",
        is_certain=row["phase"] == Phase.DONE or (row["phase"] == Phase.ADOPTED and bool(sent)),
    )


def _planned(plan: Mapping[str, Any], row: sqlite3.Row) -> Mapping[str, Any]:
    """Return what was planned of a payment that wasn't sent here: money's day is the order's."""
    use = plan.get("gift_card") or {}
    if row["document_kind"] == "gift_card_payment" and use:
        return {**use["payment"], "day": use["item"]["date"]}
    return plan.get("payment") or {}


def items(db: sqlite3.Connection, until: date) -> Iterator[Item]:
    """Yield the ledger items between clearing accounts and others, dated ``until`` or earlier."""
    rows = db.execute(
        "SELECT made.subject, made.document_kind, number, currency, raw,"
        " coalesce(made.plan, json_extract(lead.plan, '$.gift_card.item')) AS plan"
        " FROM documents AS made JOIN subjects USING (subject)"
        " JOIN documents AS lead ON lead.subject = made.subject AND lead.document = made.chain"
        " WHERE made.document_kind IN (?, ?) AND made.rung = 'booked' AND lead.plan IS NOT NULL",
        ITEMS,
    )
    for row in rows:
        plan = _json(row["plan"])
        day = date.fromisoformat(plan["date"])
        if day <= until:
            yield _item(row, plan, day)


def _item(row: sqlite3.Row, plan: Mapping[str, Any], day: date) -> Item:
    subject = row["subject"]
    is_order = isinstance(subject, int)
    told = {} if is_order else _json(row["raw"])
    return Item(
        kind=row["document_kind"],
        name=row["number"] if is_order else subject,
        order_id=subject if is_order else None,
        voucher=UUID(plan["guid"]),
        day=day,
        lines=tuple(
            ItemLine(
                amount=Decimal(each["amount"]),
                account=each["account"],
                balancing_account=each["balancing_account"],
                vat_code=each.get("vat_code"),
                balancing_vat_code=each.get("balancing_vat_code"),
            )
            for each in plan.get("lines") or (plan,)
        ),
        currency=row["currency"] or KRONER,
        settled=tuple(
            (int(order_id), Decimal(str(amount))) for order_id, amount in told.get("matched") or ()
        ),
        source=told.get("source") or "",
        kept=-Decimal(str(told.get("other") or 0)),
    )


def _json(text: str | None) -> Mapping[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, Mapping) else {}
