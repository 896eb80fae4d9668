"""What came of bills, for people and for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import click

from dinero_sync.cli.reports.order import advice, message, next_step, stands
from dinero_sync.cli.reports.tables import amount, facts
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf
from dinero_sync.sync.run.bills_by_hand import BillEvidence
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

TOLD = ("supplier", "vat_number", "number", "date", "due", "currency")
"""What a bill says of itself, as it is told to programs."""
NEEDS_YOU = frozenset({BillOutcome.HELD, BillOutcome.IN_DOUBT})
TONES: Mapping[BillOutcome | None, Tone] = {
    BillOutcome.HELD: Tone.HELD,
    BillOutcome.IN_DOUBT: Tone.IN_DOUBT,
    BillOutcome.DRAFTED: Tone.WAITING,
    None: Tone.WAITING,
}
"""All others are done."""


def as_data(bills: Iterable[CameOf]) -> dict[str, object]:
    """Return what came of bills for programs; amounts are text."""
    return {"bills": [_bill(each) for each in bills]}


def _bill(came: CameOf) -> dict[str, object]:
    record = came.record
    bill = json.loads(record.raw).get("bill") or {}
    parts = bill.get("amounts") or []
    plan = record.plan
    return {
        "file": came.file,
        **{name: bill.get(name) for name in TOLD},
        "net": _sum(parts, "net"),
        "vat": _sum(parts, "vat"),
        "total": None if record.total is None else f"{record.total:.2f}",
        "kind": bill.get("kind"),
        "outcome": came.outcome,
        "reason": came.reason,
        "voucher": plan.voucher_guid if plan else None,
        "voucher_number": record.lead.document_number,
        "bill": record.name,
    }


def _sum(parts: list[dict[str, str]], name: str) -> str | None:
    if not parts:
        return None
    return f"{sum((Decimal(part[name]) for part in parts), Decimal(0)):.2f}"


def as_lines(bills: Iterable[CameOf], language: Language) -> Iterator[str | Line]:
    """Write what came of bills for a shop owner: a line each, and what is to be done below it."""
    told = list(bills)
    for each in told:
        yield from _lines(each, language)
    if not told:
        yield tell("money.papers.no_new_bill", language)


def _lines(came: CameOf, language: Language) -> Iterator[str | Line]:
    record = came.record
    outcome = tell(f"money.papers.outcome.{came.outcome or 'waits'}", language)
    total = amount(record.total, record.currency, language)
    number = record.lead.document_number
    told = tell("money.papers.voucher", language, number=number) if number else (came.reason or "")
    text = "  ".join(each for each in (outcome, came.file, total, told) if each)
    yield Line(text, TONES.get(came.outcome, Tone.DONE))
    if came.outcome in NEEDS_YOU:
        yield f"  {record.name}"
        yield from advice(record, language)


def waiting_data(record: PaperRecord) -> dict[str, object]:
    """Return a bill that waits for a person, for programs."""
    return {
        "bill": record.name,
        "number": record.number,
        "file": record.file,
        "standing": record.standing,
        "reason": record.reason,
        "message": message(record),
        "next_step": next_step(record),
        "total": record.total,
        "currency": record.currency,
    }


def waiting_lines(record: PaperRecord, language: Language) -> Iterator[str | Line]:
    """Write a bill that waits for a person, and what to do about it."""
    yield ""
    total = amount(record.total, record.currency, language)
    told = (record.name, f"({record.file})", total, record.reason)
    yield Line("  " + "  ".join(each for each in told if each), Tone.HELD)
    yield from advice(record, language)


def known_data(record: PaperRecord, effects: list[dict[str, object]]) -> dict[str, object]:
    """Return all that is known of a bill, for ``show``."""
    return {
        **waiting_data(record),
        "rung": record.rung,
        "voucher_number": record.lead.document_number,
        "read": json.loads(record.raw),
        "plan": json.loads(canonical_json(record.plan)) if record.plan else None,
        "effects": effects,
    }


def known_lines(record: PaperRecord, language: Language) -> Iterator[str | Line]:
    """Write all that is known of a bill, for ``show``."""
    title = tell("money.papers.bill", language, number=record.number, name=record.name)
    yield Line(title, Tone.HEADING)
    yield from facts(_known(record, language), 2)
    yield from advice(record, language)
    if record.lead.document_number:
        number, day = record.lead.document_number, record.lead.day
        dated = tell("order.show.dated", language, number=number, day=day)
        yield from facts([(tell("money.papers.voucher_name", language), dated)], 2)
    plan = record.plan
    if plan is None or plan.voucher is None:
        return
    yield ""
    yield Line(tell("money.papers.decided_by", language, rule=plan.rule), Tone.HEADING)
    for line in plan.voucher.lines:
        code = line.vat_code or tell("plan.no_code", language)
        account = tell("money.papers.account", language, account=line.account, code=code)
        yield f"  {amount(line.amount, plan.voucher.currency, language)}  {account}"
    if plan.voucher.deposit_account:
        paid = tell("money.papers.paid_from", language, account=plan.voucher.deposit_account)
    elif plan.payment:
        paid = tell("money.papers.owed_and_paid", language, account=plan.payment.deposit_account)
    else:
        paid = tell("money.papers.owed", language)
    yield f"  {paid}"


def _known(record: PaperRecord, language: Language) -> Iterator[tuple[str, str]]:
    yield tell("money.papers.file", language), record.file
    yield tell("order.show.total", language), amount(record.total, record.currency, language)
    yield tell("order.show.stands_as", language), stands(record, language)
    if record.reason:
        yield tell("order.show.because", language), telling.in_short(record.reason, language)


def print_known(record: PaperRecord, language: Language, *, as_json: bool) -> None:
    """Print how a bill was decided, for ``explain``."""
    if as_json:
        click.echo(json_text(known_data(record, [])))
    else:
        show(known_lines(record, language))


def evidence(found: BillEvidence, language: Language) -> Iterator[str]:
    """Write both sides of a bill: what was sent without an answer, and what Dinero holds."""
    record, voucher = found.record, found.voucher
    yield from wrapped(
        tell(
            "money.papers.bill_stands", language, name=record.name, stands=stands(record, language)
        )
    )
    if found.unanswered:
        kinds = tuple(sorted(map(str, found.unanswered)))
        yield from wrapped(tell("money.papers.unanswered", language, kinds=kinds))
    if voucher is None:
        yield from wrapped(tell("money.papers.no_voucher", language))
    else:
        code = "money.papers.has_voucher" if voucher.booked else "money.papers.has_draft"
        total = amount(voucher.total, voucher.currency, language)
        told = tell(code, language, number=voucher.number, day=voucher.date, total=total)
        yield from wrapped(told)
    yield from advice(record, language)
