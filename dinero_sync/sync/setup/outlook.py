"""What a run would make of the orders that ``doctor`` has just read; nothing is written anywhere.

Decided as ``explain`` does it, by one pure function, from the lists and the chart that were read a
moment ago. What only an order in particular would need is asked for within limits, or not at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.hold import ENDED_BY_PERSON, HeldError, Hold
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.step import Facts
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import QuotaError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.posting.due import Due, NotYet
from dinero_sync.shoporama.masters import Masters
from dinero_sync.shoporama.reader import peek, read_order
from dinero_sync.shoporama.replies import RawObject, RightMissingError
from dinero_sync.sync.intake.catalogue import catalogue_for, never_read
from dinero_sync.sync.intake.facts import products_of
from dinero_sync.sync.intake.own_labels import without_our_label
from dinero_sync.sync.intake.poll import TOO_DEEP
from dinero_sync.sync.intake.remembered import Memory
from dinero_sync.sync.intake.standing import judged
from dinero_sync.sync.work.rules_hash import settings_hash
from dinero_sync.sync.work.workplace import Workplace

MOST_PRODUCTS = 20
"""So many products of the catalogue are asked for at most, a call each: those sold most often."""


class Fate(StrEnum):
    """What a run would make of an order."""

    BOOKED = "booked"
    HELD = "held"
    WAITING = "waiting"
    """It isn't due yet."""
    NEVER = "never"
    """It never becomes an invoice as it is now."""
    DONE = "done"
    """It is booked already, or a person ended it."""
    UNTOLD = "untold"
    """It depends on what wasn't asked: a product of the catalogue, or VIES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a run would make of one order."""

    number: str
    fate: Fate
    reason: str = ""
    """Why it is held, waits, or never becomes an invoice; a stable code."""
    text: str = ""
    """Of one that is held: the code of the sentence that says why."""
    facts: Facts = field(default_factory=dict)
    """The values in it."""
    total: Decimal = Decimal(0)
    currency: str = ""


@dataclass(slots=True)
class Seen:
    """What ``doctor`` has read of both services so far."""

    raws: Sequence[RawObject] = ()
    masters: Masters | None = None
    """None where orders couldn't be read."""
    unread: Mapping[ShopList, Unread] = field(default_factory=dict)
    chart: Chart | None = None
    """None where Dinero couldn't be read, or accounts are missing."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The shop's lists as they were read; one that couldn't be says so."""

    masters: Masters
    unread: Mapping[ShopList, Unread]

    def gateway(self, gateway_id: int, code: str) -> Gateway | Unread | None:
        known = self.masters.gateway(gateway_id, code)
        return known or self.unread.get(ShopList.GATEWAYS)

    def shipping_name(self, shipping_id: int) -> str:
        return self.masters.shipping_name(shipping_id)

    def country(self, country_id: int) -> str | Unread | None:
        return self.masters.country(country_id) or self.unread.get(ShopList.COUNTRIES)


def outlook(place: Workplace, seen: Seen) -> list[Expected]:
    """Tell of each order that was read what a run would make of it now.

    Costs a call for each of a few products, where rules ask the catalogue. Whether somebody else
    booked an order isn't looked for, and VIES isn't asked. Raises what the shop's client raises.
    """
    assert seen.masters is not None  # noqa: S101 - asked once both services were read
    memory = Memory(
        db=place.db,
        settings=place.settings,
        reader=place.reader,
        masters=_Lists(seen.masters, seen.unread),
        chart=seen.chart,
    )
    sorted_out = [_sorted_out(raw, memory, place.clock.now()) for raw in seen.raws]
    if place.settings.asks_catalogue:
        due = (each for each in sorted_out if isinstance(each, _Due))
        _read_some_products(place, [each.order for each in due])
    return [_decided(each, memory) if isinstance(each, _Due) else each for each in sorted_out]


@dataclass(frozen=True, slots=True)
class _Due:
    """An order that is due and not dealt with: to be decided about."""

    order: Order
    record: OrderRecord


def _sorted_out(raw: RawObject, memory: Memory, now: datetime) -> Expected | _Due:
    """Return what becomes of an order where that needs no decision."""
    seen = peek(raw, memory.reader)
    known = orders.load(memory.db, seen.order_id)
    try:
        was, text = without_our_label(raw, known, memory.db)
        if known is not None and _rests(known, text, memory):
            return _standing(known)
        order = read_order(was, memory.masters, memory.reader)
        record = known or OrderRecord(order_id=seen.order_id, number=seen.number)
        verdict = judged(order, record, memory.settings, now)
    except RecursionError:
        return _held(seen.number, TOO_DEEP)
    except HeldError as error:
        return _held(seen.number, error.hold)
    if isinstance(verdict, Due):
        return _Due(order, replace(record, raw=text))
    fate = Fate.WAITING if isinstance(verdict, NotYet) else Fate.NEVER
    return Expected(number=order.number, fate=fate, reason=verdict.reason)


def _rests(known: OrderRecord, text: str, memory: Memory) -> bool:
    """Tell whether a run leaves an order as it is: a held one until something about it changes."""
    if known.rung.reached(Rung.BOOKED) or known.reason in ENDED_BY_PERSON:
        return True
    rests = known.standing in {Standing.HELD, Standing.IN_DOUBT} and known.raw == text
    return rests and known.settings == settings_hash(memory.settings, memory.reader)


def _standing(known: OrderRecord) -> Expected:
    """Return how an order stands that a run leaves so."""
    if known.standing not in {Standing.HELD, Standing.IN_DOUBT}:
        return Expected(number=known.number, fate=Fate.DONE)
    return Expected(
        number=known.number,
        fate=Fate.HELD,
        reason=known.reason or "",
        text=known.current.text or "",
        facts=known.current.facts,
    )


def _held(number: str, hold: Hold) -> Expected:
    return Expected(
        number=number, fate=Fate.HELD, reason=hold.reason, text=hold.text, facts=hold.facts
    )


def _decided(due: _Due, memory: Memory) -> Expected:
    recalled = memory.decide(due.record)
    decision, number = recalled.decision, due.order.number
    if recalled.never_read is not None:
        return Expected(number=number, fate=Fate.UNTOLD)
    if decision.hold is not None:
        return _held(number, decision.hold)
    if decision.never is not None:
        return Expected(number=number, fate=Fate.NEVER, reason=decision.never.reason)
    return Expected(
        number=number,
        fate=Fate.BOOKED,
        total=due.order.total,
        currency=due.order.currency,
    )


def _read_some_products(place: Workplace, due: Iterable[Order]) -> None:
    """Read products that nothing is known of, the most often sold first; all keep what they know.

    Where the shop refuses, or has no call to spare, what depends on it stays untold.
    """
    catalogue = catalogue_for(place.settings, place.shop, place.db, place.clock, place.quota)
    sold = Counter(product_id for order in due for product_id in products_of(order))
    wanted = never_read(place.db, [product_id for product_id, _ in sold.most_common()])
    with suppress(RightMissingError, QuotaError):
        catalogue.products(wanted[:MOST_PRODUCTS])
