"""Access tokens for the requests to Dinero: from the store while fresh, else renewed.

Visma Connect's refresh tokens may be used once: the answer to a refresh holds the only key to the
next one. So one process refreshes at a time, it reads the store again before it does, and it saves
the answer durably before anything is done with it. A copy of the store never refreshes: whoever is
second would be left without.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeGuard

import requests
from requests.auth import AuthBase

from dinero_sync.clock import Clock
from dinero_sync.dinero.auth.token_server import InvalidGrantError
from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken


class TokenStore(Protocol):
    """Where tokens are kept between runs."""

    def read(self) -> Tokens | None:
        """Return the tokens kept, or None; raises StateError when they can't be read."""

    def save(self, tokens: Tokens) -> None:
        """Keep ``tokens`` durably; raises StateError when that isn't possible."""

    def copied_from(self) -> str | None:
        """Return where the tokens are at home, where this is a copy of them; else None."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes from renewing; raises TemporaryError when one takes too long."""


class StoredTokenSource:
    """Tokens from a store, renewed by ``obtain``: the same for both methods of authorisation."""

    def __init__(
        self,
        store: TokenStore,
        clock: Clock,
        issued_to: str,
        obtain: Callable[[Tokens | None], Tokens],
    ) -> None:
        """Use tokens with the fingerprint ``issued_to``; ``obtain`` gets those kept, if any."""
        self._store = store
        self._clock = clock
        self._issued_to = issued_to
        self._obtain = obtain
        self._current: Tokens | None = None

    def access_token(self) -> str:
        """Return an access token that is good for a minute at least, renewed if need be.

        Raises NotConnectedError, TemporaryError or StateError when there is none to be had.
        """
        if self._usable(self._current):
            return self._current.access_token
        self._current = self._store.read()
        if self._usable(self._current):
            return self._current.access_token
        return self.renew(refused=None)

    def renew(self, refused: str | None) -> str:
        """Return another access token than ``refused``; raises as :meth:`access_token` does."""
        with self._store.alone():
            kept = self._store.read()
            if not self._usable(kept, refused):
                kept = self._obtained(kept, refused)
        self._current = kept
        return kept.access_token

    def _obtained(self, kept: Tokens | None, refused: str | None) -> Tokens:
        if kept is not None and kept.refresh_token is not None:
            self._refuse_copy()
        if kept is not None:
            # A full disk has to show now: after the refresh it would cost the connection.
            self._store.save(kept)
        try:
            fresh = self._obtain(kept)
        except InvalidGrantError:
            rotated = self._store.read()
            if not self._usable(rotated, refused):
                raise
            return rotated
        self._store.save(fresh)
        return fresh

    def _refuse_copy(self) -> None:
        """Raise NotConnectedError in a copy: its renewal would end the connection of the other."""
        home = self._store.copied_from()
        if home is not None:
            raise NotConnectedError(
                spoken(
                    "This state folder is a copy: its connection to Dinero was made for {home}. "
                    "Renewed here, it would end there, so it wasn't. Nothing was booked. Give "
                    "this folder a connection of its own, also if the other one is no longer "
                    "used: dinero-sync connect",
                    home=home,
                )
            )

    def _usable(self, tokens: Tokens | None, refused: str | None = None) -> TypeGuard[Tokens]:
        return (
            tokens is not None
            and tokens.issued_to == self._issued_to
            and tokens.access_token != refused
            and tokens.is_fresh(self._clock.now())
        )


class BearerAuth(AuthBase):
    """Puts the access token on each request (RFC 6750 § 2.1)."""

    def __init__(self, source: StoredTokenSource) -> None:
        """Take tokens from ``source``, request by request."""
        self._source = source
        self._sent = ""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header; raises what :meth:`StoredTokenSource.access_token` raises."""
        self._sent = self._source.access_token()
        request.headers["Authorization"] = f"Bearer {self._sent}"
        return request

    def renew_refused(self) -> None:
        """Renew the token that was sent last, because it was answered with 401."""
        self._source.renew(self._sent)
