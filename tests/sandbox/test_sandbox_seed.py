"""The seeded shop: believable, deterministic, and right to the øre."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from stdnum import ean
from stdnum.dk import cvr
from stdnum.eu import vat as eu_vat

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.shop.catalogue import COUNTRIES, DENMARK, GATEWAYS, SHIPPING
from dinero_sync.sandbox.shop.seed import seeded_orders

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EU = {"DK", "DE", "SE"}
ORE = Decimal("0.01")

ORDERS = seeded_orders(NOW, seed=1)


def money(value: object) -> Decimal:
    return Decimal(str(value)) if value else Decimal(0)


def line_total(line: dict[str, Any]) -> Decimal:
    return money(line["unit_price"]) * money(line["amount"])


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=COPENHAGEN)


def country(order: dict[str, Any]) -> str:
    return COUNTRIES[int(order["del_country_id"])][1]


def pays_danish_vat(order: dict[str, Any]) -> bool:
    is_foreign_business = order["vat_number"] and not order["vat_number"].isdigit()
    return country(order) in EU and not is_foreign_business


def is_flagged(value: object) -> bool:
    return value in {1, "1"}


def test_there_are_some_sixty_orders_and_always_the_same() -> None:
    assert len(ORDERS) == 60
    assert seeded_orders(NOW, seed=1) == ORDERS
    assert seeded_orders(NOW, seed=2) != ORDERS


def test_numbers_rise_with_time() -> None:
    times = [order["time"] for order in ORDERS]

    assert [int(order["order_id"]) for order in ORDERS] == sorted(
        int(order["order_id"]) for order in ORDERS
    )
    assert times == sorted(times)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: str(order["webshop_order_id"]))
def test_every_order_adds_up(order: dict[str, Any]) -> None:
    lines = sum(map(line_total, order["products"]), Decimal(0))
    total = lines + money(order["shipping_price"]) - money(order["voucher_discount_amount"])
    rate = 25 if pays_danish_vat(order) else 0

    assert money(order["total_price"]) == total >= 0
    vat = (total * rate / (100 + rate)).quantize(ORE, ROUND_HALF_UP)
    assert money(order["vat"]) == vat
    assert {money(line["vat"]) for line in order["products"] if "vat" in line} <= {rate}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: str(order["webshop_order_id"]))
def test_every_order_lies_within_the_last_thirty_days(order: dict[str, Any]) -> None:
    created, changed = moment(order["time"]), moment(order["last_modified"])
    steps = [moment(order[name]) for name in ("paid_time", "sent_time") if order[name]]

    assert NOW - timedelta(days=30) < created <= changed <= NOW
    assert all(created <= step <= changed for step in steps)
    assert bool(order["paid_time"]) == is_flagged(order["paid"])
    assert bool(order["sent_time"]) == (order["status"] == "sent")


def test_every_company_and_ean_number_is_valid() -> None:
    numbers = {order["vat_number"] for order in ORDERS if order["vat_number"]}
    eans = {order["ean_number"] for order in ORDERS if order["ean_number"]}

    assert all(
        cvr.is_valid(number) if number.isdigit() else eu_vat.is_valid(number) for number in numbers
    )
    assert {number[:2] for number in numbers if not number.isdigit()} == {"DE", "SE"}
    assert eans
    assert all(ean.is_valid(number) for number in eans)
    assert cvr.is_valid(credentials.ORGANIZATION_VAT_NUMBER)
    assert cvr.is_valid(credentials.OTHER_ORGANIZATION_VAT_NUMBER)


def test_buyers_come_from_denmark_the_eu_and_beyond() -> None:
    assert {country(order) for order in ORDERS} == {"DK", "DE", "SE", "NO", "GL"}


def test_every_state_occurs() -> None:
    states = {(order["status"], is_flagged(order["paid"])) for order in ORDERS}

    assert states == {
        ("new", False),
        ("new", True),
        ("sent", True),
        ("sent", False),
        ("cancelled", False),
    }


def test_every_gateway_occurs_and_every_id_is_known() -> None:
    assert {int(order["payment_gateway_id"]) for order in ORDERS} == set(GATEWAYS)
    assert {int(order["shipping_id"]) for order in ORDERS} <= set(SHIPPING)


def test_one_person_writes_the_same_email_in_two_ways() -> None:
    emails = {order["email"] for order in ORDERS if order["order_name"] == "Maja Skov"}

    assert len(emails) == 2
    assert len({email.strip().lower() for email in emails}) == 1


def test_there_are_orders_without_email_without_total_and_without_rates() -> None:
    assert any(not order["email"] for order in ORDERS)
    assert any(money(order["total_price"]) == 0 for order in ORDERS)
    assert any("vat" not in line for order in ORDERS for line in order["products"])


def test_vouchers_come_in_percent_and_in_kroner() -> None:
    codes = {order["voucher_code"] for order in ORDERS if order["voucher_code"]}

    assert {"EFTERAAR10", "SYV", "TAK33", "HUNDREDE"} <= codes


def test_the_wire_varies_in_how_it_writes_numbers_flags_and_nothing() -> None:
    assert {type(order["order_id"]) for order in ORDERS} == {int, str}
    assert {type(order["paid"]) for order in ORDERS} == {int, str, bool}
    assert {repr(order["comments"]) for order in ORDERS} == {"''", "None", "[]"}


def test_danish_orders_are_the_most() -> None:
    danish = [order for order in ORDERS if int(order["del_country_id"]) == DENMARK]

    assert len(danish) > len(ORDERS) * 3 / 4
