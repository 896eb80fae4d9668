"""What came of a run: told in the log, noted in the journal, and turned into an exit code."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from dinero_sync.dinero.errors import RejectedError, question_refused
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import (
    ConfigError,
    DineroSyncError,
    ExitCode,
    TemporaryError,
    sentence_of,
    worst,
)
from dinero_sync.journal import effects, orders, runs
from dinero_sync.journal.database import FILE_NAME
from dinero_sync.journal.documents import SALE, DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.journal.folder.trouble import journal_trouble
from dinero_sync.journal.papers import payouts
from dinero_sync.logs import ORDER_OUTCOME, RUN_FINISHED, get_logger
from dinero_sync.sync.work.outcome import Outcome, outcome_of
from dinero_sync.sync.work.services import LEDGER, SHOP
from dinero_sync.sync.work.troubles import together
from dinero_sync.sync.work.workplace import Workplace

if TYPE_CHECKING:  # a run without bills imports nothing of theirs
    from dinero_sync.sync.bills.outcome import CameOf
    from dinero_sync.sync.payouts.outcome import PayoutCameOf

log = get_logger()


@dataclass(slots=True, kw_only=True)
class RunResult:
    """What came of a run."""

    exit_code: ExitCode = ExitCode.OK
    stopped: DineroSyncError | None = None
    """What ended the run early, or kept it from doing all; None when everything was done."""
    troubles: list[TemporaryError] = field(default_factory=list)
    """Why some of the work waits for a later run, while the run went on with the rest."""
    touched: dict[int, Outcome | None] = field(default_factory=dict)
    """Orders whose state changed, each with what came of it; None while it is under way or merely
    waits. The journal says how they stand."""
    touched_later: dict[tuple[int, str], Outcome | None] = field(default_factory=dict)
    """The same of what came of orders after their sale, by the chain."""
    sold_into_eu: bool = False
    """Whether a sale is among them that counts towards the EU's threshold."""
    paid_early: int = 0
    """How many payments were registered before their invoice's day."""
    bills: list["CameOf"] = field(default_factory=list)
    """What came of the bills that were looked at."""
    payouts: list["PayoutCameOf"] = field(default_factory=list)
    """What came of the payouts that were looked at."""
    planned: list[int] = field(default_factory=list)
    """In a dry run: what would have been delivered, in its turn."""
    without_id: int = 0
    """How many orders the shop listed without an id."""
    watermark: datetime | None = None
    calls: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    journal_head: str = ""
    """Of the journal on disk: what a dry run notes is in its overlay, and never in the chain."""

    def outcomes(self) -> dict[str, int]:
        """Count the orders touched, by outcome."""
        every = (*self.touched.values(), *self.touched_later.values())
        return dict(Counter(str(each) for each in every if each is not None))


def report(result: RunResult, record: OrderRecord) -> None:
    """Log how an order came to rest, once it did."""
    found = None if record.standing is Standing.WORKING else outcome_of(record)
    if record.chain == SALE:
        result.touched[record.order_id] = found
    else:
        result.touched_later[record.order_id, record.chain] = found
    result.sold_into_eu |= record.plan is not None and record.plan.distance_sale is not None
    result.paid_early += record.rung is Rung.PAID and _is_early(record)
    if found is None:
        return
    fine = found in {Outcome.BOOKED, Outcome.DRAFTED, Outcome.CREDITED}
    document, total = record.invoice, record.own_total
    log.info(
        ORDER_OUTCOME,
        order_id=record.order_id,
        outcome=str(found),
        reason=None if fine else record.reason,
        invoice_guid=str(document.guid) if document else None,
        invoice_number=record.invoice_number,
        total=None if total is None else f"{total:.2f}",
        currency=record.currency,
    )


def _is_early(record: OrderRecord) -> bool:
    paid, invoiced = record.payment_day, record.invoice_day
    is_money = record.document(DocumentKind.PAYMENT) is not None
    return is_money and paid is not None and invoiced is not None and paid < invoiced


def ended(place: Workplace, work: Callable[[RunResult], None]) -> RunResult:
    """Do ``work`` and tell how it ended, in the log and in the journal."""
    result = RunResult()
    try:
        result.journal_head = effects.head(place.db)
        runs.begin(place.db, place.run_id, place.clock.now())
        work(result)
        result.stopped = together(result.troubles)
    except DineroSyncError as error:
        result.stopped = error
    except RejectedError as error:
        result.stopped = question_refused(error)
    except sqlite3.Error as error:
        result.stopped = journal_trouble(error, place.folder / FILE_NAME)
    except Exception as error:
        note_fault(place, error)
        raise
    finish(place, result)
    return result


def finish(place: Workplace, result: RunResult) -> None:
    """Note in the journal how the run ended, and log it."""
    result.seconds = place.clock.seconds()
    result.calls = {SHOP.lower(): place.shop_http.calls, LEDGER.lower(): place.dinero.calls}
    try:
        result.exit_code = worst(_codes(place, result))
        if not place.dry_run:
            result.journal_head = effects.head(place.db)
        now = place.clock.now()
        told = runs.told(sentence_of(result.stopped)) if result.stopped else {}
        summary = {**_summary(result), **_of_papers(result), **told}
        runs.finish(place.db, place.run_id, now, int(result.exit_code), summary)
    except sqlite3.Error as error:
        trouble = journal_trouble(error, place.folder / FILE_NAME)
        result.exit_code = worst((result.exit_code, trouble.exit_code, *_stopped(result)))
        if result.exit_code is trouble.exit_code:
            result.stopped = trouble
    for problem in result.stopped.problems if isinstance(result.stopped, ConfigError) else ():
        log.error(
            "config.problem",
            file=problem.file,
            line=problem.line,
            column=problem.column,
            key=problem.key,
            message=problem.message,
        )
    if result.stopped is not None:
        log.error("run.stopped", message=str(result.stopped), exit_code=int(result.exit_code))
    log.info(RUN_FINISHED, exit_code=int(result.exit_code), **_summary(result))


def note_fault(place: Workplace, error: Exception) -> None:
    """Note in the journal that a fault of the program ended the run.

    Its text may hold data, and is left out.
    """
    message = spoken(
        "A fault of the program ended the run: {name}. What was begun is known and is never done "
        "twice. The run's log says where; please report that line to the maintainers.",
        name=type(error).__name__,
    )
    runs.note_failure(place.db, place.run_id, place.clock.now(), int(ExitCode.STATE), message)


def _summary(result: RunResult) -> dict[str, object]:
    return {
        "outcomes": result.outcomes(),
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "watermark": result.watermark.isoformat() if result.watermark else None,
        "journal_head": result.journal_head,
    }


def _of_papers(result: RunResult) -> dict[str, dict[str, int]]:
    """Count what came of bills and payouts by outcome, where anything came of any."""
    counted = {
        "bills": Counter(str(each.outcome) for each in result.bills if each.is_news),
        "payouts": Counter(str(each.outcome) for each in result.payouts if each.is_news),
    }
    return {name: dict(count) for name, count in counted.items() if count}


def _stopped(result: RunResult) -> tuple[ExitCode, ...]:
    return () if result.stopped is None else (result.stopped.exit_code,)


def _codes(place: Workplace, result: RunResult) -> Iterator[ExitCode]:
    yield ExitCode.OK
    yield from _stopped(result)
    if orders.any_stands(place.db, Standing.HELD) or result.without_id:
        yield ExitCode.HELD
    if any(each.needs_you for each in result.payouts) or payouts.any_unmatched(place.db):
        yield ExitCode.HELD
    if orders.any_stands(place.db, Standing.IN_DOUBT) or _is_in_doubt_underway(place):
        yield ExitCode.IN_DOUBT


def _is_in_doubt_underway(place: Workplace) -> bool:
    """Tell whether a change of an order that waits for its next step has no answer.

    A run that leaves the order out may have decided about it anew, which settles nothing. A dry run
    takes no lock: what it sees under way may be another run's at this moment.
    """
    if place.dry_run:
        return False
    return any(place.ledger.in_doubt(each) for each in orders.under_way(place.db))
