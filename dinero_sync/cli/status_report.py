"""Where everything stands, read from the state folder alone."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from dinero_sync.cli.pasting import to_paste
from dinero_sync.cli.words import amount, moment, reason_text
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.hold import OpenReason
from dinero_sync.errors import ExitCode
from dinero_sync.journal import orders, runs, watermark
from dinero_sync.journal.database import journal_id, meta, reading
from dinero_sync.journal.orders import OrderRecord, Standing
from dinero_sync.journal.runs import RunRecord
from dinero_sync.posting.distance_sales import THRESHOLD
from dinero_sync.sync.workplace import ORGANIZATION

ORDER_WORD = re.compile(r"(?<=[a-z] )ORDER\b")
"""Where a command is to name the order."""
COMMAND = re.compile(r"dinero-sync (?:(?![.,;)](?:\s|$)).)+")
"""A command inside a sentence, up to the mark that ends it."""
NO_BREAK = "\N{NO-BREAK SPACE}"
WIDTH = 92
REFUSED = "refused, and nothing was delivered (a stale plan, or orders or days that can't be)"
NEEDS_A_PERSON = (Standing.HELD, Standing.IN_DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What ``status`` tells."""

    folder: Path
    organization_id: int | None
    watermark: datetime | None
    last_run: RunRecord | None
    counts: dict[Standing, int]
    attention: list[OrderRecord]
    """Held or in doubt."""
    open: list[OrderRecord]
    distance_sales: Decimal
    """This year's sales to consumers in other EU countries, in kroner without VAT."""


def read_status(folder: Path) -> Status:
    """Read a state folder; an empty status where there is none yet.

    Raises StateError when it is damaged.
    """
    with reading(folder) as db:
        organization = meta(db, ORGANIZATION)
        return Status(
            folder=folder,
            organization_id=int(organization) if organization else None,
            watermark=watermark.load(folder, journal_id(db)),
            last_run=runs.last(db),
            counts=orders.counts(db),
            attention=orders.standing(db, NEEDS_A_PERSON),
            open=orders.standing(db, (Standing.OPEN,)),
            distance_sales=orders.distance_sales(db, accounting_date(datetime.now(UTC)).year),
        )


def as_data(status: Status) -> dict[str, object]:
    """Return the status as JSON takes it."""
    run = status.last_run
    return {
        "state_dir": str(status.folder),
        "organization_id": status.organization_id,
        "watermark": status.watermark.isoformat() if status.watermark else None,
        "last_run": None
        if run is None
        else {
            "run_id": run.run_id,
            "started": run.started.isoformat(),
            "finished": run.finished.isoformat() if run.finished else None,
            "exit_code": run.exit_code,
            **(run.summary or {}),
        },
        "eu_distance_sales": f"{status.distance_sales:.2f}",
        "orders": {str(standing): status.counts.get(standing, 0) for standing in Standing},
        "attention": [_attention(record) for record in status.attention],
    }


def _attention(record: OrderRecord) -> dict[str, object]:
    return {
        "order_id": record.order_id,
        "number": record.number,
        "standing": str(record.standing),
        "reason": record.reason,
        "message": record.message,
        "next_step": next_step(record),
        "total": None if record.total is None else f"{record.total:.2f}",
        "currency": record.currency,
        "invoice_number": record.invoice_number,
    }


def next_step(record: OrderRecord) -> str | None:
    """Return what to do about an order, with commands that can be pasted as they stand."""
    return record.next_step and to_paste(ORDER_WORD.sub(str(record.order_id), record.next_step))


def as_text(status: Status) -> str:
    """Write the status for a shop owner."""
    return "\n".join(_lines(status))


def _lines(status: Status) -> Iterator[str]:
    none_yet = to_paste("none yet: dinero-sync connect")
    yield f"Company in Dinero  {status.organization_id or none_yet}"
    yield f"Shop read up to    {moment(status.watermark)}"
    yield f"Last run           {_last_run(status.last_run)}"
    done = status.counts.get(Standing.DONE, 0)
    skipped = status.counts.get(Standing.SKIPPED, 0)
    yield f"Orders             {done} done, {skipped} skipped, {len(status.open)} waiting"
    working = status.counts.get(Standing.WORKING, 0)
    if working:
        yield f"Under way          {working}; the next run goes on with them"
    for reason in dict.fromkeys(record.reason for record in status.open):
        count = sum(1 for record in status.open if record.reason == reason)
        yield f"                   {count} × {reason_text(reason)}"
    if status.distance_sales:
        sold = f"{status.distance_sales:.2f} of {THRESHOLD:.2f} kr."
        yield f"EU consumers       {sold} this year, without VAT (OSS threshold)"
    yield ""
    drafts = sum(1 for record in status.open if record.reason == OpenReason.AWAITING_BOOKING)
    if drafts:
        yield from _drafts(drafts)
    if not status.attention:
        yield "No order is held." if drafts else "Nothing needs you."
        return
    noun = "order needs" if len(status.attention) == 1 else "orders need"
    yield f"{len(status.attention)} {noun} you:"
    for record in status.attention:
        yield from _needs_you(record)


def _drafts(count: int) -> Iterator[str]:
    waiting = "1 draft waits" if count == 1 else f"{count} drafts wait"
    yield f"{waiting} for your word. Book each in Dinero, or all of them with:"
    yield to_paste("  dinero-sync book --all")


def _last_run(run: RunRecord | None) -> str:
    if run is None:
        return "never"
    if run.finished is None:
        return f"{moment(run.started)}, still at work or stopped from outside"
    outcomes = (run.summary or {}).get("outcomes")
    counted = outcomes if isinstance(outcomes, dict) else {}
    parts = [f"{count} {name}" for name, count in counted.items()]
    if run.exit_code == ExitCode.USAGE:
        parts = [REFUSED, *parts]
    what = ", ".join(parts) or "nothing to do"
    return f"{moment(run.finished)}, exit code {run.exit_code}: {what}"


def _needs_you(record: OrderRecord) -> Iterator[str]:
    yield ""
    total = amount(record.total, record.currency)
    yield f"  #{record.number}  (order id {record.order_id})  {total}  {record.reason}"
    yield from indented(record.message or "")
    yield from indented(next_step(record) or "")


def indented(text: str) -> Iterator[str]:
    """Wrap sentences below an order, and leave commands and YAML to paste as they are."""
    sentence, _, block = text.partition("\n")
    whole = COMMAND.sub(lambda found: found.group().replace(" ", NO_BREAK), sentence)
    margin = " " * 4
    for line in textwrap.wrap(
        whole,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
        break_long_words=False,
    ):
        yield line.replace(NO_BREAK, " ")
    if block:
        yield ""
        yield textwrap.indent(block.strip("\n"), "      ")
