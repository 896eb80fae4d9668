"""Reading the shop: what changed since the watermark, and what has to be looked at again."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from dinero_sync.shoporama.listing import Listing, read_stable
from dinero_sync.shoporama.reader import OrderWithoutIdError, peek
from dinero_sync.shoporama.replies import Page, RawObject, raw_text
from dinero_sync.sync.intake.decide import Intake, UndecidedError
from dinero_sync.sync.intake.facts import open_intake
from dinero_sync.sync.intake.shop_masters import ShopMasters
from dinero_sync.sync.work import outcome
from dinero_sync.sync.work.outcome import next_look
from dinero_sync.sync.work.settings import reader_settings
from dinero_sync.sync.work.troubles import ENDS_ANY_RUN, ENDS_THE_RUN, Troubles
from dinero_sync.sync.work.workplace import Workplace

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
    troubles: tuple[TemporaryError, ...] = ()
    """What the shop didn't tell, which stops nothing of what it did."""
    left_as_planned: frozenset[int] = frozenset()
    """Orders asked for that the shop didn't show, and that go on as they were planned."""


TOO_DEEP = Hold(
    reason=HoldReason.UNREADABLE_ORDER,
    message="The shop's answer for this order is nested too deeply to be kept. Nothing is booked "
    "for it.",
    next_step="Ask Shoporama's support about the order; it is read again by itself.",
)
NOT_SHOWN = (
    "The shop doesn't show the order. What was begun for it at Dinero is read there, and goes on "
    "as it was planned."
)
FEWEST_FOR_A_LIST = 2
"""A single order is read by itself."""
FEWEST_NAMED_FOR_A_LIST = 5
"""Fewer orders, asked for by name, are read one by one: where they stand in a list isn't known."""


class Poll:
    """The reading half of a run."""

    def __init__(self, place: Workplace, since: date | None, only: frozenset[int] | None) -> None:
        """Prepare to read; :meth:`window` and :meth:`named` say what.

        With ``only``, no other orders are read or decided about: with none in it, none at all.
        """
        self._place = place
        self._only = only
        self._reader = reader_settings(place.config)
        self._masters = ShopMasters(place.shop, place.db, place.clock, place.settings)
        vouched = watermark.vouched(place.folder, place.db, place.settings.start_date)
        self.watermark = _past(vouched.until, place)
        self.memory_is_whole = vouched.is_whole
        """Whether the journal is known to hold what was read up to the watermark."""
        usual = self._usual_start()
        self._window_start = usual if since is None else _first_moment(since)
        self.skipped_ahead = self._window_start > usual
        """Whether the run reads from a later time than the watermark vouches for."""
        reads = only is None or bool(only)
        self.is_behind_memory = reads and (not vouched.is_whole or self._window_start < usual)
        """Whether it reads of a time that no complete run vouches for."""
        self._quota_is_short = False
        self.undecided: dict[int, OrderRecord] = {}
        """Orders that this run can't decide about, as they stood before, with their last change."""
        self.unanswered: dict[int, UndecidedError] = {}
        """Why it can't about each of them that the shop did show."""

    @classmethod
    def window(cls, place: Workplace, since: date | None = None) -> "Poll":
        """Prepare to read what changed since a day, else since the watermark."""
        return cls(place, since, None)

    @classmethod
    def named(cls, place: Workplace, order_ids: Iterable[int], since: date | None = None) -> "Poll":
        """Prepare to read certain orders and no others; without any of them nothing is read."""
        return cls(place, since, frozenset(order_ids))

    def _usual_start(self) -> datetime:
        """Read from the watermark less the overlap, and never from before the start date."""
        start = _first_moment(self._place.settings.start_date)
        if self.watermark is None:
            return start
        overlap = timedelta(minutes=float(self._place.config.sync.overlap_minutes))
        return max(self.watermark - overlap, start)

    def read(self, *, settles: bool = False) -> Reading:
        """Read the shop; raises TemporaryError when it can't be read whole.

        With ``settles``, an order asked for that the shop can't show goes on as it was planned.
        """
        if self._only is not None:
            return self._named(self._only, settles=settles)
        listed = read_stable(self._place.shop, self._window_start, self._reader)
        troubles = Troubles()
        emptiness = self._sudden_emptiness(listed)
        again = self._looked_at_again(listed, troubles) if emptiness is None else {}
        unread = troubles.error("Orders that the shop didn't show when they were looked at again")
        return Reading(
            raws={**again, **listed.orders},
            newest_change=listed.newest_change,
            without_id=listed.without_id,
            quota_is_short=self._quota_is_short,
            troubles=tuple(each for each in (emptiness, unread) if each is not None),
        )

    def _named(self, order_ids: Collection[int], *, settles: bool) -> Reading:
        """Read the orders asked for, many of them from a list where that takes fewer calls."""
        known = {each: orders.load(self._place.db, each) for each in sorted(order_ids)}
        found = dict(self._named_in_list(known))
        troubles = Troubles(ENDS_ANY_RUN if settles else ENDS_THE_RUN)
        for order_id in [each for each in known if each not in found]:
            raw = None if troubles.are_too_many else self._read_one(order_id, troubles)
            if raw is not None:
                found[order_id] = raw
            elif not settles:
                self._leave_unread(order_id, known[order_id], troubles)
            else:
                log.warning("order.not_shown", order_id=order_id, message=NOT_SHOWN)
        unread = troubles.error("Orders asked for that the shop didn't show")
        return Reading(
            raws={each: found[each] for each in known if each in found},
            troubles=() if unread is None else (unread,),
            left_as_planned=frozenset(known) - frozenset(found),
        )

    def _leave_unread(self, order_id: int, record: OrderRecord | None, troubles: Troubles) -> None:
        """Leave an order to a later run; raises UsageError where the shop has none."""
        if order_id not in troubles.orders and not troubles.are_too_many:
            raise UsageError(f"The shop has no order with the id {order_id}.")
        if record is not None:
            self.undecided[order_id] = record

    def _named_in_list(self, known: Mapping[int, OrderRecord | None]) -> Mapping[int, RawObject]:
        """Find orders asked for in a list; where they stand in it isn't known."""
        if len(known) < FEWEST_NAMED_FOR_A_LIST:
            return {}
        records = [each for each in known.values() if each is not None]
        changes = [each.changed for each in records if each.changed is not None]
        since = min(changes) if len(changes) == len(known) else self._window_start
        return self._found_in_list(set(known), since)

    def _read_one(self, order_id: int, troubles: Troubles) -> RawObject | None:
        """Read one order; None where the shop has none, or gives no answer about it."""
        try:
            raw = self._place.shop.order(order_id)
            if raw is not None:
                self._refuse_another(raw, order_id)
        except TemporaryError as error:
            troubles.note(order_id, error)
            return None
        troubles.note_answer()
        return raw

    def _refuse_another(self, raw: RawObject, order_id: int) -> None:
        with suppress(OrderWithoutIdError):
            if peek(raw, self._reader).order_id == order_id:
                return
        raise TemporaryError(
            f"The shop was asked for order {order_id}, and its answer names no order, or another."
        )

    def _sudden_emptiness(self, listed: Listing) -> TemporaryError | None:
        newest = orders.newest_change(self._place.db)
        is_empty = not listed.orders and not listed.without_id
        if not is_empty or newest is None or newest < self._window_start:
            return None
        return TemporaryError(
            "The shop lists no orders at all in a window where it listed some before. Nothing is "
            "passed over, and only what was known before went on. Check that shoporama.base_url "
            "and the API key belong to the right shop; the next run reads again."
        )

    def _looked_at_again(self, listed: Listing, troubles: Troubles) -> dict[int, RawObject]:
        """Read the open orders whose pause is over, from a list where that takes fewer calls."""
        due = [
            record
            for record in orders.due_looks(self._place.db, self._place.clock.now())
            if record.order_id not in listed.orders
        ]
        found = dict(self._due_in_list(due))
        for record in due:
            if record.order_id in found or troubles.are_too_many:
                continue
            if not self._has_spare_calls():
                self._quota_is_short = True
                break
            raw = self._read_one(record.order_id, troubles)
            if raw is None:
                self._look_later(record)
            else:
                found[record.order_id] = raw
        return found

    def _due_in_list(self, due: Sequence[OrderRecord]) -> Mapping[int, RawObject]:
        """Find the orders to be looked at in a list; without it each is read by itself."""
        changes = [record.changed for record in due if record.changed is not None]
        if not changes or not self._has_spare_calls():
            return {}
        wanted = {record.order_id for record in due}
        try:
            return self._found_in_list(wanted, min(changes), self._has_spare_calls)
        except ENDS_THE_RUN:
            raise
        except TemporaryError:
            return {}

    def _has_spare_calls(self) -> bool:
        return self._place.quota.spare() > 0

    def _by_id(self, page: Page) -> Iterator[tuple[int, RawObject]]:
        for raw in page.items:
            with suppress(OrderWithoutIdError):  # told of by the reading of the window
                yield peek(raw, self._reader).order_id, raw

    def _look_later(self, record: OrderRecord) -> None:
        """Let an order that the shop no longer shows, or can't, wait for its next look."""
        looked = replace(record, looks=record.looks + 1)
        later = replace(looked, next_look=next_look(looked, self._place.clock.now()))
        orders.save(self._place.db, later)

    def _found_in_list(
        self,
        wanted: Collection[int],
        since: datetime,
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> dict[int, RawObject]:
        """Find orders in the list of all that changed ``since``, while that saves calls."""
        if len(wanted) < FEWEST_FOR_A_LIST:
            return {}
        found: dict[int, RawObject] = {}
        pages = self._place.shop.order_pages(since, self._reader.zone)
        for page in islice(pages, len(wanted) - 1):
            found |= {order_id: raw for order_id, raw in self._by_id(page) if order_id in wanted}
            pages_left = ceil(((page.total or 0) - page.offset - page.count) / max(page.count, 1))
            if pages_left >= len(wanted) - len(found) or not may_go_on():
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
            if self._is_to_be_judged(record, reading) and _is_released(record, intake):
                yield from self._decided(intake, _parsed(record.raw), record)

    def _is_to_be_judged(self, record: OrderRecord, reading: Reading) -> bool:
        """Tell whether what the shop said before is judged: not where others are asked for."""
        is_meant = self._only is None or record.order_id in self._only
        kept_back = {*reading.raws, *reading.left_as_planned, *self.undecided}
        return is_meant and record.order_id not in kept_back

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
        if text == known.raw and not look_is_due:
            decided = _as_patient(known, decided)
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
        self.unanswered[known.order_id] = trouble
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
    if record.rung.reached(Rung.BOOKED):
        return False
    under_way = record.standing in {Standing.WORKING, Standing.IN_DOUBT}
    if under_way and not record.rung.reached(Rung.DRAFTED):
        return True
    is_open = record.standing is Standing.OPEN  # until an event, or a person's word to book
    ended_by_rules = record.standing is Standing.SKIPPED and record.reason not in ENDED_BY_PERSON
    decided_by_rules = record.standing is Standing.HELD or ended_by_rules or under_way or is_open
    return decided_by_rules and record.settings != intake.settings_hash


def _as_patient(known: OrderRecord, decided: OrderRecord) -> OrderRecord:
    """Let an order that goes on waiting for the same event wait as long as it was to.

    Other rules judged what the shop said before: that tells nothing new about when it will happen.
    """
    if (decided.standing, decided.reason) != (Standing.OPEN, known.reason):
        return decided
    return replace(decided, looks=known.looks, next_look=known.next_look)


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time.min, COPENHAGEN)


def _parsed(text: str) -> RawObject:
    parsed: RawObject = json.loads(text, parse_float=Decimal)
    return parsed
