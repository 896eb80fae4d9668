"""What the bookkeeper says of the cases beyond one sale: losses, pairs, doubts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal

import pytest
from case_books import Shop, a_shop
from case_files import Case, case_named

from dinero_sync.domain.hold import HoldReason
from dinero_sync.errors import ExitCode
from dinero_sync.sandbox.state import Sandbox

OpenShop = Callable[[Case], Shop]


@pytest.fixture
def open_shop(sandbox: Sandbox) -> Iterator[OpenShop]:
    """Return what opens a shop with the rules of a case."""
    with ExitStack() as stack:
        yield lambda case: stack.enter_context(a_shop(case, sandbox))
        assert sandbox.complaints == []


def test_a_voucher_s_vat_may_be_rounded_on_the_total_as_well(
    open_shop: OpenShop, sandbox: Sandbox
) -> None:
    case = case_named("b-voucher")
    shop = open_shop(case)
    sandbox.change_settings(vat_rounding="total")

    assert shop.sell(case).exit_code is ExitCode.OK
    assert shop.boxes == {"salgsmoms": Decimal("17.97")}
    assert sum(shop.balances.values()) == 0


def test_what_is_left_on_the_account_of_second_hand_goods_is_their_purchase_price(
    open_shop: OpenShop,
) -> None:
    case = case_named("c-second-hand")
    shop = open_shop(case)

    shop.sell(case)

    assert shop.balances[1051] == Decimal("-600.00")
    assert shop.invoices[0].totals.vat == Decimal("69.79")


def test_each_order_with_second_hand_goods_has_its_margin_booked(open_shop: OpenShop) -> None:
    case = case_named("c-second-hand")
    another = case.with_order(order_id=4815203, webshop_order_id=10603)
    shop = open_shop(case)

    shop.sell(case, another)

    items = [each for each in shop.vouchers if each.kind == "ledger_item"]
    assert [each.amounts() for each in items] == [case.entries()["ledger_item"]] * 2
    assert {each.text for each in items} == {
        "Brugtmoms avance ordre 10503, B-1042",
        "Brugtmoms avance ordre 10603, B-1042",
    }
    assert shop.boxes == {"salgsmoms": 2 * Decimal("239.79")}


def with_purchase_price(shop: Shop, price: Decimal | None) -> None:
    shop.sandbox.catalogue.products[900311] = {
        **shop.sandbox.catalogue.products[900311],
        "purchase_price": price,
    }


def test_second_hand_goods_sold_at_a_loss_have_no_margin_to_tax(open_shop: OpenShop) -> None:
    case = case_named("c-second-hand")
    shop = open_shop(case)
    with_purchase_price(shop, Decimal("1500.00"))

    shop.sell(case)

    assert [each.kind for each in shop.vouchers] == ["invoice", "payment"]
    assert shop.boxes == {"salgsmoms": Decimal("69.79")}


def test_second_hand_goods_without_purchase_price_are_held(open_shop: OpenShop) -> None:
    case = case_named("c-second-hand")
    shop = open_shop(case)
    with_purchase_price(shop, None)

    assert shop.sell(case).exit_code is ExitCode.HELD
    assert (shop.invoices, shop.vouchers) == ([], ())


def test_the_collective_method_leaves_the_margin_to_the_bookkeeper(open_shop: OpenShop) -> None:
    case = case_named("c-second-hand")
    individual = "{method: individual, account: 1052}"
    collective = replace(case, config=case.config.replace(individual, "{method: collective}"))
    shop = open_shop(collective)

    shop.sell(collective)

    assert {each.kind: each.amounts() for each in shop.vouchers} == {
        kind: amounts for kind, amounts in case.entries().items() if kind != "ledger_item"
    }


def test_a_vat_number_that_vies_does_not_confirm_is_never_sold_to_without_vat(
    open_shop: OpenShop,
) -> None:
    case = replace(case_named("d-eu-business"), vies={"DE136695976": "invalid"})
    shop = open_shop(case)

    shop.sell(case)

    assert shop.reasons_held == [HoldReason.UNCONFIRMED_VAT_NUMBER]
    assert shop.invoices == []


def test_each_country_s_vat_by_oss_is_owed_there_and_none_of_it_in_denmark(
    open_shop: OpenShop,
) -> None:
    germany, sweden = case_named("e-eu-consumer-oss"), case_named("e-eu-consumer-oss-sweden")
    shop = open_shop(germany)

    shop.sell(germany, sweden, case_named("e-eu-consumer-oss-rates"))

    owed = Decimal("104.50") + Decimal("137.50") + Decimal("49.50")
    assert shop.balances[64200] == -owed
    assert shop.boxes == {"rubrik_b_varer_indberettes_ikke": Decimal("1430.00")}


def test_goods_under_reverse_charge_are_never_a_consumer_s(open_shop: OpenShop) -> None:
    case = case_named("m-reverse-charge")
    consumer = case.with_order(order_company_name="", vat_number="")
    shop = open_shop(case)

    shop.sell(consumer)

    assert shop.reasons_held == [HoldReason.INVALID_VAT_NUMBER]
    assert shop.invoices == []

    shop.sell(case.with_order(last_modified="2026-11-04 09:00:00"))  # with company and number

    assert shop.reasons_held == []
    assert shop.boxes == {"salgsmoms": Decimal("33.00"), "rubrik_c": Decimal("4000.00")}


def test_a_single_purpose_gift_card_sold_and_used_is_taxed_once(open_shop: OpenShop) -> None:
    sold, used = case_named("h-gift-card-single-purpose"), case_named("g-gift-card-used")
    shop = open_shop(used)

    shop.sell(sold, used)

    assert shop.boxes == {"salgsmoms": Decimal("109.80")}
    assert shop.balances[63085] == 0


def test_of_two_kinds_of_gift_cards_each_is_taxed_once_and_leaves_no_debt(
    open_shop: OpenShop,
) -> None:
    sold, single = case_named("h-gift-card-both-kinds"), case_named("g-gift-card-both-kinds")
    multi = single.with_order(
        order_id=4815201,
        webshop_order_id=10601,
        voucher_code="GK-80",
        voucher_discount_amount=200.00,
        total_price=349.00,
        vat=69.80,
    )
    shop = open_shop(single)

    shop.sell(sold, single, multi)

    assert shop.boxes == {"salgsmoms": Decimal("219.60")}  # of two sets of clay and two freights
    assert {shop.balances[account] for account in (63085, 63080, 55090)} == {0}


def test_a_multi_purpose_gift_card_that_is_used_is_held(open_shop: OpenShop) -> None:
    rules, used = case_named("h-gift-card-multi-purpose"), case_named("g-gift-card-used")
    shop = open_shop(rules)

    shop.sell(used)

    assert shop.reasons_held == [HoldReason.GIFT_CARD_USED]
    assert shop.invoices == []


def test_the_difference_between_two_exchange_rates_has_its_account_and_no_vat(
    open_shop: OpenShop,
) -> None:
    case = case_named("j-euro")
    shop = open_shop(case)

    shop.sell(case)

    (invoice,) = shop.invoices
    assert (invoice.currency, invoice.remaining) == ("EUR", Decimal(0))
    assert (shop.balances[1445], shop.balances[55080]) == (Decimal("1.35"), Decimal("837.90"))
