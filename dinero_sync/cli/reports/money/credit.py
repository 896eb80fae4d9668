"""A credit note that would be made, line by line, for people and for programs."""

import json
from collections.abc import Iterator

from dinero_sync.cli.reports.order import order_data
from dinero_sync.cli.reports.tables import line_row, row, with_more
from dinero_sync.cli.terminal import Line, Tone
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import OrderRecord
from dinero_sync.texts.screens.saying import tell


def as_data(record: OrderRecord) -> dict[str, object]:
    """Return a credit note for programs."""
    return {
        **order_data(record),
        "document": record.chain,
        "credit": json.loads(canonical_json(record.credit)),
    }


def as_lines(record: OrderRecord, language: Language) -> Iterator[str | Line]:
    """Write a credit note for a shop owner."""
    plan = record.credit
    if plan is None:
        return
    note = plan.note
    title = tell(
        "money.credit.title",
        language,
        invoice=plan.invoice_number,
        number=record.number,
        day=note.date,
    )
    yield Line(title, Tone.HEADING)
    for line in note.lines:
        told = tell("money.credit.account", language, account=line.account)
        yield from with_more(line_row(line, note.currency, language), told)
    yield row(tell("plan.total", language), note.total, note.currency, language)
    for item in plan.ledger_items:
        yield row(item.description, item.amount, KRONER, language)
    yield f"  {tell('money.credit.refund' if plan.refund else 'money.credit.no_refund', language)}"
    yield tell("money.credit.nothing_written", language)
