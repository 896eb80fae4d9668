"""The period report of second-hand goods, and VAT by the collective method."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from builders import a_chart, a_line, a_rule, an_order, plan_order, settings

from dinero_sync.domain.documents import MarginScheme, Plan
from dinero_sync.domain.product import Product
from dinero_sync.posting.insight.margin_period import collective_vat, margin_sales
from dinero_sync.posting.settings import Margin, MarginMethod

DAY = date(2026, 12, 3)
USED = a_rule(1051, "used", sku=("B-*",), margin_scheme=MarginScheme.USED_GOODS)
COLLECTIVE = settings(rules=(USED,), margin=Margin(method=MarginMethod.COLLECTIVE, account=None))
INDIVIDUAL = replace(COLLECTIVE, margin=Margin(method=MarginMethod.INDIVIDUAL, account=1052))
ORDER = an_order(
    lines=(
        a_line(),
        a_line(sku="B-1", product_id=1, name="Lampe", unit_price=Decimal("900.00")),
        a_line(sku="B-2", product_id=2, name="Stol", unit_price=Decimal("400.00")),
    )
)
PRODUCTS = {
    1: Product(product_id=1, purchase_price=Decimal("500.00")),
    2: Product(product_id=2, purchase_price=Decimal("350.00")),
}


def planned(*, individually: bool = False) -> Plan:
    rules = INDIVIDUAL if individually else COLLECTIVE
    return plan_order(ORDER, None, DAY, rules, a_chart(), products=PRODUCTS)


def test_only_goods_of_a_margin_scheme_are_reported() -> None:
    sales = margin_sales(planned(), "10427", 1001)

    assert [(sale.description, sale.amount) for sale in sales] == [
        ("Lampe", Decimal("900.00")),
        ("Stol", Decimal("400.00")),
    ]
    assert {(sale.day, sale.order_number, sale.invoice_number) for sale in sales} == {
        (DAY, "10427", 1001)
    }
    assert {sale.scheme for sale in sales} == {MarginScheme.USED_GOODS}
    assert {sale.posted_margin for sale in sales} == {None}


def test_margins_that_were_posted_stand_once() -> None:
    sales = margin_sales(planned(individually=True), "10427", 1001)

    assert [sale.posted_margin for sale in sales] == [Decimal("450.00"), None]


def test_the_vat_is_a_fifth_of_sales_less_purchases() -> None:
    vat = collective_vat(margin_sales(planned(), "1", 1), Decimal("1000.02"), Decimal(0))

    assert (vat.margin, vat.vat, vat.carried) == (
        Decimal("299.98"),
        Decimal("60.00"),
        Decimal("0.00"),
    )


def test_what_was_carried_reduces_the_margin() -> None:
    vat = collective_vat(margin_sales(planned(), "1", 1), Decimal(1000), Decimal(100))

    assert vat.vat == Decimal("40.00")


def test_a_negative_margin_is_carried_and_never_refunded() -> None:
    vat = collective_vat(margin_sales(planned(), "1", 1), Decimal(1500), Decimal(50))

    assert (vat.margin, vat.vat, vat.carried) == (
        Decimal("-250.00"),
        Decimal("0.00"),
        Decimal("250.00"),
    )


def test_a_margin_of_less_than_a_krone_is_taxed() -> None:
    vat = collective_vat(margin_sales(planned(), "1", 1), Decimal("1299.50"), Decimal(0))

    assert (vat.margin, vat.vat, vat.carried) == (
        Decimal("0.50"),
        Decimal("0.10"),
        Decimal("0.00"),
    )


def test_sales_of_what_was_bought_carry_nothing() -> None:
    vat = collective_vat(margin_sales(planned(), "1", 1), Decimal("1300.00"), Decimal(0))

    assert (str(vat.margin), str(vat.vat), str(vat.carried)) == ("0.00", "0.00", "0.00")
