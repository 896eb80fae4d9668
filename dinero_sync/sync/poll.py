"""Reading the shop: what changed since the watermark, and what has to be looked at again."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from math import ceil

import structlog

from dinero_sync.domain.calendar import COPENHAGEN
from dinero_sync.domain.hold import ENDED_BY_PERSON, Hold, HoldReason, SkipReason
from dinero_sync.errors import TemporaryError, UsageError
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.orders import OrderRecord, Rung, Standing, is_undecided
from dinero_sync.shoporama.answers import Page, RawObject, raw_text
from dinero_sync.shoporama.listing import Listing, read_stable
from dinero_sync.shoporama.reader import OrderWithoutIdError, peek
from dinero_sync.sync import outcome
from dinero_sync.sync.intake import Intake, UndecidedError
from dinero_sync.sync.intake_sources import open_intake
from dinero_sync.sync.outcome import next_look
from dinero_sync.sync.settings import reader_settings
from dinero_sync.sync.shop_masters import ShopMasters
from dinero_sync.sync.workplace import Workplace

log = structlog.get_logger()
NEEDS_MASTERS = frozenset({HoldReason.UNKNOWN_COUNTRY, HoldReason.UNKNOWN_PAYMENT_TYPE})
"""Holds that a master list read yesterday may cause: something new was set up in the shop."""
OUTSIDE_FENCE = frozenset(
    {SkipReason.BEFORE_START, HoldReason.STRADDLES_START, HoldReason.TRIGGER_DAY_UNKNOWN}
)
"""Orders that something else may have booked: another start date makes them questions again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one run read from the shop."""

    raws: Mapping[int, RawObject] = field(default_factory=dict)
    newest_change: datetime | None = None
    without_id: int = 0
    """How many orders carried no id, and aren't among ``raws``."""
    quota_is_short: bool = False
    """Whether open orders weren't looked at, to keep calls for the next polls."""


TOO_DEEP = Hold(
    reason=HoldReason.UNREADABLE_ORDER,
    message="The shop's answer for this order is nested too deeply to be kept. Nothing is booked "
    "for it.",
    next_step="Ask Shoporama's support about the order; it is read again by itself.",
)
FEWEST_FOR_A_LIST = 2
"""A single order is read by itself."""
FEWEST_NAMED_FOR_A_LIST = 5
"""Fewer orders, asked for by name, are read one by one: where they stand in a list isn't known."""


class Poll:
    """The reading half of a run."""

    def __init__(self, place: Workplace, since: date | None, order_ids: tuple[int, ...]) -> None:
        """Prepare to read what changed since the watermark, or since a day, or certain orders."""
        self._place = place
        self._order_ids = order_ids
        self._reader = reader_settings(place.config)
        self._masters = ShopMasters(place.shop, place.db, place.clock)
        vouched = watermark.vouched(place.folder, place.db, place.settings.start_date)
        self.watermark = _past(vouched.until, place)
        self.memory_is_whole = vouched.is_whole
        """Whether the journal is known to hold what was read up to the watermark."""
        usual = self._usual_start()
        self._window_start = usual if since is None else _first_moment(since)
        self.skipped_ahead = self._window_start > usual
        """Whether the run reads from a later time than the watermark vouches for."""
        self.is_behind_memory = not vouched.is_whole or self._window_start < usual
        """Whether it reads of a time that no complete run vouches for."""
        self._quota_is_short = False
        self.undecided: dict[int, OrderRecord] = {}
        """Orders that this run can't decide about, as they stood before, with their last change."""
        self.trouble: UndecidedError | None = None
        """Why it can't; None where it could."""

    def _usual_start(self) -> datetime:
        """Read from the watermark less the overlap, and never from before the start date."""
        start = _first_moment(self._place.settings.start_date)
        if self.watermark is None:
            return start
        overlap = timedelta(minutes=float(self._place.config.sync.overlap_minutes))
        return max(self.watermark - overlap, start)

    def read(self) -> Reading:
        """Read the shop; raises TemporaryError when it can't be read whole."""
        if self._order_ids:
            return Reading(raws=self._named())
        listed = read_stable(self._place.shop, self._window_start, self._reader)
        self._refuse_sudden_emptiness(listed)
        raws = {**self._looked_at_again(listed), **listed.orders}
        return Reading(
            raws=raws,
            newest_change=listed.newest_change,
            without_id=listed.without_id,
            quota_is_short=self._quota_is_short,
        )

    def _named(self) -> dict[int, RawObject]:
        """Read the orders asked for, many of them from a list where that takes fewer calls."""
        known = [orders.load(self._place.db, each) for each in self._order_ids]
        changes = [each.changed for each in known if each is not None and each.changed is not None]
        all_known = len(changes) == len(known)
        since = min(changes) if all_known else self._window_start
        wanted = set(self._order_ids) if len(known) >= FEWEST_NAMED_FOR_A_LIST else set[int]()
        found = self._found_in_list(wanted, since)
        return {
            each: found[each] if each in found else self._read_one(each) for each in self._order_ids
        }

    def _read_one(self, order_id: int) -> RawObject:
        raw = self._place.shop.order(order_id)
        if raw is None:
            raise UsageError(f"The shop has no order with the id {order_id}.")
        return raw

    def _refuse_sudden_emptiness(self, listed: Listing) -> None:
        newest = orders.newest_change(self._place.db)
        if listed.orders or newest is None or newest < self._window_start:
            return
        raise TemporaryError(
            "The shop lists no orders at all in a window where it listed some before. Nothing was "
            "booked and nothing is passed over. Check that shoporama.base_url and the API key "
            "belong to the right shop; the next run reads again."
        )

    def _looked_at_again(self, listed: Listing) -> dict[int, RawObject]:
        """Read the open orders whose pause is over, from a list where that takes fewer calls."""
        due = [
            record
            for record in orders.due_looks(self._place.db, self._place.clock.now())
            if record.order_id not in listed.orders
        ]
        if due and self._place.quota.spare() <= 0:
            self._quota_is_short = True
            return {}
        changes = [record.changed for record in due if record.changed is not None]
        wanted = {record.order_id for record in due}
        found = self._found_in_list(wanted, min(changes)) if changes else {}
        for record in due:
            if record.order_id not in found and not self._quota_is_short:
                self._quota_is_short = self._place.quota.spare() <= 0
                raw = self._place.shop.order(record.order_id)
                if raw is None:
                    self._look_later(record)
                else:
                    found[record.order_id] = raw
        return found

    def _by_id(self, page: Page) -> Iterator[tuple[int, RawObject]]:
        for raw in page.items:
            with suppress(OrderWithoutIdError):  # told of by the reading of the window
                yield peek(raw, self._reader).order_id, raw

    def _look_later(self, record: OrderRecord) -> None:
        """Let an order that the shop no longer shows wait for its next look."""
        looked = replace(record, looks=record.looks + 1)
        later = replace(looked, next_look=next_look(looked, self._place.clock.now()))
        orders.save(self._place.db, later)

    def _found_in_list(self, wanted: Collection[int], since: datetime) -> dict[int, RawObject]:
        """Find orders in the list of all that changed ``since``, while that saves calls."""
        if len(wanted) < FEWEST_FOR_A_LIST:
            return {}
        found: dict[int, RawObject] = {}
        pages = self._place.shop.order_pages(since, self._reader.zone)
        for page in islice(pages, len(wanted) - 1):
            found |= {order_id: raw for order_id, raw in self._by_id(page) if order_id in wanted}
            pages_left = ceil(((page.total or 0) - page.offset - page.count) / max(page.count, 1))
            if pages_left >= len(wanted) - len(found):
                break
        return found

    def decide(self, reading: Reading) -> Iterator[OrderRecord]:
        """Decide about every order that is new, that changed, or whose rules changed.

        Yields, once it is journalled, each order that this brought to another state. One that can't
        be decided about for want of a service stops no other: it is among :attr:`undecided`.
        """
        intake = open_intake(self._place, self._masters, self._reader)
        for order_id, raw in sorted(reading.raws.items()):
            known = orders.load(self._place.db, order_id)
            yield from self._decided(intake, raw, known or self._new(raw))
        for record in orders.decided_otherwise(self._place.db, intake.settings_hash):
            if record.order_id not in reading.raws and _is_released(record, intake):
                yield from self._decided(intake, _parsed(record.raw), record)

    def _decided(
        self, intake: Intake, raw: Mapping[str, object], known: OrderRecord
    ) -> Iterator[OrderRecord]:
        try:
            text = raw_text(raw)
        except RecursionError:
            yield from self._kept(known, outcome.held(known, TOO_DEEP, self._place.clock.now()))
            return
        seen = peek(raw, self._reader)
        known = replace(
            known,
            number=seen.number,
            changed=seen.changed or known.changed,
            not_elsewhere=known.not_elsewhere and known.reason not in OUTSIDE_FENCE,
        )
        look_is_due = orders.look_is_due(known, self._place.clock.now())
        if text == known.raw and not look_is_due and not _is_released(known, intake):
            return
        looks = known.looks + 1 if look_is_due and text == known.raw else 0
        try:
            decided = self._decision(intake, text, raw, replace(known, looks=looks))
        except UndecidedError as error:
            self._put_off(known, text, error)
            return
        yield from self._kept(known, decided)

    def _decision(
        self, intake: Intake, text: str, raw: Mapping[str, object], known: OrderRecord
    ) -> OrderRecord:
        decided = intake.decide(text, raw, known)
        if decided.reason in NEEDS_MASTERS and not self._masters.is_fresh:
            self._masters.refresh()
            decided = intake.decide(text, raw, known)
        return decided

    def _put_off(self, known: OrderRecord, text: str, trouble: UndecidedError) -> None:
        """Leave an order to the next run; one that is new is journalled, not to be forgotten."""
        self.undecided[known.order_id] = known
        self.trouble = trouble
        log.warning("order.undecided", order_id=known.order_id, message=str(trouble))
        if is_undecided(known):
            orders.save(self._place.db, replace(known, raw=text))

    def _kept(self, known: OrderRecord, decided: OrderRecord) -> Iterator[OrderRecord]:
        orders.save(self._place.db, decided)
        if (decided.standing, decided.reason) != (known.standing, known.reason):
            yield decided

    def _new(self, raw: Mapping[str, object]) -> OrderRecord:
        seen = peek(raw, self._reader)
        return OrderRecord(
            order_id=seen.order_id,
            number=seen.number,
            standing=Standing.WORKING,
            rung=Rung.SEEN,
            changed=seen.changed,
        )


def _past(moment: datetime | None, place: Workplace) -> datetime | None:
    """Read no watermark as later than now: a person, or a wrong clock, may have set it ahead."""
    return None if moment is None else min(moment, place.clock.now())


def _is_released(record: OrderRecord, intake: Intake) -> bool:
    """Tell whether an order that didn't change in the shop is to be decided anew."""
    if record.standing is Standing.WORKING and record.next_look is not None:
        return True  # released by a person: what the shop said last is judged again
    if record.rung.reached(Rung.DRAFTED):
        return False
    if record.standing in {Standing.WORKING, Standing.IN_DOUBT}:
        return True
    ended_by_rules = record.standing is Standing.SKIPPED and record.reason not in ENDED_BY_PERSON
    decided_by_rules = record.standing is Standing.HELD or ended_by_rules
    return decided_by_rules and record.settings != intake.settings_hash


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time.min, COPENHAGEN)


def _parsed(text: str) -> RawObject:
    parsed: RawObject = json.loads(text, parse_float=Decimal)
    return parsed
