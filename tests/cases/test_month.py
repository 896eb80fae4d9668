"""The worked month of the pages about money: a clearing account comes to 0.00, entry by entry."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from case_books import a_sandbox
from case_month import CARDS, FEES, FEES_TAKEN, LAST, MIDDLE, NET, UNDER_WAY, Month, a_month

from dinero_sync.posting.clearing.ours import Column


@pytest.fixture(scope="module")
def month() -> Iterator[Month]:
    with a_sandbox() as sandbox:
        yield a_month(sandbox)


def total(month: Month, account: int) -> Decimal:
    return sum((each.amount for each in month.entries if each.account == account), Decimal(0))


def test_what_was_paid_is_on_the_bank_and_in_the_fees_and_nothing_is_left(month: Month) -> None:
    assert total(month, CARDS) == 0
    assert total(month, UNDER_WAY) == NET
    assert total(month, FEES) == FEES_TAKEN


def test_in_the_middle_the_account_holds_what_is_not_paid_out_yet(month: Month) -> None:
    statement = month.statements[MIDDLE]

    assert statement.closing == Decimal("786.50")
    assert [each.number for each in statement.open] == ["10601"]


def test_at_the_end_it_is_empty_and_proved(month: Month) -> None:
    statement = month.statements[LAST]

    assert statement.columns == {
        Column.SALES: Decimal("1662.83"),
        Column.REFUNDS: Decimal(0),
        Column.PAYOUTS: -NET,
        Column.FEES: -FEES_TAKEN,
    }
    assert {statement.closing, statement.in_dinero, statement.other} == {Decimal(0)}
    assert (statement.open, statement.differences, statement.unexplained) == ((), (), ())
