"""The evidence about one order, for a person."""

from collections.abc import Iterator

from dinero_sync.cli.reports.order import indented, message, stands
from dinero_sync.cli.reports.tables import amount, facts
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.step import Language
from dinero_sync.sync.run.resolve import Evidence
from dinero_sync.texts.screens.saying import tell


def as_lines(evidence: Evidence, language: Language) -> Iterator[str | Line]:
    """Write both sides of an order and what may be done."""
    record = evidence.record
    name = tell("order.show.order", language, number=record.number, id=record.order_id)
    yield Line(name, Tone.HEADING)
    yield from facts(_sides(evidence, language), 2)
    yield from indented(message(record, language) or "")
    yield ""
    choices = evidence.choices()
    if not choices:
        yield tell("order.resolve.nothing", language)
    for choice in choices:
        order = str(record.order_id)
        told = tell(f"order.resolve.choice.{choice}", language, order=order)
        yield from wrapped(told, 4, "  ")


def _sides(evidence: Evidence, language: Language) -> Iterator[tuple[str, str]]:
    record = evidence.record
    yield tell("order.resolve.journal", language), stands(record, language)
    for kind in sorted(evidence.unanswered):
        yield tell("order.resolve.no_answer", language), str(kind)
    yield tell("order.resolve.dinero", language), _document(evidence, language)
    if evidence.payments is not None:
        left = amount(evidence.open_amount(), record.currency, language)
        count = len(evidence.payments.payments)
        yield (
            tell("order.resolve.payments", language),
            tell("order.resolve.left_to_pay", language, count=count, left=left),
        )


def _document(evidence: Evidence, language: Language) -> str:
    invoice = evidence.invoice
    if invoice is None:
        return tell("order.resolve.no_invoice", language)
    total = amount(invoice.total, invoice.currency, language)
    code = "order.resolve.invoice" if invoice.booked else "order.resolve.draft"
    return tell(code, language, number=invoice.number, day=invoice.date, total=total)
