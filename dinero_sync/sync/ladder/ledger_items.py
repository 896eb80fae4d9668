"""How far ledger items are at Dinero: of margins, and of payouts.

Dinero books them in its own time after it has said that it will, and may lose a booking; an item
counts as booked once Dinero says that it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import NotFoundError, RejectedError, StaleTimestampError
from dinero_sync.dinero.ledger_items import ItemRecord, ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerItem, LedgerVoucher
from dinero_sync.domain.hold import HeldError
from dinero_sync.journal.documents import SubjectRecord
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.work.ledger import Ledger

PATIENCE = timedelta(hours=6)
"""How long Dinero may take to book an item, which is documented as seconds to minutes."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between questions whether items are booked; what isn't then, the next run asks about."""
Key = TypeVar("Key")


def states(ledger: Ledger, guids: Sequence[UUID]) -> Mapping[UUID, ItemState]:
    """Return how far items are, by one call where all are there; those that aren't are left out."""
    try:
        return ledger_items.states(ledger.transport, guids)
    except NotFoundError:  # at least one isn't there, and nobody says which
        if len(guids) == 1:
            return {}
        return {guid: found for guid in guids if (found := state(ledger, guid)) is not None}


def state(ledger: Ledger, guid: UUID) -> ItemState | None:
    """Return how far one item is; None where there is none."""
    return states(ledger, [guid]).get(guid)


def begin_booking(
    ledger: Ledger, record: SubjectRecord, kind: EffectKind, items: Sequence[ItemVersion]
) -> None:
    """Have Dinero begin to book items as they were seen.

    A refusal is none where they are being booked already: another machine was faster. Raises
    RejectedError else, and StaleTimestampError where one of them changed.
    """
    try:
        ledger.send(record, kind, {"items": items}, ledger_items.book(items))
    except StaleTimestampError:
        raise
    except RejectedError:
        found = ledger_items.states(ledger.transport, [each.guid for each in items])
        if len(found) < len(items) or any(
            each.status is ItemStatus.DRAFT for each in found.values()
        ):
            raise
        ledger.adopt(record, kind, {"items": list(found.values())})


def booked(
    ledger: Ledger, waiting: Mapping[Key, Sequence[UUID]], pauses: Sequence[float] = ()
) -> Iterator[tuple[Key, list[ItemState]]]:
    """Yield what has all its items booked, with how those are; costs a call a question for all.

    Dinero is asked again after each of the ``pauses``, except about what isn't there.
    """
    left = dict(waiting)
    for pause in (0.0, *pauses):
        if not left:
            return
        if pause:
            ledger.clock.pause(pause)
        known = states(ledger, [guid for guids in left.values() for guid in guids])
        for key, guids in list(left.items()):
            own = [known[guid] for guid in guids if guid in known]
            if len(own) < len(guids):
                del left[key]
            elif all(each.status is ItemStatus.BOOKED for each in own):
                del left[key]
                yield key, own


def has_had_long_enough(
    ledger: Ledger, record: SubjectRecord, booking: EffectKind, adding: EffectKind
) -> bool:
    """Tell whether Dinero has had long enough to book what it was told to book of a subject.

    The time counts from when the first booking was sent, whatever came of it: Dinero may lose
    each of them. A person who releases the subject gives it that long once more.
    """
    begun = ledger.first_begun(record, booking)
    if begun is None:  # with a lost journal: they were booked by another, or are being booked
        begun = ledger.first_begun(record, adding)
    decided = ledger.last_done(record.subject, EffectKind.OPERATOR)
    times = [each for each in (begun, decided) if each is not None]
    return ledger.clock.now() - max(times, default=ledger.clock.now()) >= PATIENCE


def unbooked_as_planned(
    ledger: Ledger, item: LedgerItem | LedgerVoucher, differs: HeldError
) -> ItemRecord:
    """Read an unbooked item that was there before, since booking can't be undone.

    Raises ``differs`` where somebody changed it.
    """
    found = ledger_items.unbooked(ledger.transport, item.guid)
    if not found.says(item):
        raise differs
    return found
