"""A worked month of a clearing account: what is paid, what is paid out, and how it comes to 0.00.

Orders are sold by the sync, and Dinero's entries are the sandbox's own. A payout is what the
journal says of one, and a voucher of just those entries.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from case_books import Shop, a_shop
from case_docs import DOCS, amount_text
from case_files import Case, case_named
from case_plan import account_name

from dinero_sync.clock import SystemClock
from dinero_sync.domain.step import Facts, Language
from dinero_sync.journal.database import open_journal
from dinero_sync.posting.clearing.statement import Statement
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.dinero.vat_return import Entry
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.texts import telling

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
SOURCE = """
payouts:
  sources:
    - id: kort
      name: Kort
      format: clearhaus
      clearing_account: 55010
      paid_to: 55000
      fee_account: 7420
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOut:
    """What a payout of the month takes from the account, and the orders that it is of."""

    name: str
    day: date
    net: Decimal
    fees: Decimal
    orders: Mapping[int, Decimal]


PAYOUTS = (
    PaidOut(
        name="kort:U46",
        day=date(2026, 11, 9),
        net=Decimal("864.06"),
        fees=Decimal("12.27"),
        orders={4815101: Decimal("786.50"), 4815102: Decimal("89.83")},
    ),
    PaidOut(
        name="kort:U49",
        day=date(2026, 11, 30),
        net=Decimal("775.49"),
        fees=Decimal("11.01"),
        orders={4815201: Decimal("786.50")},
    ),
)


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
        shop.sell(*sold)
        for each in PAYOUTS:
            pay_out(shop, each)
        organisation = sandbox.organisation
        of_cards = [each for each in organisation.entries if each.account == CARDS]
        places = {each.voucher_guid: place for place, each in enumerate(of_cards)}
        moved = [each for each in organisation.entries if each.voucher_guid in places]
        moved.sort(key=lambda each: (each.date, places[each.voucher_guid], each.account != CARDS))
        return Month(
            entries=tuple(moved),
            statements={last: reckoned(shop, last) for last in (MIDDLE, LAST)},
        )


def pay_out(shop: Shop, payout: PaidOut) -> None:
    """Post a payout in Dinero, and have it in the journal as one of ours."""
    books = shop.sandbox.organisation
    text = f"Udbetaling {payout.name}"
    amounts = {UNDER_WAY: payout.net, FEES: payout.fees, CARDS: -payout.net - payout.fees}
    note_payout(shop, payout, UUID(by_hand.post(books, payout.day, text, amounts)))


def note_payout(shop: Shop, payout: PaidOut, voucher: UUID) -> None:
    """Have a booked payout in the journal, as `payouts` keeps it."""
    lines = [
        {"amount": str(amount), "account": account, "balancing_account": CARDS}
        for account, amount in ((UNDER_WAY, payout.net), (FEES, payout.fees))
    ]
    plan = json.dumps({"guid": str(voucher), "date": str(payout.day), "lines": lines})
    matched = [[order_id, str(amount)] for order_id, amount in payout.orders.items()]
    name = f"payout:{payout.name}"
    with closing(open_journal(state_folder(shop.config))) as db:
        db.execute(
            "INSERT INTO subjects (subject, kind, number, raw, currency, seen_undue, not_elsewhere)"
            " VALUES (?, 'payout', ?, ?, 'DKK', 0, 0)",
            (name, payout.name, json.dumps({"matched": matched})),
        )
        db.execute(
            "INSERT INTO documents (subject, document, chain, place, document_kind, standing, rung,"
            " looks, settings, day, plan, plan_version)"
            " VALUES (?, 'payout', 'payout', 0, 'payout', 'done', 'booked', 0, '', ?, ?, 1)",
            (name, str(payout.day), plan),
        )


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
        yield telling.clearing(name, {}, language), amount
    for each in statement.open:
        facts: Facts = {
            "number": each.number,
            "since": each.since,
            "days": (last - each.since).days,
        }
        yield telling.clearing("open_order", facts, language), each.amount
