"""A worked month of a clearing account: what is paid, what is paid out, and how it comes to 0.00.

Orders are sold and a settlement file is posted by the sync; Dinero's entries are the sandbox's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from case_books import Shop, a_shop
from case_credits import SOURCE, pay_out
from case_docs import DOCS, amount_text
from case_files import Case, case_named
from case_plan import account_name

from dinero_sync.clock import SystemClock
from dinero_sync.domain.step import Facts, Language
from dinero_sync.posting.clearing.statement import Statement
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts
from dinero_sync.texts.screens.saying import tell

CARDS, UNDER_WAY, FEES = 55010, 55000, 7420
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
MIDDLE = date(2026, 11, 26)
MONTH = re.compile(r"<!-- month -->\n.*?<!-- end -->", re.DOTALL)
PAGES = {DOCS / "money.md": Language.ENGLISH, DOCS / "penge.md": Language.DANISH}
TITLES: Mapping[Language, tuple[str, ...]] = {
    Language.ENGLISH: ("day", "text", "account", "debit", "credit", "55010 holds"),
    Language.DANISH: ("dag", "tekst", "konto", "debet", "kredit", "55010 står på"),
}
CALL = "dinero-sync clearing --account 55010 --from 2026-11-01 --until {last}"
SAYS = {Language.ENGLISH: "says", Language.DANISH: "siger"}
FILE = """\
Udbetaling;Dato;Type;Ordre;Beløb;Gebyr
U46;2026-11-03;Køb;10501;786,50;-11,01
U46;2026-11-03;Køb;10502;89,83;-1,26
U46;2026-11-09;Udbetalt;;-864,06;0,00
U49;2026-11-24;Køb;10601;786,50;-11,01
U49;2026-11-30;Udbetalt;;-775,49;0,00
"""
NET, FEES_TAKEN = Decimal("1639.55"), Decimal("23.28")
"""What the two payouts of the file come to."""
OF_FILE = {
    Language.ENGLISH: "The acquirer's file, which `dinero-sync payouts` posts:",
    Language.DANISH: "Indløserens fil, som `dinero-sync payouts` bogfører:",
}
OF_BOOKS = {
    Language.ENGLISH: "What stands in Dinero then:",
    Language.DANISH: "Det står der derefter i Dinero:",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The entries of the month's payments and payouts, and its statements in the middle and end."""

    entries: tuple[Entry, ...]
    statements: Mapping[date, Statement]


def orders() -> tuple[Case, ...]:
    """Return the orders of the month: two early ones, and one late."""
    early = case_named("a-danish-consumer")
    early = replace(early, config=early.config + SOURCE)
    later = {"order_id": 4815201, "webshop_order_id": 10601}
    moments = {"time": "2026-11-24 09:12:00", "paid_time": "2026-11-24 14:05:00"}
    moments["last_modified"] = "2026-11-24 14:05:00"
    return early, case_named("b-voucher"), early.with_order(**later, **moments)


def a_month(sandbox: Sandbox) -> Month:
    """Sell, pay out, and reckon."""
    sold = orders()
    with a_shop(sold[0], sandbox) as shop:
        sandbox.change_settings(ledger_booking_questions=0)
        shop.sell(*sold)
        pay_out(shop, FILE)
        organisation = sandbox.organisation
        of_cards = [each for each in organisation.entries if each.account == CARDS]
        places = {each.voucher_guid: place for place, each in enumerate(of_cards)}
        moved = _one_an_account(e for e in organisation.entries if e.voucher_guid in places)
        moved.sort(key=lambda each: (each.date, places[each.voucher_guid], each.account != CARDS))
        return Month(
            entries=tuple(moved),
            statements={last: reckoned(shop, last) for last in (MIDDLE, LAST)},
        )


def _one_an_account(entries: Iterable[Entry]) -> list[Entry]:
    """Add up what a voucher has on an account: net and fees leave the clearing account apart."""
    found: dict[tuple[str | None, int], Entry] = {}
    for each in entries:
        key = each.voucher_guid, each.account
        known = found.get(key)
        found[key] = replace(known, amount=known.amount + each.amount) if known else each
    return list(found.values())


def reckoned(shop: Shop, last: date) -> Statement:
    """Return what `clearing` says of the account from the month's first day to ``last``."""
    accounts = chosen(clearing_accounts(shop.config), CARDS, None)
    clock = SystemClock()
    found = clear(shop.config, "config.yaml", clock, accounts, first=FIRST, last=last)
    (statement,) = found.statements
    return statement


def month_page(path: Path, month: Month) -> str:
    """Return the text of a page with the month made anew."""
    return with_month(path.read_text(encoding="utf-8"), PAGES[path], month)


def with_month(text: str, language: Language, month: Month) -> str:
    """Return a text with the month in it made anew."""
    made = "\n".join(_lines(month, language))
    return MONTH.sub(lambda _: f"<!-- month -->\n{made}\n<!-- end -->", text)


def _lines(month: Month, language: Language) -> Iterator[str]:
    yield f"{OF_FILE[language]}\n\n```\n{FILE}```\n\n{OF_BOOKS[language]}\n"
    yield f"| {' | '.join(TITLES[language])} |"
    yield "| --- | --- | --- | ---: | ---: | ---: |"
    held, voucher = Decimal(0), None
    for each in month.entries:
        if each.account == CARDS:
            held += each.amount
        is_new = each.voucher_guid != voucher
        voucher = each.voucher_guid
        day, text = (f"{each.date}", each.description) if is_new else ("", "")
        debit, credit = (each.amount, None) if each.amount > 0 else (None, -each.amount)
        cells = (
            *(day, text, f"{each.account} {account_name(each.account)}"),
            *(amount_text(debit, language), amount_text(credit, language)),
            amount_text(held, language) if is_new else "",
        )
        yield f"| {' | '.join(cells)} |"
    for last, statement in month.statements.items():
        yield f"\n`{CALL.format(last=last)}` {SAYS[language]}:\n"
        yield "| | |\n| --- | ---: |"
        for text, amount in _rows(statement, language, last):
            yield f"| {text} | {amount_text(amount, language)} |"


def _rows(statement: Statement, language: Language, last: date) -> Iterator[tuple[str, Decimal]]:
    columns = ((str(column), amount) for column, amount in statement.columns.items() if amount)
    ends = ("closing", "in_dinero", "difference")
    for name, amount in (
        ("opening", statement.opening),
        *columns,
        *((each, getattr(statement, each)) for each in ends),
    ):
        yield tell(f"money.clearing.{name}", language), amount
    for each in statement.open:
        facts: Facts = {
            "number": each.number,
            "since": each.since,
            "count": (last - each.since).days,
        }
        yield tell("money.clearing.open_order", language, **facts), each.amount
