"""Ledger items (finansbilag) that belong to a sale, taken up the ladder: added, and then booked.

They are added under identities of ours, so each is made once. Dinero books them in its own time
after it has said that it will; an item counts as booked only once Dinero says that it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import AlreadyExistsError, NotFoundError
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.hold import HeldError
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.posting.days.closed import is_closed
from dinero_sync.sync.ladder.step import Climb, Step, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed
from dinero_sync.sync.work.troubles import ENDS_THE_RUN

PATIENCE = timedelta(hours=6)
"""How long Dinero may take to book an item, which is documented as seconds to minutes."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between questions whether items are booked; what isn't then, the next run asks about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A kind of document that is one or more ledger items."""

    document: DocumentKind
    of: Callable[[OrderRecord], Sequence[LedgerItem]]
    """Those of an order."""
    added: EffectKind
    booked: EffectKind
    called: str
    """What a hold for a closed day calls it."""
    differs: Callable[[], HeldError]
    """What is raised where somebody changed one before it was booked."""
    not_booked: Callable[[], HeldError]
    """What is raised where Dinero doesn't book one."""

    def steps(self) -> tuple[Step, Step]:
        """Return the ladder of such a document."""
        return (
            Step(kind=self.document, at=Rung.PLANNED, take=partial(_post, self)),
            Step(
                kind=self.document,
                at=Rung.POSTED,
                take=partial(_confirm, self),
                beforehand=partial(_await_all, self),
            ),
        )


def _post(kind: Items, climb: Climb, record: OrderRecord) -> OrderRecord:
    """Add the ledger items of an order, and have Dinero begin to book them.

    What is there already is only looked at, whatever its day. Raises HeldError when somebody
    changed an item.
    """
    ledger, items = climb.ledger, kind.of(record)
    known: Mapping[UUID, ItemState] = {}
    in_closed = any(is_closed(item.date, climb.closed_until) for item in items)
    if in_closed or ledger.may_have(record, kind.added):
        known = states_of(ledger, items)
        if len(known) == len(items):
            ledger.adopt_begun(record, [kind.added], {"items": list(known)})
    for item in items:
        if item.guid not in known:
            refuse_closed_day(climb, record, kind.called, item.date)
    ready = [_ready(kind, ledger, record, item, known.get(item.guid)) for item in items]
    unbooked = [version for version in ready if version is not None]
    if unbooked:
        ledger.send(
            record,
            kind.booked,
            {"items": unbooked},
            ledger_items.book(unbooked),
        )
    return climbed(record, Rung.POSTED)


def _await_all(kind: Items, climb: Climb, records: Sequence[OrderRecord]) -> None:
    """Wait until Dinero has booked the orders' items, for some seconds.

    Where it can't be asked about all of them, one of them may be the trouble.
    """
    try:
        climb.booked_items = frozenset(_booked(kind, climb.ledger, records, PAUSES))
    except ENDS_THE_RUN:
        raise
    except TemporaryError:
        climb.booked_items = None


def _confirm(kind: Items, climb: Climb, record: OrderRecord) -> OrderRecord:
    """Take note that Dinero has booked an order's items; what isn't booked yet is posted anew.

    The next run does that: Dinero may lose a booking that it said it would make. Raises HeldError
    when it has had long enough.
    """
    booked = climb.booked_items
    if booked is None:
        booked = frozenset(_booked(kind, climb.ledger, [record]))
    if record.order_id in booked:
        return climbed(record, Rung.BOOKED)
    _refuse_slow(kind, climb.ledger, record)
    return climbed(record, Rung.PLANNED)


def _booked(
    kind: Items, ledger: Ledger, records: Sequence[OrderRecord], pauses: Sequence[float] = ()
) -> Iterator[int]:
    """Yield the orders whose items Dinero has booked; costs a call a question for all of them."""
    waiting = {record.order_id: record for record in records}
    for pause in (0.0, *pauses):
        if not waiting:
            break
        if pause:
            ledger.clock.pause(pause)
        items = [item for each in waiting.values() for item in kind.of(each)]
        states = states_of(ledger, items)
        for record in list(waiting.values()):
            own = [states.get(item.guid) for item in kind.of(record)]
            if all(state is not None and state.status is ItemStatus.BOOKED for state in own):
                ledger.adopt(record, kind.booked, _numbers(own))
                yield waiting.pop(record.order_id).order_id


def _refuse_slow(kind: Items, ledger: Ledger, record: OrderRecord) -> None:
    """Raise HeldError when Dinero has had long enough to book an order's items.

    The time counts from when the first booking was sent, whatever came of it: Dinero may lose
    each of them. A person who releases the order gives it that long once more.
    """
    begun = ledger.first_begun(record, kind.booked)
    if begun is None:  # with a lost journal: they were booked by another, or are being booked
        begun = ledger.first_begun(record, kind.added)
    decided = ledger.last_done(record.order_id, EffectKind.OPERATOR)
    times = [each for each in (begun, decided) if each is not None]
    if ledger.clock.now() - max(times, default=ledger.clock.now()) < PATIENCE:
        return
    raise kind.not_booked()


def _numbers(states: Iterable[ItemState | None]) -> dict[str, object]:
    return {"vouchers": [state.voucher_number for state in states if state is not None]}


def states_of(ledger: Ledger, items: Sequence[LedgerItem]) -> Mapping[UUID, ItemState]:
    """Return what Dinero says of items; nothing where at least one isn't there."""
    try:
        return ledger_items.states(ledger.transport, [item.guid for item in items])
    except NotFoundError:  # each is then added, or found to be there
        return {}


def _ready(
    kind: Items, ledger: Ledger, record: OrderRecord, item: LedgerItem, known: ItemState | None
) -> ItemVersion | None:
    """Return the version of an item that is to be booked; None where Dinero books it already.

    An item that was there before is read, since booking can't be undone. Raises HeldError when
    somebody changed it.
    """
    state = known
    if state is None:
        try:
            return ledger.send(record, kind.added, item, ledger_items.add(item))
        except AlreadyExistsError:
            ledger.adopt(record, kind.added, {"item": item.guid})
            state = states_of(ledger, [item]).get(item.guid)
    if state is not None and state.status is not ItemStatus.DRAFT:
        return None
    found = ledger_items.unbooked(ledger.transport, item.guid)
    if not found.says(item):
        raise kind.differs()
    return ItemVersion(guid=item.guid, version=found.version)
