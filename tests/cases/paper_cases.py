"""What the golden cases of bills and payouts share: their books, and how Beancount reads them."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
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
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.work.workplace import Workplace, open_workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCase:
    """A paper, and the entries that must come of it."""

    name: str
    title: Mapping[str, str]
    entries: Mapping[int, Decimal]
    """By account, debit positive."""


Case = TypeVar("Case", bound=PaperCase)
Posting = Callable[[Workplace, RunResult], None]


def read_cases(kind: str, case: Callable[..., Case]) -> tuple[Case, ...]:
    """Read the cases of a kind, which is its folder's name, too."""
    text = (FOLDER / kind / f"{kind}.yaml").read_text(encoding="utf-8")
    return tuple(
        case(
            **{
                **each,
                "entries": {no: Decimal(str(amount)) for no, amount in each["entries"].items()},
            }
        )
        for each in yaml.safe_load(text)
    )


def posted(
    kind: str,
    cases: Sequence[Case],
    section_of: Callable[[Case, Path], Mapping[str, Any]],
    post: Posting,
) -> Mapping[str, tuple[Entry, ...]]:
    """Post every case in books of its own; return the entries by the case's name.

    ``section_of`` puts a case's files into the inbox, and returns the rest of the section ``kind``.
    """
    with a_sandbox() as sandbox:
        return {case.name: _posted(kind, case, sandbox, section_of, post) for case in cases}


def _posted(
    kind: str,
    case: Case,
    sandbox: Sandbox,
    section_of: Callable[[Case, Path], Mapping[str, Any]],
    post: Posting,
) -> tuple[Entry, ...]:
    sandbox.reset()
    sandbox.change_settings(ledger_booking_questions=0)
    set_up_logs(verbosity=-1, log_format="json", stream=io.StringIO())
    with (
        TemporaryDirectory() as folder,
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
    ):
        inbox, config_file = Path(folder) / kind, Path(folder) / "config.yaml"
        inbox.mkdir()
        data = yaml.safe_load(demo_config(sandbox.url))
        data["sync"]["state_dir"] = "state"
        data[kind] = {"inbox": kind, "start_date": "2026-01-01", **section_of(case, inbox)}
        config_file.touch(mode=0o600)
        config_file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        config = load_config(config_file)
        with open_workplace(config, str(config_file), SystemClock(60)) as place:
            ended(place, lambda result: post(place, result))
    return tuple(sandbox.organisation.entries)


def as_beancount(
    kind: str, cases: Sequence[PaperCase], entries_of: Mapping[str, tuple[Entry, ...]]
) -> str:
    """Write the entries of all cases as one Beancount file, with the balances that are expected."""
    numbers = {entry.account for entries in entries_of.values() for entry in entries}
    sums: dict[int, Decimal] = {}
    for case in cases:
        for number, amount in case.entries.items():
            sums[number] = sums.get(number, Decimal(0)) + amount
    return "\n".join(
        (
            _header(kind),
            "".join(f"{OPENED} open {account(number)} DKK\n" for number in sorted(numbers)),
            *("\n".join(_transactions(case, entries_of[case.name])) for case in cases),
            "; What the cases expect.\n",
            *(
                f"{CLOSED} balance {account(number):<66} {amount:>9.2f} ~ 0.00 DKK"
                for number, amount in sorted(sums.items())
            ),
            "",
        )
    )


def _header(kind: str) -> str:
    entries_of = "suppliers' bills" if kind == "bills" else kind
    return (
        f"; The entries of {entries_of}: somebody else's double-entry engine must find them in "
        f"balance.\n; Made by `make cases`; the {kind} are invented.\n"
        f'option "title" "dinero-sync: {entries_of}"\noption "operating_currency" "DKK"\n'
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
