"""What came of bills, for people and for programs."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dinero_sync.cli.reports.order import advice
from dinero_sync.cli.reports.tables import amount
from dinero_sync.domain.step import Language
from dinero_sync.sync.bills.outcome import BillOutcome, CameOf

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
