"""A consent at Visma Connect: the address, the answer, the exchange."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import responses
from auth_helpers import GRANTED, NOW, REDIRECT_URI, TOKEN_URL, VISMA, ManualClock, printed
from responses import matchers

from dinero_sync.dinero.auth.oauth import Consent, begin, check, finish
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import TemporaryError

CONSENT = Consent(url="https://connect.example/", state="our-state", verifier="SECRET-verifier")


def callback(**fields: str) -> str:
    return f"{REDIRECT_URI}?{urlencode(fields)}"


GOOD_ANSWER = callback(code="SECRET-code", state="our-state")


def test_the_address_asks_for_everything_that_the_program_needs() -> None:
    consent = begin(VISMA)
    asked = parse_qs(urlsplit(consent.url).query)

    assert consent.url.startswith("https://connect.example/connect/authorize?")
    assert len(asked.pop("code_challenge")[0]) == 43
    assert asked == {
        "client_id": ["isv_webshop"],
        "response_type": ["code"],
        "response_mode": ["query"],
        "redirect_uri": [REDIRECT_URI],
        "scope": ["dineropublicapi:read dineropublicapi:write offline_access"],
        "state": [consent.state],
        "code_challenge_method": ["S256"],
    }


def test_the_address_holds_neither_the_client_secret_nor_the_verifier() -> None:
    consent = begin(VISMA)

    assert "SECRET" not in consent.url
    assert consent.verifier not in consent.url
    assert consent.verifier not in repr(consent)


def test_two_consents_share_neither_state_nor_verifier() -> None:
    first, second = begin(VISMA), begin(VISMA)

    assert first.state != second.state
    assert first.verifier != second.verifier
    assert len(first.verifier) >= 43  # RFC 7636 § 4.1


@responses.activate
def test_the_code_is_exchanged_with_the_verifier_and_nothing_in_the_address() -> None:
    form = {
        "grant_type": "authorization_code",
        "code": "SECRET-code",
        "code_verifier": "SECRET-verifier",
        "redirect_uri": REDIRECT_URI,
        "client_id": "isv_webshop",
        "client_secret": "SECRET-client",
    }
    exchange = responses.post(
        TOKEN_URL, json=GRANTED, match=[matchers.urlencoded_params_matcher(form)]
    )

    finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    request = exchange.calls[0].request
    assert request.url == TOKEN_URL
    assert "Authorization" not in request.headers
    assert request.headers["User-Agent"].startswith("dinero-sync/")
    assert request.req_kwargs["timeout"] == (7, 7)


@responses.activate
def test_the_tokens_last_from_the_moment_they_were_asked_for() -> None:
    responses.post(TOKEN_URL, json=GRANTED)

    tokens = finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    assert (tokens.access_token, tokens.refresh_token) == ("SECRET-access-2", "SECRET-refresh-2")
    assert (tokens.obtained_at, tokens.expires_at) == (NOW, NOW + timedelta(hours=1))
    assert tokens.refresh_expires_at is None
    assert tokens.organization_id is None


@responses.activate
def test_the_end_of_the_refresh_token_is_kept_where_the_server_tells_it() -> None:
    responses.post(TOKEN_URL, json={**GRANTED, "refresh_token_expires_in": 86400})

    tokens = finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    assert tokens.refresh_expires_at == NOW + timedelta(days=1)


@pytest.mark.parametrize("lifetime", [{}, {"expires_in": None}, {"expires_in": "3600"}])
@responses.activate
def test_an_access_token_lasts_an_hour_where_the_server_tells_nothing_else(
    lifetime: dict[str, object],
) -> None:
    answer = {key: value for key, value in GRANTED.items() if key != "expires_in"}
    responses.post(TOKEN_URL, json={**answer, **lifetime})

    tokens = finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    assert tokens.expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (callback(code="SECRET-code", state="SECRET-other"), "another attempt"),
        (callback(code="SECRET-code"), "another attempt"),
        (callback(error="access_denied", state="SECRET-other"), "another attempt"),
        (callback(error="access_denied", state="our-state"), "declined"),
        (callback(error="invalid_scope", state="our-state"), r"refused the consent \(invalid_sc"),
        (callback(error="SECRET <b>", state="our-state"), r"refused the consent \(an unknown"),
        (callback(state="our-state"), "carries no code"),
        (callback(code="", state="our-state"), "carries no code"),
    ],
)
@responses.activate
def test_an_answer_that_is_not_a_consent_to_this_question_is_never_exchanged(
    answer: str, reason: str
) -> None:
    with pytest.raises(NotConnectedError, match=reason) as caught:
        finish(VISMA, CONSENT, answer, ManualClock())

    assert "dinero-sync connect" in str(caught.value)
    assert "SECRET" not in printed(caught.value)
    assert len(responses.calls) == 0


def test_an_answer_can_be_checked_before_the_browser_is_thanked() -> None:
    check(CONSENT, GOOD_ANSWER)
    with pytest.raises(NotConnectedError, match="another attempt"):
        check(CONSENT, callback(code="SECRET-code", state="other"))


@responses.activate
def test_a_code_that_was_used_before_is_refused_with_the_next_step() -> None:
    responses.post(
        TOKEN_URL,
        status=400,
        json={"error": "invalid_grant", "error_description": "SECRET-code was used"},
    )

    with pytest.raises(NotConnectedError, match="used before or is too old") as caught:
        finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    assert "dinero-sync connect" in str(caught.value)
    assert "SECRET" not in printed(caught.value)


@responses.activate
def test_a_connection_that_could_not_be_renewed_is_not_made() -> None:
    responses.post(TOKEN_URL, json={"access_token": "SECRET-access", "expires_in": 3600})

    with pytest.raises(NotConnectedError, match="offline_access"):
        finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())


@responses.activate
def test_a_code_is_not_sent_twice_when_no_clear_answer_comes() -> None:
    exchange = responses.post(TOKEN_URL, status=502, body="Bad gateway")

    with pytest.raises(TemporaryError):
        finish(VISMA, CONSENT, GOOD_ANSWER, ManualClock())

    assert exchange.call_count == 1


def test_an_address_with_a_query_of_its_own_is_kept() -> None:
    settings = replace(VISMA, authorize_url="https://connect.example/authorize?tenant=1")

    assert begin(settings).url.startswith("https://connect.example/authorize?tenant=1&")
