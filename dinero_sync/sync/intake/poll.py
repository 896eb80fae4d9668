"""One run's poll of the shop: what is read, and what it means for each order."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dinero_sync.domain.hold import ENDED_BY_PERSON, Hold, HoldReason, SkipReason
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Rung, Standing, is_undecided
from dinero_sync.journal.schema import make_durable
from dinero_sync.journal.watermark import Vouched
from dinero_sync.logs import get_logger
from dinero_sync.shoporama.reader import peek
from dinero_sync.sync.intake.facts import UndecidedError
from dinero_sync.sync.intake.live import Intake, Sources
from dinero_sync.sync.intake.own_labels import without_our_label
from dinero_sync.sync.intake.raw_orders import parsed
from dinero_sync.sync.intake.reading import Reading, ShopReading, first_moment
from dinero_sync.sync.intake.shop_masters import ShopMasters
from dinero_sync.sync.work import outcome

log = get_logger()
NEEDS_MASTERS = frozenset({HoldReason.UNKNOWN_COUNTRY, HoldReason.UNKNOWN_PAYMENT_TYPE})
"""Holds that a master list read yesterday may cause: something new was set up in the shop."""
OUTSIDE_FENCE = frozenset(
    {SkipReason.BEFORE_START, HoldReason.STRADDLES_START, HoldReason.TRIGGER_DAY_UNKNOWN}
)
"""Orders that something else may have booked: another start date makes them questions again."""
AT_ONCE = 100
"""So many decisions are journalled together at most: that is cheap, and small enough that nobody
who reads the journal meanwhile waits for it."""
TOO_DEEP = Hold(
    reason=HoldReason.UNREADABLE_ORDER,
    text="unreadable_order.too_deep",
    facts={},
    steps=(
        sentence("ask_shop_support"),
        sentence("or_invoice_by_hand"),
        command("adopt", ORDER),
    ),
)


@dataclass(slots=True)
class Waiting:
    """How many orders wait because one thing couldn't be asked, and what was told of the first."""

    told: str
    count: int = 0


class Poll:
    """Reads the shop and decides about its orders, once."""

    def __init__(
        self,
        sources: Sources,
        vouched: Vouched,
        overlap: timedelta,
        *,
        since: date | None = None,
        only: Collection[int] | None = None,
    ) -> None:
        """Prepare to read what changed since a day, else since the watermark less ``overlap``.

        With ``only``, certain orders and no others are read and decided about: with none in it,
        none at all.
        """
        self._sources = sources
        self._only = None if only is None else frozenset(only)
        self._masters = ShopMasters(sources.shop, sources.db, sources.clock, sources.settings)
        self.watermark = self._past(vouched.until)
        self.memory_is_whole = vouched.is_whole
        """Whether the journal is known to hold what was read up to the watermark."""
        usual = self._usual_start(overlap)
        self._window_start = usual if since is None else first_moment(since)
        self.skipped_ahead = self._window_start > usual
        """Whether the run reads from a later time than the watermark vouches for."""
        reads = only is None or bool(only)
        self.is_behind_memory = reads and (not vouched.is_whole or self._window_start < usual)
        """Whether it reads of a time that no complete run vouches for."""
        self.undecided: dict[int, datetime | None] = {}
        """Orders that this run can't decide about, with their last change."""
        self.unanswered: dict[str, Waiting] = {}
        """Why it can't about those of them that the shop did show."""

    def _past(self, moment: datetime | None) -> datetime | None:
        """Read no watermark as later than now: a person, or a wrong clock, may have set it so."""
        return None if moment is None else min(moment, self._sources.clock.now())

    def _usual_start(self, overlap: timedelta) -> datetime:
        """Read from the watermark less the overlap, and never from before the start date."""
        start = first_moment(self._sources.settings.start_date)
        return start if self.watermark is None else max(self.watermark - overlap, start)

    def read(self, *, settles: bool = False) -> Reading:
        """Read the shop; raises TemporaryError when it can't be read whole.

        With ``settles``, an order asked for that the shop can't show goes on as it was planned.
        """
        shop = ShopReading(self._sources, self._window_start)
        if self._only is None:
            return shop.window()
        reading = shop.named(self._only, settles=settles)
        self.undecided |= reading.unread
        return reading

    def decide(self, reading: Reading) -> Iterator[OrderRecord]:
        """Decide about every order that is new, that changed, or whose rules changed.

        Yields, once it is journalled, each order that this brought to another state. One that can't
        be decided about for want of a service stops no other: it is among :attr:`undecided`.
        """
        intake = Intake(self._sources, self._masters)
        with self._sources.ledger.writing_together():
            for position, (order_id, raw) in enumerate(reading.raws.items()):
                if position % AT_ONCE == 0:
                    make_durable(self._sources.db)
                known = orders.load(self._sources.db, order_id)
                yield from self._decided(intake, raw, known or self._new(raw))
        for order_id in orders.decided_otherwise(self._sources.db, intake.settings_hash):
            if self._is_to_be_judged(order_id, reading):
                record = orders.loaded(self._sources.db, order_id)
                if _is_released(record, intake):
                    yield from self._decided(intake, parsed(record.raw), record)

    def _is_to_be_judged(self, order_id: int, reading: Reading) -> bool:
        """Tell whether what the shop said before is judged: not where others are asked for."""
        kept_back = (reading.raws, reading.left_as_planned, self.undecided)
        is_meant = self._only is None or order_id in self._only
        return is_meant and not any(order_id in each for each in kept_back)

    def _decided(
        self, intake: Intake, raw: Mapping[str, object], known: OrderRecord
    ) -> Iterator[OrderRecord]:
        try:
            raw, text = without_our_label(raw, known, self._sources.db)
        except RecursionError:
            if known.reason not in ENDED_BY_PERSON:
                too_deep = outcome.held(known, TOO_DEEP, self._sources.clock.now())
                yield from self._kept(known, too_deep)
            return
        seen = peek(raw, self._sources.reader)
        known = replace(
            known,
            number=seen.number,
            changed=seen.changed or known.changed,
            not_elsewhere=known.not_elsewhere and known.reason not in OUTSIDE_FENCE,
        )
        look_is_due = orders.look_is_due(known, self._sources.clock.now())
        if text == known.raw and not look_is_due and not _is_released(known, intake):
            return
        looks = known.looks + 1 if look_is_due and text == known.raw else 0
        try:
            looked = known.having(replace(known.current, looks=looks))
            decided = self._decision(intake, text, raw, looked)
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
        self.undecided[known.order_id] = known.changed
        self.unanswered.setdefault(trouble.because, Waiting(str(trouble))).count += 1
        log.warning("order.undecided", order_id=known.order_id, message=str(trouble))
        if is_undecided(known):
            orders.save(self._sources.db, replace(known, raw=text))

    def _kept(self, known: OrderRecord, decided: OrderRecord) -> Iterator[OrderRecord]:
        self._sources.ledger.keep(decided)
        if (decided.standing, decided.reason) != (known.standing, known.reason):
            make_durable(self._sources.db)
            yield decided

    def _new(self, raw: Mapping[str, object]) -> OrderRecord:
        seen = peek(raw, self._sources.reader)
        return OrderRecord(order_id=seen.order_id, number=seen.number, changed=seen.changed)


def _is_released(record: OrderRecord, intake: Intake) -> bool:
    """Tell whether an order that didn't change in the shop is to be decided anew."""
    if record.standing is Standing.WORKING and record.next_look is not None:
        return True  # released by a person: what the shop said last is judged again
    if record.rung.reached(Rung.BOOKED):  # what is left of it asks the rules for one thing
        is_asked = record.reason == HoldReason.UNKNOWN_PAYMENT_TYPE
        return is_asked and record.settings != intake.settings_hash
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
    waits = replace(decided.current, looks=known.looks, next_look=known.next_look)
    return decided.having(waits)
