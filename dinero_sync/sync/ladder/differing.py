"""Why a booked invoice isn't what its order would be booked as now: one of three was changed."""

import json
import sqlite3
from functools import cache

from pydantic import TypeAdapter, ValidationError

from dinero_sync.dinero.invoices import InvoiceRecord, InvoiceSummary
from dinero_sync.domain.documents import Invoice
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.journal import effects
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.posting.plan import totals_agree

DRAFTING = frozenset({EffectKind.DRAFT, EffectKind.REPLACE_DRAFT})
SAID_BY_THE_SHOP = frozenset(
    {
        SkipReason.CANCELLED,
        SkipReason.ZERO_TOTAL,
        HoldReason.LINES_DO_NOT_ADD_UP,
        HoldReason.UNREADABLE_ORDER,
    }
)
"""Reasons that no rule has a part in."""
Booked = InvoiceRecord | InvoiceSummary
"""Both an invoice and a list of invoices tell what is compared."""
NEXT_STEP = (
    "If the invoice is wrong, correct it in Dinero with a credit note (kreditnota) and a new "
    "invoice. Then, and also if it is right: dinero-sync resolve ORDER --accept NOTE"
)


def differs(db: sqlite3.Connection, record: OrderRecord, found: Booked) -> HeldError:
    """Hold an order whose booked invoice isn't what it would be booked as now, and say why."""
    return HeldError(
        HoldReason.DOCUMENT_DIFFERS,
        f"Invoice {found.number} is booked in Dinero with {_sum_of(found)}. {_now(record)} "
        f"{_cause(db, record, found)}",
        NEXT_STEP,
    )


def _sum_of(document: Booked | Invoice) -> str:
    total, vat = f"{document.total:.2f} {document.currency}", f"{document.vat:.2f}"
    return f"{total}, {vat} of it VAT"


def _now(record: OrderRecord) -> str:
    if record.plan is not None:
        return (
            f"By the present rules the order would be booked with {_sum_of(record.plan.invoice)}."
        )
    return f"By the present rules the order would stand as {record.reason}."


def _cause(db: sqlite3.Connection, record: OrderRecord, found: Booked) -> str:
    """Say which of the three was changed, by what we sent and by what the shop says now."""
    sent = _last_sent(db, record.order_id)
    if sent is not None and not _is_as_sent(found, sent):
        return (
            f"What differs is the document: we had made the draft with {_sum_of(sent)}, and it was "
            "changed in Dinero before it was booked."
        )
    told = "" if sent is not None else ", or the draft was changed in Dinero before it was booked"
    if record.reason in SAID_BY_THE_SHOP:
        return f"What differs is the order: the shop says something else of it now than then{told}."
    if (record.total, record.currency) == (found.total, found.currency):
        return (
            "What differs is the rules, the configuration or the accounts' VAT codes: the order "
            f"still comes to {found.total:.2f} {found.currency} in the shop."
        )
    return (
        f"What differs is the order: it now comes to {_total_of(record)} in the shop, and was "
        f"changed there since{told}."
    )


def _total_of(record: OrderRecord) -> str:
    return "an unknown sum" if record.total is None else f"{record.total:.2f} {record.currency}"


def _is_as_sent(found: Booked, sent: Invoice) -> bool:
    return found.currency == sent.currency and totals_agree(sent, found.total, found.vat)


@cache
def _invoice() -> TypeAdapter[Invoice]:
    return TypeAdapter(Invoice)


def _last_sent(db: sqlite3.Connection, order_id: int) -> Invoice | None:
    """Return the invoice as we last sent it; None where the journal doesn't tell (any more)."""
    intents = [
        each
        for each in effects.of_subject(db, order_id)
        if each.kind in DRAFTING and each.phase is Phase.INTENT and each.body
    ]
    if not intents:
        return None
    try:
        return _invoice().validate_python(json.loads(intents[-1].body or "{}").get("decision"))
    except ValidationError:
        return None
