"""The golden cases of payouts: posted in books of the sandbox's, written for Beancount."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from paper_cases import PaperCase, as_beancount, posted, read_cases

from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sync.run.payouts.looking import look_at_payouts

KIND = "payouts"
SOURCE: Mapping[str, Any] = {
    "id": "viabill",
    "name": "ViaBill",
    "format": "columns",
    "columns": {
        "payout": "Udbetaling",
        "date": "Dato",
        "type": "Type",
        "amount": "Beløb",
        "fee": "Gebyr",
        "types": {
            "sale": ["Køb"],
            "refund": ["Retur"],
            "chargeback": ["Indsigelse"],
            "reserve": ["Rest"],
            "payout": ["Udbetalt"],
        },
    },
    "clearing_account": 55060,
    "paid_to": 54040,
    "fee_account": 7420,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCase(PaperCase):
    """A payout."""

    source: Mapping[str, Any]
    """In what it isn't like the others."""
    file: str


@cache
def payout_cases() -> tuple[PayoutCase, ...]:
    """Read the cases."""
    return read_cases(KIND, PayoutCase)


@cache
def posted_payouts() -> Mapping[str, tuple[Entry, ...]]:
    """Post every case in books of its own; return the entries by the case's name."""
    return posted(KIND, payout_cases(), _put, look_at_payouts)


def _put(case: PayoutCase, inbox: Path) -> Mapping[str, Any]:
    (inbox / f"{case.name}.csv").write_text(case.file, encoding="utf-8")
    return {"sources": [{**SOURCE, **case.source}]}


def payouts_beancount() -> str:
    """Write the entries of all cases as one Beancount file, with what is expected of them."""
    return as_beancount(KIND, payout_cases(), posted_payouts())
