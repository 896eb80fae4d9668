"""Where everything stands, read from the state folder alone."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.money import bills, payouts
from dinero_sync.cli.reports.order import WHY, indented, needs_you, order_data
from dinero_sync.cli.reports.tables import amount, moment, picked
from dinero_sync.clock import SystemClock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import OpenReason
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.database import journal_id, meta, reading
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.journal.papers import bills as bill_store
from dinero_sync.journal.papers import payouts as payout_store
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.runs import MESSAGE, RunRecord
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

REFUSED = "refused, and nothing was delivered (a stale plan, or orders or days that can't be)"
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
            **(run.summary or {}),
            MESSAGE: run.message and to_paste(run.message),
        },
        "last_good_run": good.finished if good else None,
        "at_work": status.runs.at_work,
        "lock_holder": asdict(holder) if holder else None,
        "needs_you": bool(status.alarms or status.attention or status.bills or status.payouts),
        "alarms": [
            {"code": each.code, "message": to_paste(each.message)} for each in status.alarms
        ],
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


def as_text(status: Status, language: Language = Language.ENGLISH) -> str:
    """Write the status for a shop owner."""
    return "\n".join(_lines(status, language))


def _lines(status: Status, language: Language) -> Iterator[str]:
    yield f"Company in Dinero  {_company(status)}"
    yield f"Shop read up to    {moment(status.watermark)}"
    yield f"Last run           {_last_run(status)}"
    done = status.counts.get(Standing.DONE, 0)
    skipped = status.counts.get(Standing.SKIPPED, 0)
    yield f"Orders             {done} done, {skipped} skipped, {len(status.open)} waiting"
    working = status.counts.get(Standing.WORKING, 0)
    if working:
        yield f"Under way          {working}; the next run goes on with them"
    for reason in dict.fromkeys(record.reason for record in status.open):
        count = sum(1 for record in status.open if record.reason == reason)
        yield f"                   {count} × {telling.in_short(reason, language)}"
    if status.distance_sales:
        sold = f"{status.distance_sales:.2f} of {THRESHOLD:.2f} kr."
        yield f"EU consumers       {sold} this year, without VAT (OSS threshold)"
    yield ""
    drafts = sum(1 for record in status.open if record.reason == OpenReason.AWAITING_BOOKING)
    if drafts + len(status.vouchers):
        yield from _drafts(drafts + len(status.vouchers))
    yield from _alarms(status)
    if not (status.attention or status.bills or status.payouts):
        yield from _no_order_needs_you(status, drafts)
    if status.attention:
        noun = "order needs" if len(status.attention) == 1 else "orders need"
        yield f"{len(status.attention)} {noun} you:"
        for record in status.attention:
            yield from needs_you(record, amount(record.total, record.currency), language)
    yield from _papers(status, language)


def _papers(status: Status, language: Language) -> Iterator[str]:
    """Write the bills and payouts that wait for a person."""
    if status.bills:
        noun = "bill needs" if len(status.bills) == 1 else "bills need"
        yield f"{len(status.bills)} {noun} you:"
        for each in status.bills:
            yield from bills.waiting_lines(each, language)
    if status.payouts:
        noun = "payout needs" if len(status.payouts) == 1 else "payouts need"
        yield f"{len(status.payouts)} {noun} you:"
        for payout in status.payouts:
            yield from payouts.waiting_lines(payout, language)
    told = {each.name for each in status.payouts}
    listed = [each for each in status.uncredited if each.name not in told]
    if listed:
        yield "Providers paid back to buyers what isn't credited here:"
        for payout in listed:
            yield from payouts.uncredited_lines(payout)


def _company(status: Status) -> str:
    if status.organization_id is None:
        return to_paste("none yet: dinero-sync connect")
    if status.needs_consent and not status.connection.made:
        return f"{status.organization_id}, not connected: {to_paste('dinero-sync connect')}"
    return str(status.organization_id)


def _alarms(status: Status) -> Iterator[str]:
    """Say what keeps orders from being booked, before single orders are spoken of."""
    if not status.alarms:
        return
    yield "This needs you first:"
    for alarm in status.alarms:
        yield ""
        yield from indented(to_paste(alarm.message))
    yield ""


def _no_order_needs_you(status: Status, drafts: int) -> Iterator[str]:
    """Say that all is well only where a run has shown it."""
    run = status.runs.ended
    if drafts or status.alarms:
        yield "No order is held."
    elif status.runs.last_good is None:
        yield "No run has ended well yet."
    else:
        yield "Nothing needs you."
    if run is not None and run.message and not status.alarms and run.exit_code not in ENDED_WELL:
        yield "The last run ended early, and the next one goes on by itself:"
        yield from indented(to_paste(run.message))


def _drafts(count: int) -> Iterator[str]:
    waiting = "1 draft waits" if count == 1 else f"{count} drafts wait"
    yield f"{waiting} for your word. Book each in Dinero, or all of them with:"
    yield to_paste("  dinero-sync book --all")


def _last_run(status: Status) -> str:
    run = status.runs.last
    if run is None:
        known = status.organization_id is not None
        connected = status.connection.made or (known and not status.needs_consent)
        look = to_paste("; what it would do: dinero-sync plan") if connected else ""
        return f"never{look}"
    if run.finished is None:
        how = "still at work" if status.runs.at_work else "broke off"
        return f"{moment(run.started)}, {how}"
    return f"{moment(run.finished)}, exit code {run.exit_code}: {_what_it_did(run)}"


def _what_it_did(run: RunRecord) -> str:
    outcomes = (run.summary or {}).get("outcomes")
    counted = outcomes if isinstance(outcomes, dict) else {}
    parts = [f"{count} {name}" for name, count in counted.items()]
    for one, several in (("bill", "bills"), ("payout", "payouts")):
        of_papers = (run.summary or {}).get(several)
        for name, count in of_papers.items() if isinstance(of_papers, dict) else ():
            parts.append(f"{count} {one if count == 1 else several} {name}")
    if run.exit_code == ExitCode.USAGE:
        parts = [REFUSED, *parts]
    return ", ".join(parts) or ("nothing to do" if run.exit_code in ENDED_WELL else "ended early")
