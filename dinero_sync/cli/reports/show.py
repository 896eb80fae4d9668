"""Everything known about one order, for people and for programs."""

import json
from collections.abc import Iterator, Sequence

from dinero_sync.cli.reports.money import bills, papers, payouts
from dinero_sync.cli.reports.order import WHY, advice, order_data
from dinero_sync.cli.reports.tables import amount, line_row, moment, picked, row, trimmed
from dinero_sync.domain.documents import InvoiceLine, canonical_json
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import DocumentKind, OrderRecord
from dinero_sync.journal.effects import Effect, EffectKind
from dinero_sync.journal.money.paid_with import payments_of
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.sync.payouts.fee_bills import FeeLink
from dinero_sync.texts import telling

NAMES = {
    DocumentKind.INVOICE: "Invoice",
    DocumentKind.CREDIT_NOTE: "Credit note",
    DocumentKind.CHARGEBACK: "Chargeback",
}
"""What leads the chains of an order."""


def as_data(
    record: OrderRecord | BillRecord | PayoutRecord,
    effects: list[Effect],
    later: Sequence[OrderRecord] = (),
    fees: Sequence[FeeLink] = (),
) -> dict[str, object]:
    """Return what is known for programs; ``later`` is what came of an order after its sale.

    ``fees`` tell which bill is of which payout's fees.
    """
    told = [_effect(effect) for effect in effects]
    if isinstance(record, BillRecord):
        return {**bills.known_data(record, told), "fees": papers.fees_data(fees)}
    if isinstance(record, PayoutRecord):
        return {**payouts.known_data(record, told), "fees": papers.fees_data(fees)}
    return {
        **order_data(record, "standing", "rung", *WHY, "total", "currency", "invoice_number"),
        "shop": json.loads(record.raw),
        "plan": json.loads(canonical_json(record.plan)) if record.plan else None,
        "later": [_later_data(each) for each in later],
        "effects": told,
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        **picked(effect, "at", "run_id", "kind", "phase"),
        "body": json.loads(effect.body) if effect.body else None,
        **picked(effect, "body_hash", "hash"),
    }


def _later_data(record: OrderRecord) -> dict[str, object]:
    plan = record.sale.plan
    return {
        "document": record.chain,
        **order_data(record, "standing", "rung", *WHY, "invoice_number"),
        "plan": json.loads(canonical_json(plan)) if plan else None,
    }


def as_text(
    record: OrderRecord | BillRecord | PayoutRecord,
    effects: list[Effect],
    language: Language = Language.ENGLISH,
    later: Sequence[OrderRecord] = (),
    fees: Sequence[FeeLink] = (),
) -> str:
    """Write what is known for a shop owner."""
    if isinstance(record, BillRecord):
        known = [*bills.known_lines(record, language), *papers.fees_lines(record, fees)]
        return "\n".join([*known, *_history(effects)])
    if isinstance(record, PayoutRecord):
        known = [*payouts.known_lines(record, language), *papers.fees_lines(record, fees)]
        return "\n".join([*known, *_history(effects)])
    parts = [*_summary(record, language), *_decision(record)]
    for each in later:
        parts += _later(each, language)
    return "\n".join([*parts, *_history(effects)])


def _later(record: OrderRecord, language: Language) -> Iterator[str]:
    """Write a credit note, a chargeback, or an invoice of what came to the order later."""
    document = record.invoice
    yield ""
    name = NAMES[record.sale.kind]
    number = f" {record.invoice_number}" if record.invoice_number else ""
    yield f"{name}{number} ({record.chain}), stands as {record.standing}"
    if record.reason:
        yield f"  Because        {telling.in_short(record.reason, language)}"
    yield from advice(record, language)
    if document is not None:
        for line in document.lines:
            yield _line(line, document.currency)
        yield row("Total", document.total, document.currency)
    elif record.chargeback is not None:
        yield row("Taken back", record.chargeback.amount, record.chargeback.currency)


def _summary(record: OrderRecord, language: Language) -> Iterator[str]:
    yield f"Order #{record.number}  (order id {record.order_id})"
    yield f"  Total          {amount(record.total, record.currency)}"
    yield f"  Stands as      {record.standing} (last step: {record.rung})"
    if record.reason:
        yield f"  Because        {telling.in_short(record.reason, language)}"
    yield from advice(record, language)
    if record.invoice_number:
        yield f"  Invoice        {record.invoice_number}, dated {record.invoice_day}"
    if record.next_look:
        yield f"  Looked at again {moment(record.next_look)}"
    yield f"  Changed in shop {moment(record.changed)}"


def _decision(record: OrderRecord) -> Iterator[str]:
    plan = record.plan
    if plan is None:
        return
    yield ""
    yield f"What was decided (payment type: {plan.payment_type or 'none'})"
    for line in plan.invoice.lines:
        yield _line(line, plan.invoice.currency)
    yield row("Total", plan.invoice.total, plan.invoice.currency)
    for paid in payments_of(record):
        if paid.kind is DocumentKind.PAYMENT:
            yield f"  Payment to account {paid.account}"
        else:
            by_card = f"{amount(paid.amount, KRONER)} by gift card"
            yield f"  Payment to account {paid.account}, {by_card}"


def _line(line: InvoiceLine, currency: str) -> str:
    rate = trimmed(line.vat_rate)
    return f"{line_row(line, currency)}  account {line.account}, {rate} % VAT ({line.rule})"


def _evidence(answer: dict[str, object]) -> str:
    valid = "valid" if answer["valid"] else "not valid"
    number = answer["consultation"] or "none given"
    return f"VIES on {answer['asked_at']}: {valid}; consultation number: {number}"


def _history(effects: list[Effect]) -> Iterator[str]:
    if not effects:
        return
    yield ""
    yield "What was done at Dinero"
    for effect in effects:
        if effect.kind in {EffectKind.ORDER, EffectKind.PAPER}:
            continue
        yield f"  {moment(effect.at)}  {effect.kind:<16}{effect.phase}"
        if effect.kind is EffectKind.VAT_NUMBER and effect.body:
            yield f"    {_evidence(json.loads(effect.body))}"
    yield ""
    yield "The order as it was acted on, and requests and answers word by word: add --json"
