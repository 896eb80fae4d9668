"""A sale without VAT into the EU needs a VAT number that the EU's register confirms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import a_chart, a_line, a_rule, an_address, an_order, settings

from dinero_sync.domain.documents import BuyerKind, Plan
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.plan import plan_order, sale_of
from dinero_sync.posting.settings import Unconfirmed
from dinero_sync.posting.vat_number import counted_as, needs_confirmation

REVERSE_CHARGE = a_rule(1100, "EU businesses", zone=(Zone.EU,), buyer=(BuyerKind.BUSINESS,))
CHECKED = settings(rules=(REVERSE_CHARGE,), check_vat_numbers=True)
CHARGING = replace(CHECKED, unconfirmed=Unconfirmed.CHARGE)
COMPANY = an_address(country="DE", zip_code="10115", company="Muster GmbH")


def an_eu_order(rate: int = 0) -> Order:
    return an_order(
        lines=(a_line(vat_rate=Decimal(rate)),),
        billing=COMPANY,
        delivery=COMPANY,
        vat_number="DE136695976",
    )


def planned(order: Order, *, confirmed: bool) -> Plan:
    return plan_order(
        order, None, date(2026, 12, 3), CHECKED, a_chart(), vat_number_confirmed=confirmed
    )


def test_a_confirmed_number_lets_the_order_be_sold_without_vat() -> None:
    plan = planned(an_eu_order(), confirmed=True)

    assert [line.account for line in plan.invoice.lines] == [1100]
    assert "Reverse charge" in plan.invoice.comment
    assert "DE136695976" in plan.invoice.comment


def test_without_confirmation_the_order_is_held() -> None:
    with pytest.raises(HeldError) as caught:
        planned(an_eu_order(), confirmed=False)

    hold = caught.value.hold
    assert hold.reason is HoldReason.UNCONFIRMED_VAT_NUMBER
    assert "136695976" not in hold.message + hold.next_step


def test_an_order_sold_with_vat_needs_no_confirmation() -> None:
    rules = replace(CHECKED, rules=())
    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), rules, a_chart())

    assert [line.account for line in plan.invoice.lines] == [1000]


def test_goods_that_stay_in_denmark_need_none_either() -> None:
    order = replace(an_eu_order(25), delivery=an_address())
    plan = plan_order(order, None, date(2026, 12, 3), CHECKED, a_chart())

    assert plan.contact.kind is BuyerKind.BUSINESS


def test_by_setting_an_unconfirmed_buyer_counts_as_a_consumer() -> None:
    assert counted_as(an_eu_order(), CHARGING, confirmed=False) is BuyerKind.CONSUMER
    assert counted_as(an_eu_order(), CHARGING, confirmed=True) is BuyerKind.BUSINESS
    assert counted_as(an_eu_order(), CHECKED, confirmed=False) is BuyerKind.BUSINESS


def test_an_unconfirmed_buyer_that_counts_as_a_consumer_pays_vat() -> None:
    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), CHARGING, a_chart())

    assert [(line.account, line.vat_rate) for line in plan.invoice.lines] == [(1000, Decimal(25))]
    assert plan.contact.vat_number is None
    assert plan.distance_sale == Decimal(100)


@pytest.mark.parametrize(
    ("order", "asked"),
    [
        (an_eu_order(), True),
        (replace(an_eu_order(), billing=an_address(company="Dansk ApS")), False),
        (replace(an_eu_order(), vat_number=""), False),
        (replace(an_eu_order(), billing=an_address(country="NO", company="Norsk AS")), False),
    ],
    ids=["a business in the EU", "in Denmark", "a consumer", "outside the EU"],
)
def test_only_businesses_in_other_eu_countries_are_asked_about(
    order: Order, *, asked: bool
) -> None:
    assert needs_confirmation(order, CHECKED) is asked
    assert not needs_confirmation(order, settings())


def test_a_shop_that_doesnt_check_numbers_sells_without_vat_by_their_form() -> None:
    rules = replace(CHECKED, check_vat_numbers=False)

    plan = plan_order(an_eu_order(), None, date(2026, 12, 3), rules, a_chart())

    assert [line.account for line in plan.invoice.lines] == [1100]


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_the_register_says_decides_what_the_buyer_counts_as(*, confirmed: bool) -> None:
    sale = sale_of(an_eu_order(), None, CHARGING, a_chart(), vat_number_confirmed=confirmed)

    kind = BuyerKind.BUSINESS if confirmed else BuyerKind.CONSUMER
    assert (sale.buyer, sale.vat_number_confirmed) == (kind, confirmed)


def test_a_number_that_wasnt_asked_about_isnt_confirmed() -> None:
    sale = sale_of(an_eu_order(), None, CHARGING, a_chart())

    assert (sale.buyer, sale.vat_number_confirmed) == (BuyerKind.CONSUMER, False)


def test_a_business_that_pays_danish_vat_reads_nothing_of_a_reverse_charge() -> None:
    rules = replace(CHECKED, rules=())

    plan = plan_order(an_eu_order(25), None, date(2026, 12, 3), rules, a_chart())

    assert plan.invoice.comment == "Order 10427 of 03-12-2026."
