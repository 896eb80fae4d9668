"""Everything known about one order, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from dinero_sync.cli.reports.money import bills, papers, payouts
from dinero_sync.cli.reports.order import WHY, advice, order_data, stands
from dinero_sync.cli.reports.tables import (
    amount,
    facts,
    line_row,
    moment,
    picked,
    row,
    times,
    trimmed,
    with_more,
)
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.documents import InvoiceLine, canonical_json
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import DocumentKind, OrderRecord
from dinero_sync.journal.effects import Effect, EffectKind, Phase
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.sync.payouts.fee_bills import FeeLink
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

NAMES = {
    DocumentKind.INVOICE: "order.show.invoice",
    DocumentKind.CREDIT_NOTE: "order.show.credit_note",
    DocumentKind.CHARGEBACK: "order.show.chargeback",
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


def as_lines(
    record: OrderRecord | BillRecord | PayoutRecord,
    effects: list[Effect],
    language: Language,
    later: Sequence[OrderRecord] = (),
    fees: Sequence[FeeLink] = (),
) -> Iterator[str | Line]:
    """Write what is known for a shop owner."""
    if isinstance(record, OrderRecord):
        yield from _summary(record, language)
        yield from _decision(record, language)
        for each in later:
            yield from _later(each, language)
    else:
        if isinstance(record, BillRecord):
            yield from bills.known_lines(record, language)
        else:
            yield from payouts.known_lines(record, language)
        yield from papers.fees_lines(record, fees, language)
    yield from _history(effects, language)


def _later(record: OrderRecord, language: Language) -> Iterator[str | Line]:
    """Write a credit note, a chargeback, or an invoice of what came to the order later."""
    document = record.invoice
    name = tell(NAMES[record.sale.kind], language)
    number = f" {record.invoice_number}" if record.invoice_number else ""
    yield ""
    yield Line(f"{name}{number} ({record.chain}): {stands(record, language)}", Tone.HEADING)
    if record.reason:
        because = tell("order.show.because", language)
        yield from facts([(because, telling.in_short(record.reason, language))], 2)
    yield from advice(record, language)
    if document is not None:
        for line in document.lines:
            yield from _line(line, document.currency, language)
        yield row(tell("plan.total", language), document.total, document.currency, language)
    elif record.chargeback is not None:
        taken = record.chargeback
        yield row(tell("order.show.taken_back", language), taken.amount, taken.currency, language)


def _summary(record: OrderRecord, language: Language) -> Iterator[str | Line]:
    name = tell("order.show.order", language, number=record.number, id=record.order_id)
    yield Line(name, Tone.HEADING)
    known = [
        ("total", amount(record.total, record.currency, language)),
        ("stands_as", stands(record, language)),
    ]
    if record.reason:
        known.append(("because", telling.in_short(record.reason, language)))
    if record.invoice_number:
        dated = tell(
            "order.show.dated", language, number=record.invoice_number, day=record.invoice_day
        )
        known.append(("invoice", dated))
    if record.next_look:
        known.append(("looked_at", moment(record.next_look, language)))
    known.append(("changed", moment(record.changed, language)))
    told = [(tell(f"order.show.{name}", language), value) for name, value in known]
    yield from facts((*told, *times(language)), 2)
    yield from advice(record, language)


def _decision(record: OrderRecord, language: Language) -> Iterator[str | Line]:
    plan = record.plan
    if plan is None:
        return
    yield ""
    name = plan.payment_type or tell("plan.none", language)
    yield Line(tell("order.show.decided", language, name=name), Tone.HEADING)
    for line in plan.invoice.lines:
        yield from _line(line, plan.invoice.currency, language)
    yield row(tell("plan.total", language), plan.invoice.total, plan.invoice.currency, language)
    for payment in plan.payments:
        by_money = payment is plan.payment
        code = "order.show.payment_to" if by_money else "order.show.by_gift_card"
        # What is paid in another currency has kroner once Dinero told the invoice's rate.
        kroner = record.total_dkk if payment.amount is None else payment.amount
        paid = amount(kroner, KRONER, language)
        yield f"  {tell(code, language, account=payment.deposit_account, amount=paid)}"


def _line(line: InvoiceLine, currency: str, language: Language) -> Iterator[str]:
    rate = trimmed(line.vat_rate, language)
    told = tell("order.show.account", language, account=line.account, rate=rate, rule=line.rule)
    yield from with_more(line_row(line, currency, language), told)


def _evidence(answer: dict[str, object], language: Language) -> str:
    asked = datetime.fromisoformat(str(answer["asked_at"]))
    code = "order.show.vies_valid" if answer["valid"] else "order.show.vies_not_valid"
    number = answer["consultation"] or tell("order.show.none_given", language)
    return tell(code, language, when=asked, number=str(number))


def _came_of(effect: Effect, language: Language) -> str:
    """Say what came of a change, where it wasn't simply done; of a label, which one it is since."""
    if effect.kind is EffectKind.LABEL and effect.body:
        return str(json.loads(effect.body)["label"] or "–")
    return "" if effect.phase is Phase.DONE else tell(f"proof.evidence.{effect.phase}", language)


def _to_be_told(effects: list[Effect]) -> Iterator[Effect]:
    """Leave out what was read, and what was about to be done where the next line says how it went.

    Programs get all of it.
    """
    for effect, after in zip_longest(effects, effects[1:]):
        its_end = after and (after.document, after.kind) == (effect.document, effect.kind)
        went = its_end and effect.phase is Phase.INTENT is not after.phase
        if effect.kind not in {EffectKind.ORDER, EffectKind.PAPER} and not went:
            yield effect


def _history(effects: list[Effect], language: Language) -> Iterator[str | Line]:
    if not effects:
        return
    yield ""
    yield Line(tell("order.show.done_at_dinero", language), Tone.HEADING)
    for effect in _to_be_told(effects):
        what = tell(f"proof.evidence.line.{effect.kind}", language)
        came = _came_of(effect, language)
        told = f"{what}: {came}" if came else what
        yield from wrapped(told, 4, f"  {moment(effect.at, language)}  ")
        if effect.kind is EffectKind.VAT_NUMBER and effect.body:
            yield from wrapped(_evidence(json.loads(effect.body), language), 4)
    yield ""
    yield from wrapped(tell("order.show.word_by_word", language))
