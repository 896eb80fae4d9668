"""The evidence about one order, for a person."""

from collections.abc import Iterator

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.order import indented, message
from dinero_sync.cli.reports.tables import amount
from dinero_sync.journal.documents import OrderRecord, Standing
from dinero_sync.sync.run.resolve import Choice, Evidence

WORDS = {
    Choice.GO_ON: "Reading settles it; going on from there.",
    Choice.ACCEPT: "What Dinero holds is right:  dinero-sync resolve {order} --accept NOTE",
    Choice.RETRY: "You mended it:               dinero-sync retry {order}",
    Choice.SKIP: "No invoice is to be made:    dinero-sync skip {order} --reason TEXT",
    Choice.CREDIT: "The sale is off:             dinero-sync credit {order} --all --reason TEXT",
    Choice.REOPEN: "The buyer owes again:        dinero-sync resolve {order} --reopen",
    Choice.ADOPT: "It is booked by other means: dinero-sync adopt {order}",
}


def as_text(evidence: Evidence) -> str:
    """Write both sides of an order and what may be done."""
    return "\n".join(_lines(evidence))


def standing(settled: OrderRecord) -> str:
    """Say how an order stands after what Dinero holds was accepted."""
    if settled.standing is Standing.DONE:
        return "is recorded as done"
    return "is accepted so far; the next run goes on with what is left"


def _lines(evidence: Evidence) -> Iterator[str]:
    record = evidence.record
    yield f"Order #{record.number}  (order id {record.order_id})"
    yield f"  The journal says    {record.standing}, last step {record.rung}"
    for kind in sorted(evidence.unanswered):
        yield f"  Sent, no answer     {kind}"
    yield f"  Dinero holds        {_document(evidence)}"
    if evidence.payments is not None:
        yield f"  Payments there      {len(evidence.payments.payments)}, left to pay " + amount(
            evidence.open_amount(), record.currency
        )
    yield from indented(message(record) or "")
    yield ""
    choices = evidence.choices()
    if not choices:
        yield "Nothing has to be decided."
    for choice in choices:
        yield to_paste("  " + WORDS[choice].format(order=record.order_id))


def _document(evidence: Evidence) -> str:
    invoice = evidence.invoice
    if invoice is None:
        return "no invoice of ours"
    total = amount(invoice.total, invoice.currency)
    if invoice.booked:
        return f"invoice {invoice.number} of {invoice.date}, {total}"
    return f"a draft of {invoice.date}, {total}"
