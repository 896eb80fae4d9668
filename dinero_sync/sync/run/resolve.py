"""What Dinero itself says about an order, beside what the journal meant to do."""

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import reduce

from dinero_sync.dinero import credit_notes, payments
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.dinero.payments import InvoicePayments
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.journal.effects import EffectKind
from dinero_sync.shoporama.reader import read_order
from dinero_sync.sync.intake.changes import content_of, says_the_same
from dinero_sync.sync.intake.shop_masters import remembered_masters
from dinero_sync.sync.ladder.invoice import find_document
from dinero_sync.sync.run.by_hand import note_decision
from dinero_sync.sync.work.outcome import settled
from dinero_sync.sync.work.workplace import Workplace

DEALT_WITH_ALONE = frozenset({DocumentKind.MARGIN, DocumentKind.SENDING, DocumentKind.GIFT_CARD})
"""A person who accepts a hold of such a document has dealt with that; the rest is still to do."""


class Choice(StrEnum):
    """What may safely be done about an order."""

    GO_ON = "go on"
    """Reading settles it: begin again at the rung it reached."""
    ACCEPT = "accept"
    """What Dinero holds is right; go on to what is left, or record the order as done."""
    RETRY = "retry"
    SKIP = "skip"
    ADOPT = "adopt"
    CREDIT = "credit"
    REOPEN = "reopen"
    """The buyer owes again what their bank took back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Both sides of an order, read a moment ago."""

    record: OrderRecord
    unanswered: frozenset[EffectKind]
    """Changes that were sent and have no answer in the journal."""
    invoice: InvoiceRecord | None
    """Our invoice in Dinero; None when there is none, or it was deleted."""
    payments: InvoicePayments | None
    """None without a booked invoice."""

    def choices(self) -> tuple[Choice, ...]:
        """Return the safe choices, the most natural first."""
        if self.record.standing is Standing.IN_DOUBT or (
            self.record.standing is Standing.WORKING and self.unanswered
        ):
            return (Choice.GO_ON,)
        if self.record.standing is not Standing.HELD:
            return ()
        if self.record.reason == HoldReason.CHARGEBACK:
            owed = (Choice.CREDIT, Choice.REOPEN) if self.record.chargeback else ()
            return (*owed, Choice.SKIP)
        if self.invoice is not None and self.invoice.booked:
            return (Choice.ACCEPT, Choice.RETRY)
        return (Choice.RETRY, Choice.SKIP, Choice.ADOPT)

    def open_amount(self) -> Decimal | None:
        """Return what Dinero says is left to pay."""
        return None if self.payments is None else self.payments.remaining


def gather(place: Workplace, record: OrderRecord) -> Evidence:
    """Read what Dinero holds for an order (one call, or two for a booked invoice)."""
    guid = invoice_guid(place.settings.organization_id, record.order_id)
    invoice = find_document(place.dinero, guid)
    booked = invoice is not None and invoice.booked
    return Evidence(
        record=record,
        unanswered=frozenset(place.ledger.begun(record)),
        invoice=invoice,
        payments=payments.of_invoice(place.dinero, guid) if booked else None,
    )


def accept(place: Workplace, evidence: Evidence, note: str) -> OrderRecord:
    """Record that Dinero is right about an order; return how it stands: done, unless more is left.

    A margin or a sending that was held is dealt with by that, and a payment that is left goes on.
    Raises UsageError unless our invoice is booked there: an order without one is skipped or
    adopted instead.
    """
    record = evidence.record
    if record.chain != SALE:
        return _accepted_later(place, evidence, note)
    if Choice.ACCEPT not in evidence.choices() or evidence.invoice is None:
        raise UsageError(
            spoken(
                "Order #{number} has nothing in Dinero to accept, or isn't held. See: "
                "dinero-sync resolve {order_id}",
                number=record.number,
                order_id=record.order_id,
            )
        )
    decision = {"accept": note, "invoice": str(evidence.invoice.number)}
    note_decision(place.db, record, place.clock.now(), decision)
    accepted = _accepted(evidence)
    known = replace(
        accepted.having(replace(accepted.sale, document_number=evidence.invoice.number)),
        content=record.held_content or _present_content(place, record),
        held_content=None,
    )
    orders.save(place.db, known)
    return known


def _accepted_later(place: Workplace, evidence: Evidence, note: str) -> OrderRecord:
    """Record that Dinero is right about what came of an order after its sale.

    Raises UsageError for a credit note that isn't booked: it is skipped instead.
    """
    record = evidence.record
    if record.standing is Standing.HELD and record.chargeback is not None:
        note_decision(place.db, record, place.clock.now(), _of_chain(record, note))
        known = settled(record, DocumentKind.CHARGEBACK)
        orders.save(place.db, known, record)
        return known
    found = credit_notes.found(place.dinero, record.invoice.guid) if record.invoice else None
    if record.standing is not Standing.HELD or found is None or not found.booked:
        raise UsageError(
            spoken(
                "Order #{number} has no booked credit note of ours in Dinero to accept. To "
                "end it without one: dinero-sync skip {order_id} --reason TEXT",
                number=record.number,
                order_id=record.order_id,
            )
        )
    note_decision(place.db, record, place.clock.now(), _of_chain(record, note))
    booked = replace(record.sale, rung=Rung.BOOKED, document_number=found.number)
    every = (each.kind for each in record.documents)
    known = reduce(settled, every, record.having(booked))
    orders.save(place.db, known, record)
    return known


def _of_chain(record: OrderRecord, note: str) -> dict[str, str]:
    return {"accept": note, "document": record.chain}


def _accepted(evidence: Evidence) -> OrderRecord:
    """Return the order without what a person dealt with; with nothing left it is done."""
    record = evidence.record
    held = record.current.kind
    if held not in DEALT_WITH_ALONE:
        every = (each.kind for each in record.documents)
        return reduce(settled, every, _booked(record))
    if evidence.open_amount():
        return settled(record, held)
    return settled(settled(record, held), DocumentKind.PAYMENT)


def _booked(record: OrderRecord) -> OrderRecord:
    return record.having(replace(record.sale, rung=Rung.BOOKED))


def _present_content(place: Workplace, record: OrderRecord) -> str | None:
    """Return what the order sells by the shop's last words, which the person has seen.

    Otherwise the next touch in the shop would pass for a change, and undo what the person said.
    """
    raw = json.loads(record.raw, parse_float=Decimal)
    try:
        order = read_order(raw, remembered_masters(place.db), place.reader)
    except HeldError:
        return record.content
    return record.content if says_the_same(order, record.content) else content_of(order)
