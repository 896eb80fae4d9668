"""A bill as a person writes it beside its document, for holds that show what to paste."""

import json
from collections.abc import Iterator
from decimal import Decimal

from dinero_sync.domain.papers.bill import Bill, BillKind

CREDIT_NOTES = "K"
"""What is put behind the number of a credit note that bears an invoice's (kreditnota)."""


def as_yaml(bill: Bill, *, number: str | None = None, kroner_paid: Decimal | None = None) -> str:
    """Write all that a bill says as YAML, with another ``number`` or what was paid in kroner."""
    return "".join(f"{line}\n" for line in _lines(bill, number or bill.number, kroner_paid))


def number_of_its_own(bill: Bill) -> str:
    """Return a number for a bill that bears one which another of its supplier has."""
    behind = CREDIT_NOTES if bill.kind is BillKind.CREDIT_NOTE else bill.date.isoformat()
    return f"{bill.number}-{behind}"


def quoted(text: str) -> str:
    """Write a text so that YAML takes it for nothing else."""
    return json.dumps(text, ensure_ascii=False)


def _lines(bill: Bill, number: str, kroner_paid: Decimal | None) -> Iterator[str]:
    yield f"supplier: {quoted(bill.supplier)}"
    if bill.vat_number is not None:
        yield f"vat_number: {bill.vat_number}"
    yield f"number: {quoted(number)}"
    yield f"date: {bill.date.isoformat()}"
    if bill.due is not None:
        yield f"due: {bill.due.isoformat()}"
    yield f"currency: {bill.currency}"
    yield f"kind: {bill.kind}"
    yield "amounts:"
    for each in bill.amounts:
        yield f"  - {{rate: {each.rate.normalize():f}, net: {each.net:.2f}, vat: {each.vat:.2f}}}"
    yield f"total: {bill.total:.2f}"
    paid = bill.kroner_paid if kroner_paid is None else kroner_paid
    if paid is not None:
        yield f"kroner_paid: {paid:.2f}"
