"""Settings, tokens, a clock and a store for the tests of authorisation."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dinero_sync.dinero.auth.tokens import AuthSettings, Tokens

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TOKEN_URL = "https://connect.example/connect/token"
REDIRECT_URI = "http://localhost:8765/callback"
VISMA = AuthSettings(
    client_id="isv_webshop",
    client_secret="SECRET-client",
    token_url=TOKEN_URL,
    timeout_seconds=7,
    authorize_url="https://connect.example/connect/authorize",
    redirect_uri=REDIRECT_URI,
)
API_KEY = AuthSettings(
    client_id="personal",
    client_secret="SECRET-client",
    token_url=TOKEN_URL,
    timeout_seconds=7,
    api_key="SECRET-key",
)
GRANTED = {
    "access_token": "SECRET-access-2",
    "refresh_token": "SECRET-refresh-2",
    "expires_in": 3600,
    "token_type": "Bearer",
}
"""What a token server answers when all is well."""


class ManualClock:
    """A clock that moves when told to, and when it is asked to wait."""

    def __init__(self, now: datetime = NOW) -> None:
        self.moment = now
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def check(self) -> None:
        """There is no deadline."""


class StoreInMemory:
    """Tokens in memory, with a record of what was asked of the store."""

    def __init__(self, tokens: Tokens | None, events: list[str] | None = None) -> None:
        self.tokens = tokens
        self.events = [] if events is None else events

    def read(self) -> Tokens | None:
        self.events.append("read")
        return self.tokens

    def save(self, tokens: Tokens) -> None:
        self.events.append(f"save {tokens.access_token}")
        self.tokens = tokens

    def copied_from(self) -> str | None:
        """Be at home wherever it is."""
        return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.events.append("lock")
        yield
        self.events.append("unlock")


def tokens_for(settings: AuthSettings = VISMA, *, good_for: timedelta | None = None) -> Tokens:
    """Return tokens of a connection, expired unless ``good_for`` says otherwise."""
    return Tokens(
        access_token="SECRET-access-1",
        expires_at=NOW + (good_for or timedelta(hours=-1)),
        obtained_at=NOW - timedelta(hours=2),
        issued_to=settings.fingerprint(),
        refresh_token="SECRET-refresh-1",
        organization_id=123456,
    )


def rotated(tokens: Tokens, number: int = 2) -> Tokens:
    """Renew ``tokens`` at ``NOW``, as another process would have."""
    return replace(
        tokens,
        access_token=f"SECRET-access-{number}",
        refresh_token=f"SECRET-refresh-{number}",
        obtained_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )


def printed(error: BaseException) -> str:
    """Return everything that a person or a log could ever see of ``error``."""
    return "".join(traceback.format_exception(error, limit=0)) + str(error) + repr(error)
