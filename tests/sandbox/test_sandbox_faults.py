"""Faults by script: what the client sees, and what happened at the other end all the same."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from uuid import uuid4

import pytest
import requests
from sandbox_callers import TIMEOUT_SECONDS, DineroCaller, invoice_body

from dinero_sync.sandbox.answers import JsonValue
from dinero_sync.sandbox.state import Sandbox

CREATE = {"service": "dinero", "method": "POST", "path": "*/invoices"}
CONNECTION_LOST = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


@pytest.fixture
def doomed_process(sandbox: Sandbox) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that the sandbox may kill."""
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    with subprocess.Popen(command) as process:
        sandbox.change_settings(client_pid=process.pid)
        yield process
        process.kill()


def fault(sandbox: Sandbox, kind: str, **options: JsonValue) -> None:
    sandbox.add_fault({"match": CREATE, "kind": kind, **options})


def create(dinero: DineroCaller) -> requests.Response:
    return dinero.post("invoices", invoice_body(Guid=str(uuid4())))


@pytest.mark.parametrize(("kind", "happened"), [("reset_before", 0), ("reset_after", 1)])
def test_a_reset_gives_no_answer(
    sandbox: Sandbox, dinero: DineroCaller, kind: str, happened: int
) -> None:
    fault(sandbox, kind)

    with pytest.raises(CONNECTION_LOST):
        create(dinero)

    assert len(sandbox.invoices) == happened
    assert (sandbox.requests[-1].status, sandbox.requests[-1].fault) == (None, kind)


@pytest.mark.parametrize(("kind", "happened"), [("status_before", 0), ("status_after", 1)])
@pytest.mark.parametrize(("body", "is_empty"), [("html", False), ("empty", True)])
def test_a_server_error_may_come_before_or_after_the_work(  # noqa: PLR0913 - a table
    sandbox: Sandbox,
    dinero: DineroCaller,
    kind: str,
    happened: int,
    body: str,
    *,
    is_empty: bool,
) -> None:
    fault(sandbox, kind, status=503, body=body)

    answer = create(dinero)

    assert (answer.status_code, answer.content == b"") == (503, is_empty)
    assert len(sandbox.invoices) == happened


def test_a_rate_limit_is_plain_text_without_a_time(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "rate_limit")

    answer = create(dinero)

    assert answer.status_code == 429
    assert answer.text.startswith("API calls quota exceeded!")
    assert "Retry-After" not in answer.headers
    assert sandbox.invoices == {}


def test_a_rate_limit_may_name_seconds_or_a_date(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "rate_limit", retry_after=7)
    fault(sandbox, "rate_limit", retry_after="http_date")

    seconds = create(dinero).headers["Retry-After"]
    moment = parsedate_to_datetime(create(dinero).headers["Retry-After"])

    assert seconds == "7"
    assert moment > sandbox.now()


@pytest.mark.parametrize(("kind", "happened"), [("hang_before", 0), ("hang_after", 1)])
def test_a_hang_outlasts_the_patience_of_the_client(
    sandbox: Sandbox, dinero: DineroCaller, kind: str, happened: int
) -> None:
    fault(sandbox, kind, seconds=60)
    dinero.timeout_seconds = 0.1

    with pytest.raises(requests.ReadTimeout):
        create(dinero)

    assert len(sandbox.invoices) == happened


def test_what_hung_is_done_after_all(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "hang_before", seconds=0.01)

    assert create(dinero).status_code == 200
    assert len(sandbox.invoices) == 1


def test_a_reset_ends_hanging_requests_without_doing_them(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    fault(sandbox, "hang_before", seconds=60)
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(create, dinero)
        while not sandbox.requests or sandbox.requests[-1].fault is None:
            pass
        sandbox.reset()

        with pytest.raises(CONNECTION_LOST):
            answer.result(TIMEOUT_SECONDS)
    assert sandbox.invoices == {}


def test_a_truncated_answer_of_its_own_length_is_broken_json(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    fault(sandbox, "truncated")

    answer = create(dinero)

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)
    assert len(sandbox.invoices) == 1


def test_a_truncated_answer_may_announce_its_whole_length(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    fault(sandbox, "truncated", content_length="whole")

    with pytest.raises(CONNECTION_LOST):
        create(dinero)


@pytest.mark.parametrize(("when", "happened"), [("before", 0), ("after", 1)])
def test_a_page_may_come_where_json_is_expected(
    sandbox: Sandbox, dinero: DineroCaller, when: str, happened: int
) -> None:
    fault(sandbox, "html", when=when)

    answer = create(dinero)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert len(sandbox.invoices) == happened


def test_somebody_may_change_the_invoice_a_moment_before(
    sandbox: Sandbox, dinero: DineroCaller
) -> None:
    draft = dinero.new_draft()
    sandbox.add_fault({"match": {"path": "*/book"}, "kind": "stale"})

    answer = dinero.book(draft)

    assert (answer.status_code, answer.json()["code"]) == (400, 58)


def test_a_token_may_expire_a_moment_before(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "expired_token")

    assert create(dinero).status_code == 401
    assert sandbox.complaints == []


@pytest.mark.parametrize(("when", "happened"), [("before", 0), ("after", 1)])
def test_the_client_may_be_killed_in_the_middle_of_a_call(
    sandbox: Sandbox,
    dinero: DineroCaller,
    doomed_process: subprocess.Popen[bytes],
    when: str,
    happened: int,
) -> None:
    fault(sandbox, "kill", when=when)

    with pytest.raises(CONNECTION_LOST):
        create(dinero)

    assert doomed_process.wait(TIMEOUT_SECONDS) == -signal.SIGKILL
    assert len(sandbox.invoices) == happened


def test_the_client_may_be_killed_at_the_nth_request(
    sandbox: Sandbox, dinero: DineroCaller, doomed_process: subprocess.Popen[bytes]
) -> None:
    sandbox.change_settings(kill_at_request=sandbox.request_count + 2, kill_when="after")

    create(dinero)
    with pytest.raises(CONNECTION_LOST):
        create(dinero)

    assert doomed_process.wait(TIMEOUT_SECONDS) == -signal.SIGKILL
    assert create(dinero).status_code == 200
    assert len(sandbox.invoices) == 3


def test_killing_needs_to_know_whom(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="client_pid"):
        fault(sandbox, "kill")
    with pytest.raises(ValueError, match="client_pid"):
        sandbox.change_settings(kill_at_request=1)


def test_a_fault_waits_for_its_turn_and_then_ends(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "status_before", status=500, skip=1, times=2)

    statuses = [create(dinero).status_code for _ in range(4)]

    assert statuses == [200, 500, 500, 200]
    assert sandbox.faults.faults == []


def test_a_fault_without_end_stays(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "status_before", times=None)

    assert [create(dinero).status_code for _ in range(3)] == [500, 500, 500]
    sandbox.clear_faults()
    assert create(dinero).status_code == 200


def test_a_fault_meets_only_what_it_matches(sandbox: Sandbox, dinero: DineroCaller) -> None:
    fault(sandbox, "status_before")

    assert dinero.get("invoices").status_code == 200
    assert create(dinero).status_code == 500


@pytest.mark.parametrize(
    "script",
    [
        {"kind": "flood"},
        {"match": {"host": "dinero"}, "kind": "html"},
        {"kind": "html", "colour": "red"},
        {"kind": "html", "times": "often"},
        {},
    ],
    ids=str,
)
def test_a_script_that_cannot_be_is_refused(sandbox: Sandbox, script: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"[Ff]ault"):
        sandbox.add_fault(script)
