"""The ladder of an invoice: its contact is there, its draft says what it should, it is booked."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero import invoices
from dinero_sync.dinero.errors import AlreadyExistsError, DeletedError, NotFoundError
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.documents import Invoice, InvoiceLine
from dinero_sync.domain.hold import HeldError, Hold, HoldReason, OpenReason
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.posting.plan import refuse_differing_totals, totals_agree
from dinero_sync.sync.ladder.contact import ensure_contact
from dinero_sync.sync.ladder.differing import differs
from dinero_sync.sync.ladder.step import Climb, Step, planned, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, held, waiting
from dinero_sync.sync.work.troubles import ENDS_THE_RUN

KRONER = "DKK"


def ensure_draft(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Create the draft, or find the one that is there and make it say what the plan says.

    Raises HeldError when somebody deleted it, or booked something else under its identity.
    """
    ledger, plan = climb.ledger, planned(record)
    contact_guid = record.contact_guid or plan.contact.guid
    if not ledger.knows_done(record, EffectKind.DRAFT):
        try:
            timestamp = ledger.send(
                record,
                EffectKind.DRAFT,
                plan.invoice,
                invoices.create(plan.invoice, contact_guid),
            )
        except AlreadyExistsError:
            pass  # its content decides, below
        else:
            climb.timestamps[record.order_id] = timestamp
            return climbed(record, Rung.DRAFTED)
    found = read_document(ledger, plan.invoice.guid)
    ledger.adopt(record, EffectKind.DRAFT, found)
    if found.booked:
        return _adopt_booked(ledger, record, plan.invoice, found)
    climb.timestamps[record.order_id] = _made_to_say(ledger, record, contact_guid, found)
    return climbed(record, Rung.DRAFTED)


def find_document(transport: Transport, guid: UUID) -> InvoiceRecord | None:
    """Read an invoice; None where there is none, or somebody deleted it."""
    try:
        return invoices.read(transport, guid)
    except (DeletedError, NotFoundError):
        return None


def read_document(ledger: Ledger, guid: UUID) -> InvoiceRecord:
    """Read our invoice; raises HeldError when somebody deleted it."""
    found = find_document(ledger.transport, guid)
    if found is None:
        raise HeldError(
            HoldReason.DRAFT_DELETED,
            "",
            (
                sentence("if_nothing_to_book"),
                command("skip", ORDER, "--reason", TEXT),
                sentence("if_sale_belongs_in_books"),
                command("adopt", ORDER),
            ),
        )
    return found


def _made_to_say(
    ledger: Ledger, record: OrderRecord, contact_guid: UUID, found: InvoiceRecord
) -> str:
    """Make a draft that is there say what is planned, and return its time stamp."""
    invoice = planned(record).invoice
    if says(found, invoice, contact_guid):
        ledger.adopt_begun(record, [EffectKind.REPLACE_DRAFT], found)
        return found.timestamp
    return ledger.send(
        record,
        EffectKind.REPLACE_DRAFT,
        invoice,
        invoices.replace(invoice, contact_guid, found.timestamp),
    )


def says(found: InvoiceRecord, invoice: Invoice, contact_guid: UUID) -> bool:
    """Tell whether a document in Dinero is the one that was planned."""
    lines = [(line.description, line.comments, line.account, line.amount) for line in found.lines]
    return (
        found.total == invoice.total
        and found.currency == invoice.currency
        and found.date == invoice.date
        and found.reference == invoice.reference
        and found.contact_guid == contact_guid
        and found.heading == invoice.heading
        and found.comment == invoice.comment
        and found.address == invoice.address
        and found.language == invoice.language
        and (invoice.terms is None or found.terms == invoice.terms.type)
        and lines == [_as_read(line) for line in invoice.lines]
        and found.texts == invoice.texts
    )


def _as_read(line: InvoiceLine) -> tuple[str, str, int, Decimal]:
    return line.description, line.comments or "", line.account, line.amount


def _adopt_booked(
    ledger: Ledger, record: OrderRecord, invoice: Invoice, found: InvoiceRecord
) -> OrderRecord:
    """Take over a booked invoice with our identity; raises HeldError when it says another total."""
    ledger.adopt(record, EffectKind.BOOK, found)
    ledger.adopt_begun(record, [EffectKind.REPLACE_DRAFT], found)
    booked = _booked(record, found)
    refuse_booked_otherwise(ledger, booked, invoice, found)
    return booked


def _booked(record: OrderRecord, invoice: InvoiceRecord) -> OrderRecord:
    return climbed(record, Rung.BOOKED, document_number=invoice.number)


def take_over_booked(ledger: Ledger, record: OrderRecord) -> OrderRecord | None:
    """Return an order as booked where its document in Dinero is; None where it isn't.

    Costs a call. An invoice with other totals than planned comes back held.
    """
    plan = planned(record)
    found = find_document(ledger.transport, plan.invoice.guid)
    if found is None or not found.booked:
        return None
    try:
        return _adopt_booked(ledger, record, plan.invoice, found)
    except BookedOtherwiseError as error:
        return held(error.record, error.hold, ledger.clock.now(), DocumentKind.INVOICE)


def refuse_booked_otherwise(
    ledger: Ledger, record: OrderRecord, invoice: Invoice, found: InvoiceRecord
) -> None:
    """Raise BookedOtherwiseError where a booked invoice has other totals than the planned one."""
    same = found.currency == invoice.currency and totals_agree(invoice, found.total, found.vat)
    if not same:
        raise BookedOtherwiseError(record, differs(ledger.db, record, found).hold)


class BookedOtherwiseError(HeldError):
    """The invoice is booked, with other totals than the order's; carries the booked record."""

    def __init__(self, record: OrderRecord, hold: Hold) -> None:
        """Say why the order is held, and which state of it is to be kept so."""
        super().__init__(hold.reason, "", hold.steps)
        self.hold = hold
        self.record = record


def read_totals(climb: Climb, _: Sequence[OrderRecord]) -> None:
    """Read the totals of all drafts by one list call; without it each is read by itself."""
    try:
        climb.totals = {draft.guid: draft for draft in invoices.drafts(climb.ledger.transport)}
    except ENDS_THE_RUN:
        raise
    except TemporaryError:
        climb.totals = {}


def verify(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Compare a draft's totals with its order's; one that isn't in the list is read by itself.

    Raises HeldError when they differ, or when the draft was deleted.
    """
    ledger, plan = climb.ledger, planned(record)
    draft = climb.totals.get(plan.invoice.guid)
    if draft is not None:
        refuse_differing_totals(plan.invoice, draft.currency, draft.total, draft.vat)
        in_kroner = None if draft.currency == KRONER else draft.total_dkk
        return climbed(record, Rung.VERIFIED, total_dkk=in_kroner)
    found = read_document(ledger, plan.invoice.guid)
    if found.booked:
        return _adopt_booked(ledger, record, plan.invoice, found)
    refuse_differing_totals(plan.invoice, found.currency, found.total, found.vat)
    return climbed(record, Rung.VERIFIED)


def book(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Book a verified draft, which can't be undone; or leave it, where a person is to say so.

    A draft of an earlier run, or one whose booking is in doubt, is read first: it may be booked,
    and it may have been changed by somebody. Raises HeldError when it isn't what was planned.
    """
    ledger, plan = climb.ledger, planned(record)
    if not climb.booking and EffectKind.BOOK not in ledger.begun(record):
        return waiting(record, OpenReason.AWAITING_BOOKING, ledger.clock.now())
    guid = plan.invoice.guid
    timestamp = climb.timestamps.get(record.order_id)
    if timestamp is None:
        found = read_document(ledger, guid)
        if found.booked:
            return _adopt_booked(ledger, record, plan.invoice, found)
        refuse_differing_totals(plan.invoice, found.currency, found.total, found.vat)
        timestamp = found.timestamp
    refuse_closed_day(climb, record, "invoice", plan.invoice.date)
    booked = ledger.send(
        record,
        EffectKind.BOOK,
        {"invoice": guid, "timestamp": timestamp},
        invoices.book(guid, timestamp),
    )
    climb.timestamps[record.order_id] = booked.timestamp
    return _booked(record, booked)


STEPS = (
    Step(kind=DocumentKind.INVOICE, at=Rung.PLANNED, take=ensure_contact),
    Step(kind=DocumentKind.INVOICE, at=Rung.CONTACT, take=ensure_draft),
    Step(kind=DocumentKind.INVOICE, at=Rung.DRAFTED, take=verify, beforehand=read_totals),
    Step(kind=DocumentKind.INVOICE, at=Rung.VERIFIED, take=book),
)
"""The ladder of an invoice."""
