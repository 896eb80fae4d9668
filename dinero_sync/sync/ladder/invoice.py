"""The middle of the ladder: the draft exists, says what it should, and is booked."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.errors import AlreadyExistsError, DeletedError, NotFoundError
from dinero_sync.dinero.invoices import InvoiceRecord, InvoiceTotals
from dinero_sync.domain.documents import Invoice, InvoiceLine, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung
from dinero_sync.posting.plan import refuse_differing_totals, totals_agree
from dinero_sync.sync.ladder.differing import differs
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import held, working

KRONER = "DKK"
Versions = dict[int, str]
"""Time stamps from our own writes in this run, by order; what isn't here is read first."""


def ensure_draft(
    ledger: Ledger, record: OrderRecord, plan: Plan, versions: Versions
) -> OrderRecord:
    """Create the draft, or find the one that is there and make it say what the plan says.

    Raises HeldError when somebody deleted it, or booked something else under its identity.
    """
    contact_guid = record.contact_guid or plan.contact.guid
    if not ledger.knows_done(record.order_id, EffectKind.DRAFT):
        try:
            version = ledger.change(
                record.order_id,
                EffectKind.DRAFT,
                asdict(plan.invoice),
                lambda: ledger.client.create_draft(plan.invoice, contact_guid),
            )
        except AlreadyExistsError:
            pass  # its content decides, below
        else:
            versions[record.order_id] = version.timestamp
            return working(record, Rung.DRAFTED)
    found = read_document(ledger, plan.invoice.guid)
    if found.booked:
        ledger.adopt(record.order_id, EffectKind.DRAFT, found)
        return _adopt_booked(ledger, record, plan.invoice, found)
    return _adopt_draft(ledger, record, plan.invoice, contact_guid, found, versions)


def find_document(dinero: DineroClient, guid: UUID) -> InvoiceRecord | None:
    """Read an invoice; None where there is none, or somebody deleted it."""
    try:
        return dinero.invoice(guid)
    except (DeletedError, NotFoundError):
        return None


def read_document(ledger: Ledger, guid: UUID) -> InvoiceRecord:
    """Read our invoice; raises HeldError when somebody deleted it."""
    found = find_document(ledger.client, guid)
    if found is None:
        raise HeldError(
            HoldReason.DRAFT_DELETED,
            "",
            (
                sentence("if_nothing_to_book"),
                command("skip", ORDER, "--reason", TEXT),
                sentence("if_sale_belongs_in_books"),
            ),
        )
    return found


def _adopt_draft(  # noqa: PLR0913, PLR0917 - the document, what it should be, and where to note it
    ledger: Ledger,
    record: OrderRecord,
    invoice: Invoice,
    contact_guid: UUID,
    found: InvoiceRecord,
    versions: Versions,
) -> OrderRecord:
    ledger.adopt(record.order_id, EffectKind.DRAFT, found)
    timestamp = found.timestamp
    if not _says(found, invoice, contact_guid):
        timestamp = ledger.change(
            record.order_id,
            EffectKind.REPLACE_DRAFT,
            asdict(invoice),
            lambda: ledger.client.replace_draft(invoice, contact_guid, found.timestamp),
        ).timestamp
    else:
        ledger.adopt_begun(record.order_id, [EffectKind.REPLACE_DRAFT], found)
    versions[record.order_id] = timestamp
    return working(record, Rung.DRAFTED)


def _says(found: InvoiceRecord, invoice: Invoice, contact_guid: UUID) -> bool:
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
    ledger.adopt(record.order_id, EffectKind.BOOK, found)
    ledger.adopt_begun(record.order_id, [EffectKind.REPLACE_DRAFT], found)
    booked = replace(working(record, Rung.BOOKED), invoice_number=found.number)
    refuse_booked_otherwise(ledger, booked, invoice, found)
    return booked


def take_over_booked(ledger: Ledger, record: OrderRecord) -> OrderRecord | None:
    """Return an order as booked where its document in Dinero is; None where it isn't.

    Costs a call. An invoice with other totals than planned comes back held.
    """
    plan = planned(record)
    found = find_document(ledger.client, plan.invoice.guid)
    if found is None or not found.booked:
        return None
    try:
        return _adopt_booked(ledger, record, plan.invoice, found)
    except BookedOtherwiseError as error:
        return held(error.record, error.hold, ledger.clock.now())


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


def draft_totals(ledger: Ledger) -> Mapping[UUID, InvoiceTotals]:
    """Read the totals of all drafts by one list call."""
    return {draft.guid: draft for draft in ledger.client.drafts()}


def verify(
    ledger: Ledger, record: OrderRecord, plan: Plan, totals: Mapping[UUID, InvoiceTotals]
) -> OrderRecord:
    """Compare a draft's totals with its order's; one that isn't in the list is read by itself.

    Raises HeldError when they differ, or when the draft was deleted.
    """
    draft = totals.get(plan.invoice.guid)
    if draft is not None:
        refuse_differing_totals(plan.invoice, draft.currency, draft.total, draft.vat)
        in_kroner = None if draft.currency == KRONER else draft.total_dkk
        return replace(working(record, Rung.VERIFIED), total_dkk=in_kroner)
    found = read_document(ledger, plan.invoice.guid)
    if found.booked:
        return _adopt_booked(ledger, record, plan.invoice, found)
    refuse_differing_totals(plan.invoice, found.currency, found.total, found.vat)
    return working(record, Rung.VERIFIED)


def book(ledger: Ledger, record: OrderRecord, plan: Plan, versions: Versions) -> OrderRecord:
    """Book a verified draft, which can't be undone.

    A draft of an earlier run, or one whose booking is in doubt, is read first: it may be booked,
    and it may have been changed by somebody. Raises HeldError when it isn't what was planned.
    """
    guid = plan.invoice.guid
    timestamp = versions.get(record.order_id)
    if timestamp is None:
        found = read_document(ledger, guid)
        if found.booked:
            return _adopt_booked(ledger, record, plan.invoice, found)
        refuse_differing_totals(plan.invoice, found.currency, found.total, found.vat)
        timestamp = found.timestamp
    named = timestamp
    booked = ledger.change(
        record.order_id,
        EffectKind.BOOK,
        {"invoice": guid, "timestamp": named},
        lambda: ledger.client.book(guid, named),
    )
    versions[record.order_id] = booked.timestamp
    return replace(working(record, Rung.BOOKED), invoice_number=booked.number)


def planned(record: OrderRecord) -> Plan:
    """Return the plan of an order that has one."""
    if record.plan is None:
        raise LookupError(f"order {record.order_id} stands at {record.rung} without a plan")
    return record.plan
