"""What came of bills, for people and for programs."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dinero_sync.cli.reports.money import papers
from dinero_sync.cli.reports.order import advice
from dinero_sync.cli.reports.tables import amount
from dinero_sync.cli.terminal import Line, Tone
from dinero_sync.domain.step import Language
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf
from dinero_sync.sync.run.bills.by_hand import BillEvidence
from dinero_sync.texts.screens.saying import tell

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


def as_lines(bills: Iterable[CameOf], language: Language) -> Iterator[str | Line]:
    """Write what came of bills for a shop owner: a line each, and what is to be done below it."""
    told = list(bills)
    for each in told:
        yield from _lines(each, language)
    if not told:
        yield tell("money.papers.no_new_bill", language)


def _lines(came: CameOf, language: Language) -> Iterator[str | Line]:
    record = came.record
    yield papers.outcome_line(came, came.file, language)
    if came.outcome in NEEDS_YOU:
        yield f"  {record.name}"
        yield from advice(record, language)


def waiting_data(record: BillRecord) -> dict[str, object]:
    """Return a bill that waits for a person, for programs."""
    return papers.waiting_data(record, "total")


def waiting_lines(record: BillRecord, language: Language) -> Iterator[str | Line]:
    """Write a bill that waits for a person, and what to do about it."""
    return papers.waiting_lines(record, language)


def known_data(record: BillRecord, effects: list[dict[str, object]]) -> dict[str, object]:
    """Return all that is known of a bill, for ``show``."""
    return papers.known_data(record, waiting_data(record), effects)


def known_lines(record: BillRecord, language: Language) -> Iterator[str | Line]:
    """Write all that is known of a bill, for ``show``."""
    total = tell("order.show.total", language), amount(record.total, record.currency, language)
    yield from papers.known_lines(record, language, [total])
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


def evidence(found: BillEvidence, language: Language) -> Iterator[str | Line]:
    """Write both sides of a bill: what was sent without an answer, and what Dinero holds."""
    voucher = found.found
    if voucher is None:
        held = tell("money.papers.no_voucher", language)
    else:
        code = "money.papers.has_voucher" if voucher.booked else "money.papers.has_draft"
        total = amount(voucher.total, voucher.currency, language)
        held = tell(code, language, number=voucher.number, day=voucher.date, total=total)
    return papers.evidence(found, held, language)
