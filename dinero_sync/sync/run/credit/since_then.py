"""What the books got of an order after its sale was booked: later invoices, and credit notes.

A change in the shop is compared with all that is booked of the order; and where nothing can be
proposed, a person is told of all that there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.dinero import credit_notes, payments
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.identity import invoice_guid, later_invoice_guid
from dinero_sync.domain.step import NOTE, ORDER, TEXT, Facts, Sentence, Steps, command, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.sync.ladder.invoice import find_document
from dinero_sync.sync.work.workplace import Workplace

FIRST = 2
"""The number of the first invoice of what came to an order later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterInvoices:
    """The invoices of what came to an order after its sale was booked."""

    lines: tuple[InvoiceLine, ...] | None
    """Of all of them; None where that can't be told: one was credited in Dinero, or the journal
    doesn't know what one says that is there."""
    found: tuple[InvoiceRecord, ...]
    """Those in Dinero."""
    next_count: int
    """The number of the next one: one more than Dinero and we have."""

    @property
    def are_there(self) -> bool:
        """Tell whether there are any, be they only on their way."""
        return self.lines is None or bool(self.lines)


def later_invoices(place: Workplace, record: OrderRecord) -> LaterInvoices:
    """Read which invoices there are of what came to an order: a call or two each, and one more."""
    known = {each.chain: each for each in orders.chains(place.db, record.order_id)}
    lines: list[InvoiceLine] = []
    found, count, can_be_told = list[InvoiceRecord](), FIRST, True
    while True:
        chain = known.get(f"invoice:{count}")
        guid = later_invoice_guid(place.settings.organization_id, record.order_id, count)
        there = find_document(place.dinero, guid)
        if chain is None and there is None:
            break
        count += 1
        if there is not None:
            found.append(there)
            can_be_told = can_be_told and not _is_credited(place, there)
        elif chain is not None and chain.sale.standing is Standing.SKIPPED:
            continue
        if chain is None or chain.plan is None:
            can_be_told = False
        else:
            lines += chain.plan.invoice.lines
    told = tuple(lines) if can_be_told else None
    return LaterInvoices(lines=told, found=tuple(found), next_count=count)


def _is_credited(place: Workplace, invoice: InvoiceRecord) -> bool:
    return invoice.booked and payments.of_invoice(place.dinero, invoice.guid).credited > 0


def hold_by_hand(
    place: Workplace, record: OrderRecord, later: LaterInvoices, left: Decimal
) -> Hold | None:
    """Tell what a person does by hand of an order that the shop changed; costs a call or more.

    ``left`` is what can be credited here of its invoice. None where nothing came after its sale:
    then what is told of it already is right.
    """
    told = tuple(_told(place, record, later))
    if not told:
        return None
    invoice = str(record.invoice_number)
    if record.reason == HoldReason.CANCELLED_AFTER_BOOKING:
        rest: Steps = (
            sentence("credit_rest_of_invoice", invoice=invoice),
            command("credit", ORDER, "--all", "--reason", TEXT),
        )
        return HeldError(
            HoldReason.CANCELLED_AFTER_BOOKING,
            "with_later",
            (
                *(rest if left > 0 else ()),
                sentence("credit_later_by_hand"),
                command("resolve", ORDER, "--accept", NOTE),
            ),
            invoice=invoice,
            later=told,
        ).hold
    return HeldError(
        HoldReason.CHANGED_AFTER_BOOKING,
        "with_later",
        (
            sentence("make_what_is_missing_by_hand"),
            command("resolve", ORDER, "--accept", NOTE),
        ),
        invoice=invoice,
        total=Decimal(0) if record.total is None else record.total,
        currency=record.currency or "",
        later=told,
    ).hold


def _told(place: Workplace, record: OrderRecord, later: LaterInvoices) -> Iterator[Sentence]:
    for each in later.found:
        if each.number is None:
            yield sentence("draft_of_later", **_facts(each))
        else:
            yield sentence("invoice_of_later", **_facts(each))
    invoice = invoice_guid(place.settings.organization_id, record.order_id)
    for guid in payments.of_invoice(place.dinero, invoice).credit_notes:
        note = credit_notes.found(place.dinero, guid)
        if note is not None:
            yield sentence("credit_note_of_later", **_facts(note))


def _facts(document: InvoiceRecord) -> Facts:
    number = "" if document.number is None else str(document.number)
    return {"number": number, "amount": document.total, "currency": document.currency}
