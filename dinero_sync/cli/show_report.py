"""Everything known about one order, for people and for programs."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from dinero_sync.cli.status_report import indented, next_step
from dinero_sync.cli.words import amount, moment, reason_text
from dinero_sync.domain.documents import InvoiceLine, Plan, canonical_json
from dinero_sync.journal.effects import Effect, EffectKind
from dinero_sync.journal.orders import OrderRecord


def as_data(record: OrderRecord, effects: list[Effect]) -> dict[str, object]:
    """Return what is known as JSON takes it; amounts as text."""
    return {
        "order_id": record.order_id,
        "number": record.number,
        "standing": str(record.standing),
        "rung": str(record.rung),
        "reason": record.reason,
        "message": record.message,
        "next_step": next_step(record),
        "total": None if record.total is None else f"{record.total:.2f}",
        "currency": record.currency,
        "invoice_number": record.invoice_number,
        "shop": json.loads(record.raw),
        "plan": json.loads(canonical_json(asdict(record.plan))) if record.plan else None,
        "effects": [_effect(effect) for effect in effects],
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "at": effect.at.isoformat(),
        "run_id": effect.run_id,
        "kind": str(effect.kind),
        "phase": str(effect.phase),
        "body": json.loads(effect.body) if effect.body else None,
        "body_hash": effect.body_hash,
        "hash": effect.hash,
    }


def as_text(record: OrderRecord, effects: list[Effect]) -> str:
    """Write what is known for a shop owner."""
    return "\n".join([*_summary(record), *_decision(record.plan), *_history(effects)])


def _summary(record: OrderRecord) -> Iterator[str]:
    yield f"Order #{record.number}  (order id {record.order_id})"
    yield f"  Total          {amount(record.total, record.currency)}"
    yield f"  Stands as      {record.standing} (last step: {record.rung})"
    if record.reason:
        yield f"  Because        {reason_text(record.reason)}"
    if record.message:
        yield from indented(record.message)
    if step := next_step(record):
        yield from indented(step)
    if record.invoice_number:
        yield f"  Invoice        {record.invoice_number}, dated {record.invoice_day}"
    if record.next_look:
        yield f"  Looked at again {moment(record.next_look)}"
    yield f"  Changed in shop {moment(record.changed)}"


def _decision(plan: Plan | None) -> Iterator[str]:
    if plan is None:
        return
    yield ""
    yield f"What was decided (payment type: {plan.payment_type or 'none'})"
    for line in plan.invoice.lines:
        yield _line(line, plan.invoice.currency)
    yield f"  {'Total':<46}{amount(plan.invoice.total, plan.invoice.currency):>18}"
    if plan.payment:
        yield f"  Payment to account {plan.payment.deposit_account}"


def _line(line: InvoiceLine, currency: str) -> str:
    pieces = f"{line.quantity.normalize():f} x "
    text = (pieces if line.quantity != 1 else "") + line.description
    shown = textwrap.shorten(text, 44, placeholder="…")
    rate = f"{line.vat_rate.normalize():f} %"
    return (
        f"  {shown:<46}{amount(line.amount, currency):>18}  account {line.account}, "
        f"{rate} VAT ({line.rule})"
    )


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
        if effect.kind is EffectKind.ORDER:
            continue
        yield f"  {moment(effect.at)}  {effect.kind:<16}{effect.phase}"
        if effect.kind is EffectKind.VAT_NUMBER and effect.body:
            yield f"    {_evidence(json.loads(effect.body))}"
    yield ""
    yield "The order as it was acted on, and requests and answers word by word: add --json"
