"""Personal integrations: the API key is exchanged rarely, and its token kept until it expires."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
import responses
from auth_helpers import (
    API_KEY,
    NOW,
    TOKEN_URL,
    ManualClock,
    StoreInMemory,
    printed,
    tokens_for,
)
from responses import matchers

from dinero_sync.dinero.auth.api_key import exchange, token_source
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import TemporaryError

GRANTED = {"access_token": "SECRET-access-2", "expires_in": 3600, "token_type": "Bearer"}


@responses.activate
def test_the_key_goes_in_the_form_and_the_application_by_http_basic() -> None:
    form = {
        "grant_type": "password",
        "scope": "read write",
        "username": "SECRET-key",
        "password": "SECRET-key",
    }
    basic = {"Authorization": f"Basic {b64encode(b'personal:SECRET-client').decode()}"}
    answer = responses.post(
        TOKEN_URL,
        json=GRANTED,
        match=[matchers.urlencoded_params_matcher(form), matchers.header_matcher(basic)],
    )

    tokens = exchange(API_KEY, ManualClock())

    assert answer.calls[0].request.url == TOKEN_URL
    assert tokens.access_token == "SECRET-access-2"
    assert tokens.expires_at == NOW + timedelta(hours=1)
    assert tokens.refresh_token is None


@responses.activate
def test_runs_within_the_hour_share_one_token() -> None:
    answer = responses.post(TOKEN_URL, json=GRANTED)
    store, clock = StoreInMemory(None), ManualClock()

    first = token_source(API_KEY, store, clock).access_token()
    clock.moment += timedelta(minutes=58)
    second = token_source(API_KEY, store, clock).access_token()

    assert first == second == "SECRET-access-2"
    assert answer.call_count == 1


@responses.activate
def test_a_run_after_the_hour_asks_again_and_keeps_the_company() -> None:
    responses.post(TOKEN_URL, json=GRANTED)
    store = StoreInMemory(replace(tokens_for(API_KEY), refresh_token=None))

    assert token_source(API_KEY, store, ManualClock()).access_token() == "SECRET-access-2"
    assert store.tokens is not None
    assert store.tokens.organization_id == 123456


@responses.activate
def test_another_key_never_uses_the_token_or_the_company_of_the_old_one() -> None:
    responses.post(TOKEN_URL, json=GRANTED)
    store = StoreInMemory(tokens_for(API_KEY, good_for=timedelta(hours=1)))
    new_key = replace(API_KEY, api_key="SECRET-other-key")

    assert token_source(new_key, store, ManualClock()).access_token() == "SECRET-access-2"
    assert store.tokens is not None
    assert store.tokens.organization_id is None


@responses.activate
def test_a_wrong_key_says_where_to_get_a_right_one() -> None:
    responses.post(
        TOKEN_URL, status=400, json={"error": "invalid_grant", "error_description": "SECRET-key"}
    )

    with pytest.raises(NotConnectedError, match="Se og opret API-nøgler") as caught:
        exchange(API_KEY, ManualClock())

    assert "dinero.auth.api_key" in str(caught.value)
    assert "dinero-sync connect" in str(caught.value)
    assert "SECRET" not in printed(caught.value)


@responses.activate
def test_credentials_that_http_basic_cannot_carry_are_named_without_being_shown() -> None:
    unwritable = replace(API_KEY, client_secret="SECRET–with a dash from a word processor")

    with pytest.raises(NotConnectedError, match=r"client_id and dinero.auth.client_sec") as caught:
        exchange(unwritable, ManualClock())

    assert "SECRET" not in printed(caught.value)


@responses.activate
def test_trouble_at_dinero_is_left_to_the_next_run() -> None:
    responses.post(TOKEN_URL, status=503, body="SECRET-key")

    with pytest.raises(TemporaryError, match="status 503") as caught:
        exchange(API_KEY, ManualClock())

    assert "SECRET" not in printed(caught.value)
