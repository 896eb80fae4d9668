"""Remembering by reading: our own invoices in Dinero tell a new journal what an old one knew."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dinero_sync.dinero.invoices import InvoiceSummary
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal import effects, orders
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, is_undecided
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.posting.plan import totals_agree
from dinero_sync.sync.ladder.contact import OF_CONTACTS
from dinero_sync.sync.ladder.differing import differs
from dinero_sync.sync.ladder.margin import margins_in_dinero
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, held, settled, waiting

AN_HOUR = timedelta(hours=1)
"""Longer than any run takes from a credit note to its refund."""
BEFORE_BOOKING = (*OF_CONTACTS, EffectKind.DRAFT, EffectKind.REPLACE_DRAFT)
"""Changes that an invoice which is booked shows to have happened, or not to matter any more."""


def recall_booked(
    ledger: Ledger,
    listed: Sequence[InvoiceSummary],
    organization_id: int,
    as_sold: Callable[[OrderRecord], OrderRecord],
) -> Iterator[OrderRecord]:
    """Take over every order whose invoice of ours is booked and which the journal has as unbooked.

    Yields, once it is journalled, each of them. Costs a call for each with margins of second-hand
    goods, else none; only our identities count. An order whose invoice says another amount or is
    overpaid, or that isn't a sale any more, is held. ``as_sold`` tells what a cancelled order was
    booked as.
    """
    booked = {invoice.guid: invoice for invoice in listed if invoice.number is not None}
    for order_id in orders.not_booked(ledger.db):
        invoice = booked.get(invoice_guid(organization_id, order_id))
        record = orders.load(ledger.db, order_id) if invoice is not None else None
        if invoice is None or record is None or is_undecided(record):
            continue
        is_cancelled = record.reason == SkipReason.CANCELLED
        sold = as_sold(record) if is_cancelled else record
        recalled = _recalled(ledger, sold, invoice, is_cancelled=is_cancelled)
        ledger.adopt(record, EffectKind.BOOK, invoice)
        ledger.adopt_begun(record, BEFORE_BOOKING, invoice)
        orders.save(ledger.db, recalled)
        yield recalled


def _recalled(
    ledger: Ledger, record: OrderRecord, invoice: InvoiceSummary, *, is_cancelled: bool
) -> OrderRecord:
    now = ledger.clock.now()
    numbered = replace(record.sale, document_number=invoice.number, day=invoice.date)
    booked = climbed(record.having(numbered), Rung.BOOKED)
    plan = record.plan
    if record.reason == HoldReason.NO_LONGER_DUE:
        return held(booked, _no_sale_any_more(invoice).hold, now, DocumentKind.INVOICE)
    if plan is None or not totals_agree(plan.invoice, invoice.total, invoice.vat):
        hold = differs(ledger.db, record, invoice).hold
        known = replace(booked, content=record.content or "")
        return held(known, hold, now, DocumentKind.INVOICE)
    is_overpaid = invoice.is_overpaid and not _is_under_way(invoice, now)
    if is_overpaid or is_cancelled:
        told = _overpaid(invoice) if is_overpaid else _cancelled(invoice)
        so_far = _where_it_goes_on(booked, plan, invoice, now)
        return held(so_far, told.hold, now, DocumentKind.INVOICE)
    if _we_began_to_book(ledger.db, record) and (
        plan.ledger_items or plan.gift_card or plan.sending
    ):
        return booked  # nothing was forgotten: what is left is done
    if plan.ledger_items and not margins_in_dinero(ledger, plan):
        return held(booked, _margin_missing(invoice).hold, now)
    return _where_it_goes_on(booked, plan, invoice, now)


def _is_under_way(invoice: InvoiceSummary, now: datetime) -> bool:
    """Tell whether another machine may be at it: it credits, and then registers what went back."""
    return invoice.updated is not None and now - invoice.updated < AN_HOUR


def _we_began_to_book(db: sqlite3.Connection, record: OrderRecord) -> bool:
    """Tell whether this journal itself sent the booking, whose answer was lost.

    That it was found booked, as by a run that died before it could say so of the order, isn't that.
    """
    lines = effects.of_subject(db, record.order_id)
    ours = [each for each in lines if each.kind is EffectKind.BOOK]
    sent = [each.phase for each in ours if each.phase is not Phase.ADOPTED]
    return bool(sent) and sent[-1] is not Phase.REJECTED


def _where_it_goes_on(
    booked: OrderRecord, plan: Plan, invoice: InvoiceSummary, now: datetime
) -> OrderRecord:
    """Tell what is left to do; its margins are asked about again on the way.

    The invoice isn't sent: whether a rule said so when it was booked is forgotten, and a year's
    invoices must not go out at once.
    """
    booked = settled(booked, DocumentKind.SENDING)
    if plan.ledger_items or plan.gift_card or plan.payment is None:
        return booked
    if invoice.is_paid or invoice.is_overpaid:
        return climbed(booked, Rung.PAID)
    if booked.payment_day is None:
        return waiting(booked, OpenReason.AWAITING_PAYMENT, now)
    return booked


def _margin_missing(invoice: InvoiceSummary) -> HeldError:
    return HeldError(
        HoldReason.MARGIN_MISSING,
        "",
        (
            sentence("if_margin_is_in_books"),
            command("resolve", ORDER, "--accept", NOTE),
            sentence("if_margin_is_not"),
            command("retry", ORDER),
        ),
        invoice=str(invoice.number),
    )


def _overpaid(invoice: InvoiceSummary) -> HeldError:
    """Say that money went back, or is to go back, which the old journal may have waited for."""
    return HeldError(
        HoldReason.PAID_DIFFERENTLY,
        "overpaid",
        (sentence("register_what_went_back"), command("resolve", ORDER, "--accept", NOTE)),
        invoice=str(invoice.number),
    )


def _cancelled(invoice: InvoiceSummary) -> HeldError:
    number = str(invoice.number)
    return HeldError(
        HoldReason.CANCELLED_AFTER_BOOKING,
        "",
        (sentence("credit", invoice=number), command("resolve", ORDER, "--accept", NOTE)),
        invoice=number,
    )


def _no_sale_any_more(invoice: InvoiceSummary) -> HeldError:
    return HeldError(
        HoldReason.CANCELLED_AFTER_BOOKING,
        "or_unpaid",
        (sentence("credit_if_off"), command("resolve", ORDER, "--accept", NOTE)),
        invoice=str(invoice.number),
    )
