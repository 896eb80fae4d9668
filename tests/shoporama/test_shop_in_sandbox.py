"""The invented shop of the sandbox, read over real HTTP from its first page to its last order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from shop_samples import SETTINGS, InstantClock

from dinero_sync.domain.order import OrderStatus
from dinero_sync.http import HttpClient
from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.credentials import SHOP_TOKEN
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.shoporama.client import AuthScheme, ShopAuth, ShopClient
from dinero_sync.shoporama.listing import read_stable
from dinero_sync.shoporama.masters import category_names, masters_of, profile_names
from dinero_sync.shoporama.products import read_product
from dinero_sync.shoporama.reader import read_order


@contextmanager
def shop_in_sandbox(scheme: str, **settings: object) -> Iterator[tuple[Sandbox, ShopClient]]:
    with running_sandbox(0, **settings) as sandbox:
        http = HttpClient(
            service="Shoporama",
            timeout_seconds=10,
            clock=InstantClock(),
            read_only=True,
            waits_for_limit=False,
            auth=ShopAuth(SHOP_TOKEN, scheme),
        )
        yield sandbox, ShopClient(http, f"{sandbox.url}/shoporama/REST")


@pytest.mark.parametrize("scheme", AuthScheme)
def test_every_order_of_the_invented_shop_is_legible(scheme: AuthScheme) -> None:
    with shop_in_sandbox(scheme) as (sandbox, client):
        masters = masters_of(
            client.payment_gateways(), client.shipping_methods(), client.countries()
        )
        listing = read_stable(client, None, SETTINGS, {})
        orders = [read_order(raw, masters, SETTINGS) for raw in listing.orders.values()]
        assert {order.order_id for order in orders} == set(sandbox.orders)
        assert {order.status for order in orders} == set(OrderStatus)
        assert all(order.gateway.name for order in orders)
        assert all(order.paid_at for order in orders if order.paid)
        assert all(order.shipped_at for order in orders if order.shipped)
        assert not sandbox.complaints


@pytest.mark.parametrize("shop_sort_by", ["order_id", "last_modified"])
@pytest.mark.parametrize("shop_newest_first", [True, False])
@pytest.mark.parametrize("shop_filter_ignored", [True, False])
def test_a_window_holds_the_same_orders_however_the_shop_lists_them(
    shop_sort_by: str,
    shop_newest_first: bool,  # noqa: FBT001 - a parameter of the test
    shop_filter_ignored: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with shop_in_sandbox(
        "Shoporama",
        shop_sort_by=shop_sort_by,
        shop_newest_first=shop_newest_first,
        shop_filter_ignored=shop_filter_ignored,
        shop_page_limit=25,
    ) as (sandbox, client):
        since = sandbox.now() - timedelta(days=10)
        listing = read_stable(client, since, SETTINGS, {})
        start = f"{since.astimezone(SETTINGS.zone):%Y-%m-%d %H:%M:%S}"
        changed = {key for key, raw in sandbox.orders.items() if raw["last_modified"] >= start}
        assert set(listing.orders) == changed
        assert 0 < len(changed) < len(sandbox.orders)


def test_the_invented_products_are_legible_with_the_names_of_their_categories() -> None:
    with shop_in_sandbox("Shoporama") as (sandbox, client):
        categories = category_names(client.categories())
        profiles = profile_names(client.profiles())
        lines = [line for raw in sandbox.orders.values() for line in raw["products"]]
        sold = {int(line["product_id"]) for line in lines if line["product_id"]}
        products = [
            read_product(
                each, raw, lambda key: categories.get(key, ""), lambda key: profiles.get(key, "")
            )
            for each in sorted(sold)
            if (raw := client.product(each)) is not None
        ]

        assert products
        assert all(any(not text.isdigit() for text in each.categories) for each in products)
        assert any(each.purchase_price for each in products)
        assert not sandbox.complaints
