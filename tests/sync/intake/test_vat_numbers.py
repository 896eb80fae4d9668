"""VIES is asked once in ninety days about a valid number, and every day about an invalid one."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest
import requests
import responses
from manual_clock import ManualClock

from dinero_sync.errors import TemporaryError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import ATTEMPTS
from dinero_sync.journal.database import open_copy
from dinero_sync.sync.intake.vat_numbers import VatNumbers

BASE = "https://vies.example/rest-api"
URL = f"{BASE}/ms/DE/vat/136695976"
NUMBER = "DE136695976"
VALID = {"isValid": True, "userError": "VALID", "name": "Anna Beispiel", "address": "Hamburg"}
INVALID = {"isValid": False, "userError": "INVALID", "name": "---", "address": "---"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    with closing(open_copy(tmp_path)) as connection:
        yield connection


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def open_numbers(db: Connection, clock: ManualClock) -> Callable[[], VatNumbers]:
    """Return what opens the register as each run does."""
    http = HttpClient(service="VIES", timeout_seconds=5, clock=clock)
    return lambda: VatNumbers(http, db, clock, requester="DK90000039", base_url=BASE)


@responses.activate
def test_a_valid_number_is_asked_about_once_in_ninety_days(
    open_numbers: Callable[[], VatNumbers], clock: ManualClock
) -> None:
    responses.get(URL, json={**VALID, "requestIdentifier": "WAPIAAAAVXk7EWul"})

    first = open_numbers().check(NUMBER)
    clock.moment += timedelta(days=90) - timedelta(seconds=1)
    kept = open_numbers().check("DE 136 695 976")
    clock.moment += timedelta(seconds=1)
    calls = len(responses.calls)
    later = open_numbers().check(NUMBER)

    assert (first, calls) == (kept, 1)
    assert (first.valid, first.consultation) == (True, "WAPIAAAAVXk7EWul")
    assert later.asked_at - first.asked_at == timedelta(days=90)


def test_a_register_that_this_machine_cant_ask_tells_nothing_and_stops_no_run(
    open_numbers: Callable[[], VatNumbers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "ftp://proxy.example:21")
    monkeypatch.delenv("no_proxy", raising=False)
    numbers = open_numbers()

    for _ in range(2):
        with pytest.raises(TemporaryError, match="The proxy that https_proxy names can't be used"):
            numbers.check(NUMBER)


@responses.activate
def test_an_invalid_number_is_asked_about_again_after_a_day(
    open_numbers: Callable[[], VatNumbers], clock: ManualClock
) -> None:
    responses.get(URL, json=INVALID)
    responses.get(URL, json=VALID)

    first = open_numbers().check(NUMBER)
    clock.moment += timedelta(days=1) - timedelta(seconds=1)
    kept = open_numbers().check(NUMBER)
    clock.moment += timedelta(seconds=1)

    assert (first.valid, kept) == (False, first)
    assert open_numbers().check(NUMBER).valid


@responses.activate
def test_what_vies_could_not_tell_is_asked_again_at_once(
    open_numbers: Callable[[], VatNumbers],
) -> None:
    responses.get(URL, json={**INVALID, "userError": "MS_UNAVAILABLE"})
    responses.get(URL, json=VALID)

    with pytest.raises(TemporaryError):
        open_numbers().check(NUMBER)

    assert open_numbers().check(NUMBER).valid


@responses.activate
def test_a_run_waits_once_for_a_vies_that_does_not_answer(
    open_numbers: Callable[[], VatNumbers],
) -> None:
    responses.get(f"{BASE}/ms/FR/vat/40303265045", json=VALID)
    hanging = responses.get(URL, body=requests.ConnectTimeout())
    numbers = open_numbers()
    numbers.check("FR40303265045")
    for _ in range(3):
        with pytest.raises(TemporaryError):
            numbers.check(NUMBER)

    assert hanging.call_count == ATTEMPTS
    assert numbers.check("FR40303265045").valid


@responses.activate
def test_a_register_of_one_country_that_is_down_leaves_the_others_to_be_asked(
    open_numbers: Callable[[], VatNumbers],
) -> None:
    responses.get(f"{BASE}/ms/FR/vat/40303265045", json=VALID)
    responses.get(URL, json={**INVALID, "userError": "MS_UNAVAILABLE"})
    numbers = open_numbers()
    with pytest.raises(TemporaryError):
        numbers.check(NUMBER)

    assert numbers.check("FR40303265045").valid


@responses.activate
def test_a_valid_answer_holds_while_vies_is_down(
    open_numbers: Callable[[], VatNumbers], clock: ManualClock
) -> None:
    responses.get(URL, json=VALID)
    responses.get(URL, status=503)

    open_numbers().check(NUMBER)
    clock.moment += timedelta(days=30)

    assert open_numbers().check(NUMBER).valid


@responses.activate
def test_the_journal_keeps_no_name_and_no_address(
    open_numbers: Callable[[], VatNumbers], db: Connection
) -> None:
    responses.get(URL, json=VALID)

    open_numbers().check(NUMBER)

    kept = "\n".join(db.iterdump())
    assert NUMBER in kept
    assert [part for part in ("Beispiel", "Hamburg") if part in kept] == []
