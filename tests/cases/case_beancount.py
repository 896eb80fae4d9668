"""The entries of all cases as one Beancount file, for a double-entry engine of somebody else's.

The amounts of the entries are those in the sandbox's books; the balances at the end are what the
files of the cases expect. Beancount checks that each voucher balances, and that the two agree.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from case_books import Settled, Voucher
from case_files import Case
from case_plan import account_name

HEADER = """\
; The entries of all golden cases: somebody else's double-entry engine must find them in balance.
; Made by `make cases`; the sales are invented.
option "title" "dinero-sync: golden cases"
option "operating_currency" "DKK"
"""
OPENED, CLOSED = date(2026, 1, 1), date(2027, 1, 1)
KINDS = ((2000, "Income"), (10_000, "Expenses"), (60_000, "Assets"))
"""The account numbers below which accounts are of a kind; from the last on they are debts."""
WORDS = {
    "invoice": "Faktura",
    "payment": "Betaling af faktura",
    "payment_by_gift_card": "Betaling med gavekort",
    "ledger_item": "Finansbilag",
}
NO_PART_OF_NAMES = re.compile(r"[^\w]+")


def beancount_file(settled: Iterable[Settled]) -> str:
    """Write the whole file."""
    found = list(settled)
    numbers = {
        row.account for each in found for voucher in each.vouchers for row in voucher.entries
    }
    blocks = [
        HEADER,
        "".join(f"{OPENED} open {account(number)} DKK\n" for number in sorted(numbers)),
        *("\n".join(_vouchers(each)) for each in found),
        "".join(_balances(each.case for each in found)),
    ]
    return "\n".join(blocks)


def account(number: int) -> str:
    """Name an account as Beancount allows it: ``Income:1000-Salg-af-varer-ydelser-m-moms``."""
    kind = next((kind for limit, kind in KINDS if number < limit), "Liabilities")
    name = NO_PART_OF_NAMES.sub("-", account_name(number)).strip("-")
    return f"{kind}:{number}-{name}"


def _vouchers(settled: Settled) -> Iterator[str]:
    yield f"; {settled.case.title['da']}"
    for voucher in settled.vouchers:
        yield "\n".join(_transaction(settled.case, voucher)) + "\n"


def _transaction(case: Case, voucher: Voucher) -> Iterator[str]:
    word = WORDS[voucher.kind]
    yield (
        f'{voucher.day} * "{word} {voucher.number}" "{voucher.text}" #{case.name} '
        f"^ordre-{case.number}"
    )
    for entry in voucher.entries:
        yield f"  {account(entry.account):<66} {entry.amount:>9.2f} DKK"
        if entry.vat_code:
            yield f'    moms: "{entry.vat_code}"'


def _balances(cases: Iterable[Case]) -> Iterator[str]:
    yield "; What the cases expect.\n"
    sums: dict[int, Decimal] = {}
    for case in cases:
        for number, amount in case.balances().items():
            sums[number] = sums.get(number, Decimal(0)) + amount
    for number, amount in sorted(sums.items()):
        yield f"{CLOSED} balance {account(number):<66} {amount:>9.2f} ~ 0.00 DKK\n"
