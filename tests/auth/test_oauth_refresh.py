"""The refresh at Visma Connect: one-time tokens, lost answers, and what each trouble means."""

import logging
import socket
from dataclasses import replace
from typing import Any

import pytest
import requests
import responses
from auth_helpers import (
    API_KEY,
    GRANTED,
    TOKEN_URL,
    VISMA,
    ManualClock,
    StoreInMemory,
    printed,
    tokens_for,
)
from responses import matchers
from responses.registries import OrderedRegistry

from dinero_sync.dinero.auth.oauth import refresh, token_source
from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import ExitCode, OwnSideError, TemporaryError
from dinero_sync.http_answers import NoAnswerError
from dinero_sync.way_out import UnreachableError

LOST_ANSWERS: dict[str, dict[str, Any]] = {
    "connection refused": {"body": requests.ConnectionError("SECRET-refresh-1")},
    "no answer in time": {"body": requests.ReadTimeout("SECRET-refresh-1")},
    "broken off": {"body": requests.exceptions.ChunkedEncodingError("SECRET-refresh-1")},
    "server error": {"status": 500, "json": {"error": "SECRET-refresh-1"}},
    "gateway": {"status": 503, "body": "<html>SECRET-refresh-1</html>"},
    "announced trouble": {"status": 400, "json": {"error": "temporarily_unavailable"}},
    "not JSON": {"status": 200, "body": "<html>SECRET-refresh-1</html>"},
    "half an answer": {"status": 200, "body": '{"access_token": "SECRET-acc'},
    "JSON without a token": {"status": 200, "json": {"hello": "SECRET-refresh-1"}},
    "a lifetime that is no number": {"status": 200, "json": {**GRANTED, "expires_in": "soon"}},
    "a redirect": {"status": 302, "headers": {"Location": "https://other.example/"}},
}


lost_answers = pytest.mark.parametrize("answer", LOST_ANSWERS.values(), ids=LOST_ANSWERS.keys())


@responses.activate
def test_a_refresh_sends_the_refresh_token_and_the_client_in_the_form() -> None:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": "SECRET-refresh-1",
        "client_id": "isv_webshop",
        "client_secret": "SECRET-client",
    }
    renewal = responses.post(
        TOKEN_URL, json=GRANTED, match=[matchers.urlencoded_params_matcher(form)]
    )

    tokens = refresh(VISMA, tokens_for(), ManualClock())

    assert renewal.calls[0].request.url == TOKEN_URL
    assert "Authorization" not in renewal.calls[0].request.headers
    assert (tokens.access_token, tokens.refresh_token) == ("SECRET-access-2", "SECRET-refresh-2")


@responses.activate
def test_the_company_stays_with_the_connection() -> None:
    responses.post(TOKEN_URL, json=GRANTED)

    assert refresh(VISMA, tokens_for(), ManualClock()).organization_id == 123456


@responses.activate
def test_a_reusable_refresh_token_is_kept_when_none_comes_back() -> None:
    responses.post(TOKEN_URL, json={"access_token": "SECRET-access-2", "expires_in": 3600})

    assert refresh(VISMA, tokens_for(), ManualClock()).refresh_token == "SECRET-refresh-1"


@responses.activate(registry=OrderedRegistry)
def test_a_lost_answer_is_asked_for_once_more_with_the_same_refresh_token() -> None:
    clock = ManualClock()
    first = responses.post(TOKEN_URL, body=requests.ReadTimeout())
    second = responses.post(TOKEN_URL, json=GRANTED)

    tokens = refresh(VISMA, tokens_for(), clock)

    assert tokens.access_token == "SECRET-access-2"
    assert first.calls[0].request.body == second.calls[0].request.body
    assert clock.pauses == [1.0]


@lost_answers
@responses.activate
def test_trouble_at_the_token_server_is_tried_twice_and_left_to_the_next_run(
    answer: dict[str, Any],
) -> None:
    renewal = responses.post(TOKEN_URL, **answer)

    with pytest.raises(TemporaryError, match="The next run goes on") as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert renewal.call_count == 2
    assert "SECRET" not in printed(caught.value)


@lost_answers
@responses.activate
def test_trouble_at_the_token_server_never_puts_an_order_in_doubt(answer: dict[str, Any]) -> None:
    responses.post(TOKEN_URL, **answer)

    with pytest.raises(TemporaryError) as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert not isinstance(caught.value, NoAnswerError)  # which says: the order may have been sent


@responses.activate
def test_a_redirect_never_carries_the_refresh_token_elsewhere() -> None:
    moved = {"Location": "https://other.example/"}
    responses.post(TOKEN_URL, status=307, headers=moved)
    elsewhere = responses.post("https://other.example/", json=GRANTED)

    with pytest.raises(TemporaryError):
        refresh(VISMA, tokens_for(), ManualClock())

    assert elsewhere.call_count == 0


@responses.activate
def test_the_proxies_of_the_environment_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "")
    renewal = responses.post(TOKEN_URL, json=GRANTED)

    refresh(VISMA, tokens_for(), ManualClock())

    assert renewal.calls[0].request.req_kwargs["proxies"]["https"] == "http://proxy.example:3128"


@responses.activate
def test_no_proxy_is_used_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "connect.example")
    renewal = responses.post(TOKEN_URL, json=GRANTED)

    refresh(VISMA, tokens_for(), ManualClock())

    assert not renewal.calls[0].request.req_kwargs["proxies"]


@pytest.mark.parametrize(
    ("status", "body"), [(404, "SECRET-refresh-1"), (429, "<html>SECRET-refresh-1</html>")]
)
@responses.activate
def test_a_refresh_that_was_turned_away_is_not_repeated(status: int, body: str) -> None:
    renewal = responses.post(TOKEN_URL, status=status, body=body)

    with pytest.raises(TemporaryError, match=f"status {status}") as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert renewal.call_count == 1
    assert "dinero.auth.token_url" in str(caught.value)
    assert "SECRET" not in printed(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        *({"status": status, "body": "<html>SECRET-client</html>"} for status in (400, 401, 403)),
        *({"status": status, "body": ""} for status in (302, 307, 408, 421, 425)),
        *({"status": status, "json": {"error": "invalid_grant"}} for status in (408, 421, 425)),
    ],
)
@responses.activate
def test_a_gateways_answer_says_nothing_about_the_connection_and_is_asked_over_once(
    answer: dict[str, Any],
) -> None:
    renewal = responses.post(TOKEN_URL, **answer)

    with pytest.raises(TemporaryError, match="is not its own word") as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert (renewal.call_count, caught.value.exit_code) == (2, ExitCode.TEMPORARY)
    assert "SECRET" not in printed(caught.value)


def test_a_renewal_that_cant_leave_this_machine_names_what_is_wrong_and_spends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://")
    monkeypatch.delenv("no_proxy", raising=False)
    clock = ManualClock()

    with pytest.raises(OwnSideError, match="The proxy that https_proxy names can't be used"):
        refresh(VISMA, tokens_for(), clock)

    assert clock.pauses == []


def test_a_token_server_where_nobody_listens_was_shown_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings = replace(VISMA, token_url=f"http://127.0.0.1:{port}/connect/token")
    tokens = replace(tokens_for(), issued_to=settings.fingerprint())

    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1 refused the connection") as caught:
        refresh(settings, tokens, ManualClock())

    assert f"The token server {settings.token_url} can't be reached" in str(caught.value)


@responses.activate
def test_a_renewal_that_a_gateway_answered_first_goes_on_within_the_grace_period() -> None:
    responses.post(TOKEN_URL, status=408, body="<html>Request timeout</html>")
    responses.post(TOKEN_URL, json=GRANTED)

    assert refresh(VISMA, tokens_for(), ManualClock()).access_token == GRANTED["access_token"]


@responses.activate
def test_a_withdrawn_consent_says_how_to_connect_again() -> None:
    responses.post(
        TOKEN_URL,
        status=400,
        json={"error": "invalid_grant", "error_description": "SECRET-refresh-1 is unknown"},
    )

    with pytest.raises(NotConnectedError, match="dinero-sync connect") as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert "SECRET" not in printed(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 400, "json": {"error": "invalid_client"}},
        {"status": 401, "json": {"error": "invalid_client"}},
        {"status": 400, "json": {"error": "unauthorized_client"}},
        {"status": 401, "body": "SECRET-client"},
    ],
)
@responses.activate
def test_an_unknown_application_names_the_keys_to_check(answer: dict[str, Any]) -> None:
    renewal = responses.post(TOKEN_URL, **answer)

    with pytest.raises(
        NotConnectedError, match=r"client_id and dinero.auth.client_secret"
    ) as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert renewal.call_count == 1
    assert "SECRET" not in printed(caught.value)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("invalid_scope", "(invalid_scope)"), ("SECRET <b>", "(without a code)"), (7, "without")],
)
@responses.activate
def test_any_other_refusal_is_named_only_if_it_reads_like_a_code(code: object, shown: str) -> None:
    responses.post(TOKEN_URL, status=400, json={"error": code})

    with pytest.raises(NotConnectedError) as caught:
        refresh(VISMA, tokens_for(), ManualClock())

    assert shown in str(caught.value)
    assert "SECRET" not in printed(caught.value)


@pytest.mark.parametrize(
    "tokens",
    [replace(tokens_for(), refresh_token=None), tokens_for(API_KEY)],
    ids=["without a refresh token", "of another application"],
)
@responses.activate
def test_a_connection_of_another_application_is_never_shown_to_the_server(tokens: Tokens) -> None:
    with pytest.raises(NotConnectedError, match="another application"):
        refresh(VISMA, tokens, ManualClock())

    assert len(responses.calls) == 0


def test_without_a_connection_the_first_step_is_named() -> None:
    source = token_source(VISMA, StoreInMemory(None), ManualClock())

    with pytest.raises(NotConnectedError, match=r"isn't connected yet.* dinero-sync connect"):
        source.access_token()


@responses.activate
def test_nothing_secret_is_logged_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    responses.post(TOKEN_URL, json=GRANTED)

    with caplog.at_level(logging.DEBUG):
        token_source(VISMA, StoreInMemory(tokens_for()), ManualClock()).access_token()

    assert "SECRET" not in caplog.text
