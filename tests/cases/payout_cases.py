"""The golden cases of payouts: posted in books of the sandbox's, written for Beancount."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import structlog
import yaml
from bill_cases import PaperCase, as_beancount
from case_books import a_sandbox
from case_files import FOLDER

from dinero_sync.clock import SystemClock
from dinero_sync.config.load import load_config
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import demo_config
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.payouts.looking import look_at_payouts
from dinero_sync.sync.run.result import ended
from dinero_sync.sync.work.workplace import open_workplace

HEADER = """\
; The entries of payouts: somebody else's double-entry engine must find them in balance.
; Made by `make cases`; the payouts are invented.
option "title" "dinero-sync: payouts"
option "operating_currency" "DKK"
"""
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
    text = (FOLDER / "payouts" / "payouts.yaml").read_text(encoding="utf-8")
    return tuple(
        PayoutCase(
            name=each["name"],
            title=each["title"],
            source=each["source"],
            file=each["file"],
            entries={number: Decimal(str(amount)) for number, amount in each["entries"].items()},
        )
        for each in yaml.safe_load(text)
    )


@cache
def posted_payouts() -> Mapping[str, tuple[Entry, ...]]:
    """Post every case in books of its own; return the entries by the case's name."""
    with a_sandbox() as sandbox:
        return {case.name: _posted(case, sandbox) for case in payout_cases()}


def _posted(case: PayoutCase, sandbox: Sandbox) -> tuple[Entry, ...]:
    sandbox.reset()
    sandbox.change_settings(ledger_booking_questions=0)
    set_up_logs(verbosity=-1, log_format="json", stream=io.StringIO())
    with (
        TemporaryDirectory() as folder,
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
    ):
        _post(case, sandbox, Path(folder))
    return tuple(sandbox.organisation.entries)


def _post(case: PayoutCase, sandbox: Sandbox, folder: Path) -> None:
    (folder / "payouts").mkdir()
    (folder / "payouts" / f"{case.name}.csv").write_text(case.file, encoding="utf-8")
    data = yaml.safe_load(demo_config(sandbox.url))
    data["sync"]["state_dir"] = "state"
    source = {**SOURCE, **case.source}
    data["payouts"] = {"inbox": "payouts", "start_date": "2026-01-01", "sources": [source]}
    config_file = folder / "config.yaml"
    config_file.touch(mode=0o600)
    config_file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    config = load_config(config_file)
    with open_workplace(config, str(config_file), SystemClock(60)) as place:
        ended(place, lambda result: look_at_payouts(place, result))


def payouts_beancount() -> str:
    """Write the entries of all cases as one Beancount file, with what is expected of them."""
    return as_beancount(HEADER, payout_cases(), posted_payouts())
