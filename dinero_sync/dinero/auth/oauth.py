"""Visma Connect: a person consents once, and refresh tokens keep the connection from then on.

Authorisation code with PKCE (RFC 6749 § 4.1, RFC 7636), and refresh (RFC 6749 § 6).

Sources: https://developer.dinero.dk/documentation/authorization and, on refresh tokens,
https://developer.dinero.dk/news/grace-period-on-refresh-tokens
"""

import secrets
from dataclasses import dataclass, field, replace

from dinero_sync.clock import Clock
from dinero_sync.dinero.auth.callback import code_of
from dinero_sync.dinero.auth.token_server import (
    SCOPES,
    InvalidGrantError,
    NoClearAnswerError,
    ask,
    open_session,
)
from dinero_sync.dinero.auth.token_source import StoredTokenSource, TokenStore
from dinero_sync.dinero.auth.tokens import AuthSettings, Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken

SECONDS_BEFORE_SECOND_TRY = 1.0
"""Visma's grace period, in which a spent refresh token still works, is five seconds or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A consent that was asked for and not yet given. Kept in memory only."""

    url: str
    """The page where a person consents; to be opened in a browser. Holds no secret."""
    state: str = field(repr=False)
    """What the answer must carry to be the answer to this question."""
    verifier: str = field(repr=False)
    """The secret whose hash is in the URL: only who has it can use the code (PKCE)."""


def begin(settings: AuthSettings) -> Consent:
    """Prepare a consent: nothing is sent, the person's browser does that."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with open_session(settings, "client_secret_post", SCOPES) as session:
        url, _ = session.create_authorization_url(
            settings.authorize_url, state=state, code_verifier=verifier, response_mode="query"
        )
    return Consent(url=url, state=state, verifier=verifier)


def check(consent: Consent, callback_url: str) -> None:
    """Raise NotConnectedError unless ``callback_url`` grants ``consent``."""
    code_of(callback_url, consent.state)


def finish(settings: AuthSettings, consent: Consent, callback_url: str, clock: Clock) -> Tokens:
    """Exchange the code in ``callback_url`` for tokens, which the caller must save before use.

    Raises NotConnectedError when the answer isn't one to ``consent``, consent was declined, or the
    code was used before, and TemporaryError when the token server doesn't answer.
    """
    grant = {
        "grant_type": "authorization_code",
        "code": code_of(callback_url, consent.state),
        "code_verifier": consent.verifier,
    }
    try:
        tokens = ask(settings, "client_secret_post", grant, clock)
    except InvalidGrantError:
        raise NotConnectedError(
            spoken(
                "Visma Connect says that this answer was used before or is too old. Nothing "
                "was changed. Start again, and consent at the new address: dinero-sync "
                "connect"
            )
        ) from None
    if tokens.refresh_token is None:
        raise NotConnectedError(
            spoken(
                "Visma Connect gave a connection that ends in an hour (no refresh token). "
                "Nothing was changed. Switch on offline access (offline_access) for the "
                "application in Visma's developer portal, then connect again: dinero-sync "
                "connect"
            )
        )
    return tokens


def refresh(settings: AuthSettings, tokens: Tokens, clock: Clock) -> Tokens:
    """Renew ``tokens``; the caller holds the store's lock and must save the answer before use.

    Where no clear answer comes, the same refresh token is tried once more: within the grace period
    that mends a lost answer. Raises InvalidGrantError when the refresh token isn't accepted,
    NotConnectedError when there is none, and TemporaryError when the token server is in trouble.
    """
    if tokens.refresh_token is None or tokens.issued_to != settings.fingerprint():
        raise NotConnectedError(
            spoken(
                "The connection to Dinero was made with another application than dinero.auth "
                "names now. Orders wait until you connect again: dinero-sync connect"
            )
        )
    try:
        return _refresh_once(settings, tokens, tokens.refresh_token, clock)
    except NoClearAnswerError:
        clock.pause(SECONDS_BEFORE_SECOND_TRY)
        return _refresh_once(settings, tokens, tokens.refresh_token, clock)


def _refresh_once(
    settings: AuthSettings, tokens: Tokens, refresh_token: str, clock: Clock
) -> Tokens:
    grant = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    try:
        fresh = ask(settings, "client_secret_post", grant, clock)
    except InvalidGrantError:
        raise InvalidGrantError(
            spoken(
                "The connection to Dinero has ended: the consent was withdrawn, it expired, "
                "its last renewal was lost, or a copy of this state folder renewed it. Orders "
                "wait until you connect again, here and in the copy: dinero-sync connect"
            )
        ) from None
    return replace(
        fresh,
        # Applications with re-usable refresh tokens may get none back.
        refresh_token=fresh.refresh_token or refresh_token,
        refresh_expires_at=fresh.refresh_expires_at or tokens.refresh_expires_at,
        organization_id=tokens.organization_id,
    )


def token_source(settings: AuthSettings, store: TokenStore, clock: Clock) -> StoredTokenSource:
    """Return the access tokens of the connection that ``store`` keeps."""

    def obtain(kept: Tokens | None) -> Tokens:
        if kept is None:
            raise NotConnectedError(
                spoken(
                    "Dinero isn't connected yet. Nothing was booked. Connect once: dinero-sync "
                    "connect"
                )
            )
        return refresh(settings, kept, clock)

    return StoredTokenSource(store, clock, settings.fingerprint(), obtain)
