"""Payouts come to what a bookkeeper works out, and another engine finds it in balance."""

from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Transaction
from make_cases import PAYOUTS
from payout_cases import PayoutCase, payout_cases, payouts_beancount, posted_payouts


@pytest.mark.parametrize("case", payout_cases(), ids=lambda case: case.name)
def test_a_payout_comes_to_what_is_expected(case: PayoutCase) -> None:
    sums: dict[int, Decimal] = {}
    for entry in posted_payouts()[case.name]:
        sums[entry.account] = sums.get(entry.account, Decimal(0)) + entry.amount

    assert {number: amount for number, amount in sums.items() if amount} == dict(case.entries)


def test_beancount_finds_every_payout_in_balance_and_every_account_as_expected() -> None:
    entries, errors, _ = loader.load_string(PAYOUTS.read_text(encoding="utf-8"))

    assert errors == []
    assert len([each for each in entries if isinstance(each, Transaction)]) == len(payout_cases())


def test_the_file_is_what_the_cases_make() -> None:
    assert PAYOUTS.read_text(encoding="utf-8") == payouts_beancount()
