"""Products cost one call each, once, and never a call that a poll needs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from urllib.parse import urlsplit

import pytest
import responses
from manual_clock import ManualClock

from dinero_sync.domain.product import Product
from dinero_sync.errors import QuotaError, TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import ATTEMPTS
from dinero_sync.journal.database import open_copy
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.sync.intake.catalogue import MOST_TROUBLES, Catalogue
from dinero_sync.sync.work.pacing import RESERVED_CALLS, DailyQuota

BASE = "https://shop.example/REST"
MUG, BOOK, LAMP = 900101, 900102, 900103
READ = {MUG: Product(product_id=MUG, purchase_price=Decimal("40.00"))}
OpenCatalogue = Callable[[], Catalogue]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    with closing(open_copy(tmp_path)) as connection:
        yield connection


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def quota(db: Connection, clock: ManualClock) -> DailyQuota:
    return DailyQuota(db, clock, "Shoporama", 1000)


@pytest.fixture
def open_catalogue(db: Connection, clock: ManualClock, quota: DailyQuota) -> OpenCatalogue:
    """Return what opens the catalogue as each run does."""
    http = HttpClient(service="Shoporama", timeout_seconds=5, clock=clock, before_call=quota.use)
    return lambda: Catalogue(ShopClient(http, BASE), db, clock, quota, needs_prices=True)


@pytest.fixture(autouse=True)
def shop() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


def put_product(shop: responses.RequestsMock, product_id: int = MUG, **fields: object) -> None:
    wire: dict[str, Any] = {"product_id": product_id, "purchase_price": 40, **fields}
    shop.get(f"{BASE}/product/{product_id}", json=wire)


def put_names(shop: responses.RequestsMock) -> None:
    shop.get(f"{BASE}/category", json=[{"category_id": 137, "name": "Brugte bøger"}])
    shop.get(f"{BASE}/profile", json=[{"profile_id": 2851, "name": "Brugt"}])


def spend_all_but(quota: DailyQuota, calls: int) -> None:
    while quota.left() > calls:
        quota.use()


def paths(shop: responses.RequestsMock) -> list[str]:
    return [urlsplit(call.request.url or "").path.removeprefix("/REST/") for call in shop.calls]


def test_a_product_is_read_once_and_kept_for_a_week(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, clock: ManualClock
) -> None:
    put_product(shop)

    first = open_catalogue().products([MUG, MUG])
    clock.moment += timedelta(days=7) - timedelta(seconds=1)

    assert first == open_catalogue().products([MUG]) == READ
    assert paths(shop) == [f"product/{MUG}"]


def test_no_products_cost_no_call(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    assert open_catalogue().products([]) == {}
    assert paths(shop) == []


def test_a_product_is_read_again_after_a_week(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, clock: ManualClock
) -> None:
    put_product(shop)
    put_product(shop, purchase_price=45)
    open_catalogue().products([MUG])
    clock.moment += timedelta(days=7)

    assert open_catalogue().products([MUG])[MUG].purchase_price == 45
    assert open_catalogue().products([MUG])[MUG].purchase_price == 45
    assert len(paths(shop)) == 2


def test_where_no_purchase_price_is_needed_a_product_without_one_is_read_once(
    shop: responses.RequestsMock, db: Connection, clock: ManualClock, quota: DailyQuota
) -> None:
    put_product(shop, purchase_price=None)
    http = HttpClient(service="Shoporama", timeout_seconds=5, clock=clock, before_call=quota.use)
    for _ in range(3):
        catalogue = Catalogue(ShopClient(http, BASE), db, clock, quota, needs_prices=False)
        assert catalogue.products([MUG])[MUG].purchase_price is None

    assert len(paths(shop)) == 1


@pytest.mark.parametrize("price", [None, 0, "0.00"])
def test_a_product_without_purchase_price_is_read_again_once_a_run(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, price: object
) -> None:
    put_product(shop, purchase_price=price)
    put_product(shop, purchase_price=40)
    catalogue = open_catalogue()

    assert not catalogue.products([MUG])[MUG].purchase_price
    assert not catalogue.products([MUG])[MUG].purchase_price
    assert open_catalogue().products([MUG]) == READ
    assert len(paths(shop)) == 2


def test_a_removed_product_is_left_out_and_asked_for_again_once_a_run(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    shop.get(f"{BASE}/product/{MUG}", body="410 Gone")
    put_product(shop)
    put_product(shop, BOOK)
    catalogue = open_catalogue()

    assert list(catalogue.products([MUG, BOOK])) == [BOOK]
    assert list(catalogue.products([MUG, BOOK])) == [BOOK]
    assert paths(shop) == [f"product/{MUG}", f"product/{BOOK}"]
    assert open_catalogue().products([MUG]) == READ


def test_a_product_that_is_not_understood_is_left_out_and_asked_for_again(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    put_product(shop, profile_id=-1)
    put_product(shop)

    assert open_catalogue().products([MUG]) == {}
    assert open_catalogue().products([MUG]) == READ


def test_categories_and_profiles_get_their_names_by_one_call_each(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    put_names(shop)
    for product_id in (MUG, BOOK):
        put_product(shop, product_id, categories=[137], profile_id=2851)

    found = open_catalogue().products([MUG, BOOK])

    assert found[BOOK] == replace(
        READ[MUG], product_id=BOOK, categories=("Brugte bøger", "137"), profile=("Brugt", "2851")
    )
    assert paths(shop) == [f"product/{MUG}", "category", "profile", f"product/{BOOK}"]


def test_names_are_kept_for_a_day(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, clock: ManualClock
) -> None:
    put_names(shop)

    for product_id, hours in ((MUG, 0), (BOOK, 23), (LAMP, 2)):
        put_product(shop, product_id, categories=[137])
        clock.moment += timedelta(hours=hours)
        open_catalogue().products([product_id])

    assert paths(shop).count("category") == 2
    assert "profile" not in paths(shop)


def test_a_category_that_is_new_since_the_list_was_read_has_it_read_again_once(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    put_names(shop)
    shop.get(f"{BASE}/category", json=[{"category_id": 138, "name": "Kunst"}])
    put_product(shop, MUG, categories=[137])
    put_product(shop, BOOK, categories=[138, 139])
    open_catalogue().products([MUG])

    found = open_catalogue().products([BOOK])

    assert found[BOOK].categories == ("Kunst", "138", "139")
    assert paths(shop).count("category") == 2


def test_calls_that_polls_need_are_not_used(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, quota: DailyQuota
) -> None:
    put_product(shop)
    put_product(shop, BOOK)
    spend_all_but(quota, RESERVED_CALLS + 1)

    with pytest.raises(QuotaError, match="kept for reading orders"):
        open_catalogue().products([MUG, BOOK])

    assert quota.left() == RESERVED_CALLS
    assert open_catalogue().products([MUG]) == READ
    assert paths(shop) == [f"product/{MUG}"]


def test_names_do_not_use_calls_that_polls_need_either(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, quota: DailyQuota
) -> None:
    put_names(shop)
    put_product(shop, categories=[137])
    spend_all_but(quota, RESERVED_CALLS + 1)

    with pytest.raises(QuotaError):
        open_catalogue().products([MUG])

    assert paths(shop) == [f"product/{MUG}"]


def test_when_calls_are_short_a_product_without_purchase_price_is_taken_as_it_was(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue, quota: DailyQuota
) -> None:
    put_product(shop, purchase_price=None, product_labels=["Brugt"])
    open_catalogue().products([MUG])
    spend_all_but(quota, RESERVED_CALLS)

    assert open_catalogue().products([MUG])[MUG].labels == ("Brugt",)
    with pytest.raises(QuotaError):
        open_catalogue().products([BOOK])


def test_what_was_read_before_the_shop_failed_is_kept(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    put_product(shop)
    shop.get(f"{BASE}/product/{BOOK}", status=503)

    with pytest.raises(TemporaryError):
        open_catalogue().products([MUG, BOOK])

    assert open_catalogue().products([MUG]) == READ
    assert paths(shop).count(f"product/{MUG}") == 1


def test_a_product_without_an_answer_is_not_asked_for_again_in_the_same_run(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    shop.get(f"{BASE}/product/{MUG}", status=503)
    put_product(shop, BOOK)
    catalogue = open_catalogue()
    for _ in range(2):
        with pytest.raises(TemporaryError):
            catalogue.products([MUG])

    assert list(catalogue.products([BOOK])) == [BOOK]
    assert paths(shop).count(f"product/{MUG}") == ATTEMPTS


def test_after_a_few_products_without_an_answer_no_other_is_asked_for(
    shop: responses.RequestsMock, open_catalogue: OpenCatalogue
) -> None:
    catalogue = open_catalogue()
    for product_id in range(MUG, MUG + MOST_TROUBLES + 2):
        shop.get(f"{BASE}/product/{product_id}", status=503)
        with pytest.raises(TemporaryError):
            catalogue.products([product_id])

    assert len(paths(shop)) == MOST_TROUBLES * ATTEMPTS


@pytest.mark.parametrize(("limit", "kept"), [(1000, 150), (600, 150), (400, 100), (3, 0)])
def test_polls_keep_a_fixed_part_of_a_large_quota_and_a_quarter_of_a_small_one(
    db: Connection, clock: ManualClock, limit: int, kept: int
) -> None:
    assert DailyQuota(db, clock, "Shoporama", limit).spare() == limit - kept
