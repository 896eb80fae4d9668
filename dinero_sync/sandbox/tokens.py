"""Access tokens for Dinero, whichever server gave them."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class AccessToken:
    """What an access token opens, and how long."""

    organisations: tuple[int, ...]
    expires_at: datetime
    consent: str | None = None
    """The Visma consent that it comes from; None for an API key."""


@dataclass(slots=True)
class AccessTokens:
    """All access tokens given out."""

    known: dict[str, AccessToken] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """Invalid tokens that were presented already; to do it again is a complaint."""

    def give(
        self, organisations: tuple[int, ...], now: datetime, seconds: int, consent: str | None
    ) -> str:
        """Make a new token that lives for ``seconds``."""
        text = secrets.token_urlsafe(24)
        expires_at = now + timedelta(seconds=seconds)
        self.known[text] = AccessToken(organisations, expires_at, consent)
        return text

    def valid(self, text: str, now: datetime) -> AccessToken | None:
        """Return what ``text`` opens, or None when it is unknown or has expired."""
        token = self.known.get(text)
        return token if token is not None and now < token.expires_at else None

    def revoke(self, consent: str) -> None:
        """End the tokens of a consent."""
        self.known = {text: token for text, token in self.known.items() if token.consent != consent}

    def expire(self, text: str) -> None:
        """End one token."""
        self.known.pop(text, None)
