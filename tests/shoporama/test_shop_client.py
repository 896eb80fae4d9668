"""The calls to the shop: what is sent, and how lists are walked."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
import responses
from shop_samples import (
    API_KEY,
    BASE_URL,
    COPENHAGEN,
    ORDERS_URL,
    envelope,
    put_list,
    query_of,
    shop,
    small_order,
)

from dinero_sync.errors import ConfigError, TemporaryError
from dinero_sync.shoporama.client import ShopAuth, ShopClient, wire_time
from dinero_sync.shoporama.replies import RawObject, raw_text

THREE = [small_order(number, "2026-12-01 10:00:00") for number in (1, 2, 3)]


def order_ids() -> list[object]:
    return [raw["order_id"] for page in shop().order_pages(None, COPENHAGEN) for raw in page.items]


def offsets() -> list[str]:
    return [query_of(call.request)["offset"] for call in responses.calls]


@pytest.mark.parametrize(
    ("scheme", "header"),
    [
        ("Shoporama", f"Shoporama {API_KEY}"),
        ("Bearer", f"Bearer {API_KEY}"),
        ("bare", API_KEY),
    ],
)
@responses.activate
def test_the_key_is_sent_in_the_form_that_the_configuration_names(scheme: str, header: str) -> None:
    responses.get(f"{BASE_URL}/self", json={"webshop_id": 12})
    assert shop(scheme).itself() == {"webshop_id": 12}
    assert responses.calls[0].request.headers["Authorization"] == header


@pytest.mark.parametrize("key", ["", "SECRET key", "SECRET\nkey", "SECRET-nøgle"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ShopAuth(key)
    assert caught.value.problems[0].key == "shoporama.api_key"
    assert "SECRET" not in str(caught.value)


@responses.activate
def test_orders_are_asked_for_by_change_time_in_the_zone_of_the_shop() -> None:
    responses.get(ORDERS_URL, body=envelope(THREE))
    client = shop()
    since = datetime(2026, 12, 1, 8, 30, 15, 999, tzinfo=UTC)
    (page,) = client.order_pages(since, COPENHAGEN)
    request = responses.calls[0].request
    assert urlsplit(request.url or "").path == "/REST/order"
    assert query_of(request) == {
        "last_modified": "2026-12-01T09:30:15",
        "limit": "100",
        "offset": "0",
    }
    assert (page.offset, page.count, page.total) == (0, 3, 3)
    assert len(responses.calls) == 1


@responses.activate
def test_without_a_time_all_orders_are_asked_for() -> None:
    responses.get(ORDERS_URL, body=envelope([]))
    assert [page.count for page in shop().order_pages(None, COPENHAGEN)] == [0]
    assert query_of(responses.calls[0].request) == {"limit": "100", "offset": "0"}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        pytest.param("2026-10-25T00:30:00", "2026-10-25T01:30:00", id="first half past two"),
        pytest.param("2026-10-25T01:30:00", "2026-10-25T02:30:00", id="second half past two"),
        pytest.param("2026-10-25T02:00:00", "2026-10-25T03:00:00", id="after it"),
        pytest.param("2026-03-29T01:00:00", "2026-03-29T03:00:00", id="spring"),
    ],
)
def test_in_the_hour_that_autumn_repeats_the_text_never_means_a_later_moment(
    moment: str, text: str
) -> None:
    asked = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert wire_time(asked, COPENHAGEN) == text
    latest_meaning = datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN, fold=1)
    assert latest_meaning.astimezone(UTC) <= asked


@responses.activate
def test_pages_advance_by_what_came_even_when_the_shop_serves_smaller_pages_than_asked_for() -> (
    None
):
    put_list(lambda _: THREE, page_size=2)
    assert order_ids() == [1, 2, 3]
    assert offsets() == ["0", "2"]


@responses.activate
def test_a_bare_list_is_read_on_until_a_page_is_empty() -> None:
    responses.get(ORDERS_URL, json=THREE[:2])
    responses.get(ORDERS_URL, json=THREE[2:])
    responses.get(ORDERS_URL, json=[])
    assert order_ids() == [1, 2, 3]
    assert offsets() == ["0", "2", "3"]


@responses.activate
def test_a_bare_list_that_comes_again_unchanged_is_the_whole_list() -> None:
    responses.get(ORDERS_URL, json=THREE)
    assert order_ids() == [1, 2, 3]
    assert len(responses.calls) == 2


@responses.activate
def test_numbers_in_the_envelope_may_be_texts_and_an_empty_list_may_be_null() -> None:
    paging = {"offset": "0", "limit": "100", "count": "0", "total": "0"}
    responses.get(ORDERS_URL, json={"paging": paging, "orders": None})
    assert order_ids() == []


@pytest.mark.parametrize("enveloped", [True, False])
@responses.activate
def test_a_shop_that_answers_every_page_with_the_same_orders_ends_the_reading(
    enveloped: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    page = [small_order(number, "2026-12-01 10:00:00") for number in range(1, 101)]
    responses.get(
        ORDERS_URL, json={"paging": {"total": 250}, "orders": page} if enveloped else page
    )
    with pytest.raises(TemporaryError, match="every page holds the same") as caught:
        order_ids()
    assert "no order is lost" in str(caught.value)
    assert len(responses.calls) == 2


@responses.activate
def test_a_list_that_grows_faster_than_it_is_read_ends_the_reading() -> None:
    def growing(call: int) -> list[dict[str, object]]:
        return [small_order(number, "2026-12-01 10:00:00") for number in range(100 + 100 * call)]

    put_list(growing)
    with pytest.raises(TemporaryError, match="grows faster than it can be read"):
        order_ids()
    assert len(responses.calls) == 13


@pytest.mark.parametrize(
    ("paging", "orders", "complaint"),
    [
        ({"offset": 7, "count": 3, "total": 3}, THREE, "came from 7 on"),
        ({"offset": 0, "count": 5, "total": 5}, THREE, "says that it holds 5 and holds 3"),
        ({"offset": 0, "count": 3, "total": 2}, THREE, "says that it holds 2 and goes on to 3"),
        ({"offset": 0, "count": 1, "total": 1}, "text", "one list was expected"),
    ],
)
@responses.activate
def test_a_list_that_contradicts_itself_is_not_used(
    paging: dict[str, int], orders: object, complaint: str
) -> None:
    responses.get(ORDERS_URL, json={"paging": paging, "orders": orders})
    with pytest.raises(TemporaryError, match=complaint):
        order_ids()


@pytest.mark.parametrize(
    ("resource", "read"),
    [
        ("payment-gateway", ShopClient.payment_gateways),
        ("shipping", ShopClient.shipping_methods),
        ("country", ShopClient.countries),
    ],
)
@pytest.mark.parametrize("enveloped", [True, False])
@responses.activate
def test_master_lists_come_bare_or_enveloped_with_one_call(
    resource: str,
    read: Callable[[ShopClient], list[RawObject]],
    enveloped: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    entries = [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}]
    body = {"paging": {"total": 2}, "entries": entries} if enveloped else entries
    responses.get(f"{BASE_URL}/{resource}", json=body)
    assert read(shop()) == entries
    assert len(responses.calls) == 1


@responses.activate
def test_a_long_master_list_is_read_to_its_end() -> None:
    for number in (1, 2):
        body = {"paging": {"total": 2}, "countries": [{"country_id": number}]}
        responses.get(f"{BASE_URL}/country", json=body)
    assert shop().countries() == [{"country_id": 1}, {"country_id": 2}]


@responses.activate
def test_one_order_is_read_by_its_id() -> None:
    responses.get(f"{ORDERS_URL}/4815162", json={"order_id": 4815162})
    assert shop().order(4815162) == {"order_id": 4815162}


@pytest.mark.parametrize("status", [404, 410])
@responses.activate
def test_an_order_that_the_shop_does_not_have_is_none(status: int) -> None:
    responses.get(f"{ORDERS_URL}/1", body="410 Gone", status=status)
    assert shop().order(1) is None


@responses.activate
def test_numbers_stay_exact_and_are_written_back_digit_by_digit() -> None:
    text = (
        '{"order_id":1,"total_price":678.010,"vat":1E+2,"name":"Bl\\u00e5","lines":[null,true,"x"]}'
    )
    responses.get(f"{ORDERS_URL}/1", body=text)
    raw = shop().order(1)
    assert raw is not None
    assert raw["total_price"] == Decimal("678.010")
    assert raw_text(raw) == text
    assert json.loads(raw_text(raw), parse_float=Decimal) == raw
