"""The voucher's ladder: its document is uploaded, it is drafted, compared, booked.

Dinero takes no identity of ours for a file or a voucher. So before anything is posted, the files
with our name are looked at and the vouchers of each, then vouchers with our reference, and the
journal. What was sent without a clear answer is looked for; where it isn't found, nobody knows
whether it is still to come, and the bill stays in doubt for a person.
"""

from dataclasses import replace
from pathlib import PurePath
from uuid import UUID

from dinero_sync.dinero.errors import AlreadyExistsError, InDoubtError
from dinero_sync.dinero.purchases import credit_notes, files, vouchers
from dinero_sync.dinero.purchases.files import KeptFile
from dinero_sync.dinero.purchases.vouchers import VoucherRecord
from dinero_sync.domain.documents import fields_of
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason, SkipReason
from dinero_sync.domain.identity import document_name
from dinero_sync.domain.papers.bill import BillKind, Voucher, VoucherPlan
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import DocumentKind, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills import elsewhere
from dinero_sync.sync.bills.climb import BillClimb, Document, planned, refuse_closed_day
from dinero_sync.sync.bills.comparing import refuse_differing, says
from dinero_sync.sync.bills.supplier import ensure_supplier
from dinero_sync.sync.work.climbing import PaperStep, send_linked
from dinero_sync.sync.work.outcome import climbed, skipped, waiting

MADE = (EffectKind.VOUCHER, EffectKind.REPLACE_VOUCHER)


def make_draft(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Upload the document, or draft the voucher: whichever is next; nothing that is there."""
    plan = planned(record)
    if plan.voucher is None:
        return _keep_document(climb, record, plan)
    if plan.file_guid is None:
        by_hand = elsewhere.posted_by_hand(climb, record, plan.voucher)
        if by_hand is None:
            return _with_file(climb, record, plan)
        return skipped(record, SkipReason.BOOKED_ELSEWHERE, f"{by_hand.number or by_hand.guid}")
    found = _there(climb, record, plan.voucher)
    if found is None:
        return _drafted(climb, record, _created(climb, record, plan, plan.voucher))
    climb.ledger.adopt_begun(record, MADE, {"voucher": found.guid})
    if _is_to_be_replaced(found, plan, record):
        found = _replaced(climb, record, plan, plan.voucher, found)
    return _drafted(climb, record, found)


def _is_to_be_replaced(found: VoucherRecord, plan: VoucherPlan, record: BillRecord) -> bool:
    """Tell whether a draft of ours is to be made to say what is planned.

    Dinero's document of its API wants a supplier in every change of a voucher, and one that is paid
    at once has none: such a draft is left to the comparison, which holds it for a person.
    """
    is_paid_at_once = plan.voucher is not None and plan.voucher.deposit_account is not None
    differs = not says(found, plan, record.lead.contact_guid)
    return not found.booked and differs and not is_paid_at_once


def _keep_document(climb: BillClimb, record: BillRecord, plan: VoucherPlan) -> BillRecord:
    """Let a bill rest whose fees payouts post: its document is in Dinero, and nothing is posted."""
    if plan.file_guid is None:
        return _with_file(climb, record, plan)
    return skipped(record, SkipReason.SETTLED_BY_PAYOUTS)


def _with_file(climb: BillClimb, record: BillRecord, plan: VoucherPlan) -> BillRecord:
    """Upload the document under the bill's own name, unless it is there.

    One that was uploaded twice is linked once, and the other is seen by nobody.
    """
    ledger, stem = climb.ledger, _stem(record, plan)
    there = next((each for each in climb.called(stem) if _may_be(each, climb.document)), None)
    if there is not None:
        ledger.adopt_begun(record, [EffectKind.UPLOAD], {"file": there.guid})
        return record.learning(_having(plan, file_guid=there.guid))
    if climb.document is None:
        raise HeldError(HoldReason.BILL_UNREADABLE, "gone", (sentence("put_file_back"),))
    ending = PurePath(climb.document.name).suffix or ".pdf"
    write = files.upload(f"{stem}{ending}", climb.document.content)
    guid = ledger.send(record, EffectKind.UPLOAD, {"file": stem}, write)
    climb.fresh_file = guid
    return record.learning(_having(plan, file_guid=guid))


def _stem(record: BillRecord, plan: VoucherPlan) -> str:
    """Return what a bill's document is called: a credit note may bear an invoice's number."""
    is_note = plan.voucher is not None and plan.voucher.kind is BillKind.CREDIT_NOTE
    return document_name(f"{record.name}:{BillKind.CREDIT_NOTE}" if is_note else record.name)


def _may_be(file: KeptFile, document: Document | None) -> bool:
    """Tell whether a file with a bill's name may be its document: one that was corrected isn't."""
    return bool(file.vouchers) or document is None or file.size == len(document.content)


def _there(climb: BillClimb, record: BillRecord, voucher: Voucher) -> VoucherRecord | None:
    """Find what was made for a bill before.

    Raises InDoubtError where a voucher was sent and Dinero shows none, and HeldError where a person
    seems to have made it.
    """
    plan = planned(record)
    if plan.voucher_guid is not None:
        return read_voucher(climb, record)
    if voucher.kind is BillKind.CREDIT_NOTE:
        return None  # its identity tells
    found = elsewhere.ours(climb, record, voucher)
    if found is None and EffectKind.VOUCHER in climb.ledger.begun(record):
        raise InDoubtError(
            spoken(
                "A voucher was sent to Dinero without a clear answer, and Dinero shows none of it "
                "yet. It is looked for again by the next run."
            )
        )
    return found


def _created(
    climb: BillClimb, record: BillRecord, plan: VoucherPlan, voucher: Voucher
) -> VoucherRecord:
    """Post the voucher; a fresh file is waited for until Dinero takes it."""
    links = _links(record, plan)
    decision = {**fields_of(voucher), **links}
    if voucher.kind is BillKind.CREDIT_NOTE:
        write = credit_notes.create(voucher, **links)
        try:
            climb.ledger.send(record, EffectKind.VOUCHER, decision, write)
        except AlreadyExistsError:
            found = credit_notes.read(climb.ledger.transport, _guid(voucher))
            climb.ledger.adopt(record, EffectKind.VOUCHER, {"voucher": found.guid})
            if not found.booked and not says(found, plan, record.lead.contact_guid):
                return _replaced(climb, record, plan, voucher, found)
            return found
        return credit_notes.read(climb.ledger.transport, _guid(voucher))
    return send_linked(
        climb.ledger, record, EffectKind.VOUCHER, decision, vouchers.create(voucher, **links)
    )


def _replaced(
    climb: BillClimb,
    record: BillRecord,
    plan: VoucherPlan,
    voucher: Voucher,
    found: VoucherRecord,
) -> VoucherRecord:
    """Make a draft of ours say what is planned now."""
    links, decision = _links(record, plan), {"voucher": found.guid, **fields_of(voucher)}
    kind = EffectKind.REPLACE_VOUCHER
    if voucher.kind is BillKind.CREDIT_NOTE:
        write = credit_notes.replace(found, voucher, **links)
        climb.ledger.send(record, kind, decision, write)
        return credit_notes.read(climb.ledger.transport, found.guid)
    return climb.ledger.send(record, kind, decision, vouchers.replace(found, voucher, **links))


def _links(record: BillRecord, plan: VoucherPlan) -> dict[str, object]:
    return {"contact_guid": record.lead.contact_guid, "file_guid": plan.file_guid}


def _guid(voucher: Voucher) -> UUID:
    if voucher.guid is None:
        raise LookupError(f"the credit note {voucher.reference} has no identity")
    return voucher.guid


def _drafted(climb: BillClimb, record: BillRecord, found: VoucherRecord) -> BillRecord:
    climb.seen = None  # what is compared is read, and not what a create answered
    learnt = record.learning(_having(planned(record), voucher_guid=found.guid))
    return climbed(learnt, Rung.DRAFTED)


def _having(
    plan: VoucherPlan, *, file_guid: str | None = None, voucher_guid: UUID | None = None
) -> VoucherPlan:
    return replace(
        plan,
        file_guid=file_guid or plan.file_guid,
        voucher_guid=voucher_guid or plan.voucher_guid,
    )


def read_voucher(climb: BillClimb, record: BillRecord) -> VoucherRecord:
    """Read a bill's voucher, unless it was read a moment ago.

    Raises HeldError where somebody deleted it.
    """
    if climb.seen is not None:
        return climb.seen
    plan = planned(record)
    found = None
    if plan.voucher_guid is not None and plan.voucher is not None:
        is_note = plan.voucher.kind is BillKind.CREDIT_NOTE
        wire = credit_notes if is_note else vouchers
        found = elsewhere.read_by(wire.read, climb, plan.voucher_guid)
    if found is None:
        raise HeldError(
            HoldReason.VOUCHER_GONE,
            "",
            (
                sentence("if_nothing_to_post"),
                command("skip", ORDER, "--reason", TEXT),
                sentence("if_bill_belongs_in_books"),
                command("retry", ORDER),
            ),
        )
    climb.seen = found
    return found


def verify(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Compare the voucher, as Dinero holds it, with what is planned: no voucher of zero is booked.

    Raises HeldError where it differs.
    """
    found = read_voucher(climb, record)
    refuse_differing(found, planned(record), record.lead.contact_guid)
    return climbed(record, Rung.VERIFIED)


def book(climb: BillClimb, record: BillRecord) -> BillRecord:
    """Book the voucher, or let it wait for a person's word."""
    ledger, found = climb.ledger, read_voucher(climb, record)
    if found.booked:
        ledger.adopt(record, EffectKind.BOOK_VOUCHER, {"voucher": found.guid})
        return climbed(record, Rung.BOOKED, document_number=found.number)
    if not climb.booking and EffectKind.BOOK_VOUCHER not in ledger.begun(record):
        return waiting(record, OpenReason.AWAITING_BOOKING, ledger.clock.now())
    if (voucher := planned(record).voucher) is None:
        raise LookupError(f"{record.name} has a voucher to book and none in its plan")
    refuse_closed_day(climb, record, "voucher", voucher.date)
    is_note = voucher.kind is BillKind.CREDIT_NOTE
    write = credit_notes.book(found) if is_note else vouchers.book(found)
    booked = ledger.send(record, EffectKind.BOOK_VOUCHER, {"voucher": found.guid}, write)
    climb.seen, climb.is_fresh = booked, True
    return climbed(record, Rung.BOOKED, document_number=booked.number)


KIND = DocumentKind.VOUCHER
STEPS = (
    PaperStep(kind=KIND, at=Rung.PLANNED, take=ensure_supplier),
    PaperStep(kind=KIND, at=Rung.CONTACT, take=make_draft),
    PaperStep(kind=KIND, at=Rung.DRAFTED, take=verify),
    PaperStep(kind=KIND, at=Rung.VERIFIED, take=book),
)
"""The ladder of a voucher."""
