"""What came of bills, for people and for programs."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

import click

from dinero_sync.cli.reports.order import advice, message, next_step
from dinero_sync.cli.reports.tables import amount
from dinero_sync.cli.streams import json_text, say
from dinero_sync.domain.documents import canonical_json
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf
from dinero_sync.sync.run.bills_by_hand import BillEvidence
from dinero_sync.texts import telling

TOLD = ("supplier", "vat_number", "number", "date", "due", "currency")
"""What a bill says of itself, as it is told to programs."""
NEEDS_YOU = frozenset({BillOutcome.HELD, BillOutcome.IN_DOUBT})


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


def as_text(bills: Iterable[CameOf], language: Language = Language.ENGLISH) -> str:
    """Write what came of bills for a shop owner: a line each, and what is to be done below it."""
    lines = [line for each in bills for line in _lines(each, language)]
    return "\n".join(lines) or "Nothing to do: there is no new bill."


def _lines(came: CameOf, language: Language) -> Iterator[str]:
    record = came.record
    outcome = str(came.outcome or "waits for the next run")
    total = amount(record.total, record.currency)
    number = record.lead.document_number
    told = f"voucher {number}" if number else (came.reason or "")
    yield "  ".join(each for each in (outcome, came.file, total, told) if each)
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


def waiting_lines(record: PaperRecord, language: Language) -> Iterator[str]:
    """Write a bill that waits for a person, and what to do about it."""
    yield ""
    total = amount(record.total, record.currency)
    told = (record.name, f"({record.file})", total, record.reason)
    yield "  " + "  ".join(each for each in told if each)
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


def known_lines(record: PaperRecord, language: Language) -> Iterator[str]:
    """Write all that is known of a bill, for ``show``."""
    yield f"Bill {record.number}  ({record.name})"
    yield f"  File           {record.file}"
    yield f"  Total          {amount(record.total, record.currency)}"
    yield f"  Stands as      {record.standing} (last step: {record.rung})"
    if record.reason:
        yield f"  Because        {telling.in_short(record.reason, language)}"
    yield from advice(record, language)
    if record.lead.document_number:
        yield f"  Voucher        {record.lead.document_number}, dated {record.lead.day}"
    plan = record.plan
    if plan is None or plan.voucher is None:
        return
    yield ""
    yield f"What was decided (rule: {plan.rule})"
    for line in plan.voucher.lines:
        code = line.vat_code or "no VAT code"
        yield f"  {amount(line.amount, plan.voucher.currency)}  account {line.account}, {code}"
    if plan.voucher.deposit_account:
        yield f"  Paid from account {plan.voucher.deposit_account}"
    elif plan.payment:
        yield f"  Owed to the supplier, and paid from account {plan.payment.deposit_account}"
    else:
        yield "  Owed to the supplier"


def print_known(record: PaperRecord, language: Language | None, *, as_json: bool) -> None:
    """Print how a bill was decided, for ``explain``."""
    if as_json:
        click.echo(json_text(known_data(record, [])))
    else:
        say("\n".join(known_lines(record, language or Language.ENGLISH)))


def evidence(found: BillEvidence) -> str:
    """Write both sides of a bill: what was sent without an answer, and what Dinero holds."""
    record, voucher = found.record, found.voucher
    lines = [f"The bill {record.name} stands as {record.standing} (last step: {record.rung})."]
    if found.unanswered:
        lines.append(f"Sent without an answer: {', '.join(sorted(found.unanswered))}.")
    if voucher is None:
        lines.append("Dinero holds no voucher that is known to be this bill's.")
    else:
        how = f"booked as {voucher.number}" if voucher.booked else "a draft"
        total = amount(voucher.total, voucher.currency)
        lines.append(f"Dinero holds its voucher: {how}, dated {voucher.date}, {total}.")
    return "\n".join([*lines, *advice(record)])
