"""Ledger items that belong to a sale: the margins of second-hand goods (brugtmoms).

They are added under identities of ours, so each is made once. Dinero books them in its own time
after it has said that it will; an item counts as booked only once Dinero says that it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import (
    AlreadyExistsError,
    NotFoundError,
    RejectedError,
    StaleTimestampError,
)
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerItem, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung, SubjectRecord
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.step import Climb, Step, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed
from dinero_sync.sync.work.troubles import ENDS_THE_RUN

PATIENCE = timedelta(hours=6)
"""How long Dinero may take to book an item, which is documented as seconds to minutes."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between questions whether items are booked; what isn't then, the next run asks about."""


def post_margins(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Add the ledger items of an order, and have Dinero begin to book them.

    What is there already is only looked at. Raises HeldError when somebody changed an item.
    """
    ledger, items = climb.ledger, record.ledger_items
    known: Mapping[UUID, ItemState] = {}
    if ledger.may_have(record, EffectKind.LEDGER_ITEM):
        known = _states(ledger, items)
        if len(known) == len(items):
            ledger.adopt_begun(record, [EffectKind.LEDGER_ITEM], {"items": list(known)})
    for item in items:
        if item.guid not in known:
            refuse_closed_day(climb, record, "margin", item.date)
    ready = [_ready(ledger, record, item, known.get(item.guid)) for item in items]
    unbooked = [version for version in ready if version is not None]
    if unbooked:
        begin_booking(ledger, record, EffectKind.BOOK_LEDGER_ITEM, unbooked)
    return climbed(record, Rung.POSTED)


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
        states = ledger_items.states(ledger.transport, [each.guid for each in items])
        if len(states) < len(items) or any(
            each.status is ItemStatus.DRAFT for each in states.values()
        ):
            raise
        ledger.adopt(record, kind, {"items": list(states.values())})


def await_all(climb: Climb, records: Sequence[OrderRecord]) -> None:
    """Wait until Dinero has booked the orders' items, for some seconds.

    Where it can't be asked about all of them, one of them may be the trouble.
    """
    try:
        climb.booked_margins = frozenset(_booked(climb.ledger, records, PAUSES))
    except ENDS_THE_RUN:
        raise
    except TemporaryError:
        climb.booked_margins = None


def confirm_margins(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Take note that Dinero has booked an order's items; what isn't booked yet is posted anew.

    The next run does that: Dinero may lose a booking that it said it would make. Raises HeldError
    when it has had long enough.
    """
    booked = climb.booked_margins
    if booked is None:
        booked = frozenset(_booked(climb.ledger, [record]))
    if record.order_id in booked:
        return climbed(record, Rung.BOOKED)
    _refuse_slow(climb.ledger, record)
    return climbed(record, Rung.PLANNED)


def _booked(
    ledger: Ledger, records: Sequence[OrderRecord], pauses: Sequence[float] = ()
) -> Iterator[int]:
    """Yield the orders whose items Dinero has booked; costs a call a question for all of them."""
    waiting = {record.order_id: record for record in records}
    for pause in (0.0, *pauses):
        if not waiting:
            break
        if pause:
            ledger.clock.pause(pause)
        items = [item for each in waiting.values() for item in each.ledger_items]
        states = _states(ledger, items)
        for record in list(waiting.values()):
            own = [states.get(item.guid) for item in record.ledger_items]
            if all(state is not None and state.status is ItemStatus.BOOKED for state in own):
                ledger.adopt(record, EffectKind.BOOK_LEDGER_ITEM, _numbers(own))
                yield waiting.pop(record.order_id).order_id


def _refuse_slow(ledger: Ledger, record: OrderRecord) -> None:
    """Raise HeldError when Dinero has had long enough to book an order's items.

    The time counts from when the first booking was sent, whatever came of it: Dinero may lose
    each of them. A person who releases the order gives it that long once more.
    """
    begun = ledger.first_begun(record, EffectKind.BOOK_LEDGER_ITEM)
    if begun is None:  # with a lost journal: they were booked by another, or are being booked
        begun = ledger.first_begun(record, EffectKind.LEDGER_ITEM)
    decided = ledger.last_done(record.order_id, EffectKind.OPERATOR)
    times = [each for each in (begun, decided) if each is not None]
    if ledger.clock.now() - max(times, default=ledger.clock.now()) < PATIENCE:
        return
    raise HeldError(
        HoldReason.MARGIN_NOT_BOOKED,
        "",
        (sentence("book_item"), command("retry", ORDER)),
    )


def margins_in_dinero(ledger: Ledger, plan: Plan) -> bool:
    """Tell whether Dinero has all ledger items of a plan, booked or not; costs a call."""
    return len(_states(ledger, plan.ledger_items)) == len(plan.ledger_items)


def _numbers(states: Iterable[ItemState | None]) -> dict[str, object]:
    return {"vouchers": [state.voucher_number for state in states if state is not None]}


def _states(ledger: Ledger, items: Sequence[LedgerItem]) -> Mapping[UUID, ItemState]:
    try:
        return ledger_items.states(ledger.transport, [item.guid for item in items])
    except NotFoundError:  # at least one isn't there; each is then added, or found to be there
        return {}


def _ready(
    ledger: Ledger, record: OrderRecord, item: LedgerItem, known: ItemState | None
) -> ItemVersion | None:
    """Return the version of an item that is to be booked; None where Dinero books it already.

    An item that was there before is read, since booking can't be undone. Raises HeldError when
    somebody changed it.
    """
    state = known
    if state is None:
        try:
            return ledger.send(record, EffectKind.LEDGER_ITEM, item, ledger_items.add(item))
        except AlreadyExistsError:
            ledger.adopt(record, EffectKind.LEDGER_ITEM, {"item": item.guid})
            state = _states(ledger, [item]).get(item.guid)
    if state is not None and state.status is not ItemStatus.DRAFT:
        return None
    found = ledger_items.unbooked(ledger.transport, item.guid)
    if not found.says(item):
        raise _differs()
    return ItemVersion(guid=item.guid, version=found.version)


def _differs() -> HeldError:
    return HeldError(
        HoldReason.MARGIN_DIFFERS,
        "",
        (sentence("book_or_correct_item"), command("retry", ORDER)),
    )


STEPS = (
    Step(kind=DocumentKind.MARGIN, at=Rung.PLANNED, take=post_margins),
    Step(kind=DocumentKind.MARGIN, at=Rung.POSTED, take=confirm_margins, beforehand=await_all),
)
"""The ladder of margins."""
