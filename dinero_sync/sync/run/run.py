"""One run: read the shop, decide about each order, deliver, move the watermark."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import (
    DeadlineError,
    QuotaError,
    StoppedError,
    TemporaryError,
    UsageError,
)
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.database import meta, set_meta
from dinero_sync.journal.documents import SALE, SETTLED, OrderRecord, Rung, Standing
from dinero_sync.journal.folder.files import SET_ASIDE_FOR, remove_set_aside
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.upkeep.retention import remove_personal_data
from dinero_sync.sync.intake.poll import Poll, Waiting
from dinero_sync.sync.intake.reading import Reading
from dinero_sync.sync.ladder.contact import know_buyers
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.ladder.walk import Progress
from dinero_sync.sync.run.credit.awaited import no_longer_awaited
from dinero_sync.sync.run.credit.later_chains import deliver_chains, later_chains
from dinero_sync.sync.run.credit.proposals import follow_changes, is_to_be_followed
from dinero_sync.sync.run.credit.returned import follow_returns
from dinero_sync.sync.run.delivering import compared_with_dinero, deliver_all, deliver_records
from dinero_sync.sync.run.drift import tell_of_changed_documents
from dinero_sync.sync.run.polling import poll_of
from dinero_sync.sync.run.result import RunResult, ended, report
from dinero_sync.sync.run.warnings import (
    tell_of_early_payments,
    warn_of_eu_threshold,
    warn_of_expiry,
    warn_of_orders_without_id,
)
from dinero_sync.sync.work.outcome import climbed, going_on
from dinero_sync.sync.work.workplace import Workplace

SWEPT = "old_data_removed"
"""Under which the journal keeps when that was last done."""
A_DAY = timedelta(days=1)
UNSETTLED = tuple(set(Standing) - SETTLED)

Approve = Callable[[Sequence[int]], None]
"""Is told the orders that are about to be delivered; raises a DineroSyncError to have none of
them delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the operator asked for; the days are Copenhagen days of the trigger, inclusive."""

    since: date | None = None
    until: date | None = None
    order_ids: tuple[int, ...] | None = None
    """Only these, and none with none of them; None for all."""
    settles: bool = False
    """Go on with those that the shop doesn't show as they were planned, to settle what is in doubt.
    """

    @property
    def moves_watermark(self) -> bool:
        """Tell whether such a run reads everything that a later run could rely on."""
        return self.until is None and self.order_ids is None

    def covers_order(self, order_id: int) -> bool:
        """Tell whether the run is about an order, whatever its date."""
        return self.order_ids is None or order_id in self.order_ids

    def covers(self, order_id: int, day: date | None) -> bool:
        """Tell whether the run is to deliver an order, by its accounting date."""
        if not self.covers_order(order_id):
            return False
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def run(
    place: Workplace,
    options: RunOptions,
    progress: Progress | None = None,
    approve: Approve | None = None,
) -> RunResult:
    """Do one run to its end, or to the error that stops it; nothing is ever left half done.

    Expected errors don't leave this function: they are in the result, with the exit code. Only
    UsageError does, for days before the start date.
    """
    _refuse_days_before_start(place, options)

    def work(result: RunResult) -> None:
        _work(place, options, result, progress, approve)

    return ended(place, work)


def book_drafts(
    place: Workplace,
    drafts: list[OrderRecord],
    progress: Progress | None = None,
    bills: Sequence[BillRecord] = (),
    payouts: Sequence[PayoutRecord] = (),
) -> RunResult:
    """Book drafts that waited for a person's word, of bills and payouts too; register payments.

    The shop is read first: what isn't due any more isn't booked, and what changed becomes a draft
    to look at again. Expected errors are in the result, as with :func:`run`.
    """
    later = [each for each in drafts if each.chain != SALE]
    drafts = [each for each in drafts if each.chain == SALE]

    def work(result: RunResult) -> None:
        poll = poll_of(place, only=[record.order_id for record in drafts])
        reading = poll.read()
        result.troubles += reading.troubles
        for record in poll.decide(reading):
            report(result, record)
        decided = [each for each in drafts if each.order_id not in poll.undecided]
        judged = [_present(place, record) for record in decided]
        agreed = [
            going_on(now) if now.rung.reached(Rung.BOOKED) else climbed(now, Rung.VERIFIED)
            for then, now in zip(decided, judged, strict=True)
            if _is_still_to_be_booked(then, now)
        ]
        deliver_records(place, agreed, result, progress, booking=True)
        changed = [
            now for now in judged if now.standing is Standing.WORKING and now.rung is Rung.PLANNED
        ]
        if changed:
            place.books()
            know_buyers(place.ledger, changed)
        deliver_records(place, changed, result, progress, booking=False)
        deliver_chains(place, later, result, booking=True)
        result.troubles += _some_wait(poll.unanswered)
        if bills:
            _book_vouchers(place, bills, result)
        if payouts:
            _book_items(place, payouts, result)

    return ended(place, work)


def _book_vouchers(place: Workplace, bills: Sequence[BillRecord], result: RunResult) -> None:
    from dinero_sync.sync.run.bills.by_hand import (  # noqa: PLC0415 - only who has bills pays
        book_vouchers,
    )

    book_vouchers(place, bills, result)


def _look_at_bills(place: Workplace, result: RunResult) -> None:
    from dinero_sync.sync.run.bills.looking import look_at_bills  # noqa: PLC0415 - as above

    look_at_bills(place, result)


def _book_items(place: Workplace, payouts: Sequence[PayoutRecord], result: RunResult) -> None:
    from dinero_sync.sync.run.payouts.by_hand import book_items  # noqa: PLC0415 - as above

    book_items(place, payouts, result)


def _look_at_payouts(place: Workplace, result: RunResult) -> None:
    from dinero_sync.sync.run.payouts.looking import look_at_payouts  # noqa: PLC0415 - as above

    look_at_payouts(place, result)


def _labels_orders(place: Workplace) -> bool:
    return place.config.shoporama.labels.write and not place.dry_run


def _begin_labels(place: Workplace) -> None:
    """Say before a run's own lines from where on orders are labelled."""
    if not _labels_orders(place):
        return
    from dinero_sync.sync.run.labels.labelling import begin_labels  # noqa: PLC0415 - as above

    begin_labels(place)


def _label_orders(place: Workplace, reading: Reading) -> None:
    """Label the shop's orders last of all, where calls are left for that."""
    if not _labels_orders(place) or reading.quota_is_short:
        return
    from dinero_sync.sync.run.labels.labelling import (  # noqa: PLC0415 - only who has labels pays
        label_orders,
    )

    label_orders(place)


def _present(place: Workplace, record: OrderRecord) -> OrderRecord:
    return orders.load(place.db, record.order_id) or record


def _is_still_to_be_booked(then: OrderRecord, now: OrderRecord) -> bool:
    """Tell whether an order, read again, is the draft that a person gave their word for."""
    under_way = now.standing in UNSETTLED and now.rung.reached(Rung.DRAFTED)
    same = planned(now).fingerprint() == planned(then).fingerprint()
    return same and (under_way or now.reason == OpenReason.AWAITING_BOOKING)


def go_on_with(place: Workplace, record: OrderRecord) -> RunResult:
    """Read one order in the shop again, and go on with it; what is in doubt is read first.

    It is read at Dinero also where the shop can't be asked, or no longer has the order. Expected
    errors are in the result, as with :func:`run`.
    """
    return run(place, RunOptions(order_ids=(record.order_id,), settles=True))


def _work(
    place: Workplace,
    options: RunOptions,
    result: RunResult,
    progress: Progress | None,
    approve: Approve | None,
) -> None:
    started = place.clock.now()
    _begin_labels(place)
    poll = poll_of(place, options.since, options.order_ids)
    result.watermark = poll.watermark
    warn_of_expiry(place, started)
    reading = poll.read(settles=options.settles)
    result.troubles += reading.troubles
    warn_of_orders_without_id(reading, result)
    _decide(place, poll, reading, result)
    if options.moves_watermark and not reading.quota_is_short:
        _follow_returns(place, result)
    work = _undelivered(place, options, poll, result)
    if place.dry_run:
        result.planned = work
    else:
        if approve is not None:
            approve(work)
        deliver_all(place, work, result, progress)
        deliver_chains(place, later_chains(place, options.covers_order), result)
        tell_of_changed_documents(place)
        warn_of_eu_threshold(place, result)
        tell_of_early_payments(result)
    if options.moves_watermark and not reading.without_id:
        result.watermark = _move_watermark(place, poll, reading, started)
    if not place.dry_run:
        _remove_old_data(place, started)
    result.troubles += _some_wait(poll.unanswered)
    if options.order_ids is None and place.bills is not None:
        _look_at_bills(place, result)
    if options.order_ids is None and place.payouts is not None:
        _look_at_payouts(place, result)
    if options.order_ids is None and not place.dry_run:
        deliver_chains(place, no_longer_awaited(place), result)
    if reading.quota_is_short:
        result.troubles.append(_quota_is_short(place))
    _label_orders(place, reading)


def _decide(place: Workplace, poll: Poll, reading: Reading, result: RunResult) -> None:
    """Decide about what was read, and report what came of it."""
    changed = set()
    for record in poll.decide(reading):
        if is_to_be_followed(place, record):
            changed.add(record.order_id)
        else:
            report(result, record)
    for record in follow_changes(place, changed, result.troubles):
        report(result, record)


def _follow_returns(place: Workplace, result: RunResult) -> None:
    """Follow the shop's returns; that they can't be read now keeps nothing else from being done."""
    try:
        for record in follow_returns(place):
            report(result, record)
    except (DeadlineError, StoppedError):
        raise
    except TemporaryError as error:
        result.troubles.append(error)


def _remove_old_data(place: Workplace, now: datetime) -> None:
    """Remove what is older than it may be, once a day: looking for it takes time with the years."""
    last = meta(place.db, SWEPT)
    if last is not None and timedelta(0) <= now - datetime.fromisoformat(last) < A_DAY:
        return
    kept_for = timedelta(days=place.config.sync.retention_days)
    remove_personal_data(place.db, now - kept_for, now=now, run_id=place.run_id)
    remove_set_aside(place.folder, now - min(kept_for, SET_ASIDE_FOR))
    set_meta(place.db, SWEPT, now.isoformat())


def _undelivered(place: Workplace, options: RunOptions, poll: Poll, result: RunResult) -> list[int]:
    """Return the orders that are to be delivered in their turn, compared with what Dinero holds."""
    work = [
        each
        for each in orders.under_way(place.db)
        if each.chain == SALE
        and each.rung is not Rung.SEEN
        and each.order_id not in poll.undecided
        and options.covers(each.order_id, each.day)
    ]
    for each in work:
        if each.in_doubt:
            _go_on(place, each.order_id)
    forgot = poll.is_behind_memory and orders.newest_change(place.db) is not None
    if not work and not forgot:
        return []
    place.books()
    know_buyers(place.ledger, (orders.loaded(place.db, each.order_id) for each in work))
    return compared_with_dinero(place, work, result, forgot=forgot)


def _go_on(place: Workplace, order_id: int) -> None:
    """Go on with an order that was in doubt, too: what is to be done next reads first."""
    record = orders.loaded(place.db, order_id)
    orders.save(place.db, going_on(record), record)


def _some_wait(unanswered: Mapping[str, Waiting]) -> Iterator[TemporaryError]:
    """Yield, for each service that gave no answer, how many orders wait, and for what."""
    for because, waiting in unanswered.items():
        yield TemporaryError(
            spoken(
                "Orders that wait for the next run: {count}, because {because}. The others "
                "went on. {told}",
                count=waiting.count,
                because=because,
                told=waiting.told,
            )
        )


def _quota_is_short(place: Workplace) -> QuotaError:
    return QuotaError(
        spoken(
            "Few of the {daily_calls} calls a day to Shoporama (shoporama.daily_calls) "
            "are left; they are kept for the next polls. Orders that were to be looked "
            "at again wait until tomorrow. Shoporama raises the quota on request.",
            daily_calls=place.config.shoporama.daily_calls,
        )
    )


def _move_watermark(
    place: Workplace, poll: Poll, reading: Reading, started: datetime
) -> datetime | None:
    """Move the watermark to the newest change read, but never past an unsettled order.

    It holds the true time of a change, is capped by the run's start, and never goes back.
    """
    unsettled = (orders.first_change_under_way(place.db), *poll.undecided.values())
    limits = [changed for changed in unsettled if changed is not None]
    if reading.newest_change is None or poll.skipped_ahead:
        return poll.watermark
    moment = min([reading.newest_change, started, *limits])
    if poll.watermark is not None:
        moment = max(moment, poll.watermark)
    is_whole = not (poll.is_behind_memory and poll.undecided)
    if (moment, is_whole) != (poll.watermark, poll.memory_is_whole) and not place.dry_run:
        start = place.settings.start_date
        watermark.save(place.folder, place.db, moment, start, is_whole=is_whole)
    return moment


def _refuse_days_before_start(place: Workplace, options: RunOptions) -> None:
    start = place.settings.start_date
    if options.since and options.until and options.until < options.since:
        raise UsageError(
            spoken(
                "--until {until} lies before --since {since}.",
                until=options.until,
                since=options.since,
            )
        )
    if options.since is not None and options.since < start:
        raise UsageError(
            spoken(
                "--since {since} lies before sync.start_date ({start}). Orders from before "
                "that day are never transferred: something else may have booked them. If "
                "nothing has, set an earlier start_date in the configuration.",
                since=options.since,
                start=start,
            )
        )
