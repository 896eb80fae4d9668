"""What goes wrong between us and the shop, and what the operator reads then."""

import pytest
import responses
from shop_samples import API_KEY, BASE_URL, COPENHAGEN, ORDERS_URL, InstantClock, shop

from dinero_sync.errors import (
    ConfigError,
    ConnectionRefusedByVendorError,
    DineroSyncError,
    ExitCode,
    QuotaError,
    TemporaryError,
)

NAME = "Kundesen"


def error_of_listing(clock: InstantClock | None = None) -> DineroSyncError:
    with pytest.raises(DineroSyncError) as caught:
        list(shop(clock=clock).order_pages(None, COPENHAGEN))
    assert API_KEY not in str(caught.value)
    assert NAME not in str(caught.value)
    return caught.value


@responses.activate
def test_a_refused_key_says_where_to_find_it_and_what_else_to_try() -> None:
    responses.get(ORDERS_URL, status=401, body=f"Unknown token {API_KEY}")
    error = error_of_listing()
    assert isinstance(error, ConnectionRefusedByVendorError)
    assert error.exit_code is ExitCode.NOT_CONNECTED
    for hint in ("shoporama.api_key", "shoporama.auth_scheme", "API access", "nothing is booked"):
        assert hint in str(error)
    assert len(responses.calls) == 1


@responses.activate
def test_a_key_without_the_right_to_read_says_which_rights_are_needed() -> None:
    responses.get(ORDERS_URL, status=403, body="Forbidden")
    error = error_of_listing()
    assert isinstance(error, ConnectionRefusedByVendorError)
    for hint in ("read “order”", "right to read orders, payment gateways", "auth_scheme"):
        assert hint in str(error)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, "Slow down"),
        (429, ""),
        (403, "API quota exceeded"),
        (400, '{"error": "Daily call limit reached"}'),
        (200, "Rate limit exceeded"),
        (200, '{"error": "Too many requests"}'),
    ],
)
@responses.activate
def test_a_spent_quota_is_told_apart_from_a_refusal(status: int, body: str) -> None:
    responses.get(ORDERS_URL, status=status, body=body)
    error = error_of_listing()
    assert isinstance(error, QuotaError)
    assert error.exit_code is ExitCode.TEMPORARY
    assert "shoporama.daily_calls" in str(error)
    assert "no order is lost" in str(error)


@responses.activate
def test_a_word_like_quota_inside_an_order_is_no_error() -> None:
    order = {"order_id": 1, "comments": "daily limit reached, quota exceeded"}
    responses.get(ORDERS_URL, json={"paging": {"total": 1}, "orders": [order]})
    (page,) = shop().order_pages(None, COPENHAGEN)
    assert page.items == (order,)


@pytest.mark.parametrize("status", [404, 405, 410])
@responses.activate
def test_a_list_that_is_not_there_points_at_the_address_in_the_configuration(status: int) -> None:
    responses.get(ORDERS_URL, status=status, body="404 Not Found")
    error = error_of_listing()
    assert isinstance(error, ConfigError)
    assert error.problems[0].key == "shoporama.base_url"
    assert "https://www.shoporama.dk/REST" in str(error)


@pytest.mark.parametrize("status", [500, 502, 503])
@responses.activate
def test_trouble_at_the_shop_is_tried_again_and_then_left_to_the_next_run(status: int) -> None:
    responses.get(ORDERS_URL, status=status, body="<html>Bad gateway</html>")
    clock = InstantClock()
    error = error_of_listing(clock)
    assert type(error) is TemporaryError
    assert f"status {status}" in str(error)
    assert clock.pauses == [1.0, 2.0, 4.0]


@responses.activate
def test_no_answer_at_all_is_temporary() -> None:
    error = error_of_listing()
    assert isinstance(error, TemporaryError)
    assert "The next run goes on" in str(error)


@responses.activate
def test_of_another_refusal_no_word_is_shown_for_it_may_be_a_key_or_a_name() -> None:
    words = f"Bad request: {API_KEY} {NAME} kunde@example.com 12345678"
    responses.get(ORDERS_URL, status=400, body=words)
    error = error_of_listing()
    assert type(error) is TemporaryError
    assert f"(status 400, {len(words)} characters of text)" in str(error)
    assert [word for word in words.split() if word in str(error)] == []


@responses.activate
def test_a_refusal_without_a_word_shows_its_status() -> None:
    responses.get(ORDERS_URL, status=400, body=" ")
    assert "(status 400)" in str(error_of_listing())


@pytest.mark.parametrize("status", [302, 307, 400, 401, 403, 404, 405, 408, 410, 421, 422, 425])
@responses.activate
def test_a_web_page_is_none_of_the_shops_answers_whatever_its_status(status: int) -> None:
    responses.get(ORDERS_URL, status=status, body=f"<html><b>{NAME} quota exceeded</b></html>")
    error = error_of_listing()
    assert type(error) is TemporaryError
    assert f"Shoporama was asked, and the answer is not its own word (status {status}" in str(error)
    assert "base_url" in str(error)
    assert len(responses.calls) == 4


@pytest.mark.parametrize("status", [408, 421, 425])
@responses.activate
def test_what_gateways_say_of_themselves_is_none_of_the_shops_answers(status: int) -> None:
    responses.get(ORDERS_URL, status=status, json={"error": "Request timeout"})
    assert "is not its own word" in str(error_of_listing())


@pytest.mark.parametrize("status", [404, 410])
@responses.activate
def test_a_page_doesnt_say_that_an_order_or_a_product_is_gone(status: int) -> None:
    for name in ("order", "product"):
        responses.get(f"{BASE_URL}/{name}/1", status=status, body="<html>Not found</html>")
    with pytest.raises(TemporaryError, match="is not its own word"):
        shop().order(1)
    with pytest.raises(TemporaryError, match="is not its own word"):
        shop().product(1)


@responses.activate
def test_a_page_that_comes_once_costs_a_second_question() -> None:
    responses.get(ORDERS_URL, status=403, body="<html>Access denied</html>")
    responses.get(ORDERS_URL, json={"paging": {"total": 0}, "orders": []})
    assert [page.count for page in shop().order_pages(None, COPENHAGEN)] == [0]


@pytest.mark.parametrize(
    ("body", "explanation"),
    [
        (f'{{"paging": {{"total": 1}}, "orders": [{{"order_name": "{NAME}"', "cut short"),
        ("", "cut short"),
        ("[" * 100_000, "cut short"),
        (f"<!DOCTYPE html><p>Hej {NAME}</p>", "a web page where data was expected"),
        ("17", "a list was expected"),
        ("null", "a list was expected"),
        (f'{{"order_name": "{NAME}"}}', "an envelope with one list was expected"),
        ('{"paging": {}, "a": [], "b": []}', "an envelope with one list was expected"),
    ],
)
@responses.activate
def test_an_answer_that_is_not_a_list_is_temporary_and_shows_nothing_of_it(
    body: str, explanation: str
) -> None:
    responses.get(ORDERS_URL, body=body)
    error = error_of_listing()
    assert type(error) is TemporaryError
    assert explanation in str(error)
    assert "no order is lost" in str(error)


@responses.activate
def test_one_order_has_to_be_one_object() -> None:
    responses.get(f"{BASE_URL}/order/1", json=[])
    with pytest.raises(TemporaryError, match="one object was expected"):
        shop().order(1)
