"""The same cases credited: as a whole, in two parts, product by product; the books come to nothing.

Whatever was sold, with whosever VAT, at a margin, by gift card or in another currency, what was
posted for it is taken back from the very accounts that took it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from case_books import Shop, a_shop
from case_credits import credit
from case_files import Case, cases

from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox.state import Sandbox

ORE = Decimal("0.01")


def total(case: Case) -> Decimal:
    return Decimal(str(case.invoice["total"]))


def whole(_: Case) -> list[Wanted]:
    return [Wanted(everything=True)]


def in_two_parts(case: Case) -> list[Wanted]:
    return [Wanted(amount=(total(case) / 3).quantize(ORE)), Wanted(everything=True)]


def product_by_product(case: Case) -> list[Wanted]:
    sold = [line for line in case.order["products"] if line["amount"] and line["unit_price"] > 0]
    goods = [(str(line["own_id"]), None) for line in sold]
    *first, last = [Wanted(goods=(each,)) for each in goods]
    return [*first, replace(last, freight=bool(case.order["shipping_price"]))]


def is_paid_by_money(case: Case) -> bool:
    """Tell whether only money was paid: what a gift card paid has no one account to go back to."""
    return "gift_card" not in case.expected and bool(total(case))


PAID_BY_MONEY = [each for each in cases() if is_paid_by_money(each)]


@pytest.fixture(scope="module", params=PAID_BY_MONEY, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(
    scope="module", params=[whole, in_two_parts, product_by_product], ids=lambda each: each.__name__
)
def credited(case: Case, request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Shop]:
    ways: Callable[[Case], list[Wanted]] = request.param
    with a_shop(case, sandbox) as shop:
        shop.sell(case)
        for wanted in ways(case):
            credit(shop, case, wanted)
        yield shop


def test_the_credit_notes_are_the_invoice_and_nothing_is_owed(case: Case, credited: Shop) -> None:
    notes = credited.sandbox.credit_notes.values()

    assert sum(note.totals.gross for note in notes) == total(case)
    assert credited.invoices[0].remaining == 0


def test_the_books_come_to_nothing(credited: Shop) -> None:
    # Dinero rounds the VAT of each document by itself, and takes the rate of each day.
    documents = len(credited.sandbox.credit_notes)
    allowed = ORE * (documents - 1) * 2

    off = {
        account: amount for account, amount in credited.balances.items() if abs(amount) > allowed
    }
    assert off == {}
    assert all(abs(amount) <= allowed for amount in credited.boxes.values())


def test_a_run_afterwards_writes_nothing(credited: Shop) -> None:
    before = credited.writes
    credited.run()

    assert credited.writes == before
