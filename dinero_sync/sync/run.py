"""One run: read the shop, decide about each order, deliver, move the watermark."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog

from dinero_sync.errors import (
    DineroSyncError,
    ExitCode,
    QuotaError,
    StateError,
    UsageError,
    worst,
)
from dinero_sync.journal import effects, orders, runs, watermark
from dinero_sync.journal.database import journal_id
from dinero_sync.journal.orders import SETTLED, OrderRecord, Rung, Standing
from dinero_sync.journal.retention import remove_personal_data
from dinero_sync.logs import ORDER_OUTCOME, RUN_FINISHED
from dinero_sync.sync.contact_rung import refresh_directory
from dinero_sync.sync.delivery import Delivery, Progress
from dinero_sync.sync.elsewhere import find_elsewhere
from dinero_sync.sync.outcome import Outcome, outcome_of, working
from dinero_sync.sync.poll import Poll, Reading
from dinero_sync.sync.recall import recall_booked
from dinero_sync.sync.workplace import LEDGER, SHOP, Workplace

log = structlog.get_logger()
FAR = timedelta(days=31)
"""How far from an order's day an invoice that names the order is looked for."""
WARN_BEFORE_EXPIRY = timedelta(days=14)
UNSETTLED = tuple(set(Standing) - SETTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the operator asked for; the days are Copenhagen days of the trigger, inclusive."""

    since: date | None = None
    until: date | None = None
    order_ids: tuple[int, ...] = ()
    """Only these; empty for all."""

    @property
    def moves_watermark(self) -> bool:
        """Tell whether such a run reads everything that a later run could rely on."""
        return self.until is None and not self.order_ids

    def covers(self, record: OrderRecord) -> bool:
        """Tell whether the run is to deliver the order."""
        if self.order_ids and record.order_id not in self.order_ids:
            return False
        day = record.invoice_day
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(slots=True, kw_only=True)
class RunResult:
    """What came of a run."""

    exit_code: ExitCode = ExitCode.OK
    stopped: DineroSyncError | None = None
    """What ended the run early; None when it came to its end."""
    touched: dict[int, OrderRecord] = field(default_factory=dict)
    """Orders whose state changed, as they stand."""
    planned: list[OrderRecord] = field(default_factory=list)
    """In a dry run: what would have been delivered."""
    without_id: int = 0
    """How many orders the shop listed without an id."""
    watermark: datetime | None = None
    calls: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    journal_head: str = ""

    def outcomes(self) -> dict[str, int]:
        """Count the orders touched, by outcome."""
        found = (outcome_of(record) for record in self.touched.values())
        return dict(Counter(str(each) for each in found if each is not None))


def run(place: Workplace, options: RunOptions, progress: Progress | None = None) -> RunResult:
    """Do one run to its end, or to the error that stops it; nothing is ever left half done.

    Expected errors don't leave this function: they are in the result, with the exit code.
    """

    def work(result: RunResult) -> None:
        _refuse_days_before_start(place, options)
        _work(place, options, result, progress)

    return _ended(place, work)


def book_drafts(
    place: Workplace, drafts: list[OrderRecord], progress: Progress | None = None
) -> RunResult:
    """Book drafts that waited for a person's word, and register their payments.

    Expected errors are in the result, as with :func:`run`.
    """

    def work(result: RunResult) -> None:
        released = [working(record, Rung.VERIFIED) for record in drafts]
        _deliver_all(place, released, result, progress, booking=True)

    return _ended(place, work)


def go_on_with(place: Workplace, record: OrderRecord) -> RunResult:
    """Go on with one order from the rung it reached; what is in doubt is read first.

    Expected errors are in the result, as with :func:`run`.
    """

    def work(result: RunResult) -> None:
        _deliver_all(place, [working(record, record.rung)], result, None)

    return _ended(place, work)


def _ended(place: Workplace, work: Callable[[RunResult], None]) -> RunResult:
    """Do ``work`` and tell how it ended, in the log and in the journal."""
    result = RunResult()
    try:
        runs.begin(place.db, place.run_id, place.clock.now())
        work(result)
    except DineroSyncError as error:
        result.stopped = error
    except sqlite3.Error as error:
        result.stopped = _journal_trouble(error)
    _finish(place, result)
    return result


def _work(
    place: Workplace, options: RunOptions, result: RunResult, progress: Progress | None
) -> None:
    started = place.clock.now()
    poll = Poll(place, options.since, options.order_ids)
    result.watermark = poll.watermark
    _warn_of_expiry(place, started)
    reading = poll.read()
    _warn_of_orders_without_id(reading, result)
    for record in poll.decide(reading):
        _report(result, record)
    _deliver(place, options, poll, result, progress)
    if options.moves_watermark and not reading.without_id:
        result.watermark = _move_watermark(place, poll, reading, started)
    if not place.dry_run:
        kept_for = timedelta(days=place.config.sync.retention_days)
        remove_personal_data(place.db, started - kept_for)
    if reading.quota_is_short:
        raise _quota_is_short(place)


def _deliver(
    place: Workplace,
    options: RunOptions,
    poll: Poll,
    result: RunResult,
    progress: Progress | None,
) -> None:
    waiting = orders.standing(place.db, UNSETTLED)
    chosen = [working(record, record.rung) for record in waiting if options.covers(record)]
    work = [record for record in chosen if record.rung.reached(Rung.PLANNED)]
    if not work:
        return
    place.books()
    if place.dry_run:
        result.planned = work
        return
    refresh_directory(place.ledger)
    if poll.is_behind_memory:
        work = _compared_with_dinero(place, work, result)
    _deliver_all(place, work, result, progress)


def _deliver_all(
    place: Workplace,
    work: list[OrderRecord],
    result: RunResult,
    progress: Progress | None,
    *,
    booking: bool | None = None,
) -> None:
    """Take orders up the ladder; ``booking`` as configured unless it is given."""
    place.books()
    automatic = place.config.sync.booking == "automatic"
    delivery = Delivery(
        place.ledger,
        booking=automatic if booking is None else booking,
        report=lambda record: _report(result, record),
        progress=progress,
    )
    delivery.deliver(work)


def _compared_with_dinero(
    place: Workplace, work: list[OrderRecord], result: RunResult
) -> list[OrderRecord]:
    """Look at Dinero where our memory doesn't reach; return what is left to deliver.

    Orders that we booked before are recalled, and orders that may be in the books by other means
    are held. One list call for a thousand invoices.
    """
    days = [record.invoice_day for record in work if record.invoice_day is not None]
    first = min([place.settings.start_date, *days]) - FAR
    listed = list(place.ledger.client.invoices(first, max(days) + FAR))
    recalled = {record.order_id: record for record in recall_booked(place, listed)}
    for record in recalled.values():
        _report(result, record)
    left = [recalled.get(record.order_id, record) for record in work]
    left = [record for record in left if record.standing is Standing.WORKING]
    found = list(find_elsewhere(place.ledger, left, listed, place.settings.organization_id))
    for record in found:
        orders.save(place.db, record)
        _report(result, record)
    if found:
        log.warning(
            "orders.maybe_booked_elsewhere",
            count=len(found),
            message="Dinero holds invoices that look like these orders' and weren't made by "
            "dinero-sync. If Shoporama's own Dinero integration is on, switch it off: together "
            "they book every sale twice.",
        )
    suspects = {record.order_id for record in found}
    return [record for record in left if record.order_id not in suspects]


def _warn_of_orders_without_id(reading: Reading, result: RunResult) -> None:
    """Say that orders can't be told apart; all others go on, and the watermark stays."""
    result.without_id = reading.without_id
    if reading.without_id:
        log.error(
            "orders.without_id",
            count=reading.without_id,
            message="The shop lists orders without an id. They can't be booked, for nothing tells "
            "whether they were. Ask Shoporama's support; until it is mended every run reads again "
            "from the same time.",
        )


def _warn_of_expiry(place: Workplace, now: datetime) -> None:
    """Say days ahead that the consent at Visma Connect ends, where its end is known."""
    expires_at = place.connection_expires_at
    if expires_at is not None and expires_at - now < WARN_BEFORE_EXPIRY:
        log.warning(
            "connection.expires",
            message=f"The connection to Dinero ends on {expires_at:%Y-%m-%d}. Orders then wait. "
            "Connect again before that: dinero-sync connect",
        )


def _quota_is_short(place: Workplace) -> QuotaError:
    return QuotaError(
        f"Few of the {place.config.shoporama.daily_calls} calls a day to Shoporama "
        "(shoporama.daily_calls) are left; they are kept for the next polls. Orders that were to "
        "be looked at again wait until tomorrow. Shoporama raises the quota on request."
    )


def _report(result: RunResult, record: OrderRecord) -> None:
    """Log how an order came to rest, once it did."""
    result.touched[record.order_id] = record
    found = outcome_of(record)
    if found is None or record.standing is Standing.WORKING:
        return
    fine = found in {Outcome.BOOKED, Outcome.DRAFTED}
    log.info(
        ORDER_OUTCOME,
        order_id=record.order_id,
        outcome=str(found),
        reason=None if fine else record.reason,
        invoice_guid=str(record.plan.invoice.guid) if record.plan else None,
        invoice_number=record.invoice_number,
        total=None if record.total is None else f"{record.total:.2f}",
        currency=record.currency,
    )


def _move_watermark(
    place: Workplace, poll: Poll, reading: Reading, started: datetime
) -> datetime | None:
    """Move the watermark to the newest change read, but never past an unsettled order.

    It holds the true time of a change, is capped by the run's start, and never goes back.
    """
    unsettled = orders.standing(place.db, UNSETTLED)
    limits = [record.changed for record in unsettled if record.changed is not None]
    if reading.newest_change is None or poll.skipped_ahead:
        return poll.watermark
    moment = min([reading.newest_change, started, *limits])
    if poll.watermark is not None and moment <= poll.watermark:
        return poll.watermark
    if not place.dry_run:
        watermark.save(place.folder, journal_id(place.db), moment)
    return moment


def _finish(place: Workplace, result: RunResult) -> None:
    """Log how the run ended and note it in the journal."""
    result.exit_code = worst(_codes(place, result))
    result.seconds = place.clock.seconds()
    result.calls = {SHOP.lower(): place.shop_http.calls, LEDGER.lower(): place.ledger.client.calls}
    result.journal_head = effects.head(place.db)
    if result.stopped is not None:
        log.error("run.stopped", message=str(result.stopped), exit_code=int(result.exit_code))
    summary: dict[str, object] = {
        "outcomes": result.outcomes(),
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "watermark": result.watermark.isoformat() if result.watermark else None,
        "journal_head": result.journal_head,
    }
    runs.finish(place.db, place.run_id, place.clock.now(), int(result.exit_code), summary)
    log.info(RUN_FINISHED, exit_code=int(result.exit_code), **summary)


def _codes(place: Workplace, result: RunResult) -> Iterable[ExitCode]:
    yield ExitCode.OK
    if result.stopped is not None:
        yield result.stopped.exit_code
    standing = orders.counts(place.db)
    if standing.get(Standing.HELD) or result.without_id:
        yield ExitCode.HELD
    if standing.get(Standing.IN_DOUBT):
        yield ExitCode.IN_DOUBT


def _refuse_days_before_start(place: Workplace, options: RunOptions) -> None:
    start = place.settings.start_date
    if options.since is not None and options.since < start:
        raise UsageError(
            f"--since {options.since} lies before sync.start_date ({start}). Orders from before "
            "that day are never transferred: something else may have booked them. If nothing has, "
            "set an earlier start_date in the configuration."
        )


def _journal_trouble(error: sqlite3.Error) -> StateError:
    return StateError(
        f"The journal can't be written ({error}). What was begun is known and is never done twice. "
        "Make room on the disk or mend the permissions of the state folder, then run again."
    )
