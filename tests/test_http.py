"""Calls over HTTP: what may be repeated, what isn't known, and what never leaves the machine."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import requests
import responses
from manual_clock import MORNING, ManualClock
from requests.auth import AuthBase
from structlog.testing import capture_logs

from dinero_sync import __version__
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import DeadlineError, DineroSyncError, ExitCode, QuotaError, StateError
from dinero_sync.http import HttpClient, ReadOnlyError
from dinero_sync.http_answers import Answer, NoAnswerError, unexpected
from dinero_sync.way_out import UnreachableError

URL = "https://api.example/v1/orders"


def a_client(
    clock: ManualClock | None = None,
    *,
    read_only: bool = False,
    before_call: Callable[[], None] | None = None,
    too_many_calls: Callable[[], None] | None = None,
) -> HttpClient:
    return HttpClient(
        service="Dinero",
        timeout_seconds=5,
        clock=clock or ManualClock(),
        read_only=read_only,
        before_call=before_call,
        too_many_calls=too_many_calls,
    )


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def test_a_read_is_tried_again_until_it_succeeds(service: responses.RequestsMock) -> None:
    for status in (503, 429, 480, 200):
        service.get(URL, status=status, headers={"Retry-After": "9"} if status == 429 else {})
    clock = ManualClock()
    client = a_client(clock)

    assert client.get(URL).ok
    assert clock.pauses == [1.0, 9.0, 4.0]
    assert client.calls == 4


def test_a_wait_is_told_by_the_service_its_length_and_its_reason(
    service: responses.RequestsMock,
) -> None:
    service.get(URL, status=429, headers={"Retry-After": "9"})
    service.get(URL, body=requests.exceptions.ConnectionError("cut off"))
    service.get(URL, status=200)

    with capture_logs() as lines:
        a_client().get(URL, {"email": "anna.proeve@example.com"})

    common = {"event": "http.waiting", "log_level": "debug", "service": "Dinero"}
    assert lines == [
        {**common, "seconds": 9.0, "reason": "status 429"},
        {**common, "seconds": 2.0, "reason": "NoAnswerError"},
    ]


def test_after_four_tries_the_last_answer_stands(service: responses.RequestsMock) -> None:
    service.get(URL, status=503)
    clock = ManualClock()

    assert a_client(clock).get(URL).status == 503
    assert clock.pauses == [1.0, 2.0, 4.0]


def test_a_daily_limit_isnt_waited_for(service: responses.RequestsMock) -> None:
    service.get(URL, status=429)
    clock = ManualClock()
    client = HttpClient(service="Shoporama", timeout_seconds=5, clock=clock, waits_for_limit=False)

    assert client.get(URL).status == 429
    assert clock.pauses == []


def test_a_write_without_an_identity_isnt_repeated(service: responses.RequestsMock) -> None:
    service.post(URL, status=500)
    client = a_client()

    assert client.write("POST", URL, "{}", repeatable=False).status == 500
    assert client.calls == 1


def test_a_connection_that_isnt_made_in_time_was_never_made(
    service: responses.RequestsMock,
) -> None:
    service.post(URL, body=requests.exceptions.ConnectTimeout())
    client = a_client()

    with pytest.raises(UnreachableError):
        client.write("POST", URL, "{}", repeatable=False)

    assert client.calls == 4


def test_a_run_that_may_not_wait_ends_instead(service: responses.RequestsMock) -> None:
    service.get(URL, status=429)
    clock = ManualClock(deadline=MORNING + timedelta(seconds=59))

    with pytest.raises(DeadlineError):
        a_client(clock).get(URL)


def test_a_limit_is_waited_for_up_to_the_deadline(service: responses.RequestsMock) -> None:
    service.post(URL, status=429, headers={"Retry-After": "60"})
    clock = ManualClock(deadline=MORNING + timedelta(minutes=30))

    with pytest.raises(DeadlineError):
        a_client(clock).write("POST", URL, "{}", repeatable=False)

    assert clock.pauses == [60.0] * 30


def test_a_limit_that_ends_before_the_deadline_stops_no_run(
    service: responses.RequestsMock,
) -> None:
    for _ in range(6):
        service.get(URL, status=429, headers={"Retry-After": "1"})
    service.get(URL, json={})

    assert a_client().get(URL).ok


@pytest.mark.parametrize("error", [NotConnectedError("revoked"), StateError("no room")])
def test_a_token_that_fails_after_an_unclear_try_leaves_the_write_in_doubt(
    service: responses.RequestsMock, error: DineroSyncError
) -> None:
    service.post(URL, status=503)
    client = HttpClient(service="Dinero", timeout_seconds=5, clock=ManualClock(), auth=Once(error))

    with pytest.raises(NoAnswerError, match=str(error)):
        client.write("POST", URL, "{}", repeatable=True)


def test_a_token_that_fails_before_anything_was_sent_is_no_doubt() -> None:
    auth = Once(NotConnectedError("revoked"))
    auth.left = 0
    client = HttpClient(service="Dinero", timeout_seconds=5, clock=ManualClock(), auth=auth)

    with pytest.raises(NotConnectedError):
        client.write("POST", URL, "{}", repeatable=True)


class Once(AuthBase):
    """Lets one request pass, and fails at the next."""

    def __init__(self, error: DineroSyncError) -> None:
        self.left = 1
        self._error = error

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if not self.left:
            raise self._error
        self.left -= 1
        return request


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


def test_a_refusal_for_too_many_calls_is_told_and_nothing_else_is(
    service: responses.RequestsMock,
) -> None:
    for status in (503, 429, 429, 200):
        service.get(URL, status=status)
    told: list[int] = []

    a_client(too_many_calls=lambda: told.append(1)).get(URL)

    assert len(told) == 2


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


def test_a_read_only_client_sends_no_write(service: responses.RequestsMock) -> None:
    client = a_client(read_only=True)

    with pytest.raises(ReadOnlyError, match="may only read"):
        client.write("POST", URL, "{}", repeatable=True)

    assert (client.calls, len(service.calls)) == (0, 0)


def test_a_read_only_client_reads(service: responses.RequestsMock) -> None:
    service.get(URL, json=[])

    assert a_client(read_only=True).get(URL).json() == []


def test_a_read_only_client_puts_questions_that_are_sent_by_post(
    service: responses.RequestsMock,
) -> None:
    service.post(URL, status=503)
    service.post(URL, json=[])
    client = a_client(read_only=True)

    assert client.ask(URL, '[{"Id":"7"}]').json() == []

    sent = [(call.request.method, call.request.body) for call in service.calls]
    assert sent == [("POST", b'[{"Id":"7"}]')] * 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_write_is_never_sent_on_to_another_address(
    service: responses.RequestsMock, status: int
) -> None:
    service.post(URL, status=status, headers={"Location": "https://elsewhere.example/"})

    answered = a_client().write("POST", URL, "{}", repeatable=False)

    assert (answered.status, answered.ok) == (status, False)
    assert [call.request.url for call in service.calls] == [URL]


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


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_an_amount_that_is_no_number_isnt_read(
    service: responses.RequestsMock, number: str
) -> None:
    service.get(URL, body=f'{{"Total": {number}}}')

    with pytest.raises(ValueError, match=number):
        a_client().get(URL).json()


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
        ("Æble".encode(), "text/plain; charset=klingon"),
    ],
)
def test_text_is_utf_8_unless_the_service_says_otherwise(
    service: responses.RequestsMock, body: bytes, content_type: str
) -> None:
    service.get(URL, body=body, content_type=content_type)

    assert a_client().get(URL).text == "Æble"


def test_an_unexpected_answer_is_temporary_and_names_the_service() -> None:
    for status in (503, 418):
        error = unexpected("Shoporama", Answer(status, {}, ""))

        assert error.exit_code is ExitCode.TEMPORARY
        assert f"status {status}" in str(error)
        assert str(error).startswith("Shoporama ")
