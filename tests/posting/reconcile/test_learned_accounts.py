"""Which accounts Dinero posts on by itself: learned from the vouchers of bills on credit."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from dinero_sync.domain.chart import Entry
from dinero_sync.domain.papers.bill import BillKind, Region, Voucher, VoucherLine
from dinero_sync.posting.reconcile.postings import BELIEVED, USUAL, Learning, SystemAccounts

DAY = date(2026, 4, 4)
COST, OWED, DEDUCTED = 2100, 63010, 64065


def voucher(kind: BillKind = BillKind.INVOICE, vat: str = "25.00") -> Voucher:
    line = VoucherLine(description="", amount=Decimal("125.00"), account=COST, vat_code="I25")
    return Voucher(
        kind=kind,
        guid=None,
        reference="bill:1",
        date=DAY,
        currency="DKK",
        lines=(line,),
        vat=Decimal(vat),
        deposit_account=None,
        region=Region.DENMARK,
        due=DAY,
    )


def entries(*posted: tuple[int, str]) -> list[Entry]:
    return [
        Entry(account=account, day=DAY, amount=Decimal(amount), voucher_number=7)
        for account, amount in posted
    ]


def learned(bill: Voucher, there: Sequence[Entry], times: int = BELIEVED + 1) -> tuple[int, int]:
    """Return the accounts of what is owed and of what is deducted, after so many such bills."""
    learning = Learning()
    for _ in range(times):
        learning.take_bill(bill, there)
    return learning.accounts.creditors, learning.accounts.input_vat


SHOWN = entries((COST, "100.00"), (DEDUCTED, "25.00"), (OWED, "-125.00"))


def test_the_whole_total_is_what_is_owed_and_the_vat_is_what_is_deducted() -> None:
    assert learned(voucher(), SHOWN) == (OWED, DEDUCTED)


def test_a_few_bills_change_nothing_that_is_believed() -> None:
    assert learned(voucher(), SHOWN, times=BELIEVED) == (USUAL.creditors, USUAL.input_vat)


def test_a_credit_note_shows_the_opposite() -> None:
    back = entries((COST, "-100.00"), (DEDUCTED, "-25.00"), (OWED, "125.00"))

    assert learned(voucher(BillKind.CREDIT_NOTE), back) == (OWED, DEDUCTED)
    assert learned(voucher(), back) == (USUAL.creditors, USUAL.input_vat)
    assert learned(voucher(BillKind.CREDIT_NOTE), SHOWN) == (USUAL.creditors, USUAL.input_vat)


@pytest.mark.parametrize("amount", ["25.00", "-125.00"])
def test_an_account_that_the_bill_names_is_none_of_dineros(amount: str) -> None:
    """Such lines may come to the same; what stands behind them still tells."""
    there = [*entries((COST, amount)), *SHOWN]

    assert learned(voucher(), there) == (OWED, DEDUCTED)


def test_other_amounts_and_vat_of_nothing_tell_nothing() -> None:
    other = entries((DEDUCTED, "24.00"), (OWED, "-124.00"))
    nothing = entries((DEDUCTED, "0.00"))

    assert learned(voucher(), other) == (USUAL.creditors, USUAL.input_vat)
    assert learned(voucher(vat="0.00"), nothing) == (USUAL.creditors, USUAL.input_vat)


def test_the_buyer_owes_vat_on_what_was_bought_abroad_alone() -> None:
    system = SystemAccounts(debtors=1, vat=2, creditors=3, input_vat=4, goods_vat=5, services_vat=6)

    owed = {
        code: system.vat_abroad(code)
        for code in ("IEUV", "IVV", "IEUY", "IVY", "OBPK", "I25", None)
    }

    assert owed == {
        "IEUV": 5,
        "IVV": 5,
        "IEUY": 6,
        "IVY": 6,
        "OBPK": None,
        "I25": None,
        None: None,
    }
