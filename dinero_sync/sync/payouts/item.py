"""A payout's ladder: its ledger item is added under our own identity, booked, and awaited.

Dinero refuses a second use of the identity, so each payout is one item whatever is lost. It books
in its own time after it has said that it will; an item counts as booked once Dinero says that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import AlreadyExistsError, NotFoundError
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.domain.hold import HeldError, HoldReason, OpenReason
from dinero_sync.domain.step import ORDER, TEXT, command, sentence
from dinero_sync.journal.documents import Rung
from dinero_sync.journal.effects import EffectKind, chosen_days
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.sync.ladder.items import PATIENCE, PAUSES
from dinero_sync.sync.payouts.elsewhere import Posted
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

    def forget(self) -> None:
        """Read everything anew: what was read may not be so any more."""
        self.fresh.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutStep:
    """One step up."""

    at: Rung
    take: Callable[[PayoutClimb, PayoutRecord], PayoutRecord]
    """Returns the payout one rung higher, or at rest; safe to repeat.

    Raises HeldError, RejectedError, StaleTimestampError where the item changed, and a
    TemporaryError.
    """


def planned(record: PayoutRecord) -> LedgerVoucher:
    """Return the ledger item of a payout that has one."""
    if record.plan is None:
        raise LookupError(f"{record.name} stands at {record.rung} without a plan")
    return record.plan


def add_item(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Add the ledger item, unless it is there."""
    ledger, item = climb.ledger, planned(record)
    if ledger.may_have(record, EffectKind.PAYOUT) and _state(ledger, item.guid):
        ledger.adopt_begun(record, [EffectKind.PAYOUT], {"item": item.guid})
        return climbed(record, Rung.DRAFTED)
    if climb.posted.is_there(record, item):
        ledger.adopt(record, EffectKind.PAYOUT, {"item": item.guid})
        return climbed(record, Rung.POSTED)
    chosen = chosen_days(ledger.db, record.subject)
    refuse_closed("payout", item.date, climb.closed_until, chosen)
    try:
        added = ledger.send(record, EffectKind.PAYOUT, item, ledger_items.add(item))
    except AlreadyExistsError:
        ledger.adopt(record, EffectKind.PAYOUT, {"item": item.guid})
    else:
        climb.fresh[item.guid] = added
    return climbed(record, Rung.DRAFTED)


def book_item(climb: PayoutClimb, record: PayoutRecord) -> PayoutRecord:
    """Have Dinero begin to book the item, once it says what is planned.

    One that is there from before is read, since booking can't be undone. Raises HeldError where
    somebody changed or deleted it.
    """
    ledger, item = climb.ledger, planned(record)
    version = climb.fresh.get(item.guid)
    if version is None:
        state = _state(ledger, item.guid)
        if state is None:
            raise _gone()
        if state.status is not ItemStatus.DRAFT:
            return climbed(record, Rung.POSTED)
        found = ledger_items.unbooked(ledger.transport, item.guid)
        if not found.says(item):
            raise _differs()
        version = ItemVersion(guid=item.guid, version=found.version)
    if not climb.booking:
        return waiting(record, OpenReason.AWAITING_BOOKING, ledger.clock.now())
    climb.fresh.pop(item.guid, None)  # whatever comes of it, it has another version then
    booking = ledger_items.book([version])
    ledger.send(record, EffectKind.BOOK_PAYOUT, {"item": version}, booking)
    return climbed(record, Rung.POSTED)


def booked_items(ledger: Ledger, records: Sequence[PayoutRecord]) -> Iterator[PayoutRecord]:
    """Wait for some seconds until Dinero has booked the items, and yield those that it has.

    Costs a call a question for all of them.
    """
    waiting_for = {planned(record).guid: record for record in records}
    for pause in (0.0, *PAUSES):
        if not waiting_for:
            break
        if pause:
            ledger.clock.pause(pause)
        for guid, state in _states(ledger, list(waiting_for)).items():
            if state.status is ItemStatus.BOOKED and guid in waiting_for:
                record, number = waiting_for.pop(guid), state.voucher_number
                ledger.adopt_begun(record, [EffectKind.PAYOUT], {"voucher": number})
                ledger.adopt(record, EffectKind.BOOK_PAYOUT, {"voucher": number})
                yield climbed(record, Rung.BOOKED, document_number=number)


def not_booked(ledger: Ledger, record: PayoutRecord) -> PayoutRecord:
    """Let the next run ask again, and tell Dinero again: it may lose a booking.

    Raises HeldError when it has had long enough; a person who releases the payout gives it that
    long once more.
    """
    begun = ledger.first_begun(record, EffectKind.BOOK_PAYOUT)
    if begun is None:  # with a lost journal: it was booked by another, or is being booked
        begun = ledger.first_begun(record, EffectKind.PAYOUT)
    decided = ledger.last_done(record.subject, EffectKind.OPERATOR)
    times = [each for each in (begun, decided) if each is not None]
    if ledger.clock.now() - max(times, default=ledger.clock.now()) < PATIENCE:
        return climbed(record, Rung.DRAFTED)
    raise HeldError(
        HoldReason.PAYOUT_NOT_BOOKED, "", (sentence("book_item"), command("retry", ORDER))
    )


def _state(ledger: Ledger, guid: UUID) -> ItemState | None:
    return _states(ledger, [guid]).get(guid)


def _states(ledger: Ledger, guids: Sequence[UUID]) -> Mapping[UUID, ItemState]:
    """Return how far items are; those that aren't there are left out."""
    try:
        return ledger_items.states(ledger.transport, guids)
    except NotFoundError:  # at least one isn't there, and nobody says which
        if len(guids) == 1:
            return {}
        return {guid: state for guid in guids if (state := _state(ledger, guid)) is not None}


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


STEPS = (
    PayoutStep(at=Rung.PLANNED, take=add_item),
    PayoutStep(at=Rung.DRAFTED, take=book_item),
)
"""The ladder of a payout, up to where Dinero was told to book it."""
