"""Real connections that fail: either nothing was sent for certain, or nobody knows.

Each server here runs in a thread on 127.0.0.1 and treats one connection after the other in its own
rude way, until the test is over.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from manual_clock import MORNING, ManualClock

from dinero_sync.errors import ExitCode
from dinero_sync.http import HttpClient, NoAnswerError, UnreachableError

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CUT_OFF = ANSWER.replace(b"Content-Length: 2", b"Content-Length: 200")
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass
class RudeServer:
    """Where it listens, and how many requests it read to the end."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    asked_for_more: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Is released for each drop of an answer that comes slowly."""


Manners = Callable[[socket.socket, RudeServer], None]


def read_request(connection: socket.socket, server: RudeServer) -> None:
    text = b""
    while b"\r\n\r\n" not in text:
        text += connection.recv(65536)
    server.requests.append(text)


def close_before_reading(connection: socket.socket, server: RudeServer) -> None:
    """Hang up; what the caller sends is met by a reset."""


def close_after_reading(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)


def break_off_in_the_answer(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)
    connection.sendall(CUT_OFF)


def hang_after_reading(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)
    connection.recv(1)


def answer_drop_by_drop(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)
    with suppress(OSError):  # the caller has had enough
        connection.sendall(CUT_OFF)
        for _ in range(190):
            server.asked_for_more.acquire()
            connection.sendall(b" ")


def fail_once_then_answer(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)
    if len(server.requests) > 1:
        connection.sendall(ANSWER)


@contextmanager
def serving(manners: Manners) -> Iterator[RudeServer]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = RudeServer(url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1")

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # the test is over
                return
            with connection:
                manners(connection, server)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def a_client(clock: ManualClock, timeout_seconds: float = 5) -> HttpClient:
    return HttpClient(service="Dinero", timeout_seconds=timeout_seconds, clock=clock)


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_where_nobody_listens_nothing_was_sent_and_even_a_write_is_tried_again() -> None:
    clock = ManualClock()
    client = a_client(clock)

    with pytest.raises(UnreachableError, match="Dinero can't be reached") as unreachable:
        client.write("POST", closed_port(), "{}", repeatable=False)

    assert unreachable.value.exit_code is ExitCode.TEMPORARY
    assert clock.pauses == [1.0, 2.0, 4.0]
    assert client.calls == 4


def test_a_name_that_doesnt_resolve_was_never_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    with pytest.raises(UnreachableError, match="The next run goes on by itself"):
        a_client(ManualClock()).write("POST", "http://api.example/", "{}", repeatable=False)


def test_a_proxy_that_doesnt_answer_was_never_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", closed_port())

    with pytest.raises(UnreachableError):
        a_client(ManualClock()).get("http://api.example/")


def test_a_host_that_no_proxy_names_is_called_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", closed_port())
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    with serving(fail_once_then_answer) as server:
        assert a_client(ManualClock()).get(server.url).ok


@pytest.mark.parametrize(
    "manners", [close_before_reading, close_after_reading, break_off_in_the_answer]
)
def test_a_write_that_was_sent_and_not_answered_is_in_doubt_and_not_repeated(
    manners: Manners,
) -> None:
    clock = ManualClock()
    client = a_client(clock)

    with serving(manners) as server, pytest.raises(NoAnswerError, match="broke off"):
        client.write("POST", server.url, '{"Amount":125.00}', repeatable=False)

    assert clock.pauses == []
    assert client.calls == 1
    assert len(server.requests) <= 1


def test_a_server_that_never_answers_leaves_a_write_in_doubt() -> None:
    client = a_client(ManualClock(), timeout_seconds=0.05)

    with serving(hang_after_reading) as server, pytest.raises(NoAnswerError):
        client.write("POST", server.url, "{}", repeatable=False)

    assert len(server.requests) == 1


def test_an_answer_that_comes_drop_by_drop_is_none_after_four_time_limits() -> None:
    with serving(answer_drop_by_drop) as server:
        clock = SlowlyAnsweredClock(server)
        try:
            with pytest.raises(NoAnswerError, match="too slowly"):
                a_client(clock).write("POST", server.url, "{}", repeatable=False)
        finally:
            server.asked_for_more.release(190)

    assert timedelta(seconds=20) < clock.moment - MORNING < timedelta(minutes=1)


class SlowlyAnsweredClock(ManualClock):
    """Four seconds pass until each drop of the answer."""

    def __init__(self, server: RudeServer) -> None:
        super().__init__()
        self._server = server

    def now(self) -> datetime:
        self._server.asked_for_more.release()
        self.moment += timedelta(seconds=4)
        return self.moment


def test_a_write_that_the_other_end_recognises_is_repeated_until_it_is_answered() -> None:
    clock = ManualClock()

    with serving(fail_once_then_answer) as server:
        answer = a_client(clock).write("POST", server.url, "{}", repeatable=True)

    assert answer.json() == {}
    assert clock.pauses == [1.0]
    assert len(server.requests) == 2


def test_a_read_that_breaks_off_is_repeated_and_then_given_up() -> None:
    clock = ManualClock()

    with serving(break_off_in_the_answer) as server, pytest.raises(NoAnswerError):
        a_client(clock).get(server.url)

    assert clock.pauses == [1.0, 2.0, 4.0]
    assert len(server.requests) == 4


def test_an_error_never_repeats_what_was_sent() -> None:
    with serving(close_after_reading) as server, pytest.raises(NoAnswerError) as broken:
        a_client(ManualClock()).write(
            "POST", f"{server.url}?code=SECRET", "SECRET", repeatable=False
        )

    assert "SECRET" not in str(broken.value)
