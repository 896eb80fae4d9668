"""What goes back to gift cards: what one paid, after the money; and one in place of money."""

from decimal import Decimal

import pytest
from business import Business
from crediting import credit
from shop import ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.errors import ExitCode, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.documents import Standing

CARD_MONEY, DEBT, REDEEMED = 55010, 63080, 55090
MULTI = {
    "kind": "multi_purpose",
    "account": DEBT,
    "voucher_codes": "GK-*",
    "redeemed_account": REDEEMED,
}


def back(business: Business) -> list[tuple[str | None, int | None, Decimal]]:
    """Return what was paid back on the invoice: reference, account, amount."""
    return [
        (each.external_reference, each.deposit_account, each.amount)
        for each in business.invoice().payments
        if each.amount < 0
    ]


def balances(business: Business) -> dict[int, Decimal]:
    """Return the accounts that hold something, debit positive."""
    business.wait(minutes=1)
    found = business.sandbox.organisation.balances()
    return {account: amount for account, amount in found.items() if amount}


@pytest.fixture
def shop(business: Business) -> Business:
    """Sell for 549.00, of which a gift card pays 200.00 and a card the rest."""
    business.config["posting"] = {"gift_cards": MULTI}
    business.sell(
        raw_order(
            products=[a_line(unit_price=Decimal("500.00"))],
            shipping_price=Decimal("49.00"),
            voucher_code="GK-77",
            voucher_discount_amount=Decimal("200.00"),
        )
    )
    business.run_once()
    return business


def test_money_goes_back_first_and_then_what_the_card_paid(shop: Business) -> None:
    finished = credit(shop, everything=True)

    assert finished.exit_code == ExitCode.OK
    assert back(shop) == [
        (f"shoporama:{ORDER_ID}:refund:1", CARD_MONEY, Decimal("-349.00")),
        (f"shoporama:{ORDER_ID}:refund:1:gift_card", REDEEMED, Decimal("-200.00")),
    ]
    shop.run_once()
    assert balances(shop) == {}
    assert shop.run_once().calls("dinero") == []


def test_parts_take_the_money_before_the_card(shop: Business) -> None:
    credit(shop, amount=Decimal("300.00"))
    assert [each[1:] for each in back(shop)] == [(CARD_MONEY, Decimal("-300.00"))]

    credit(shop, everything=True)
    shop.run_once()

    assert [each[1:] for each in back(shop)[1:]] == [
        (CARD_MONEY, Decimal("-49.00")),
        (REDEEMED, Decimal("-200.00")),
    ]
    assert balances(shop) == {}


def test_a_buyer_may_get_a_gift_card_in_place_of_money(shop: Business) -> None:
    credit(shop, amount=Decimal("100.00"), to_gift_card=True)
    shop.run_once()

    name = f"shoporama:{ORDER_ID}:refund:1:gift_card"
    assert back(shop) == [(name, REDEEMED, Decimal("-100.00"))]
    found = balances(shop)
    assert (found[CARD_MONEY], found[DEBT]) == (Decimal("349.00"), Decimal("100.00"))
    assert REDEEMED not in found
    with shop.at_work(dry_run=True) as place:
        chain = orders.loaded(place.db, ORDER_ID, "credit:1")
    assert [each.key for each in chain.documents] == [
        "credit:1",
        "gift_card_refund:1",
        "gift_card:1",
    ]
    assert chain.standing is Standing.DONE


def test_of_an_order_that_money_never_paid_the_card_alone_gets_its_share(
    business: Business,
) -> None:
    business.config["posting"] = {"gift_cards": MULTI}
    business.config["payment_types"][0]["trigger"] = "shipped"
    business.sell(
        unpaid_order(
            products=[a_line(unit_price=Decimal("549.00"))],
            voucher_code="GK-77",
            voucher_discount_amount=Decimal("200.00"),
            status="sent",
            sent_time="2026-12-09 14:00:00",
        )
    )
    business.run_once()

    credit(business, amount=Decimal("400.00"))

    assert [each[1:] for each in back(business)] == [(REDEEMED, Decimal("-51.00"))]
    credit(business, everything=True)
    assert [each[1:] for each in back(business)[1:]] == [(REDEEMED, Decimal("-149.00"))]
    assert balances(business) == {}
    assert business.order().standing is Standing.DONE


def test_it_needs_an_account_for_cards(business: Business) -> None:
    business.sell(raw_order())
    business.run_once()

    with pytest.raises(UsageError, match="redeemed_account"):
        credit(business, everything=True, to_gift_card=True)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncated"])
@pytest.mark.parametrize("path", ["*/payments", "*/ledgeritems"])
def test_a_lost_answer_is_read(shop: Business, kind: str, path: str) -> None:
    shop.fault(kind, path, "POST")

    credit(shop, everything=True)
    shop.run_once()

    assert len(back(shop)) == 2
    assert balances(shop) == {}


@pytest.mark.parametrize(("card", "asks"), [("200.00", True), ("250.00", False)])
def test_what_came_is_proposed_where_the_card_paid_what_it_paid(
    shop: Business, card: str, *, asks: bool
) -> None:
    cup = a_line(product_id=900103, own_id="KOP-03", name="Kop", unit_price=Decimal("60.00"))
    edited = raw_order(
        products=[a_line(unit_price=Decimal("500.00")), cup],
        shipping_price=Decimal("49.00"),
        voucher_code="GK-77",
        voucher_discount_amount=Decimal(card),
    )
    names = ("products", "total_price", "vat", "voucher_discount_amount")
    shop.wait(hours=1)
    shop.change(ORDER_ID, **{name: edited[name] for name in names})
    shop.run_once()

    text = shop.order().sale.text
    assert (text == "changed_after_booking.proposed_extra") is asks
