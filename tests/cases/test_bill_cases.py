"""Suppliers' bills come to what a bookkeeper works out, and another engine finds it in balance."""

from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Transaction
from bill_cases import BillCase, bill_cases, posted_bills
from make_cases import BILLS


@pytest.mark.parametrize("case", bill_cases(), ids=lambda case: case.name)
def test_a_bill_comes_to_what_is_expected(case: BillCase) -> None:
    sums: dict[int, Decimal] = {}
    for entry in posted_bills()[case.name]:
        sums[entry.account] = sums.get(entry.account, Decimal(0)) + entry.amount

    assert {number: amount for number, amount in sums.items() if amount} == dict(case.entries)


def test_beancount_finds_every_bill_in_balance_and_every_account_as_expected() -> None:
    entries, errors, _ = loader.load_string(BILLS.read_text(encoding="utf-8"))

    assert errors == []
    assert len([each for each in entries if isinstance(each, Transaction)]) == len(bill_cases())
