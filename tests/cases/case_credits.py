"""Golden credit notes: a case that is sold, what is credited of it, and the entries of that.

Each file in ``credits`` names the case, what is credited, and the entries as a bookkeeper works
them out. The examples in the bookkeeper's pages are made from them.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from case_books import SandboxTime, Shop, a_shop
from case_docs import DOCS, amount_text
from case_files import FOLDER, Amounts, Case, case_named, exact_yaml, signed
from case_plan import account_name

from dinero_sync.journal import orders
from dinero_sync.logs import set_up_logs
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.credit.reopening import reopened
from dinero_sync.sync.run.payouts.looking import look_at_payouts
from dinero_sync.sync.run.result import ended
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.sync.work.workplace import open_workplace

PAGES = {DOCS / "money.md": "en", DOCS / "penge.md": "da"}
"""The pages that show them, and their languages."""
VOUCHERS = {
    "credit_note": "kreditnota",
    "refund": "tilbagebetaling",
    "ledger_item": "finansbilag",
    "payout": "udbetaling",
    "chargeback": "chargeback",
}
"""The kinds of voucher in Danish."""
SOURCE = """
payouts:
  start_date: 2026-11-01
  sources:
    - id: kort
      name: Kort
      format: columns
      columns:
        payout: Udbetaling
        date: Dato
        type: Type
        reference: Ordre
        amount: Beløb
        fee: Gebyr
        types: {sale: [Køb], refund: [Retur], chargeback: [Indsigelse], payout: [Udbetalt]}
      clearing_account: 55010
      paid_to: 55000
      fee_account: 7420
"""
OF_PAYOUTS = ("Udbetaling", "Gebyr")
EXAMPLE = re.compile(r"<!-- credit (?P<name>[a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A golden credit note."""

    name: str
    title: Mapping[str, str]
    """By language."""
    case: Case
    """What was sold."""
    command: str
    """What is given, without the program and the order."""
    wanted: Wanted
    """What is credited; nothing where the buyer owes again instead."""
    entries: Mapping[str, Amounts]
    """By voucher: ``credit_note``, ``ledger_item``, ``refund``, ``payout``, ``chargeback``."""
    file: str = ""
    """The provider's settlement file, where one tells of it."""
    file_is_first: bool = False
    """Whether it comes before anything is credited."""


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
        file=content.get("file", ""),
        file_is_first=content.get("file_is_first", False),
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


def pay_out(shop: Shop, file: str) -> None:
    """Post a settlement file, as ``dinero-sync payouts FILE`` does."""
    path = state_folder(shop.config) / "afregning.csv"
    path.write_text(file, encoding="utf-8")
    set_up_logs(verbosity=0, log_format="json", stream=io.StringIO())
    with (
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
        open_workplace(shop.config, "config.yaml", SandboxTime(shop.sandbox)) as place,
    ):
        ended(place, lambda result: look_at_payouts(place, result, [path]))
    shop.run()


def owe_again(shop: Shop, case: Case) -> None:
    """Let the buyer owe again, as ``dinero-sync resolve --reopen`` does."""
    set_up_logs(verbosity=0, log_format="json", stream=io.StringIO())
    with (
        structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
        open_workplace(shop.config, "config.yaml", SandboxTime(shop.sandbox)) as place,
    ):
        reopened(place, orders.loaded(place.db, int(case.order["order_id"])))


def credited_entries(found: Credit, sandbox: Sandbox) -> dict[str, list[Entry]]:
    """Sell and credit what a golden credit note says; return the entries that the credit made."""
    case = replace(found.case, config=found.case.config + SOURCE) if found.file else found.case
    with a_shop(case, sandbox) as shop:
        sandbox.change_settings(ledger_booking_questions=0)
        shop.sell(case)
        books = sandbox.organisation
        before = len(books.entries)
        if found.file_is_first:
            pay_out(shop, found.file)
        if found.wanted == Wanted():
            owe_again(shop, case)
        else:
            credit(shop, case, found.wanted)
        if found.file and not found.file_is_first:
            pay_out(shop, found.file)
        paid_back = "chargeback" if found.wanted == Wanted() else "refund"
        vouchers: dict[str, list[Entry]] = {}
        for entry in books.entries[before:]:
            kind = "credit_note" if entry.voucher_guid in books.credit_notes else paid_back
            if entry.voucher_guid in books.ledger_items:
                kind = "payout" if entry.description.startswith(OF_PAYOUTS) else "ledger_item"
            vouchers.setdefault(kind, []).append(entry)
    return {kind: sorted(each, key=_debits_first) for kind, each in vouchers.items()}


def _debits_first(entry: Entry) -> tuple[bool, int]:
    return (entry.amount < 0, entry.account)


def amounts(entries: Iterable[Entry]) -> Amounts:
    """Return account and amount of each entry."""
    return sorted((entry.account, entry.amount) for entry in entries)


def credited(sandbox: Sandbox) -> Mapping[str, Mapping[str, Sequence[Entry]]]:
    """Credit all golden credit notes; return the entries of each, by name and voucher."""
    return {each.name: credited_entries(each, sandbox) for each in credits_of_cases()}


def with_credits(path: Path, entries: Mapping[str, Mapping[str, Sequence[Entry]]]) -> str:
    """Return the text of a page with its examples made anew from the entries."""
    by_name = {each.name: each for each in credits_of_cases()}

    def made_anew(match: re.Match[str]) -> str:
        found = by_name[match["name"]]
        text = "\n".join(_example(found, entries[found.name], PAGES[path]))
        return f"<!-- credit {found.name} -->\n{text}\n<!-- end -->"

    return EXAMPLE.sub(made_anew, path.read_text(encoding="utf-8"))


def _example(
    found: Credit, vouchers: Mapping[str, Sequence[Entry]], language: str
) -> Iterator[str]:
    is_danish = language == "da"
    order = "Ordre" if is_danish else "Order"
    yield f"**{found.title[language]}.** {order} {found.case.number}:"
    verb = "resolve" if found.wanted == Wanted() else "credit"
    yield f"`dinero-sync {verb} {found.case.order['order_id']} {found.command}`\n"
    titles = "bilag | konto | debet | kredit" if is_danish else "voucher | account | debit | credit"
    yield f"| {titles} |\n| --- | --- | ---: | ---: |"
    for kind, entries in vouchers.items():
        label = VOUCHERS[kind] if is_danish else kind.replace("_", " ")
        for entry in entries:
            debit, credit_ = (entry.amount, None) if entry.amount > 0 else (None, -entry.amount)
            yield (
                f"| {label} | {entry.account} {account_name(entry.account)} | "
                f"{amount_text(debit, language)} | {amount_text(credit_, language)} |"
            )
            label = ""
