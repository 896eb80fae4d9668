"""The last step of a run: the shop's orders get the label that tells how they stand here.

Nothing waits for it and nothing depends on it. It is done once all else is durable, from calls that
polls don't need; what isn't done in one run is done in the next. Which orders are looked at follows
from the journal alone, so that a run that died is made up for: those with lines that weren't looked
at yet, those of which something waits, and those whose label says so.
"""

from dataclasses import dataclass

from dinero_sync.config.services import Labels
from dinero_sync.domain.hold import OpenReason, SkipReason
from dinero_sync.errors import DineroSyncError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.journal.labels import paused, written
from dinero_sync.journal.labels.written import Written
from dinero_sync.logs import get_logger
from dinero_sync.shoporama import labels
from dinero_sync.shoporama.labels import LabelsRefusedError
from dinero_sync.shoporama.replies import RawObject
from dinero_sync.sync.intake.own_labels import as_it_was, moved_by
from dinero_sync.sync.intake.raw_orders import parsed
from dinero_sync.sync.work.workplace import Workplace

log = get_logger()
CALLS_FOR_ONE = 3
"""The order is read, changed, and read again where the answer to the change doesn't show it."""


def begin_labels(place: Workplace) -> None:
    """Say that orders are labelled from now on, before a run has done anything."""
    written.begin(place.db)


def label_orders(place: Workplace) -> None:
    """Give orders the labels that they are to have, as far as calls and time allow it."""
    before = paused.pause(place.db)
    if before is not None and not paused.is_over(before, place.clock.now()):
        return
    try:
        _label_all(_Labelling(place, place.config.shoporama.labels))
    except LabelsRefusedError as error:
        why = error.args[0]
        paused.begin(place.db, place.clock.now(), why)
        if before is None or before.why != why:
            _warn(why)
    except DineroSyncError as error:
        log.info("labels.later", message=str(error))


def _warn(why: str) -> None:
    log.warning(
        "labels.paused",
        message=f"Orders in the shop get no label for now: {why}. Nothing else depends on it, and "
        "the books are right. It is tried again in a day; what is to be done stands in: "
        "dinero-sync doctor",
    )


def _label_all(labelling: "_Labelling") -> None:
    db, newest = labelling.place.db, written.newest_line(labelling.place.db)
    for each in written.candidates(db):
        if not labelling.label(each.order_id):
            return
        written.looked_at(db, each.line)
    written.looked_at(db, newest)
    for order_id in dict.fromkeys([*written.unsettled(db), *written.passing(db)]):
        if not labelling.label(order_id):
            return


@dataclass(slots=True)
class _Labelling:
    """The labels of one run."""

    place: Workplace
    wanted: Labels

    def label(self, order_id: int) -> bool:
        """Give an order its label unless it has it; False where no calls are left for that."""
        known = written.last(self.place.db, order_id)
        name = self._name_for(order_id)
        if name == (known.label if known else ""):
            return True
        if self.place.quota.spare() < CALLS_FOR_ONE:
            return False
        moved = None
        if (raw := self.place.shop.order(order_id)) is not None:
            shown = self._relabelled(order_id, raw, known, name)
            moved = moved_by(self._was(order_id, raw, known), shown, self.place.reader)
        written.note(
            self.place.db,
            order_id,
            Written(label=name, moved=moved),
            passes=name in {self.wanted.waiting, self.wanted.held},
            at=self.place.clock.now(),
            run_id=self.place.run_id,
        )
        return True

    def _name_for(self, order_id: int) -> str:
        return label_of(orders.chains(self.place.db, order_id), self.wanted)

    def _relabelled(
        self, order_id: int, raw: RawObject, known: Written | None, name: str
    ) -> RawObject:
        """Give an order its label in the shop, and return how it is shown after that.

        A label that we called otherwise before is one of ours, too.
        """
        ours = {*self.wanted.names, *([known.label] if known and known.label else [])}
        change = labels.relabelling(order_id, raw, ours, name)
        if change is None:
            return raw
        answer = self.place.shop.relabel(change)
        is_whole = raw.keys() <= answer.keys()
        shown = answer if is_whole else self.place.shop.order(order_id) or {}
        if ours.intersection(labels.names_on(shown)) != ({name} if name else set()):
            raise labels.without_effect()
        paused.end(self.place.db)
        log.info("order.labelled", order_id=order_id, label=name or None)
        return shown

    def _was(self, order_id: int, raw: RawObject, known: Written | None) -> RawObject:
        """Return an order as it was before any label of ours: as the journal has it, if that fits.

        That also holds where a run died after the write and before it was noted.
        """
        record = orders.load(self.place.db, order_id)
        read = parsed(record.raw) if record else {}
        return as_it_was(raw, known) if moved_by(read, raw, self.place.reader) is None else read


def label_of(chains: list[OrderRecord], wanted: Labels) -> str:
    """Return the label that tells how an order stands; empty for none.

    What isn't due yet has none, nor what ends without an invoice.
    """
    if any(each.standing is Standing.HELD for each in chains):
        return wanted.held
    if not chains:
        return ""
    sale = chains[0]
    if sale.reason == SkipReason.BOOKED_ELSEWHERE or sale.rung.reached(Rung.BOOKED):
        return wanted.booked
    if sale.standing is Standing.IN_DOUBT or sale.reason == OpenReason.AWAITING_BOOKING:
        return wanted.waiting
    is_under_way = sale.standing is Standing.WORKING and sale.rung is not Rung.SEEN
    return wanted.waiting if is_under_way else ""
