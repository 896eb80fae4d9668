"""A credit note that would be made, line by line, for people and for programs."""

import json
from collections.abc import Iterator

from dinero_sync.cli.reports.order import order_data
from dinero_sync.cli.reports.tables import line_row, row
from dinero_sync.domain.documents import CreditPlan, canonical_json
from dinero_sync.journal.documents import OrderRecord


def as_data(record: OrderRecord) -> dict[str, object]:
    """Return a credit note for programs."""
    return {
        **order_data(record),
        "document": record.chain,
        "credit": json.loads(canonical_json(record.credit)),
    }


def as_text(record: OrderRecord) -> str:
    """Write a credit note for a shop owner."""
    plan = record.credit
    return "" if plan is None else "\n".join(_lines(record, plan))


def _lines(record: OrderRecord, plan: CreditPlan) -> Iterator[str]:
    note = plan.note
    yield f"Credit note of invoice {plan.invoice_number}, order #{record.number}, dated {note.date}"
    for line in note.lines:
        yield f"{line_row(line, note.currency)}  account {line.account}"
    yield row("Total", note.total, note.currency)
    for item in plan.ledger_items:
        yield row(item.description, item.amount, "DKK")
    refunds = "what it leaves overpaid" if plan.refund else "nothing"
    yield f"  Paid back: {refunds}"
    yield "Nothing was written."
