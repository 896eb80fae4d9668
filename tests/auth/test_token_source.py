"""Where access tokens come from: the store while fresh; one renewal, saved before use."""

from datetime import timedelta
from uuid import UUID

import pytest
import requests
import responses
from auth_helpers import (
    API_KEY,
    NOW,
    TOKEN_URL,
    VISMA,
    ManualClock,
    StoreInMemory,
    rotated,
    tokens_for,
)

from dinero_sync.dinero import invoices
from dinero_sync.dinero.auth.oauth import token_source
from dinero_sync.dinero.auth.token_server import InvalidGrantError
from dinero_sync.dinero.auth.token_source import BearerAuth, StoredTokenSource
from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.dinero.errors import InDoubtError, NotConnectedError
from dinero_sync.dinero.transport import Transport
from dinero_sync.errors import StateError, TemporaryError
from dinero_sync.http import HttpClient


class Renewals:
    """Stands for the token server: counts, and rotates at each renewal."""

    def __init__(self, events: list[str] | None = None) -> None:
        self.events = [] if events is None else events
        self.count = 0

    def __call__(self, kept: Tokens | None) -> Tokens:
        self.count += 1
        self.events.append("renew")
        return rotated(kept or tokens_for(), self.count + 1)


def source_of(
    store: StoreInMemory, renewals: Renewals, clock: ManualClock | None = None
) -> StoredTokenSource:
    return StoredTokenSource(store, clock or ManualClock(), VISMA.fingerprint(), renewals)


def test_a_fresh_token_is_read_once_and_needs_no_lock() -> None:
    store = StoreInMemory(tokens_for(good_for=timedelta(hours=1)))
    source = source_of(store, Renewals())

    assert [source.access_token(), source.access_token()] == ["SECRET-access-1"] * 2
    assert store.events == ["read"]


def test_a_token_in_its_last_minute_is_renewed() -> None:
    renewals = Renewals()
    store = StoreInMemory(tokens_for(good_for=timedelta(seconds=60)))

    assert source_of(store, renewals).access_token() == "SECRET-access-2"
    assert renewals.count == 1


def test_a_token_that_expires_during_the_run_is_renewed() -> None:
    clock, renewals = ManualClock(), Renewals()
    source = source_of(StoreInMemory(tokens_for(good_for=timedelta(hours=1))), renewals, clock)

    before = source.access_token()
    clock.moment += timedelta(minutes=59)
    after = source.access_token()

    assert [before, after] == ["SECRET-access-1", "SECRET-access-2"]


def test_a_renewed_token_is_saved_under_the_lock_before_anybody_gets_it() -> None:
    events: list[str] = []
    source = source_of(StoreInMemory(tokens_for(), events), Renewals(events))

    events.append(f"use {source.access_token()}")

    assert events == [
        "read",
        "lock",
        "read",
        "save SECRET-access-1",  # a full disk shows before the old refresh token is spent
        "renew",
        "save SECRET-access-2",
        "unlock",
        "use SECRET-access-2",
    ]


def test_a_disk_that_is_full_stops_the_renewal_before_it_costs_the_connection() -> None:
    class FullDisk(StoreInMemory):
        def save(self, tokens: Tokens) -> None:
            raise StateError(f"no room for {tokens!r}")

    renewals = Renewals()

    with pytest.raises(StateError, match="no room"):
        source_of(FullDisk(tokens_for()), renewals).access_token()

    assert renewals.count == 0


def test_what_another_process_renewed_meanwhile_is_used() -> None:
    class RenewedWhileWaiting(StoreInMemory):
        def read(self) -> Tokens | None:
            if "lock" in self.events:
                self.tokens = rotated(tokens_for(), 9)
            return super().read()

    renewals = Renewals()

    assert source_of(RenewedWhileWaiting(tokens_for()), renewals).access_token() == (
        "SECRET-access-9"
    )
    assert renewals.count == 0


def test_a_refused_token_is_renewed_though_it_looks_fresh() -> None:
    renewals = Renewals()
    source = source_of(StoreInMemory(tokens_for(good_for=timedelta(hours=1))), renewals)

    assert source.renew(source.access_token()) == "SECRET-access-2"
    assert source.access_token() == "SECRET-access-2"
    assert renewals.count == 1


def test_a_refused_token_that_another_process_replaced_costs_no_renewal() -> None:
    renewals = Renewals()
    store = StoreInMemory(tokens_for(good_for=timedelta(hours=1)))
    source = source_of(store, renewals)
    refused = source.access_token()
    store.tokens = rotated(tokens_for(), 9)

    assert source.renew(refused) == "SECRET-access-9"
    assert renewals.count == 0


def test_tokens_of_another_application_are_never_sent() -> None:
    renewals = Renewals()
    foreign = tokens_for(API_KEY, good_for=timedelta(hours=1))

    assert source_of(StoreInMemory(foreign), renewals).access_token() == "SECRET-access-2"
    assert renewals.count == 1


class SpentRefreshToken:
    """The token server refuses; meanwhile ``found`` has appeared in ``store``."""

    def __init__(self, store: StoreInMemory, found: Tokens | None) -> None:
        self._store = store
        self._found = found

    def __call__(self, _: Tokens | None) -> Tokens:
        self._store.tokens = self._found
        raise InvalidGrantError("Connect again: dinero-sync connect")


def test_a_spent_refresh_token_is_no_trouble_when_the_next_one_lies_in_the_store() -> None:
    store = StoreInMemory(tokens_for())
    found = rotated(tokens_for(), 9)
    source = StoredTokenSource(
        store, ManualClock(), VISMA.fingerprint(), SpentRefreshToken(store, found)
    )

    assert source.access_token() == "SECRET-access-9"
    assert store.tokens == found


@pytest.mark.parametrize("found", [None, tokens_for()], ids=["nothing", "the same tokens"])
def test_a_spent_refresh_token_ends_the_connection_otherwise(found: Tokens | None) -> None:
    store = StoreInMemory(tokens_for())
    source = StoredTokenSource(
        store, ManualClock(), VISMA.fingerprint(), SpentRefreshToken(store, found)
    )

    with pytest.raises(NotConnectedError, match="dinero-sync connect"):
        source.access_token()


@responses.activate
def test_each_request_carries_the_token_and_a_refused_one_is_replaced() -> None:
    responses.get("https://api.example/v1/1/invoices", status=401)
    source = source_of(StoreInMemory(tokens_for(good_for=timedelta(hours=1))), Renewals())
    auth = BearerAuth(source)

    requests.get("https://api.example/v1/1/invoices", auth=auth, timeout=5)
    auth.renew_refused()
    requests.get("https://api.example/v1/1/invoices", auth=auth, timeout=5)

    assert [call.request.headers["Authorization"] for call in responses.calls] == [
        "Bearer SECRET-access-1",
        "Bearer SECRET-access-2",
    ]


@responses.activate
def test_an_order_is_neither_sent_nor_in_doubt_when_no_token_is_to_be_had() -> None:
    responses.post(TOKEN_URL, status=503)
    auth = BearerAuth(token_source(VISMA, StoreInMemory(tokens_for()), ManualClock()))
    http = HttpClient(service="Dinero", timeout_seconds=7, clock=ManualClock(), auth=auth)
    session = Transport(http, "https://api.example", 123456, auth)

    with pytest.raises(TemporaryError) as caught:
        session.send(invoices.book(UUID(int=1), "00000000020A5EA8"))

    assert not isinstance(caught.value, InDoubtError)
    assert {call.request.url for call in responses.calls} == {TOKEN_URL}


def test_the_helpers_agree_on_what_is_fresh() -> None:
    assert rotated(tokens_for()).is_fresh(NOW)
    assert not tokens_for().is_fresh(NOW)
