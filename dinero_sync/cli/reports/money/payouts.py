"""What came of payouts, for people and for programs."""

from collections.abc import Iterable, Iterator

import click

from dinero_sync.cli.calling import to_paste
from dinero_sync.cli.reports.money import papers
from dinero_sync.cli.reports.money.clearing import period_data, period_text
from dinero_sync.cli.reports.order import advice, message, next_step
from dinero_sync.cli.reports.tables import amount
from dinero_sync.cli.streams import json_text, say
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.payouts import UNCREDITED, UNMATCHED, PayoutRecord
from dinero_sync.sync.payouts.outcome import (
    NEEDS_YOU,
    PayoutCameOf,
    amount_of,
    compared_of,
)
from dinero_sync.sync.run.payouts.by_hand import PayoutEvidence

PARTS = ("gross", "refunds", "chargebacks", "fees", "other", "net")
"""What a payout is made of; the last is the sum of the others."""


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
    period = compared_of(record)
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
        "uncredited": uncredited_data(record),
        "accepted": told.get("accepted"),
        "before_start": _text(record, "before_start"),
        "period": None if period is None else period_data(period),
        "payout": record.name,
        "voucher_number": record.lead.document_number,
        "message": message(record),
        "next_step": next_step(record),
    }


def uncredited_data(record: PayoutRecord) -> list[dict[str, object]]:
    """Return what a provider paid back without a credit note, for programs."""
    return [
        {"order": order_id, "amount": amount_text(value)}
        for value, order_id, _ in record.told.get(UNCREDITED) or []
    ]


def uncredited_lines(record: PayoutRecord) -> Iterator[str]:
    """Write what a provider paid back without a credit note."""
    yield ""
    yield f"  {record.name}  ({record.file})"
    yield from _not_ours(record)


def _text(record: PayoutRecord, name: str) -> str | None:
    found = amount_of(record, name)
    return None if found is None else f"{found:.2f}"


def as_text(payouts: Iterable[PayoutCameOf], language: Language = Language.ENGLISH) -> str:
    """Write what came of payouts for a shop owner: a line each, and what is to be done below it."""
    lines = [line for each in payouts for line in _lines(each, language)]
    return "\n".join(lines) or "Nothing to do: there is no new payout."


def _lines(came: PayoutCameOf, language: Language) -> Iterator[str]:
    record = came.record
    called = came.file if record.is_file else f"{record.name} ({came.file})"
    yield papers.outcome_line(record, came.outcome, called, came.reason)
    if came.outcome in NEEDS_YOU:
        yield from advice(record, language)
    yield from _by_period(record, language)
    yield from _not_ours(record)


def _by_period(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Say how a payout compares whose file names no orders."""
    period = compared_of(record)
    if period is not None:
        yield "    " + period_text(period, language)


def _not_ours(record: PayoutRecord) -> Iterator[str]:
    """Say which movements have no order or credit note, and what those before the start come to."""
    told = record.told
    before = amount_of(record, "before_start")
    if before:
        yield f"    Of orders from before sync.start_date: {amount(before, record.currency)}"
    if record.is_unmatched:
        yield "    Without an order:"
        for reference, value, kind in told[UNMATCHED]:
            yield f"      {kind}  {reference or '-'}  {amount_text(value)} {record.currency}"
    if record.is_uncredited:
        yield from _uncredited(record)
    if record.is_unmatched or record.is_uncredited:
        yield "    Find out what they are; once you know:"
        yield f"      dinero-sync payouts --accept {record.name} --reason TEXT"


def _uncredited(record: PayoutRecord) -> Iterator[str]:
    yield "    Paid back by the provider, and nothing is credited (no credit note was found):"
    for value, order_id, _ in record.told[UNCREDITED]:
        told = amount_text(value)
        yield f"      order {order_id}  {told} {record.currency}, to credit it:"
        yield to_paste(f"        dinero-sync credit {order_id} --amount {told} --reason TEXT")


def amount_text(value: str) -> str:
    """Write an amount as it is kept with two decimals."""
    whole, _, part = value.partition(".")
    return f"{whole}.{part:0<2}"


def waiting_data(record: PayoutRecord) -> dict[str, object]:
    """Return a payout that waits for a person, for programs."""
    unmatched = len(record.told.get(UNMATCHED) or []) if record.is_unmatched else 0
    return {**papers.waiting_data(record, "net"), "unmatched": unmatched}


def waiting_lines(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Write a payout that waits for a person, and what to do about it."""
    yield from papers.waiting_lines(record, language)
    yield from _not_ours(record)


def known_data(record: PayoutRecord, effects: list[dict[str, object]]) -> dict[str, object]:
    """Return all that is known of a payout, for ``show``."""
    return papers.known_data(record, waiting_data(record), effects)


def known_lines(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Write all that is known of a payout, for ``show``."""
    told = record.told
    yield f"Payout {record.number}  ({record.name})"
    yield f"  File           {record.file}"
    if told.get("date"):
        yield f"  Paid out       {told['date']}"
    for part in PARTS:
        found = amount_of(record, part)
        if found is not None:
            yield f"  {part.capitalize():<15}{amount(found, record.currency)}"
    yield from papers.standing_lines(record, language)
    yield f"  Of orders      {len(told.get('matched') or [])} movements"
    yield from _by_period(record, language)
    yield from _not_ours(record)
    if record.plan is None:
        return
    yield ""
    yield "What was decided"
    for line in record.plan.lines:
        code = line.vat_code or line.balancing_vat_code or "no VAT code"
        yield (
            f"  {amount(line.amount, 'DKK')}  debit {line.account}, credit"
            f" {line.balancing_account}, {code}: {line.description}"
        )


def print_known(record: PayoutRecord, language: Language | None, *, as_json: bool) -> None:
    """Print how a payout was decided, for ``explain``."""
    if as_json:
        click.echo(json_text(known_data(record, [])))
    else:
        say("\n".join(known_lines(record, language or Language.ENGLISH)))


def evidence(found: PayoutEvidence) -> str:
    """Write both sides of a payout: what was sent without an answer, and what Dinero holds."""
    item = found.found
    if item is None:
        return papers.evidence(found, "Dinero holds no ledger item of this payout.")
    number = f", voucher {item.voucher_number}" if item.voucher_number else ""
    return papers.evidence(found, f"Dinero holds its ledger item: {item.status}{number}.")
