"""A refund waits until the provider's file shows it, and is dated the provider's day."""

from datetime import date
from decimal import Decimal

import pytest
from credits import credit
from payout_files import CLEARING, PayoutFiles, Row, paid_out
from shop import raw_order

from dinero_sync.sandbox.dinero.books import Invoice

SOLD: Row = ("238", "2026-12-08", "Køb", "10427", "125.00", "-2.25")


def back(amount: str, day: str = "2026-12-09", payout: str = "238", kind: str = "Retur") -> Row:
    """Return a row by which money went back to the buyer."""
    return (payout, day, kind, "10427", f"-{amount}", "0.00")


@pytest.fixture
def sold(payouts: PayoutFiles) -> PayoutFiles:
    """Sell a mug by a card whose payments wait on the clearing account of the source."""
    payouts.business.sell(raw_order())
    for each in payouts.business.config["payment_types"]:
        if each.get("deposit_account"):
            each["deposit_account"] = CLEARING
    payouts.run()
    return payouts


def refunds(payouts: PayoutFiles) -> list[tuple[Decimal, date]]:
    """Return what was paid back on the invoice, with its day."""
    invoice: Invoice = payouts.business.invoice()
    return [(each.amount, each.date) for each in invoice.payments if each.amount < 0]


def test_a_refund_waits_for_the_file_and_bears_its_day(sold: PayoutFiles) -> None:
    credited = credit(sold.business, amount=Decimal(25))

    assert credited.exit_code == 0
    assert refunds(sold) == []
    assert sold.run().calls("dinero") == []

    sold.put(rows=(SOLD, back("25.00"), paid_out("97.75")))
    told = sold.run()

    assert told.exit_code == 0
    assert refunds(sold) == [(Decimal(-25), date(2026, 12, 9))]
    assert sold.run().calls("dinero") == []
    assert sold.business.sandbox.organisation.balances()[CLEARING] == 0
