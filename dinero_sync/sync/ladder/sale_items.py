"""Ledger items (finansbilag) that belong to a sale, taken up the ladder: added, and then booked.

They are added under identities of ours, so each is made once. Dinero books them in its own time
after it has said that it will; an item counts as booked only once Dinero says that it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import AlreadyExistsError
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.hold import HeldError
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.posting.days.closed import is_closed
from dinero_sync.sync.ladder.ledger_items import (
    PAUSES,
    begin_booking,
    booked,
    has_had_long_enough,
    state,
    states,
    unbooked_as_planned,
)
from dinero_sync.sync.ladder.step import Climb, Step, refuse_closed_day
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import climbed
from dinero_sync.sync.work.troubles import ENDS_THE_RUN


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
        known = states(ledger, guids_of(items))
        if len(known) == len(items):
            ledger.adopt_begun(record, [kind.added], {"items": list(known)})
    for item in items:
        if item.guid not in known:
            refuse_closed_day(climb, record, kind.called, item.date)
    ready = [_ready(kind, ledger, record, item, known.get(item.guid)) for item in items]
    unbooked = [version for version in ready if version is not None]
    if unbooked:
        begin_booking(ledger, record, kind.booked, unbooked)
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
    known = climb.booked_items
    if known is None:
        known = frozenset(_booked(kind, climb.ledger, [record]))
    if record.order_id in known:
        return climbed(record, Rung.BOOKED)
    if has_had_long_enough(climb.ledger, record, kind.booked, kind.added):
        raise kind.not_booked()
    return climbed(record, Rung.PLANNED)


def _booked(
    kind: Items, ledger: Ledger, records: Sequence[OrderRecord], pauses: Sequence[float] = ()
) -> Iterator[int]:
    """Yield the orders whose items Dinero has booked; costs a call a question for all of them."""
    waiting = {each.order_id: guids_of(kind.of(each)) for each in records}
    by_id = {each.order_id: each for each in records}
    for order_id, own in booked(ledger, waiting, pauses):
        numbers = {"vouchers": [each.voucher_number for each in own]}
        ledger.adopt(by_id[order_id], kind.booked, numbers)
        yield order_id


def guids_of(items: Iterable[LedgerItem]) -> list[UUID]:
    """Return the identities of items."""
    return [item.guid for item in items]


def _ready(
    kind: Items, ledger: Ledger, record: OrderRecord, item: LedgerItem, known: ItemState | None
) -> ItemVersion | None:
    """Return the version of an item that is to be booked; None where Dinero books it already.

    An item that was there before is read, since booking can't be undone. Raises HeldError when
    somebody changed it.
    """
    there = known
    if there is None:
        try:
            return ledger.send(record, kind.added, item, ledger_items.add(item))
        except AlreadyExistsError:
            ledger.adopt(record, kind.added, {"item": item.guid})
            there = state(ledger, item.guid)
    if there is not None and there.status is not ItemStatus.DRAFT:
        return None
    found = unbooked_as_planned(ledger, item, kind.differs())
    return ItemVersion(guid=item.guid, version=found.version)
