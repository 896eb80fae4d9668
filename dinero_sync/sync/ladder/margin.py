"""Ledger items that belong to a sale: the margins of second-hand goods (brugtmoms).

They are added under identities of ours, so each is made once. Dinero books them in its own time
after it has said that it will; an item counts as booked only once Dinero says that it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from dinero_sync.dinero import ledger_items
from dinero_sync.dinero.errors import AlreadyExistsError
from dinero_sync.dinero.ledger_items import ItemState, ItemStatus, ItemVersion
from dinero_sync.domain.documents import LedgerItem, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.sync.ladder.ledger_items import (
    PAUSES,
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


def post_margins(climb: Climb, record: OrderRecord) -> OrderRecord:
    """Add the ledger items of an order, and have Dinero begin to book them.

    What is there already is only looked at. Raises HeldError when somebody changed an item.
    """
    ledger, items = climb.ledger, record.ledger_items
    known: Mapping[UUID, ItemState] = {}
    if ledger.may_have(record, EffectKind.LEDGER_ITEM):
        known = states(ledger, _guids(items))
        if len(known) == len(items):
            ledger.adopt_begun(record, [EffectKind.LEDGER_ITEM], {"items": list(known)})
    for item in items:
        if item.guid not in known:
            refuse_closed_day(climb, record, "margin", item.date)
    ready = [_ready(ledger, record, item, known.get(item.guid)) for item in items]
    unbooked = [version for version in ready if version is not None]
    if unbooked:
        ledger.send(
            record,
            EffectKind.BOOK_LEDGER_ITEM,
            {"items": unbooked},
            ledger_items.book(unbooked),
        )
    return climbed(record, Rung.POSTED)


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
    waiting = {each.order_id: _guids(each.ledger_items) for each in records}
    by_id = {each.order_id: each for each in records}
    for order_id, own in booked(ledger, waiting, pauses):
        numbers = {"vouchers": [each.voucher_number for each in own]}
        ledger.adopt(by_id[order_id], EffectKind.BOOK_LEDGER_ITEM, numbers)
        yield order_id


def _refuse_slow(ledger: Ledger, record: OrderRecord) -> None:
    """Raise HeldError when Dinero has had long enough to book an order's items."""
    kinds = (EffectKind.BOOK_LEDGER_ITEM, EffectKind.LEDGER_ITEM)
    if has_had_long_enough(ledger, record, *kinds):
        raise HeldError(
            HoldReason.MARGIN_NOT_BOOKED,
            "",
            (sentence("book_item"), command("retry", ORDER)),
        )


def margins_in_dinero(ledger: Ledger, plan: Plan) -> bool:
    """Tell whether Dinero has all ledger items of a plan, booked or not; costs a call."""
    return len(states(ledger, _guids(plan.ledger_items))) == len(plan.ledger_items)


def _guids(items: Iterable[LedgerItem]) -> list[UUID]:
    return [item.guid for item in items]


def _ready(
    ledger: Ledger, record: OrderRecord, item: LedgerItem, known: ItemState | None
) -> ItemVersion | None:
    """Return the version of an item that is to be booked; None where Dinero books it already.

    An item that was there before is read, since booking can't be undone. Raises HeldError when
    somebody changed it.
    """
    there = known
    if there is None:
        try:
            return ledger.send(record, EffectKind.LEDGER_ITEM, item, ledger_items.add(item))
        except AlreadyExistsError:
            ledger.adopt(record, EffectKind.LEDGER_ITEM, {"item": item.guid})
            there = state(ledger, item.guid)
    if there is not None and there.status is not ItemStatus.DRAFT:
        return None
    found = unbooked_as_planned(ledger, item, _differs())
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
