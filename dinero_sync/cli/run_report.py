"""What came of a run, for people and for programs."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dinero_sync.cli.words import UNKNOWN, amount, count_and_sum, reason_text
from dinero_sync.journal.orders import OrderRecord
from dinero_sync.sync.outcome import outcome_of
from dinero_sync.sync.result import RunResult


def as_data(result: RunResult) -> dict[str, object]:
    """Return the result as JSON takes it; totals as text, like in the logs."""
    return {
        "exit_code": int(result.exit_code),
        "stopped": str(result.stopped) if result.stopped else None,
        "outcomes": result.outcomes(),
        "orders": [_order(record) for record in _rows(result)],
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "watermark": result.watermark.isoformat() if result.watermark else None,
        "journal_head": result.journal_head,
    }


def _order(record: OrderRecord) -> dict[str, object]:
    plan = record.plan
    return {
        "order_id": record.order_id,
        "number": record.number,
        "outcome": str(outcome_of(record) or ("planned" if plan else record.standing)),
        "reason": record.reason,
        "invoice_number": record.invoice_number,
        "invoice_guid": str(plan.invoice.guid) if plan else None,
        "invoice_date": str(record.invoice_day) if record.invoice_day else None,
        "total": None if record.total is None else f"{record.total:.2f}",
        "currency": record.currency,
    }


def _rows(result: RunResult) -> list[OrderRecord]:
    known = {**{record.order_id: record for record in result.planned}, **result.touched}
    for record in result.planned:
        known[record.order_id] = record
    return [known[order_id] for order_id in sorted(known)]


def print_table(result: RunResult) -> None:
    """Print a row for each order that the run changed, or would change, and the sums."""
    rows = _rows(result)
    console = Console(soft_wrap=False, width=None if Console().is_terminal else 110)
    if not rows:
        if result.stopped is not None:
            return
        console.print("Nothing to do: no order changed its state.")
        return
    table = Table("Order", "Outcome", "Invoice", "Date", "Total", "Why", box=None, pad_edge=False)
    table.columns[4].justify = "right"
    for record in rows:
        table.add_row(*_cells(record))
    console.print(table)
    console.print(_sums(rows))


def _cells(record: OrderRecord) -> Iterator[Text]:
    """Yield a row as plain text: what stands in it is the shop's, and no markup."""
    return (Text(cell) for cell in _row(record))


def _row(record: OrderRecord) -> tuple[str, ...]:
    outcome = outcome_of(record)
    planned = "would be booked" if record.plan else "waits"
    return (
        f"#{record.number}",
        str(outcome) if outcome else planned,
        str(record.invoice_number or ""),
        str(record.invoice_day or ""),
        amount(record.total, record.currency) or UNKNOWN,
        reason_text(record.reason),
    )


def _sums(rows: list[OrderRecord]) -> str:
    parts = []
    for outcome in dict.fromkeys(outcome_of(record) for record in rows):
        chosen = [record for record in rows if outcome_of(record) is outcome]
        label = str(outcome) if outcome else "waiting"
        parts.append(f"{label}: {count_and_sum(chosen)}")
    return "\n" + "; ".join(parts)
