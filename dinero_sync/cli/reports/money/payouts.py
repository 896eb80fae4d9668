"""What came of payouts, for people and for programs."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from dinero_sync.cli.reports.money import papers
from dinero_sync.cli.reports.money.clearing import period_data, period_text
from dinero_sync.cli.reports.order import advice, message, next_step
from dinero_sync.cli.reports.tables import amount, day_of
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.payouts import UNCREDITED, UNMATCHED, PayoutRecord
from dinero_sync.sync.payouts.outcome import NEEDS_YOU, PayoutCameOf, amount_of, compared_of
from dinero_sync.sync.run.payouts.by_hand import PayoutEvidence
from dinero_sync.texts.screens.saying import tell

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


def uncredited_lines(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Write what a provider paid back without a credit note."""
    yield ""
    yield f"  {record.name}  ({record.file})"
    yield from _not_ours(record, language)


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
    named = came.file if record.is_file else f"{record.name} ({came.file})"
    line = papers.outcome_line(came, named, language)
    yield line._replace(tone=Tone.HELD) if came.needs_you else line
    if came.outcome in NEEDS_YOU:
        yield from advice(record, language)
    yield from _by_period(record, language)
    yield from _not_ours(record, language)


def _by_period(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Say how a payout compares whose file names no orders."""
    period = compared_of(record)
    if period is not None:
        yield from wrapped(period_text(period, language), 4)


def _not_ours(record: PayoutRecord, language: Language) -> Iterator[str]:
    """Say which movements have no order or credit note, and what those before the start come to."""
    before = amount_of(record, "before_start")
    if before:
        sold = amount(before, record.currency, language)
        yield f"    {tell('money.papers.before_start', language, amount=sold)}"
    if record.is_unmatched:
        yield f"    {tell('money.papers.without_order', language)}"
        for reference, value, kind in record.told[UNMATCHED]:
            moved = amount(Decimal(value), record.currency, language)
            yield f"      {kind}  {reference or '-'}  {moved}"
    if record.is_uncredited:
        yield from _uncredited(record, language)
    if record.is_unmatched or record.is_uncredited:
        yield f"    {tell('money.papers.once_known', language)}"
        yield f"      {tell('money.papers.accept', language, name=record.name)}"


def _uncredited(record: PayoutRecord, language: Language) -> Iterator[str]:
    yield from wrapped(tell("money.papers.uncredited", language), 4)
    for value, order_id, _ in record.told[UNCREDITED]:
        paid = amount(Decimal(value), record.currency, language)
        order = str(order_id)
        yield f"      {tell('money.papers.uncredited_order', language, order=order, amount=paid)}"
        command = tell("money.papers.credit", language, order=order, amount=amount_text(value))
        yield f"        {command}"


def amount_text(value: str) -> str:
    """Write an amount as it is kept with two decimals."""
    whole, _, part = value.partition(".")
    return f"{whole}.{part:0<2}"


def waiting_data(record: PayoutRecord) -> dict[str, object]:
    """Return a payout that waits for a person, for programs."""
    unmatched = len(record.told.get(UNMATCHED) or []) if record.is_unmatched else 0
    return {**papers.waiting_data(record, "net"), "unmatched": unmatched}


def waiting_lines(record: PayoutRecord, language: Language) -> Iterator[str | Line]:
    """Write a payout that waits for a person, and what to do about it."""
    yield from papers.waiting_lines(record, language)
    yield from _not_ours(record, language)


def known_data(record: PayoutRecord, effects: list[dict[str, object]]) -> dict[str, object]:
    """Return all that is known of a payout, for ``show``."""
    return papers.known_data(record, waiting_data(record), effects)


def known_lines(record: PayoutRecord, language: Language) -> Iterator[str | Line]:
    """Write all that is known of a payout, for ``show``."""
    matched = len(record.told.get("matched") or [])
    moved = tell("money.papers.moved", language, count=matched)
    of_orders = tell("money.papers.of_orders", language), moved
    yield from papers.known_lines(record, language, _told(record, language), [of_orders])
    yield from _by_period(record, language)
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


def _told(record: PayoutRecord, language: Language) -> Iterator[tuple[str, str]]:
    day = record.told.get("date")
    if day:
        yield tell("money.papers.paid_out", language), day_of(date.fromisoformat(day), language)
    for part in PARTS:
        found = amount_of(record, part)
        if found is not None:
            name = tell(f"money.papers.part.{part}", language)
            yield name, amount(found, record.currency, language)


def evidence(found: PayoutEvidence, language: Language) -> Iterator[str | Line]:
    """Write both sides of a payout: what was sent without an answer, and what Dinero holds."""
    item = found.found
    if item is None:
        held = tell("money.papers.no_item", language)
    else:
        code = "money.papers.has_item_as" if item.voucher_number else "money.papers.has_item"
        held = tell(code, language, status=str(item.status), number=item.voucher_number)
    return papers.evidence(found, held, language)
