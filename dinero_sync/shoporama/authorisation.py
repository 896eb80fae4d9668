"""The header that opens the shop, in the three forms that Shoporama has documented.

Sources: https://www.shoporama.dk/index/rest (the word ``Shoporama``), and
https://www.shoporama.dk/en/article/rest-api (the bare token, or ``Bearer``).
"""

import re
from enum import StrEnum

from requests import PreparedRequest
from requests.auth import AuthBase

from dinero_sync.errors import ConfigError, Problem

SENDABLE = re.compile(r"[!-~]+")
"""Printable ASCII without spaces: what fits into a header."""


class AuthScheme(StrEnum):
    """The values of ``shoporama.auth_scheme``."""

    SHOPORAMA = "Shoporama"
    BEARER = "Bearer"
    BARE = "bare"


class ShopAuth(AuthBase):
    """Puts the shop's API key into each request."""

    def __init__(self, api_key: str, scheme: str = AuthScheme.SHOPORAMA) -> None:
        """Take the key; raises ConfigError for one that no header can carry.

        The check is ours because the HTTP library's own would print the key.
        """
        if not SENDABLE.fullmatch(api_key):
            raise ConfigError([_unusable_key()])
        bare = AuthScheme(scheme) is AuthScheme.BARE
        self._header = api_key if bare else f"{AuthScheme(scheme)} {api_key}"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = self._header
        return request


def _unusable_key() -> Problem:
    return Problem(
        key="shoporama.api_key",
        message=(
            "the key is empty, or holds a space, a line break or a letter outside ASCII, so it "
            "can't be sent. Copy it again from Account → Webshop → API access in Shoporama."
        ),
    )
