"""The golden cases of suppliers' bills: posted in books of the sandbox's, written for Beancount."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import structlog
import yaml
from case_beancount import CLOSED, OPENED, account
from case_books import a_sandbox
from case_files import FOLDER

from dinero_sync.clock import SystemClock
from dinero_sync.config.load import load_config
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import demo_config
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.bills.looking import look_at_bills
from dinero_sync.sync.run.result import ended
from dinero_sync.sync.work.workplace import open_workplace

HEADER = """\
; The entries of suppliers' bills: somebody else's double-entry engine must find them in balance.
; Made by `make cases`; the bills are invented.
option "title" "dinero-sync: suppliers' bills"
option "operating_currency" "DKK"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCase:
    """A paper, and the entries that must come of it."""

    name: str
    title: Mapping[str, str]
    entries: Mapping[int, Decimal]
    """By account, debit positive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillCase(PaperCase):
    """A bill."""

    rule: Mapping[str, Any]
    bill: str
    """What is on it, as YAML."""


@cache
def bill_cases() -> tuple[BillCase, ...]:
    """Read the cases."""
    text = (FOLDER / "bills" / "bills.yaml").read_text(encoding="utf-8")
    return tuple(
        BillCase(
            name=each["name"],
            title=each["title"],
            rule=each["rule"],
            bill=each["bill"],
            entries={number: Decimal(str(amount)) for number, amount in each["entries"].items()},
        )
        for each in yaml.safe_load(text)
    )


@cache
def posted_bills() -> Mapping[str, tuple[Entry, ...]]:
    """Post every case in books of its own; return the entries by the case's name."""
    with a_sandbox() as sandbox:
        return {case.name: _posted(case, sandbox) for case in bill_cases()}


def _posted(case: BillCase, sandbox: Sandbox) -> tuple[Entry, ...]:
    sandbox.reset()
    set_up_logs(verbosity=-1, log_format="json", stream=io.StringIO())
    with (
        TemporaryDirectory() as folder,
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
    ):
        _post(case, sandbox, Path(folder))
    return tuple(sandbox.organisation.entries)


def _post(case: BillCase, sandbox: Sandbox, folder: Path) -> None:
    (folder / "bills").mkdir()
    (folder / "bills" / f"{case.name}.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (folder / "bills" / f"{case.name}.yaml").write_text(case.bill, encoding="utf-8")
    data = yaml.safe_load(demo_config(sandbox.url))
    data["sync"]["state_dir"] = "state"
    data["bills"] = {"inbox": "bills", "start_date": "2026-01-01", "rules": [dict(case.rule)]}
    config_file = folder / "config.yaml"
    config_file.touch(mode=0o600)
    config_file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    config = load_config(config_file)
    with open_workplace(config, str(config_file), SystemClock(60)) as place:
        ended(place, lambda result: look_at_bills(place, result))


def bills_beancount() -> str:
    """Write the entries of all cases as one Beancount file, with the balances that are expected."""
    return as_beancount(HEADER, bill_cases(), posted_bills())


def as_beancount(
    header: str, cases: Sequence[PaperCase], posted: Mapping[str, tuple[Entry, ...]]
) -> str:
    """Write entries under a header, with the balances that ``cases`` expect."""
    numbers = {entry.account for entries in posted.values() for entry in entries}
    sums: dict[int, Decimal] = {}
    for case in cases:
        for number, amount in case.entries.items():
            sums[number] = sums.get(number, Decimal(0)) + amount
    return "\n".join(
        (
            header,
            "".join(f"{OPENED} open {account(number)} DKK\n" for number in sorted(numbers)),
            *("\n".join(_transactions(case, posted[case.name])) for case in cases),
            "; What the cases expect.\n",
            *(
                f"{CLOSED} balance {account(number):<66} {amount:>9.2f} DKK"
                for number, amount in sorted(sums.items())
            ),
            "",
        )
    )


def _transactions(case: PaperCase, entries: tuple[Entry, ...]) -> Iterator[str]:
    yield f"; {case.title['da']}"
    yield f'{_day(entries)} * "Bilag" "{entries[0].description}" #{case.name}'
    for entry in sorted(entries, key=lambda each: (each.amount < 0, each.account)):
        yield f"  {account(entry.account):<66} {entry.amount:>9.2f} DKK"
        if entry.vat_code:
            yield f'    moms: "{entry.vat_code}"'
    yield ""


def _day(entries: tuple[Entry, ...]) -> date:
    return entries[0].date
