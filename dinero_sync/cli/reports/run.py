"""What came of a run, for people and for programs."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dinero_sync.cli.reports.order import order_data
from dinero_sync.cli.reports.tables import UNKNOWN, amount, count_and_sum
from dinero_sync.domain.plain_text import printable
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.outcome import outcome_of
from dinero_sync.texts import telling


def as_data(result: RunResult) -> dict[str, object]:
    """Return the result for programs."""
    return {
        "exit_code": result.exit_code,
        "stopped": result.stopped,
        "outcomes": result.outcomes(),
        "orders": [_order(record) for record in _rows(result)],
        "calls": result.calls,
        "seconds": round(result.seconds, 3),
        "watermark": result.watermark,
        "journal_head": result.journal_head,
    }


def _order(record: OrderRecord) -> dict[str, object]:
    plan = record.plan
    return {
        **order_data(record),
        "outcome": outcome_of(record) or ("planned" if plan else record.standing),
        **order_data(record, "reason", "invoice_number"),
        "invoice_guid": plan.invoice.guid if plan else None,
        "invoice_date": record.invoice_day,
        **order_data(record, "total", "currency"),
    }


def _rows(result: RunResult) -> list[OrderRecord]:
    known = {**result.touched, **{record.order_id: record for record in result.planned}}
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
        row = _row(record, _label(record, result))
        table.add_row(*(Text(printable(each)) for each in row))
    console.print(table)
    console.print(_sums(rows, result))


def _label(record: OrderRecord, result: RunResult) -> str:
    """Say how an order stands after the run: the one word for its row and for the sums."""
    if any(record.order_id == each.order_id for each in result.planned):
        return "would be finished" if record.rung.reached(Rung.BOOKED) else "would be booked"
    outcome = outcome_of(record)
    if outcome is not None:
        return str(outcome)
    return "under way" if record.standing is Standing.WORKING else "waiting"


def _row(record: OrderRecord, label: str) -> tuple[str, ...]:
    """Return what stands in a row: the shop's words, so plain text and no markup."""
    return (
        f"#{record.number}",
        label,
        str(record.invoice_number or ""),
        str(record.invoice_day or ""),
        amount(record.total, record.currency) or UNKNOWN,
        telling.in_short(record.reason),
    )


def _sums(rows: list[OrderRecord], result: RunResult) -> str:
    """Write what the rows come to, by the words that stand in them."""
    by_label: dict[str, list[OrderRecord]] = {}
    for record in rows:
        by_label.setdefault(_label(record, result), []).append(record)
    return "\n" + "; ".join(f"{label}: {count_and_sum(each)}" for label, each in by_label.items())
