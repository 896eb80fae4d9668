"""What Visma Connect remembers: consents, their codes and their refresh tokens."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class Code:
    """An authorisation code, good for one exchange."""

    consent: str
    redirect_uri: str
    scope: str
    challenge: str | None
    """The PKCE challenge (S256), when the client gave one."""
    expires_at: datetime
    used: bool = False


@dataclass(slots=True, kw_only=True)
class RefreshToken:
    """A refresh token; under the one-time setting its first use replaces it."""

    consent: str
    scope: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(slots=True)
class Consents:
    """All codes and refresh tokens given out."""

    codes: dict[str, Code] = field(default_factory=dict)
    refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)

    def add_code(self, code: Code) -> str:
        """Keep ``code`` and return its text."""
        text = secrets.token_urlsafe(24)
        self.codes[text] = code
        return text

    def add_refresh_token(self, token: RefreshToken) -> str:
        """Keep ``token`` and return its text."""
        text = secrets.token_urlsafe(32)
        self.refresh_tokens[text] = token
        return text

    def revoke(self, consent: str) -> None:
        """End the refresh tokens of a consent."""
        self.refresh_tokens = {
            text: token for text, token in self.refresh_tokens.items() if token.consent != consent
        }
