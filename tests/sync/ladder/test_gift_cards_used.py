"""A gift card that paid an order, in part or in full, from the shop to the books."""

import shutil
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bookkeeper import Bookkeeper, theirs
from business import Business
from records import message_of, next_step_of
from shop import INVOICE, ORDER_ID, a_line, raw_order, unpaid_order

from dinero_sync.domain.identity import gift_card_guid
from dinero_sync.errors import ExitCode
from dinero_sync.posting.credit.selection import Wanted
from dinero_sync.sandbox import credentials
from dinero_sync.sync.run.credit.making import CreditOptions, decide_credit, make_credit
from dinero_sync.sync.run.resolve import accept, gather

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


PAID_IN_FULL: list[tuple[str | None, int, Decimal]] = [
    (BY_GIFT_CARD, REDEEMED, Decimal("200.00")),
    (BY_CARD, CARD_MONEY, Decimal("349.00")),
]
BOOKED_IN_FULL = {
    1000: Decimal("-400.00"),
    1350: Decimal("-39.20"),
    OUTPUT_VAT: Decimal("-109.80"),
    CARD_MONEY: Decimal("349.00"),
    DEBT: Decimal("200.00"),
}


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


def registered(business: Business) -> list[tuple[str | None, int, Decimal]]:
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
    assert registered(shop) == PAID_IN_FULL
    assert balances(shop) == BOOKED_IN_FULL
    assert shop.order().standing == "done"


def test_the_item_that_settles_the_debt_has_an_identity_that_follows_from_the_order(
    shop: Business,
) -> None:
    shop.sell(sold_for("200.00"))

    shop.run_once()

    guid = str(gift_card_guid(credentials.ORGANIZATION_ID, ORDER_ID))
    assert list(shop.sandbox.organisation.ledger_items) == [guid]


def test_a_second_run_writes_nothing(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.run_once()

    assert shop.run_once().writes() == []


def test_a_multi_purpose_card_that_pays_all_is_the_one_payment(shop: Business) -> None:
    shop.sell(sold_for("549.00"))

    finished = shop.run_once()

    assert finished.exit_code == ExitCode.OK
    assert shop.invoice().totals.gross == Decimal("549.00")
    assert registered(shop) == [(BY_GIFT_CARD, REDEEMED, Decimal("549.00"))]
    assert balances(shop) == {
        1000: Decimal("-400.00"),
        1350: Decimal("-39.20"),
        OUTPUT_VAT: Decimal("-109.80"),
        DEBT: Decimal("549.00"),
    }


def test_an_order_that_a_card_paid_needs_no_payment_type(shop: Business) -> None:
    shop.sell(sold_for("549.00", payment_gateway_id=None, payment_gateway=""))

    shop.run_once()

    assert registered(shop) == [(BY_GIFT_CARD, REDEEMED, Decimal("549.00"))]
    assert shop.invoice().remaining == 0


def test_a_single_purpose_card_that_pays_all_leaves_nothing_to_tax(business: Business) -> None:
    business.config["posting"] = {"gift_cards": SINGLE}
    business.sell(sold_for("549.00"))

    finished = business.run_once()

    assert finished.exit_code == ExitCode.OK
    assert business.invoice().totals.gross == 0
    assert registered(business) == []
    assert balances(business) == {
        1000: Decimal("-400.00"),
        1350: Decimal("-39.20"),
        VAT_PAID: Decimal("439.20"),
    }


def test_where_dinero_takes_no_invoice_of_nothing_the_sale_is_moved_by_hand(
    business: Business,
) -> None:
    business.config["posting"] = {"gift_cards": SINGLE}
    business.sell(sold_for("549.00"))
    business.fault(
        "status_before", "*/invoices/*/book", "POST", status=400, body="refusal", times=None
    )

    finished = business.run_once()

    assert finished.exit_code == ExitCode.HELD
    assert business.order().reason == "zero_total_with_voucher"
    assert "0.00" in str(message_of(business.order()))
    step = str(next_step_of(business.order()))
    assert "post 549.00 DKK from the gift card account 63085 (debit)" in step
    assert "dinero-sync adopt" in step


def test_what_a_card_paid_is_registered_though_the_rest_is_paid_later(shop: Business) -> None:
    shop.config["payment_types"][0]["trigger"] = "shipped"
    shop.sell(
        unpaid_order(
            products=[VASE],
            shipping_price=Decimal("49.00"),
            voucher_code="GK-77",
            voucher_discount_amount=Decimal("200.00"),
            status="sent",
            sent_time="2026-12-09 14:00:00",
        )
    )

    shop.run_once()

    assert registered(shop) == PAID_IN_FULL[:1]
    assert shop.order().reason == "awaiting_payment"
    shop.wait(days=2)
    shop.change(paid=1, paid_time="2026-12-12 09:00:00")
    shop.run_once()
    assert registered(shop) == PAID_IN_FULL
    assert [each.date for each in shop.invoice().payments] == [
        date(2026, 12, 9),
        date(2026, 12, 12),
    ]
    assert balances(shop) == BOOKED_IN_FULL


def test_an_order_on_invoice_stays_open_for_what_the_card_left(shop: Business) -> None:
    shop.sell(
        sold_for(
            "200.00",
            payment_gateway_id=INVOICE,
            status="sent",
            sent_time="2026-12-09 14:00:00",
        )
    )

    shop.run_once()

    assert registered(shop) == PAID_IN_FULL[:1]
    assert shop.invoice().remaining == Decimal("349.00")
    assert shop.order().standing == "done"


@pytest.mark.parametrize("lost", ["*/payments", "*/ledgeritems", "*/ledgeritems/book"])
@pytest.mark.parametrize("fault", ["reset_after", "reset_before"])
def test_a_lost_answer_makes_nothing_twice(shop: Business, lost: str, fault: str) -> None:
    shop.sell(sold_for("200.00"))
    shop.fault(fault, lost, "POST", times=None)
    shop.run_once()
    shop.sandbox.clear_faults()

    shop.run_once()

    assert sorted(registered(shop)) == sorted(PAID_IN_FULL)
    assert balances(shop) == BOOKED_IN_FULL
    assert len(shop.sandbox.organisation.ledger_items) == 1
    assert shop.order().standing == "done"


def test_a_lost_state_folder_finds_both_payments(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.run_once()
    shutil.rmtree(shop.state_folder)

    shop.run_once()

    assert registered(shop) == PAID_IN_FULL
    assert len(shop.sandbox.organisation.ledger_items) == 1
    assert balances(shop) == BOOKED_IN_FULL
    assert shop.order().standing == "done"


@pytest.mark.parametrize("amount", ["200.00", "549.00"])
def test_a_payment_by_hand_right_after_our_booking_is_not_doubled(
    shop: Business, bookkeeper: Bookkeeper, amount: str
) -> None:
    shop.sell(sold_for("200.00"))
    by_hand = Decimal(amount)
    shop.meanwhile("POST", "*/payments", lambda: bookkeeper.pay_in_between(shop.invoice(), by_hand))

    finished = shop.run_once()

    assert [paid for _, _, paid in registered(shop)] == [by_hand]
    assert finished.exit_code == ExitCode.HELD
    assert shop.order().reason == "paid_differently"
    assert "the debt to the card's holder" in str(message_of(shop.order()))
    assert f"from account {DEBT} (debit)" in str(next_step_of(shop.order()))


def test_an_invoice_by_others_that_takes_the_card_for_a_discount_is_noticed(
    shop: Business, bookkeeper: Bookkeeper
) -> None:
    contact = bookkeeper.create_contact(Email="anna.proeve@example.com")
    theirs(bookkeeper, price="349.00", ContactGuid=contact)
    shop.sell(sold_for("200.00", email="anna.proeve@example.com"))

    shop.run_once()

    assert shop.order().reason == "maybe_booked_elsewhere"


def test_a_payment_by_hand_between_our_two_is_not_doubled(
    shop: Business, bookkeeper: Bookkeeper
) -> None:
    shop.sell(sold_for("200.00"))
    shop.meanwhile(
        "POST",
        "*/ledgeritems/book",
        lambda: bookkeeper.pay_in_between(shop.invoice(), Decimal("349.00")),
    )

    finished = shop.run_once()

    assert [paid for _, _, paid in registered(shop)] == [Decimal("200.00"), Decimal("349.00")]
    assert finished.exit_code == ExitCode.HELD
    assert "349.00 was to be registered on account 55010" in str(message_of(shop.order()))


def test_money_is_paid_back_before_a_gift_card_is(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.run_once()
    part = CreditOptions(wanted=Wanted(amount=Decimal("100.00")), reason="returned")

    with shop.at_work() as place:
        make_credit(place, decide_credit(place, shop.order(), part), part.reason)

    money = [each for each in shop.invoice().payments if not each.set_off]
    assert (money[-1].deposit_account, money[-1].amount) == (CARD_MONEY, Decimal("-100.00"))
    assert shop.invoice().remaining == 0


def test_an_item_that_somebody_changed_is_held_and_can_be_accepted(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.fault("status_before", "*/ledgeritems/book", "POST", status=503, times=None)
    shop.run_once()
    shop.sandbox.clear_faults()
    (item,) = shop.sandbox.organisation.ledger_items.values()
    item.fields["Lines"][0]["Amount"] = Decimal(1)

    shop.run_once()

    assert shop.order().reason == "gift_card_differs"
    assert registered(shop) == PAID_IN_FULL[:1]
    with shop.at_work() as place:
        accept(place, gather(place, shop.order()), "booked by hand")
    shop.run_once()
    assert registered(shop) == PAID_IN_FULL
    assert shop.order().standing == "done"
    assert item.status == "Draft"


def test_the_account_that_is_named_when_it_is_registered_takes_it(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.fault("status_before", "*/payments", "POST", status=400, body="refusal", times=None)
    shop.run_once()
    shop.config["posting"]["gift_cards"]["redeemed_account"] = 55070
    shop.sandbox.clear_faults()
    shop.retry()

    shop.run_once()

    assert registered(shop)[0] == (BY_GIFT_CARD, 55070, Decimal("200.00"))
    assert balances(shop) == BOOKED_IN_FULL


def test_a_day_that_is_chosen_is_that_of_the_payment_and_the_item(shop: Business) -> None:
    shop.sell(sold_for("200.00"))
    shop.fault("status_before", "*/payments", "POST", status=400, body="refusal", times=None)
    shop.run_once()
    shop.config["dinero"]["closed_until"] = date(2026, 12, 8)
    shop.sandbox.clear_faults()
    shop.retry()
    shop.run_once()
    assert shop.order().reason == "period_closed"

    shop.retry(day=date(2026, 12, 9))
    shop.run_once()

    by_card, *_ = shop.invoice().payments
    assert by_card.date == date(2026, 12, 9)
    (item,) = shop.sandbox.organisation.ledger_items.values()
    assert item.fields["VoucherDate"] == "2026-12-09"
