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

from dinero_sync.errors import DineroSyncError, ExitCode, OwnSideError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import NoAnswerError
from dinero_sync.way_out import UnreachableError

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CUT_OFF = ANSWER.replace(b"Content-Length: 2", b"Content-Length: 200")
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass
class RudeServer:
    """Where it listens, and how many requests it read to the end."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    wants_name: bool = False
    """Whether a proxy lets through nobody without a user name."""
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

    refused = "Dinero can't be reached: 127.0.0.1 refused the connection"
    with pytest.raises(UnreachableError, match=refused) as unreachable:
        client.write("POST", closed_port(), "{}", repeatable=False)

    assert unreachable.value.exit_code is ExitCode.TEMPORARY
    assert clock.pauses == [1.0, 2.0, 4.0]
    assert client.calls == 4


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (socket.EAI_NONAME, "there is no such name as api.example"),
        (socket.EAI_AGAIN, "no name server (DNS) answers"),
    ],
)
def test_a_name_that_doesnt_resolve_was_never_connected(
    code: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    with pytest.raises(UnreachableError, match="The next run goes on by itself") as unreachable:
        a_client(ManualClock()).write("POST", "http://api.example/", "{}", repeatable=False)

    assert told in str(unreachable.value)


def test_a_proxy_that_doesnt_answer_was_never_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = closed_port()
    monkeypatch.setenv("http_proxy", proxy.replace("//", "//anna:SECRET@"))

    with pytest.raises(UnreachableError) as unreachable:
        a_client(ManualClock()).get("http://api.example/")

    address = proxy.removeprefix("http://")
    assert f"the proxy {address}, which http_proxy names, doesn't answer" in str(unreachable.value)
    assert "SECRET" not in str(unreachable.value)


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("http://", "it names no host"),
        ("ftp://proxy.example:21", "it names no proxy for http, https or socks"),
        ("http://anna:SECRET@proxy.example:word", "it is no address"),
        ("http://anna:SECRET@[proxy.example", "it is no address"),
        ("http://anna:SECRET@proxy..example:3128", "it is no address that can exist"),
        (f"http://anna:SECRET@{'a' * 70}.example:3128", "it is no address that can exist"),
        ("socks5h://anna:SECRET@127.0.0.1:1080", "pip install PySocks"),
    ],
)
@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_a_proxy_setting_that_cant_be_used_is_named_before_a_call_is_counted(
    setting: str, why: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, setting)
    monkeypatch.setattr("dinero_sync.way_out.find_spec", lambda _: None)
    calls: list[int] = []
    clock = ManualClock()
    client = HttpClient(
        service="Dinero", timeout_seconds=5, clock=clock, before_call=lambda: calls.append(1)
    )

    with pytest.raises(OwnSideError, match=why) as caught:
        client.write("POST", "http://api.example/", "{}", repeatable=False)

    assert (caught.value.exit_code, clock.pauses, calls) == (ExitCode.CONFIG, [], [])
    assert f"The proxy that {variable} names" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_socks_proxy_that_doesnt_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("socks")
    address = closed_port().removeprefix("http://")
    monkeypatch.setenv("ALL_PROXY", f"socks5h://{address}")

    with pytest.raises(UnreachableError) as unreachable:
        a_client(ManualClock()).get("http://api.example/")

    named = f"through the proxy {address}, which ALL_PROXY names"
    assert f"no connection to api.example came about {named}" in str(unreachable.value)


def refuse_in_the_clear(connection: socket.socket, _: RudeServer) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_a_proxy_that_is_named_as_encrypted_and_isnt_is_a_fault_of_the_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(refuse_in_the_clear) as server:
        address = server.url.removeprefix("http://").removesuffix("/v1")
        monkeypatch.setenv("https_proxy", f"https://{address}")

        with pytest.raises(OwnSideError, match="write http:// before it in place of https://"):
            a_client(ManualClock()).get("https://api.example/")


def refuse_the_tunnel(connection: socket.socket, server: RudeServer) -> None:
    read_request(connection, server)
    status = b"407 Proxy Authentication Required" if server.wants_name else b"403 Forbidden"
    connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    ("wants_name", "error", "told"),
    [
        (True, OwnSideError, "wants a user name and a password"),
        (False, UnreachableError, "lets nothing through to api.example"),
    ],
)
def test_a_proxy_that_lets_nothing_through_is_told_from_the_service(
    wants_name: bool,  # noqa: FBT001 - a parameter of the test
    error: type[DineroSyncError],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(refuse_the_tunnel) as server:
        server.wants_name = wants_name
        monkeypatch.setenv("https_proxy", server.url.removesuffix("/v1"))
        with pytest.raises(error) as caught:
            a_client(ManualClock()).write("POST", "https://api.example/", "{}", repeatable=False)

    assert told in str(caught.value)
    assert "which https_proxy names" in str(caught.value)


def test_a_call_that_never_reached_the_service_is_taken_back() -> None:
    counted: list[int] = []
    client = HttpClient(
        service="Shoporama",
        timeout_seconds=5,
        clock=ManualClock(),
        before_call=lambda: counted.append(1),
        never_called=counted.clear,
    )

    with pytest.raises(UnreachableError):
        client.get(closed_port())

    assert counted == []


def test_a_call_that_may_have_reached_the_service_is_counted() -> None:
    taken_back: list[int] = []
    client = HttpClient(
        service="Shoporama",
        timeout_seconds=5,
        clock=ManualClock(),
        never_called=lambda: taken_back.append(1),
    )

    with serving(close_after_reading) as server, pytest.raises(NoAnswerError):
        client.get(server.url)

    assert taken_back == []


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
