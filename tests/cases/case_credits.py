"""Golden credit notes: a case that is sold, what is credited of it, and the entries of that.

Each file in ``credits`` names the case, what is credited, and the entries as a bookkeeper works
them out. The examples in ``docs/money.md`` are made from them.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from case_books import SandboxTime, Shop, a_shop
from case_docs import DOCS
from case_files import FOLDER, Amounts, Case, case_named, exact_yaml, signed
from case_plan import account_name

from dinero_sync.journal import orders
from dinero_sync.logs import set_up_logs
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.work.workplace import open_workplace

PAGE = DOCS / "money.md"
EXAMPLE = re.compile(r"<!-- credit (?P<name>[a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A golden credit note."""

    name: str
    title: str
    case: Case
    """What was sold."""
    command: str
    """What is given, without the program and the order."""
    wanted: Wanted
    entries: Mapping[str, Amounts]
    """By voucher: ``credit_note``, ``ledger_item``, ``refund``."""


@cache
def credits_of_cases() -> tuple[Credit, ...]:
    """Read all golden credit notes, by name."""
    return tuple(_read(path) for path in sorted((FOLDER / "credits").glob("*.yaml")))


def _read(path: Path) -> Credit:
    content: dict[str, Any] = exact_yaml(path)
    goods = tuple((sku, Decimal(count)) for sku, count in content.get("goods", {}).items())
    return Credit(
        name=path.stem,
        title=content["title"],
        case=case_named(content["case"]),
        command=content["command"],
        wanted=Wanted(
            everything=content.get("all", False),
            amount=content.get("amount"),
            goods=goods,
            freight=content.get("freight", False),
        ),
        entries={
            voucher: sorted((row["account"], signed(row)) for row in rows)
            for voucher, rows in content["entries"].items()
        },
    )


def credit(shop: Shop, case: Case, wanted: Wanted) -> None:
    """Credit an order, as ``dinero-sync credit`` does."""
    set_up_logs(verbosity=0, log_format="json", stream=io.StringIO())
    options = CreditOptions(wanted=wanted, reason="Retur", again=True)
    with (
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
        open_workplace(shop.config, "config.yaml", SandboxTime(shop.sandbox)) as place,
    ):
        record = orders.loaded(place.db, int(case.order["order_id"]))
        result = make_credit(place, decide_credit(place, record, options), options.reason)
    assert result.outcomes() == {"credited": 1}, result.stopped


def credited_entries(found: Credit, sandbox: Sandbox) -> dict[str, list[Entry]]:
    """Sell and credit what a golden credit note says; return the entries that the credit made."""
    with a_shop(found.case, sandbox) as shop:
        shop.sell(found.case)
        books = sandbox.organisation
        before = len(books.entries)
        credit(shop, found.case, found.wanted)
        vouchers: dict[str, list[Entry]] = {}
        for entry in books.entries[before:]:
            kind = "credit_note" if entry.voucher_guid in books.credit_notes else "refund"
            if entry.voucher_guid in books.ledger_items:
                kind = "ledger_item"
            vouchers.setdefault(kind, []).append(entry)
    return {kind: sorted(each, key=_debits_first) for kind, each in vouchers.items()}


def _debits_first(entry: Entry) -> tuple[bool, int]:
    return (entry.amount < 0, entry.account)


def amounts(entries: Iterable[Entry]) -> Amounts:
    """Return account and amount of each entry."""
    return sorted((entry.account, entry.amount) for entry in entries)


def money_page(sandbox: Sandbox) -> str:
    """Return the text of the page with its examples made anew."""
    by_name = {each.name: each for each in credits_of_cases()}

    def made_anew(match: re.Match[str]) -> str:
        found = by_name[match["name"]]
        text = "\n".join(_example(found, credited_entries(found, sandbox)))
        return f"<!-- credit {found.name} -->\n{text}\n<!-- end -->"

    return EXAMPLE.sub(made_anew, PAGE.read_text(encoding="utf-8"))


def _example(found: Credit, vouchers: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    yield f"**{found.title}.** Order {found.case.number}:"
    yield f"`dinero-sync credit {found.case.order['order_id']} {found.command}`\n"
    yield "| voucher | account | debit | credit |\n| --- | --- | ---: | ---: |"
    for kind, entries in vouchers.items():
        label = kind.replace("_", " ")
        for entry in entries:
            debit, credit_ = (entry.amount, None) if entry.amount > 0 else (None, -entry.amount)
            yield (
                f"| {label} | {entry.account} {account_name(entry.account)} | "
                f"{_text(debit)} | {_text(credit_)} |"
            )
            label = ""


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"
