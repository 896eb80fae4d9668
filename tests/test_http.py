"""Calls over HTTP: what may be repeated, what isn't known, and what never leaves the machine."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from decimal import Decimal
from email.utils import format_datetime
from pathlib import Path

import pytest
import responses
from hypothesis import given
from hypothesis import strategies as st
from manual_clock import MORNING, ManualClock

from dinero_sync import __version__
from dinero_sync.errors import DeadlineError, ExitCode, QuotaError, TemporaryError
from dinero_sync.http import (
    Answer,
    HttpClient,
    NoAnswerError,
    ReadOnlyError,
    UnreachableError,
    retry_after_seconds,
    seconds_until_retry,
    unexpected,
)

URL = "https://api.example/v1/orders"
UNREACHABLE, NO_ANSWER = UnreachableError("refused"), NoAnswerError("cut off")


def answer(status: int, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): text for name, text in headers.items()}, "")


def a_client(
    clock: ManualClock | None = None,
    *,
    read_only: bool = False,
    before_call: Callable[[], None] | None = None,
) -> HttpClient:
    return HttpClient(
        service="Dinero",
        timeout_seconds=5,
        clock=clock or ManualClock(),
        read_only=read_only,
        before_call=before_call,
    )


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.mark.parametrize(
    ("outcome", "repeatable", "seconds"),
    [
        (UNREACHABLE, True, 1.0),
        (UNREACHABLE, False, 1.0),
        (NO_ANSWER, True, 1.0),
        (NO_ANSWER, False, None),
        (answer(429), True, 60.0),
        (answer(429), False, 60.0),
        (answer(429, Retry_After="7"), False, 7.0),
        (answer(480), True, 1.0),
        (answer(480), False, None),
        (answer(500), True, 1.0),
        (answer(503), False, None),
        (answer(200), True, None),
        (answer(302), True, None),
        (answer(401), True, None),
        (answer(404), True, None),
        (answer(409), True, None),
    ],
    ids=str,
)
def test_whether_and_when_a_call_is_tried_again(
    outcome: Answer | TemporaryError, seconds: float | None, *, repeatable: bool
) -> None:
    assert seconds_until_retry(outcome, 1, repeatable=repeatable, now=MORNING) == seconds


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, None)])
def test_pauses_double_and_the_fourth_try_is_the_last(attempt: int, seconds: float | None) -> None:
    assert seconds_until_retry(UNREACHABLE, attempt, repeatable=True, now=MORNING) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("86400", 300.0),
        ("Tue, 01 Dec 2026 09:00:42 GMT", 42.0),
        ("Tue, 01 Dec 2026 09:00:42 -0000", 42.0),
        ("Tue, 01 Dec 2026 08:00:00 GMT", 0.0),
        ("Wed, 02 Dec 2026 09:00:00 GMT", 300.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms_and_bounded(
    header: str, seconds: float | None
) -> None:
    assert retry_after_seconds({"Retry-After": header}, MORNING) == seconds


def test_an_answer_without_retry_after_names_no_time() -> None:
    assert retry_after_seconds({}, MORNING) is None


@given(
    st.datetimes(timezones=st.just(UTC)).map(format_datetime) | st.text("0123456789", min_size=1)
)
def test_no_retry_after_makes_a_run_wait_longer_than_five_minutes(header: str) -> None:
    seconds = retry_after_seconds({"Retry-After": header}, MORNING)

    assert seconds is not None
    assert 0 <= seconds <= 300


@pytest.mark.parametrize("header", ["²", "Tue, 01 Dec 99999999999999999999 09:00:00 GMT"])
@pytest.mark.xfail(reason="these raise ValueError and OverflowError")
def test_a_retry_after_that_makes_no_sense_is_ignored(header: str) -> None:
    assert retry_after_seconds({"Retry-After": header}, MORNING) is None


def test_a_read_is_tried_again_until_it_succeeds(service: responses.RequestsMock) -> None:
    for status in (503, 429, 480, 200):
        service.get(URL, status=status, headers={"Retry-After": "9"} if status == 429 else {})
    clock = ManualClock()
    client = a_client(clock)

    assert client.get(URL).ok
    assert clock.pauses == [1.0, 9.0, 4.0]
    assert client.calls == 4


def test_after_four_tries_the_last_answer_stands(service: responses.RequestsMock) -> None:
    service.get(URL, status=503)
    clock = ManualClock()

    assert a_client(clock).get(URL).status == 503
    assert clock.pauses == [1.0, 2.0, 4.0]


def test_a_write_without_an_identity_isnt_repeated(service: responses.RequestsMock) -> None:
    service.post(URL, status=500)
    client = a_client()

    assert client.write("POST", URL, "{}", repeatable=False).status == 500
    assert client.calls == 1


def test_a_run_that_may_not_wait_ends_instead(service: responses.RequestsMock) -> None:
    service.get(URL, status=429)
    clock = ManualClock(deadline=MORNING + timedelta(seconds=59))

    with pytest.raises(DeadlineError):
        a_client(clock).get(URL)


def test_a_spent_quota_stops_the_call_before_it_is_made(service: responses.RequestsMock) -> None:
    def no_slot_left() -> None:
        raise QuotaError("spent")

    client = a_client(before_call=no_slot_left)

    with pytest.raises(QuotaError):
        client.get(URL)

    assert (client.calls, len(service.calls)) == (0, 0)


def test_each_try_takes_a_slot_of_the_rate_limit(service: responses.RequestsMock) -> None:
    service.get(URL, status=503)
    slots: list[int] = []

    a_client(before_call=lambda: slots.append(1)).get(URL)

    assert len(slots) == 4


def test_a_call_says_who_calls_and_what_it_wants(service: responses.RequestsMock) -> None:
    service.get(URL, json={})

    a_client().get(URL, {"fields": "Guid,Date"})

    (call,) = service.calls
    assert call.request.url == f"{URL}?fields=Guid%2CDate"
    assert call.request.headers["User-Agent"] == f"dinero-sync/{__version__}"
    assert call.request.headers["Accept"] == "application/json"


def test_a_json_body_is_sent_as_utf_8(service: responses.RequestsMock) -> None:
    service.put(URL, json={})

    a_client().write("PUT", URL, '{"Description":"Æble"}', repeatable=True)

    (call,) = service.calls
    assert call.request.body == '{"Description":"Æble"}'.encode()
    assert call.request.headers["Content-Type"] == "application/json"


def test_a_form_is_sent_as_a_form(service: responses.RequestsMock) -> None:
    service.post(URL, json={})

    a_client().write("POST", URL, {"grant_type": "refresh_token"}, repeatable=False)

    (call,) = service.calls
    assert call.request.body == "grant_type=refresh_token"
    assert call.request.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_read_only_client_sends_no_write(service: responses.RequestsMock) -> None:
    client = a_client(read_only=True)

    with pytest.raises(ReadOnlyError, match="may only read"):
        client.write("POST", URL, "{}", repeatable=True)

    assert (client.calls, len(service.calls)) == (0, 0)


def test_a_read_only_client_reads(service: responses.RequestsMock) -> None:
    service.get(URL, json=[])

    assert a_client(read_only=True).get(URL).json() == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_write_is_never_sent_on_to_another_address(
    service: responses.RequestsMock, status: int
) -> None:
    service.post(URL, status=status, headers={"Location": "https://elsewhere.example/"})

    answered = a_client().write("POST", URL, "{}", repeatable=True)

    assert (answered.status, answered.ok) == (status, False)
    assert len(service.calls) == 1


def test_a_read_follows_a_redirect(service: responses.RequestsMock) -> None:
    service.get(URL, status=301, headers={"Location": "https://api.example/v2/orders"})
    service.get("https://api.example/v2/orders", json={"page": 1})

    assert a_client().get(URL).json() == {"page": 1}


def test_passwords_in_netrc_are_sent_to_nobody(
    service: responses.RequestsMock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.example login anna password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    service.get(URL, json={})

    a_client().get(URL)

    assert "Authorization" not in service.calls[0].request.headers


def test_amounts_in_json_are_exact(service: responses.RequestsMock) -> None:
    service.get(URL, body='{"Total": 678.10, "Fraction": 0.1, "Number": 1001}')

    body = a_client().get(URL).json()

    assert body == {"Total": Decimal("678.10"), "Fraction": Decimal("0.1"), "Number": 1001}
    assert "678.10" in str(body)


def test_a_body_that_isnt_json_is_no_answer_to_read(service: responses.RequestsMock) -> None:
    service.get(URL, body="<html>busy</html>", content_type="text/html")

    with pytest.raises(json.JSONDecodeError):
        a_client().get(URL).json()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Æble".encode(), "application/json"),
        ("Æble".encode(), "text/plain"),
        ("Æble".encode("latin-1"), "text/plain; charset=iso-8859-1"),
    ],
)
def test_text_is_utf_8_unless_the_service_says_otherwise(
    service: responses.RequestsMock, body: bytes, content_type: str
) -> None:
    service.get(URL, body=body, content_type=content_type)

    assert a_client().get(URL).text == "Æble"


def test_an_unexpected_answer_is_temporary_and_names_the_service() -> None:
    error = unexpected("Shoporama", answer(418))

    assert error.exit_code is ExitCode.TEMPORARY
    assert "Shoporama answered with status 418" in str(error)
