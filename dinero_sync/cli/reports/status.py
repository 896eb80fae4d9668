"""Where everything stands, read from the state folder alone."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.groups import needs_you
from dinero_sync.cli.reports.money import bills, payouts
from dinero_sync.cli.reports.order import WHY, indented, order_data
from dinero_sync.cli.reports.tables import amount, facts, moment, picked, times
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.clock import SystemClock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.database import journal_id, meta, reading
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.papers import bills as bill_store
from dinero_sync.journal.papers import payouts as payout_store
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.runs import MESSAGE, SAID, RunRecord
from dinero_sync.posting.distance_sales import THRESHOLD
from dinero_sync.sync.run.alarms import (
    ENDED_WELL,
    Alarm,
    Connection,
    Runs,
    alarms,
    connection_in,
    runs_in,
)
from dinero_sync.sync.work.state import ORGANIZATION
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

NEEDS_A_PERSON = (Standing.HELD, Standing.IN_DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What ``status`` tells."""

    folder: Path
    organization_id: int | None
    needs_consent: bool
    """Only ``connect`` can make the connection."""
    connection: Connection
    watermark: datetime | None
    runs: Runs
    alarms: list[Alarm]
    """What keeps orders from being booked, whatever the orders are."""
    counts: dict[Standing, int]
    attention: list[OrderRecord]
    """Held or in doubt."""
    bills: list[BillRecord]
    """Bills that are held or in doubt."""
    payouts: list[PayoutRecord]
    """Payouts that are held, in doubt, or have movements without an order."""
    vouchers: list[BillRecord | PayoutRecord]
    """Bills and payouts whose drafts wait for a person's word."""
    uncredited: list[PayoutRecord]
    """Payouts with refunds of the provider's that no credit note goes with."""
    open: list[OrderRecord]
    distance_sales: Decimal
    """This year's sales to consumers in other EU countries, in kroner without VAT."""


def read_status(folder: Path, config: Config) -> Status:
    """Read a state folder; an empty status where there is none yet.

    Raises StateError when it is damaged.
    """
    now = SystemClock().now()
    with reading(folder) as db:
        connection = connection_in(folder)
        found = runs_in(folder, db)
        bound = meta(db, ORGANIZATION)
        known = int(bound) if bound else connection.organization_id
        return Status(
            folder=folder,
            organization_id=known or config.dinero.organization_id,
            needs_consent=config.dinero.auth.method is AuthMethod.VISMA_CONNECT,
            connection=connection,
            watermark=watermark.load(folder, journal_id(db)),
            runs=found,
            alarms=alarms(found, connection, now),
            counts=orders.counts(db),
            attention=orders.standing(db, NEEDS_A_PERSON),
            bills=bill_store.standing(db, NEEDS_A_PERSON),
            payouts=_payouts(db),
            vouchers=[
                *bill_store.standing(db, (Standing.OPEN,)),
                *payout_store.standing(db, (Standing.OPEN,)),
            ],
            uncredited=payout_store.uncredited(db),
            open=orders.standing(db, (Standing.OPEN,)),
            distance_sales=orders.distance_sales(db, accounting_date(now).year),
        )


def _payouts(db: sqlite3.Connection) -> list[PayoutRecord]:
    waiting = [*payout_store.standing(db, NEEDS_A_PERSON), *payout_store.unmatched(db)]
    return list({each.name: each for each in waiting}.values())


def as_data(status: Status) -> dict[str, object]:
    """Return the status for programs."""
    run, good, holder = status.runs.last, status.runs.last_good, status.runs.holder
    return {
        "state_dir": status.folder,
        "organization_id": status.organization_id,
        "connected": status.connection.made,
        "connection_expires_at": status.connection.expires_at,
        "watermark": status.watermark,
        "last_run": None
        if run is None
        else {
            **picked(run, "run_id", "started", "finished", "exit_code"),
            **{name: kept for name, kept in (run.summary or {}).items() if name != SAID},
            MESSAGE: run.message and to_paste(run.message),
        },
        "last_good_run": good.finished if good else None,
        "at_work": status.runs.at_work,
        "lock_holder": asdict(holder) if holder else None,
        "needs_you": bool(status.alarms or status.attention or status.bills or status.payouts),
        "alarms": [{"code": each.code, "message": message(each)} for each in status.alarms],
        "eu_distance_sales": status.distance_sales,
        "orders": {standing: status.counts.get(standing, 0) for standing in Standing},
        "attention": [
            order_data(record, "standing", *WHY, "total", "currency", "invoice_number")
            for record in status.attention
        ],
        "bills": [bills.waiting_data(record) for record in status.bills],
        "payouts": [payouts.waiting_data(record) for record in status.payouts],
        "uncredited": [
            each for record in status.uncredited for each in payouts.uncredited_data(record)
        ],
    }


def message(alarm: Alarm, language: Language = Language.ENGLISH) -> str:
    """Say what an alarm is, what it means for the books, and what to do."""
    said = (
        telling.in_language(each, language)
        if isinstance(each, str)
        else tell(each.text, language, **each.facts)
        for each in alarm.said
    )
    return to_paste("\n".join(each for each in (" ".join(said), alarm.to_paste) if each))


def as_lines(status: Status, language: Language) -> Iterator[str | Line]:
    """Write the status for a shop owner."""
    yield from facts(_known(status, language))
    yield ""
    yield from _drafts(status, language)
    yield from _alarms(status, language)
    if not (status.attention or status.bills or status.payouts):
        yield from _no_order_needs_you(status, language)
    if status.attention:
        count = len(status.attention)
        yield Line(tell("status.orders_need_you", language, count=count), Tone.HEADING)
        yield from needs_you(status.attention, language)
    yield from _papers(status, language)


def _known(status: Status, language: Language) -> Iterator[tuple[str, str]]:
    """Name what is known of the whole, and what it is."""
    yield tell("status.company", language), _company(status, language)
    yield tell("status.read_up_to", language), moment(status.watermark, language)
    yield tell("status.last_run", language), _last_run(status, language)
    counted = tell(
        "status.counts",
        language,
        done=status.counts.get(Standing.DONE, 0),
        skipped=status.counts.get(Standing.SKIPPED, 0),
        waiting=len(status.open),
    )
    yield tell("status.orders", language), counted
    for reason, count in Counter(record.reason for record in status.open).items():
        yield "", f"{count} × {telling.in_short(reason, language)}"
    working = status.counts.get(Standing.WORKING, 0)
    if working:
        yield tell("status.under_way", language), tell("status.goes_on", language, count=working)
    if status.distance_sales:
        sold = amount(status.distance_sales, KRONER, language)
        threshold = amount(THRESHOLD, KRONER, language)
        told = tell("status.sold", language, sold=sold, threshold=threshold)
        yield tell("status.eu_consumers", language), told
    yield from times(language)


def _papers(status: Status, language: Language) -> Iterator[str | Line]:
    """Write the bills and payouts that wait for a person."""
    if status.bills:
        count = len(status.bills)
        yield Line(tell("status.bills_need_you", language, count=count), Tone.HEADING)
        for each in status.bills:
            yield from bills.waiting_lines(each, language)
    if status.payouts:
        count = len(status.payouts)
        yield Line(tell("status.payouts_need_you", language, count=count), Tone.HEADING)
        for payout in status.payouts:
            yield from payouts.waiting_lines(payout, language)
    told = {each.name for each in status.payouts}
    listed = [each for each in status.uncredited if each.name not in told]
    if listed:
        yield Line(tell("status.uncredited", language), Tone.HEADING)
        for payout in listed:
            yield from payouts.uncredited_lines(payout, language)


def _company(status: Status, language: Language) -> str:
    if status.organization_id is None:
        return tell("status.no_company", language)
    company = str(status.organization_id)
    if status.needs_consent and not status.connection.made:
        return tell("status.not_connected", language, company=company)
    return company


def _alarms(status: Status, language: Language) -> Iterator[str | Line]:
    """Say what keeps orders from being booked, before single orders are spoken of."""
    if not status.alarms:
        return
    yield Line(tell("status.first", language), Tone.IN_DOUBT)
    for alarm in status.alarms:
        yield ""
        yield from indented(message(alarm, language))
    yield ""


def _no_order_needs_you(status: Status, language: Language) -> Iterator[str | Line]:
    """Say that all is well only where a run has shown it."""
    run = status.runs.ended
    if _waiting_drafts(status) or status.alarms:
        yield tell("status.none_is_held", language)
    elif run is not None and status.runs.last_good is None:
        yield tell("status.none_ended_well", language)
    elif run is None:
        return  # that no run was made stands above, with what to do
    else:
        yield Line(tell("status.nothing_needs_you", language), Tone.DONE)
    if run is not None and run.message and not status.alarms and run.exit_code not in ENDED_WELL:
        yield tell("status.goes_on_by_itself", language)
        yield from indented(telling.in_language(run.said or "", language))


def _waiting_drafts(status: Status) -> int:
    return sum(1 for record in status.open if record.reason == OpenReason.AWAITING_BOOKING)


def _drafts(status: Status, language: Language) -> Iterator[str | Line]:
    count = _waiting_drafts(status) + len(status.vouchers)
    if count:
        for line in wrapped(tell("status.drafts", language, count=count)):
            yield Line(line, Tone.HELD)
        yield "  dinero-sync book --all"


def _last_run(status: Status, language: Language) -> str:
    run = status.runs.last
    if run is None:
        known = status.organization_id is not None
        connected = status.connection.made or (known and not status.needs_consent)
        return tell("status.never_look" if connected else "status.never", language)
    if run.finished is None:
        code = "status.at_work" if status.runs.at_work else "status.broke_off"
        return tell(code, language, when=run.started)
    what = _what_it_did(run, language)
    return tell("status.ended", language, when=run.finished, code=run.exit_code or 0, what=what)


def _what_it_did(run: RunRecord, language: Language) -> str:
    outcomes = (run.summary or {}).get("outcomes")
    counted = outcomes if isinstance(outcomes, dict) else {}
    parts = [f"{count} {tell(f'run.outcome.{name}', language)}" for name, count in counted.items()]
    for kind in ("bills", "payouts"):
        of_papers = (run.summary or {}).get(kind)
        for name, count in of_papers.items() if isinstance(of_papers, dict) else ():
            outcome = tell(f"money.papers.outcome.{name}", language)
            parts.append(tell(f"status.{kind}", language, count=count, outcome=outcome))
    if run.exit_code == ExitCode.USAGE:
        parts = [tell("status.refused", language), *parts]
    code = "status.nothing_to_do" if run.exit_code in ENDED_WELL else "status.ended_early"
    return ", ".join(parts) or tell(code, language)
