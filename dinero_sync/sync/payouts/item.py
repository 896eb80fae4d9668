"""A payout's ladder: its ledger item is added under our own identity, booked, and awaited.

Dinero refuses a second use of the identity, so each payout is one item whatever is lost. It books
in its own time after it has said that it will; an item counts as booked once Dinero says that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import AlreadyExistsError, RejectedError
from dinero_sync.dinero.ledger_items import ItemRecord, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import DocumentKind, Rung
from dinero_sync.journal.effects import EffectKind, chosen_days
from dinero_sync.journal.papers.payouts import PayoutRecord, sent_items
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.sync.ladder.ledger_items import (
    PAUSES,
    begin_booking,
    booked,
    has_had_long_enough,
)
from dinero_sync.sync.ladder.ledger_items import state as state_of
from dinero_sync.sync.payouts.elsewhere import Posted
from dinero_sync.sync.payouts.fee_bills import document_for
from dinero_sync.sync.work.climbing import Ladder, PaperStep, refuses_file, send_linked
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed, waiting


@dataclass(slots=True, kw_only=True)
class PayoutClimb:
    """Whom the steps of one pass speak to, what was asked for, what was read."""

    ledger: Ledger
    booking: bool
    """Without it, items are added and left."""
    closed_until: date | None
    posted: Posted
    """What is posted on the clearing accounts."""
    fresh: dict[UUID, ItemVersion] = field(default_factory=dict)
    """Items that were added a moment ago by ourselves."""
    refused_files: set[str] = field(default_factory=set)
    """Documents that Dinero doesn't take, so that they aren't linked."""

    def forget(self) -> None:
        """Read everything anew: what was read may not be so any more."""
        self.fresh.clear()


def planned(record: PayoutRecord) -> LedgerVoucher:
    """Return the ledger item of a payout that has one."""
    if record.plan is None:
        raise LookupError(f"{record.name} stands at {record.rung} without a plan")
    return record.plan


def add_item(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Add the ledger item, unless it is there."""
    ledger, item = climb.ledger, planned(record)
    if ledger.may_have(record, EffectKind.PAYOUT) and state_of(ledger, item.guid):
        ledger.adopt_begun(record, [EffectKind.PAYOUT], {"item": item.guid})
        return climbed(record, Rung.DRAFTED)
    if climb.posted.is_there(record, item):
        ledger.adopt(record, EffectKind.PAYOUT, {"item": item.guid})
        return climbed(record, Rung.POSTED)
    chosen = chosen_days(ledger.db, record.subject)
    refuse_closed("payout", item.date, climb.closed_until, chosen)
    try:
        record = _added(climb, _with_document(climb, record))
    except AlreadyExistsError:
        ledger.adopt(record, EffectKind.PAYOUT, {"item": item.guid})
    return climbed(record, Rung.DRAFTED)


def _added(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Add the item, without a document that Dinero doesn't take.

    Raises AlreadyExistsError where it is there.
    """
    item = planned(record)
    try:
        added = send_linked(climb.ledger, record, EffectKind.PAYOUT, item, ledger_items.add(item))
    except RejectedError as error:
        if item.file_guid is None or not refuses_file(error):
            raise
        climb.refused_files.add(item.file_guid)
        return _added(climb, _naming(record, None))
    climb.fresh[item.guid] = added
    return record


def _with_document(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Return a payout whose item names the document of its fees, where one is proved to be."""
    file = document_for(climb.ledger.db, record, climb.refused_files)
    return record if file is None else _naming(record, file)


def _naming(record: PayoutRecord, file_guid: str | None) -> PayoutRecord:
    return record.having(replace(record.lead, plan=replace(planned(record), file_guid=file_guid)))


def book_item(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Have Dinero begin to book the item, once it says what is planned.

    One that is there from before is read, since booking can't be undone: as we sent it once, it is
    made to say what is planned by now. Raises HeldError where somebody changed or deleted it.
    """
    ledger, item = climb.ledger, planned(record)
    version = climb.fresh.get(item.guid)
    if version is None:
        state = state_of(ledger, item.guid)
        if state is None:
            raise _gone()
        if state.status is not ItemStatus.DRAFT:
            return climbed(_as_sent(ledger, record), Rung.POSTED)
        record, version = _linked(climb, record, _as_planned(ledger, record))
    if not climb.booking:
        return waiting(record, OpenReason.AWAITING_BOOKING, ledger.clock.now())
    climb.fresh.pop(item.guid, None)  # whatever comes of it, it has another version then
    begin_booking(ledger, record, EffectKind.BOOK_PAYOUT, [version])
    return climbed(record, Rung.POSTED)


def _as_planned(ledger: Ledger, record: PayoutRecord) -> ItemRecord:
    """Return a draft that says what is planned, or is made to.

    What the file or the configuration said when it was sent may be something else by now. Raises
    HeldError where somebody changed it.
    """
    item = planned(record)
    found = ledger_items.unbooked(ledger.transport, item.guid)
    if found.says(item):
        ledger.adopt_begun(record, [EffectKind.PAYOUT], {"item": item.guid})
        return found
    if not any(found.says(each) for each in sent_items(ledger.db, record.name)):
        raise _differs()
    changed = replace(item, file_guid=found.file_guid)  # else the document would be taken off
    write = ledger_items.replace(changed, found.version)
    version = ledger.send(record, EffectKind.PAYOUT, changed, write)
    return replace(found, version=version.version)


def _as_sent(ledger: Ledger, record: PayoutRecord) -> PayoutRecord:
    """Return a payout that is being booked with what was sent for it, whatever is planned by now.

    It is as it was sent unless a person changed it, who booked it then.
    """
    sent = sent_items(ledger.db, record.name)
    if not sent:
        return record
    return record.having(replace(record.lead, plan=sent[-1], day=sent[-1].date))


def _linked(
    climb: PayoutClimb, record: PayoutRecord, found: ItemRecord
) -> tuple[PayoutRecord, ItemVersion]:
    """Link the document of a payout's fees to its draft, unless one is linked, be it a person's.

    Nothing can be linked once it is booked.
    """
    ledger, version = climb.ledger, ItemVersion(guid=found.guid, version=found.version)
    record = _with_document(climb, _naming(record, found.file_guid))
    item = planned(record)
    if found.file_guid is not None or item.file_guid is None:
        ledger.adopt_begun(record, [EffectKind.LINK_PAYOUT], {"file": found.file_guid})
        return _naming(record, found.file_guid), version
    decision = {"item": version, "file": item.file_guid}
    write = ledger_items.replace(item, found.version)
    try:
        linked = send_linked(ledger, record, EffectKind.LINK_PAYOUT, decision, write)
    except RejectedError as error:
        if not refuses_file(error):
            raise
        climb.refused_files.add(item.file_guid)
        return _naming(record, None), version
    return record, linked


def booked_items(ledger: Ledger, records: Sequence[PayoutRecord]) -> Iterator[PayoutRecord]:
    """Wait for some seconds until Dinero has booked the items, and yield those that it has.

    Costs a call a question for all of them.
    """
    waiting_for = {each.name: [planned(each).guid] for each in records}
    by_name = {each.name: each for each in records}
    for name, (state,) in booked(ledger, waiting_for, PAUSES):
        record, number = by_name[name], state.voucher_number
        begun = (EffectKind.PAYOUT, EffectKind.LINK_PAYOUT)
        ledger.adopt_begun(record, begun, {"voucher": number})
        ledger.adopt(record, EffectKind.BOOK_PAYOUT, {"voucher": number})
        yield climbed(record, Rung.BOOKED, document_number=number)


def is_booked(ledger: Ledger, guid: UUID) -> bool:
    """Tell whether Dinero has booked an item; costs a call."""
    found = state_of(ledger, guid)
    return found is not None and found.status is ItemStatus.BOOKED


def not_booked(ledger: Ledger, record: PayoutRecord) -> PayoutRecord:
    """Let the next run ask again, and tell Dinero again: it may lose a booking.

    Raises HeldError when it has had long enough; a person who releases the payout gives it that
    long once more.
    """
    if not has_had_long_enough(ledger, record, EffectKind.BOOK_PAYOUT, EffectKind.PAYOUT):
        return climbed(record, Rung.DRAFTED)
    raise HeldError(
        HoldReason.PAYOUT_NOT_BOOKED, "", (sentence("book_item"), command("retry", ORDER))
    )


def _gone() -> HeldError:
    return HeldError(
        HoldReason.PAYOUT_ITEM_DIFFERS,
        "gone",
        (sentence("payout_by_hand"), command("skip", ORDER, "--reason", TEXT)),
    )


def _differs() -> HeldError:
    return HeldError(
        HoldReason.PAYOUT_ITEM_DIFFERS,
        "draft",
        (sentence("book_or_correct_item"), command("retry", ORDER)),
    )


LADDER = Ladder(
    steps=(
        PaperStep(kind=DocumentKind.PAYOUT, at=Rung.PLANNED, take=add_item),
        PaperStep(kind=DocumentKind.PAYOUT, at=Rung.DRAFTED, take=book_item),
    ),
    made=spoken("A ledger item"),
    refused="payout",
)
"""The ladder of a payout, up to where Dinero was told to book it."""
