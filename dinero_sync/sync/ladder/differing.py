"""Why a booked invoice isn't what its order would be booked as now: one of three was changed."""

import json
import sqlite3
from decimal import Decimal
from functools import cache

from pydantic import TypeAdapter, ValidationError

from dinero_sync.dinero.invoices import InvoiceRecord, InvoiceSummary
from dinero_sync.domain.documents import Invoice
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.step import NOTE, ORDER, Facts, Sentence, command, sentence
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


def differs(db: sqlite3.Connection, record: OrderRecord, found: Booked) -> HeldError:
    """Hold an order whose booked invoice isn't what it would be booked as now, and say why."""
    return HeldError(
        HoldReason.DOCUMENT_DIFFERS,
        "",
        (sentence("credit_if_wrong"), command("resolve", ORDER, "--accept", NOTE)),
        invoice=str(found.number),
        now=_now(record),
        cause=_cause(db, record, found),
        **_sums_of(found),
    )


def _sums_of(document: Booked | Invoice) -> Facts:
    return {"total": document.total, "currency": document.currency, "vat": document.vat}


def _now(record: OrderRecord) -> Sentence:
    if record.plan is not None:
        return sentence("would_be_booked", **_sums_of(record.plan.invoice))
    return sentence("would_stand", reason=str(record.reason))


def _cause(db: sqlite3.Connection, record: OrderRecord, found: Booked) -> Sentence:
    """Say which of the three was changed, by what we sent and by what the shop says now."""
    sent = _last_sent(db, record.order_id)
    if sent is not None and not _is_as_sent(found, sent):
        return sentence("document_was_changed", **_sums_of(sent))
    or_else = "" if sent is not None else sentence("or_draft_was_changed")
    if record.reason in SAID_BY_THE_SHOP:
        return sentence("order_is_otherwise", or_else=or_else)
    by_card = record.plan.paid_by_card if record.plan else Decimal(0)
    if (record.total, record.currency) == (found.total - by_card, found.currency):
        return sentence("rules_were_changed", total=found.total, currency=found.currency)
    return sentence("order_comes_to", sum=_sum_of(record), or_else=or_else)


def _sum_of(record: OrderRecord) -> Sentence:
    if record.total is None:
        return sentence("unknown_sum")
    return sentence("sum", total=record.total, currency=str(record.currency))


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
