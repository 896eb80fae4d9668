"""The golden cases of suppliers' bills: posted in books of the sandbox's, written for Beancount."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from paper_cases import PaperCase, as_beancount, posted, read_cases

from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sync.run.bills.looking import look_at_bills

KIND = "bills"


@dataclass(frozen=True, slots=True, kw_only=True)
class BillCase(PaperCase):
    """A bill."""

    rule: Mapping[str, Any]
    bill: str
    """What is on it, as YAML."""


@cache
def bill_cases() -> tuple[BillCase, ...]:
    """Read the cases."""
    return read_cases(KIND, BillCase)


@cache
def posted_bills() -> Mapping[str, tuple[Entry, ...]]:
    """Post every case in books of its own; return the entries by the case's name."""
    return posted(KIND, bill_cases(), _put, look_at_bills)


def _put(case: BillCase, inbox: Path) -> Mapping[str, Any]:
    (inbox / f"{case.name}.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (inbox / f"{case.name}.yaml").write_text(case.bill, encoding="utf-8")
    return {"rules": [dict(case.rule)]}


def bills_beancount() -> str:
    """Write the entries of all cases as one Beancount file, with the balances that are expected."""
    return as_beancount(KIND, bill_cases(), posted_bills())
