"""Shoporama's side: tokens, lists, filters, quota, master data."""

import pytest
from sandbox_callers import SHOP_AUTHORIZATION, TIMEOUT_SECONDS, ShopCaller, raw_order

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.state import Sandbox

TOKEN = credentials.SHOP_TOKEN


def ids(shop: ShopCaller, **query: str | int) -> list[int]:
    return [
        order["order_id"]
        for order in shop.get("order", SHOP_AUTHORIZATION, **query).json()["orders"]
    ]


@pytest.fixture
def three_orders(sandbox: Sandbox) -> None:
    days = {11: "2026-11-03", 12: "2026-11-01", 13: "2026-11-02"}
    sandbox.add_orders(raw_order(number, f"{day} 12:00:00") for number, day in days.items())


@pytest.mark.parametrize("header", [f"Shoporama {TOKEN}", f"Bearer {TOKEN}", TOKEN])
def test_the_token_is_accepted_in_three_forms(shop: ShopCaller, header: str) -> None:
    assert shop.get("self", authorization=header).status_code == 200


def test_the_token_in_its_other_header_alone_is_taken_with_a_complaint(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    headers = {"X-Access-Token": TOKEN, "User-Agent": "sandbox-tests/1"}

    answer = shop.session.get(
        f"{sandbox.url}/shoporama/REST/self", headers=headers, timeout=TIMEOUT_SECONDS
    )

    assert answer.status_code == 200
    assert "X-Access-Token" in sandbox.complaints[0].message


def test_a_shop_may_accept_one_form_only(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.change_settings(shop_auth_forms=["Bearer"])

    assert shop.get("self", authorization=f"Shoporama {TOKEN}").status_code == 401
    assert shop.get("self", authorization=f"Bearer {TOKEN}").status_code == 200


def test_a_wrong_token_answers_401_in_plain_text(shop: ShopCaller) -> None:
    answer = shop.get("order", authorization="Shoporama wrong")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_only_repeating_a_refused_token_is_complained_of(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    shop.get("order", authorization="Shoporama wrong")
    once = len(sandbox.complaints)
    shop.get("order", authorization="Shoporama wrong")

    assert (once, len(sandbox.complaints)) == (0, 1)


def test_the_daily_quota_ends_in_429_and_starts_again_the_next_day(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    sandbox.change_settings(shop_daily_calls=2)

    statuses = [shop.get("self").status_code for _ in range(3)]
    sandbox.change_settings(clock_shift_seconds=24 * 3600)

    assert statuses == [200, 200, 429]
    assert shop.get("self").status_code == 200


@pytest.mark.usefixtures("three_orders")
def test_a_list_is_an_envelope_with_paging(shop: ShopCaller) -> None:
    body = shop.get("order", limit=2, offset=2).json()

    assert body["paging"] == {"offset": 2, "limit": 2, "count": 1, "total": 3}
    assert [order["order_id"] for order in body["orders"]] == [11]


@pytest.mark.usefixtures("three_orders")
@pytest.mark.parametrize(
    ("sort_by", "newest_first", "expected"),
    [
        ("order_id", True, [13, 12, 11]),
        ("order_id", False, [11, 12, 13]),
        ("last_modified", True, [11, 13, 12]),
        ("last_modified", False, [12, 13, 11]),
    ],
)
def test_lists_come_in_any_of_four_orders(
    sandbox: Sandbox, shop: ShopCaller, sort_by: str, *, newest_first: bool, expected: list[int]
) -> None:
    sandbox.change_settings(shop_sort_by=sort_by, shop_newest_first=newest_first)

    assert ids(shop) == expected


@pytest.mark.usefixtures("three_orders")
def test_last_modified_means_changed_at_or_after(shop: ShopCaller) -> None:
    assert ids(shop, last_modified="2026-11-02T12:00:00") == [13, 11]


@pytest.mark.usefixtures("three_orders")
def test_a_shop_may_ignore_last_modified(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.change_settings(shop_filter_ignored=True)

    assert shop.get("order", last_modified="2099-01-01T00:00:00").json()["paging"]["total"] == 3


def test_no_page_is_larger_than_the_shop_allows(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.add_orders(raw_order(number) for number in range(1, 131))

    usual = len(ids(shop, limit=1000))
    sandbox.change_settings(shop_page_limit=25)

    assert (usual, len(ids(shop, limit=100))) == (100, 25)


def test_one_order_is_the_bare_object(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.add_orders([raw_order(11)])

    assert shop.get("order/11").json() == raw_order(11)


def test_an_unknown_order_answers_404_in_plain_text(shop: ShopCaller) -> None:
    answer = shop.get("order/99")

    assert (answer.status_code, answer.text) == (404, "404 Not Found")


def test_master_data_are_bare_lists(shop: ShopCaller) -> None:
    assert shop.get("payment-gateway").json()[0] == {
        "payment_gateway_id": 77,
        "name": "Kort",
        "gateway": "quickpayv10",
    }
    assert shop.get("shipping").json()[0] == {"shipping_id": 301, "name": "GLS pakkeshop"}
    assert {"country_id": 68, "name": "Grønland", "code": "GL"} in shop.get("country").json()
    assert shop.get("order-return").json() == []


def test_a_product_has_the_keys_seen_in_recorded_answers(shop: ShopCaller) -> None:
    product = shop.get("product/900101").json()

    assert (product["own_id"], product["price"], product["vat"]) == ("KRUS-01", 149.95, None)
    assert {"stock_settings", "product_labels", "profile_id", "extension_data"} <= set(product)


def test_a_way_to_ship_can_be_asked_for_alone(shop: ShopCaller) -> None:
    assert shop.get("shipping/301").json() == {"shipping_id": 301, "name": "GLS pakkeshop"}
    assert shop.get("shipping/1").status_code == 404


def test_the_list_of_customers_is_empty(shop: ShopCaller) -> None:
    assert shop.get("customer").json()["customers"] == []


def test_a_fraction_of_a_second_is_ignored_with_a_complaint(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    sandbox.add_orders([raw_order(11, "2026-11-01 12:00:00"), raw_order(12, "2026-10-01 12:00:00")])

    assert ids(shop, last_modified="2026-11-01T12:00:00.000") == [11]
    assert "whole seconds" in sandbox.complaints[0].message


def test_an_unknown_parameter_is_complained_of(sandbox: Sandbox, shop: ShopCaller) -> None:
    shop.get("order", status="paid")

    assert "status" in sandbox.complaints[0].message


def test_a_date_in_another_form_is_ignored_with_a_complaint(
    sandbox: Sandbox, shop: ShopCaller
) -> None:
    sandbox.add_orders([raw_order(11)])

    assert ids(shop, last_modified="2099-01-01 00:00:00") == [11]
    assert "last_modified" in sandbox.complaints[0].message


def test_a_change_by_patch_moves_last_modified(sandbox: Sandbox, shop: ShopCaller) -> None:
    sandbox.add_orders([raw_order(11)])

    answer = shop.session.patch(
        f"{sandbox.url}/shoporama/REST/order/11",
        json={"invoice_id": "1001", "note": "x"},
        headers={"Authorization": TOKEN, "User-Agent": "sandbox-tests/1"},
        timeout=TIMEOUT_SECONDS,
    )

    assert answer.json()["invoice_id"] == "1001"
    assert answer.json()["last_modified"] > "2026-11-01 12:00:00"
    assert "note" not in sandbox.orders[11]
    assert "note" in sandbox.complaints[0].message
