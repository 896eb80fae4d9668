"""What authorisation at Dinero works with: the settings, and the tokens that come of them."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

RENEWAL_MARGIN = timedelta(minutes=1)
"""An access token is renewed this long before it expires, so that none expires on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthSettings:
    """How to authorise at Dinero, from ``dinero.auth`` in the configuration."""

    client_id: str
    client_secret: str = field(repr=False)
    token_url: str
    timeout_seconds: float
    """For connecting and for each read."""
    authorize_url: str = ""
    """Visma Connect only: the page where a person consents."""
    redirect_uri: str = ""
    """Visma Connect only: where that page sends the browser afterwards."""
    api_key: str = field(default="", repr=False)
    """Personal integrations only."""
    ca_file: Path | None = None
    """Certificates that are trusted besides the machine's."""

    def fingerprint(self) -> str:
        """Return a text that changes with the application, the API key and the token server.

        Tokens carry it, so that those of another application or company are never used.
        """
        parts = (self.token_url, self.client_id, self.api_key)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a token server gave us, and what we may do with it. All times are aware, in UTC."""

    access_token: str = field(repr=False)
    expires_at: datetime
    obtained_at: datetime
    issued_to: str
    """The :meth:`AuthSettings.fingerprint` of the settings that obtained them."""
    refresh_token: str | None = field(default=None, repr=False)
    refresh_expires_at: datetime | None = None
    """When consent has to be given anew; None where the server didn't tell."""
    organization_id: int | None = None
    """The company (firma) that was chosen when this connection was made."""

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the access token may still be sent at ``now``.

        Tokens that live less than two minutes are used for half their life.
        """
        half_life = (self.expires_at - self.obtained_at) / 2
        return now < self.expires_at - min(RENEWAL_MARGIN, half_life)
