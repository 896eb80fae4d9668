"""What came of payouts, for people and for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.order import advice, message, next_step, stands
from dinero_sync.cli.reports.tables import amount, day_of, facts
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.payouts import UNMATCHED, PayoutRecord
from dinero_sync.sync.payouts.outcome import NEEDS_YOU, PayoutCameOf, PayoutOutcome, amount_of
from dinero_sync.sync.run.payouts.by_hand import PayoutEvidence
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

PARTS = ("gross", "refunds", "chargebacks", "fees", "other", "net")
"""What a payout is made of; the last is the sum of the others."""
TONES: Mapping[PayoutOutcome | None, Tone] = {
    PayoutOutcome.IN_DOUBT: Tone.IN_DOUBT,
    PayoutOutcome.DRAFTED: Tone.WAITING,
    None: Tone.WAITING,
}
"""Of those that don't need a person; all others are done."""


def as_data(payouts: Iterable[PayoutCameOf]) -> dict[str, object]:
    """Return what came of payouts for programs; amounts are text."""
    told = list(payouts)
    return {
        "payouts": [_payout(each) for each in told if not each.record.is_file],
        "refused": [
            {
                "file": each.file,
                "message": message(each.record),
                "next_step": next_step(each.record),
                "payout": each.record.name,
            }
            for each in told
            if each.record.is_file and each.outcome in NEEDS_YOU
        ],
    }


def _payout(came: PayoutCameOf) -> dict[str, object]:
    record, told = came.record, came.record.told
    return {
        "id": record.number,
        "source": told.get("source"),
        "file": came.file,
        "date": told.get("date"),
        "currency": record.currency,
        **{part: _text(record, part) for part in PARTS},
        "outcome": came.outcome,
        "reason": came.reason,
        "ledger_item": record.plan.guid if record.plan else None,
        "matched": [
            {"order": order_id, "amount": amount_text(value)}
            for order_id, value in told.get("matched") or []
        ],
        "unmatched": [
            {"reference": reference, "amount": amount_text(value), "type": kind}
            for reference, value, kind in told.get(UNMATCHED) or []
        ],
        "accepted": told.get("accepted"),
        "before_start": _text(record, "before_start"),
        "payout": record.name,
        "voucher_number": record.lead.document_number,
        "message": message(record),
        "next_step": next_step(record),
    }


def _text(record: PayoutRecord, name: str) -> str | None:
    found = amount_of(record, name)
    return None if found is None else f"{found:.2f}"


def as_lines(payouts: Iterable[PayoutCameOf], language: Language) -> Iterator[str | Line]:
    """Write what came of payouts for a shop owner: a line each, and what is to be done below it."""
    told = list(payouts)
    for each in told:
        yield from _lines(each, language)
    if not told:
        yield tell("money.papers.no_new_payout", language)


def _lines(came: PayoutCameOf, language: Language) -> Iterator[str | Line]:
    record = came.record
    outcome = tell(f"money.papers.outcome.{came.outcome or 'waits'}", language)
    number = record.lead.document_number
    told = tell("money.papers.voucher", language, number=number) if number else (came.reason or "")
    called = came.file if record.is_file else f"{record.name} ({came.file})"
    total = amount(record.total, record.currency, language)
    text = "  ".join(each for each in (outcome, called, total, told) if each)
    yield Line(text, Tone.HELD if came.needs_you else TONES.get(came.outcome, Tone.DONE))
    if came.outcome in NEEDS_YOU:
        yield from advice(record, language)
    yield from _not_ours(record, language)


def _not_ours(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Say which movements have no order, and what orders from before the start come to."""
    told = record.told
    before = amount_of(record, "before_start")
    if before:
        sold = amount(before, record.currency, language)
        yield f"    {tell('money.papers.before_start', language, amount=sold)}"
    if not record.is_unmatched:
        return
    yield f"    {tell('money.papers.without_order', language)}"
    for reference, value, kind in told[UNMATCHED]:
        moved = amount(Decimal(value), record.currency, language)
        yield f"      {kind}  {reference or '-'}  {moved}"
    yield f"    {tell('money.papers.once_known', language)}"
    yield "      " + to_paste(tell("money.papers.accept", language, name=record.name))


def amount_text(value: str) -> str:
    """Write an amount as it is kept with two decimals."""
    whole, _, part = value.partition(".")
    return f"{whole}.{part:0<2}"


def waiting_data(record: PayoutRecord) -> dict[str, object]:
    """Return a payout that waits for a person, for programs."""
    return {
        "payout": record.name,
        "number": record.number,
        "file": record.file,
        "standing": record.standing,
        "reason": record.reason,
        "message": message(record),
        "next_step": next_step(record),
        "net": record.total,
        "currency": record.currency,
        "unmatched": len(record.told.get(UNMATCHED) or []) if record.is_unmatched else 0,
    }


def waiting_lines(record: PayoutRecord, language: Language) -> Iterator[str | Line]:
    """Write a payout that waits for a person, and what to do about it."""
    yield ""
    told = (
        record.name,
        f"({record.file})",
        amount(record.total, record.currency, language),
        record.reason,
    )
    yield Line("  " + "  ".join(each for each in told if each), Tone.HELD)
    yield from advice(record, language)
    yield from _not_ours(record, language)


def known_data(record: PayoutRecord, effects: list[dict[str, object]]) -> dict[str, object]:
    """Return all that is known of a payout, for ``show``."""
    return {
        **waiting_data(record),
        "rung": record.rung,
        "voucher_number": record.lead.document_number,
        "read": record.told,
        "plan": json.loads(canonical_json(record.plan)) if record.plan else None,
        "effects": effects,
    }


def known_lines(record: PayoutRecord, language: Language) -> Iterator[str | Line]:
    """Write all that is known of a payout, for ``show``."""
    title = tell("money.papers.payout", language, number=record.number, name=record.name)
    yield Line(title, Tone.HEADING)
    yield from facts(_known(record, language), 2)
    yield from advice(record, language)
    matched = len(record.told.get("matched") or [])
    more = [
        (
            tell("money.papers.of_orders", language),
            tell("money.papers.moved", language, count=matched),
        )
    ]
    if record.lead.document_number:
        number, day = record.lead.document_number, record.lead.day
        dated = tell("order.show.dated", language, number=number, day=day)
        more.insert(0, (tell("money.papers.voucher_name", language), dated))
    yield from facts(more, 2)
    yield from _not_ours(record, language)
    if record.plan is None:
        return
    yield ""
    yield Line(tell("money.papers.decided", language), Tone.HEADING)
    for line in record.plan.lines:
        told = tell(
            "money.papers.item",
            language,
            debit=line.account,
            credit=line.balancing_account,
            code=line.vat_code or line.balancing_vat_code or tell("plan.no_code", language),
            text=line.description,
        )
        yield from wrapped(f"{amount(line.amount, KRONER, language)}  {told}", 4, "  ")


def _known(record: PayoutRecord, language: Language) -> Iterator[tuple[str, str]]:
    yield tell("money.papers.file", language), record.file
    day = record.told.get("date")
    if day:
        yield tell("money.papers.paid_out", language), day_of(date.fromisoformat(day), language)
    for part in PARTS:
        found = amount_of(record, part)
        if found is not None:
            yield (
                tell(f"money.papers.part.{part}", language),
                amount(found, record.currency, language),
            )
    yield tell("order.show.stands_as", language), stands(record, language)
    if record.reason:
        yield tell("order.show.because", language), telling.in_short(record.reason, language)


def print_known(record: PayoutRecord, language: Language, *, as_json: bool) -> None:
    """Print how a payout was decided, for ``explain``."""
    if as_json:
        click.echo(json_text(known_data(record, [])))
    else:
        show(known_lines(record, language))


def evidence(found: PayoutEvidence, language: Language) -> Iterator[str]:
    """Write both sides of a payout: what was sent without an answer, and what Dinero holds."""
    record, item = found.record, found.item
    yield from wrapped(
        tell(
            "money.papers.payout_stands",
            language,
            name=record.name,
            stands=stands(record, language),
        )
    )
    if found.unanswered:
        kinds = tuple(sorted(map(str, found.unanswered)))
        yield from wrapped(tell("money.papers.unanswered", language, kinds=kinds))
    if item is None:
        yield from wrapped(tell("money.papers.no_item", language))
    else:
        code = "money.papers.has_item_as" if item.voucher_number else "money.papers.has_item"
        status = str(item.status)
        yield from wrapped(tell(code, language, status=status, number=item.voucher_number))
    yield from advice(record, language)
