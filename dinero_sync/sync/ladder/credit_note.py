"""The ladder of a credit note: its draft says what it should, and it is booked.

It goes the way of its invoice, with the same guarantees: its identity is ours, so that it is made
once, and booking is read after any doubt. Dinero sets it off against the invoice by itself.
"""

from uuid import UUID

from dinero_sync.dinero import credit_notes, payments
from dinero_sync.dinero.errors import AlreadyExistsError
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.domain.documents import CreditPlan
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.step import NOTE, ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.posting.plan import refuse_differing_totals, totals_agree
from dinero_sync.sync.ladder.invoice import says
from dinero_sync.sync.ladder.step import Climb, Step, credited, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, waiting


def ensure_draft(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Create the draft, or find the one that is there and make it say what the plan says.

    Raises HeldError when somebody deleted it, when it is booked with other totals, or when others
    credited so much of the invoice that it would be more than the invoice.
    """
    ledger, plan = climb.ledger, credited(record)
    if not ledger.may_have(record, EffectKind.DRAFT):
        _refuse_credited_by_others(ledger, plan)
    refuse_closed_day(climb, record, "credit_note", plan.note.date)
    if not ledger.knows_done(record, EffectKind.DRAFT):
        try:
            timestamp = ledger.send(
                record,
                EffectKind.DRAFT,
                plan.note,
                credit_notes.create(plan, _contact(record)),
            )
        except AlreadyExistsError:
            pass  # its content decides, below
        else:
            climb.timestamps[record.order_id] = timestamp
            return climbed(record, Rung.DRAFTED)
    found = _read(ledger, plan)
    ledger.adopt(record, EffectKind.DRAFT, found)
    if found.booked:
        return _adopt_booked(ledger, record, plan, found)
    climb.timestamps[record.order_id] = _made_to_say(ledger, record, plan, found)
    return climbed(record, Rung.DRAFTED)


def _contact(record: OrderRecord) -> UUID:
    """Return the contact of the invoice, to whom the credit note is made out."""
    if record.contact_guid is None:
        raise LookupError(f"{record.chain} of order {record.order_id} has no contact")
    return record.contact_guid


def _refuse_credited_by_others(ledger: Ledger, plan: CreditPlan) -> None:
    """Raise HeldError where the invoice's other credit notes leave too little for this one.

    It may be among those itself: another machine makes the same under the same identity.
    """
    there = payments.of_invoice(ledger.transport, plan.invoice_guid)
    if not there.credited_more_than(there.invoice_total - plan.note.total):
        return
    if credit_notes.found(ledger.transport, plan.note.guid) is not None:
        return
    raise HeldError(
        HoldReason.CREDITED_ELSEWHERE,
        "",
        (
            sentence("if_credited_by_hand"),
            command("skip", ORDER, "--reason", TEXT),
        ),
        invoice=str(plan.invoice_number),
        credited=there.credited,
        total=plan.note.total,
        currency=plan.note.currency,
    )


def _read(ledger: Ledger, plan: CreditPlan) -> InvoiceRecord:
    """Read our credit note; raises HeldError when somebody deleted it."""
    found = credit_notes.found(ledger.transport, plan.note.guid)
    if found is None:
        raise HeldError(
            HoldReason.DRAFT_DELETED,
            "credit",
            (
                sentence("if_nothing_to_credit"),
                command("skip", ORDER, "--reason", TEXT),
                sentence("credit_after_skipping"),
            ),
        )
    return found


def _made_to_say(
    ledger: Ledger, record: OrderRecord, plan: CreditPlan, found: InvoiceRecord
) -> str:
    """Make a draft that is there say what is planned, and return its time stamp."""
    if says(found, plan.note, _contact(record)):
        ledger.adopt_begun(record, [EffectKind.REPLACE_DRAFT], found)
        return found.timestamp
    return ledger.send(
        record,
        EffectKind.REPLACE_DRAFT,
        plan.note,
        credit_notes.replace(plan, _contact(record), found.timestamp),
    )


def verify(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Compare a draft's totals, as Dinero reckons them, with those that were planned.

    Raises HeldError when they differ, or when the draft was deleted.
    """
    ledger, plan = climb.ledger, credited(record)
    found = _read(ledger, plan)
    if found.booked:
        return _adopt_booked(ledger, record, plan, found)
    refuse_differing_totals(plan.note, found.currency, found.total, found.vat)
    return climbed(record, Rung.VERIFIED)


def book(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Book a verified draft, which can't be undone; or leave it, where a person is to say so.

    A draft of an earlier run, or one whose booking is in doubt, is read first. Raises HeldError
    when it isn't what was planned.
    """
    ledger, plan = climb.ledger, credited(record)
    if not climb.booking and EffectKind.BOOK not in ledger.begun(record):
        return waiting(record, OpenReason.AWAITING_BOOKING, ledger.clock.now())
    guid = plan.note.guid
    timestamp = climb.timestamps.pop(record.order_id, None)
    if timestamp is None:
        found = _read(ledger, plan)
        if found.booked:
            return _adopt_booked(ledger, record, plan, found)
        refuse_differing_totals(plan.note, found.currency, found.total, found.vat)
        timestamp = found.timestamp
    refuse_closed_day(climb, record, "credit_note", plan.note.date)
    booked = ledger.send(
        record,
        EffectKind.BOOK,
        {"credit_note": guid, "timestamp": timestamp},
        credit_notes.book(guid, timestamp),
    )
    return climbed(record, Rung.BOOKED, document_number=booked.number)


def _adopt_booked(
    ledger: Ledger, record: OrderRecord, plan: CreditPlan, found: InvoiceRecord
) -> OrderRecord:
    """Take over our booked credit note; raises HeldError when it says another total."""
    if found.currency != plan.note.currency or not totals_agree(plan.note, found.total, found.vat):
        raise HeldError(
            HoldReason.DOCUMENT_DIFFERS,
            "credit",
            (sentence("credit_the_rest_by_hand"), command("resolve", ORDER, "--accept", NOTE)),
            number=str(found.number),
            total=found.total,
            meant=plan.note.total,
            currency=plan.note.currency,
        )
    ledger.adopt(record, EffectKind.BOOK, found)
    ledger.adopt_begun(record, [EffectKind.REPLACE_DRAFT], found)
    return climbed(record, Rung.BOOKED, document_number=found.number)


STEPS = (
    Step(kind=DocumentKind.CREDIT_NOTE, at=Rung.PLANNED, take=ensure_draft),
    Step(kind=DocumentKind.CREDIT_NOTE, at=Rung.DRAFTED, take=verify),
    Step(kind=DocumentKind.CREDIT_NOTE, at=Rung.VERIFIED, take=book),
)
"""The ladder of a credit note."""
