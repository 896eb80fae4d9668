"""Tokens and settings: when an access token may be sent, and what never shows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from auth_helpers import API_KEY, NOW, VISMA, tokens_for

from dinero_sync.dinero.auth.tokens import AuthSettings


def test_an_access_token_is_fresh_until_a_minute_before_it_expires() -> None:
    tokens = replace(tokens_for(), obtained_at=NOW, expires_at=NOW + timedelta(hours=1))

    assert tokens.is_fresh(NOW + timedelta(minutes=58, seconds=59))
    assert not tokens.is_fresh(NOW + timedelta(minutes=59))


def test_an_access_token_of_half_a_minute_is_used_for_half_its_life() -> None:
    tokens = replace(tokens_for(), obtained_at=NOW, expires_at=NOW + timedelta(seconds=30))

    assert tokens.is_fresh(NOW + timedelta(seconds=14))
    assert not tokens.is_fresh(NOW + timedelta(seconds=15))


@pytest.mark.parametrize("value", [VISMA, API_KEY, tokens_for()])
def test_no_secret_shows_when_settings_or_tokens_are_printed(value: object) -> None:
    assert "SECRET" not in repr(value)
    assert "SECRET" not in str(value)


@pytest.mark.parametrize(
    "other",
    [
        replace(API_KEY, api_key="SECRET-other"),
        replace(API_KEY, client_id="other"),
        replace(API_KEY, token_url="https://other.example/token"),
    ],
)
def test_tokens_of_another_key_application_or_server_are_told_apart(other: AuthSettings) -> None:
    assert other.fingerprint() != API_KEY.fingerprint()


def test_a_new_client_secret_keeps_the_connection() -> None:
    assert replace(VISMA, client_secret="SECRET-new").fingerprint() == VISMA.fingerprint()
