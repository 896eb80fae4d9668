"""Personal integrations: an API key of one company, exchanged for access tokens.

The key is sent as user name and password of the password grant (RFC 6749 § 4.3), the application
shows its own credentials by HTTP Basic. There are no refresh tokens: the key is shown again.

Source: Dinero documents this for owners of a key only; the same request is made by
https://github.com/HexioDK/Hexio.DineroClient
"""

from dataclasses import replace

from dinero_sync.clock import Clock
from dinero_sync.dinero.auth.token_server import InvalidGrantError, ask
from dinero_sync.dinero.auth.token_source import StoredTokenSource, TokenStore
from dinero_sync.dinero.auth.tokens import AuthSettings, Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken

SCOPE = "read write"


def exchange(settings: AuthSettings, clock: Clock) -> Tokens:
    """Exchange the API key for an access token, which the caller should keep until it expires.

    Raises NotConnectedError when the key or the application is refused, and TemporaryError when
    the token server is in trouble.
    """
    grant = {
        "grant_type": "password",
        "scope": SCOPE,
        "username": settings.api_key,
        "password": settings.api_key,
    }
    try:
        return ask(settings, "client_secret_basic", grant, clock)
    except InvalidGrantError:
        raise NotConnectedError(
            spoken(
                "Dinero doesn't accept the API key. Orders wait until this is mended: create "
                "a key in Dinero under Integrationer → Se og opret API-nøgler, put it where "
                "dinero.auth.api_key reads it, then prove it: dinero-sync connect"
            )
        ) from None


def token_source(settings: AuthSettings, store: TokenStore, clock: Clock) -> StoredTokenSource:
    """Return access tokens for the API key, kept in ``store`` while they last."""
    issued_to = settings.fingerprint()

    def obtain(kept: Tokens | None) -> Tokens:
        fresh = exchange(settings, clock)
        same_key = kept is not None and kept.issued_to == issued_to
        return replace(fresh, organization_id=kept.organization_id) if same_key and kept else fresh

    return StoredTokenSource(store, clock, issued_to, obtain)
