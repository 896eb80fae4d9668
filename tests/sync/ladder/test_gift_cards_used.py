"""A gift card that paid an order, in part or in full, from the shop to the books."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from business import Business
from shop import ORDER_ID, a_line, raw_order

from dinero_sync.domain.identity import gift_card_guid
from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import DocumentKind
from dinero_sync.journal.money.paid_with import payments_of
from dinero_sync.sandbox import credentials

DEBTORS, OUTPUT_VAT, CARD_MONEY = 53000, 64000, 55010
DEBT, REDEEMED, VAT_PAID = 63080, 55090, 63085
MULTI = {
    "kind": "multi_purpose",
    "account": DEBT,
    "voucher_codes": "GK-*",
    "redeemed_account": REDEEMED,
}
SINGLE = {"kind": "single_purpose", "account": VAT_PAID, "voucher_codes": "GK-*"}
VASE = a_line(unit_price=Decimal("500.00"))
BY_CARD = f"shoporama:{ORDER_ID}:payment"
BY_GIFT_CARD = f"shoporama:{ORDER_ID}:payment:gift_card"


def sold_for(gift_card: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the shop may send
    """Return an order of 549.00, of which a gift card pays a part."""
    return raw_order(
        products=[VASE],
        shipping_price=Decimal("49.00"),
        voucher_code="GK-77",
        voucher_discount_amount=Decimal(gift_card),
        **fields,
    )


@pytest.fixture
def shop(business: Business) -> Business:
    business.config["posting"] = {"gift_cards": MULTI}
    return business


def balances(business: Business) -> dict[int, Decimal]:
    """Return the accounts that took something, debit positive, once all is booked."""
    business.wait(minutes=1)
    found = business.sandbox.organisation.balances()
    return {account: amount for account, amount in found.items() if amount}


def registered(business: Business) -> list[tuple[str, int | None, Decimal]]:
    """Return the payments of the invoice: reference, account, amount."""
    return [
        (each.external_reference, each.deposit_account, each.amount)
        for each in business.invoice().payments
    ]


def test_a_multi_purpose_card_and_a_card_are_two_payments_of_the_full_price(
    shop: Business,
) -> None:
    shop.sell(sold_for("200.00"))

    finished = shop.run_once()

    assert finished.exit_code == ExitCode.OK
    assert shop.invoice().totals.gross == Decimal("549.00")
    assert registered(shop) == [
        (BY_GIFT_CARD, REDEEMED, Decimal("200.00")),
        (BY_CARD, CARD_MONEY, Decimal("349.00")),
    ]
    assert balances(shop) == {
        1000: Decimal("-400.00"),
        1350: Decimal("-39.20"),
        OUTPUT_VAT: Decimal("-109.80"),
        CARD_MONEY: Decimal("349.00"),
        DEBT: Decimal("200.00"),
    }
    assert shop.order().standing == "done"
