"""A period of the ledger as a file of Beancount's, for a double-entry engine of somebody else's.

Source: https://beancount.github.io/docs/beancount_language_syntax.html
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from dinero_sync import __version__
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.step import Facts, Language
from dinero_sync.sync.insight.ledger import Ledger, Voucher
from dinero_sync.texts.screens.saying import tell

KINDS = ((2000, "Income"), (50_000, "Expenses"), (60_000, "Assets"))
"""The numbers below which accounts of Dinero's standard chart are of a kind; the rest are debts."""
DIFFERENCE = "Equity:Opening-Difference"
"""Takes what opening balances don't add up to, if Dinero carried a year over so."""
NO_PART_OF_NAMES = re.compile(r"[\W_]+")
NO_PART_OF_LINKS = re.compile(r"[^A-Za-z0-9_/.-]+")
WIDTH = 66


def as_text(ledger: Ledger, language: Language) -> str:
    """Write the file: its accounts, what they open with, each voucher, and what they close with."""
    return "\n".join(_lines(ledger, language)) + "\n"


def account(number: int, chart: Chart) -> str:
    """Name an account as Beancount allows it: ``Income:1000-Salg-af-varer``."""
    kind = next((kind for limit, kind in KINDS if number < limit), "Liabilities")
    known = chart.entry.get(number) or chart.deposit.get(number)
    name = NO_PART_OF_NAMES.sub("-", known.name).strip("-") if known else ""
    return f"{kind}:{number}-{name}".rstrip("-")


def _lines(ledger: Ledger, language: Language) -> Iterator[str]:
    facts: Facts = {"first": ledger.first, "last": ledger.last, "version": __version__}
    yield "; " + tell("proof.evidence.beancount", language, **facts)
    yield "; " + tell("proof.evidence.beancount_ours", language)
    yield f'option "title" "dinero-sync {ledger.first} {ledger.last}"'
    yield 'option "operating_currency" "DKK"'
    yield ""
    balances = ledger.balances()
    yield from (f"{ledger.first} open {account(each, ledger.chart)} DKK" for each in balances)
    yield from _opening(ledger)
    for voucher in ledger.vouchers:
        yield ""
        yield from _transaction(voucher, ledger.chart)
    yield ""
    after = ledger.last + timedelta(days=1)  # Beancount looks at balances as a day begins
    for number, amount in balances.items():
        name = account(number, ledger.chart)
        # without a tolerance of our own, Beancount lets a balance differ by an øre
        yield f"{after} balance {name:<{WIDTH}} {amount:>12.2f} ~ 0.00 DKK"


def _opening(ledger: Ledger) -> Iterator[str]:
    if not ledger.opening:
        return
    left = -sum(ledger.opening.values(), Decimal(0))
    if left:
        yield f"{ledger.first} open {DIFFERENCE} DKK"
    yield ""
    yield f'{ledger.first} * "Primo"'
    for number, amount in ledger.opening.items():
        yield _posting(account(number, ledger.chart), amount)
    if left:
        yield _posting(DIFFERENCE, left)


def _transaction(voucher: Voucher, chart: Chart) -> Iterator[str]:
    texts = dict.fromkeys(each.description for each in voucher.entries if each.description)
    yield f'{voucher.day} * "{_text("; ".join(texts))}"{_marks(voucher)}'
    numbers = dict.fromkeys(each.voucher_number for each in voucher.entries if each.voucher_number)
    if numbers:
        yield f'  bilag: "{", ".join(map(str, numbers))}"'
    if voucher.ours is not None:
        yield f'  document: "{_text(voucher.ours.document)}"'
    for each in voucher.entries:
        yield _posting(account(each.account, chart), each.amount)
        if each.vat_code:
            yield f'    moms: "{_text(each.vat_code)}"'


def _marks(voucher: Voucher) -> str:
    """Return the mark of what is ours, and the link to what it is of."""
    if voucher.ours is None:
        return ""
    kind = "ordre-" if voucher.ours.is_order else ""
    link = NO_PART_OF_LINKS.sub("-", voucher.ours.subject)
    return f" #dinero-sync ^{kind}{link}"


def _text(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')


def _posting(name: str, amount: Decimal) -> str:
    return f"  {name:<{WIDTH}} {amount:>12.2f} DKK"
