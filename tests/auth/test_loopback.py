"""The listener that the browser comes back to."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

from dinero_sync.dinero.auth import loopback_page
from dinero_sync.dinero.auth.loopback import (
    CONNECTION_SECONDS,
    NotListeningError,
    is_on_this_machine,
    listening,
)
from dinero_sync.dinero.errors import NotConnectedError


def accept(_: str) -> None:
    """Let every answer pass."""


def refuse(_: str) -> None:
    raise NotConnectedError("This answer belongs to another attempt to connect.")


@pytest.fixture
def redirect_uri() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return f"http://localhost:{port}/callback"


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def test_the_answer_in_the_address_is_heard(redirect_uri: str, browser: requests.Session) -> None:
    with listening(redirect_uri, accept) as listener:
        page = browser.get(f"{redirect_uri}?code=a%2Bb&state=s", timeout=5)

        assert listener.answer() == f"{redirect_uri}?code=a%2Bb&state=s"
    assert page.status_code == 200


def test_the_answer_in_a_form_is_heard(redirect_uri: str, browser: requests.Session) -> None:
    with listening(redirect_uri, accept) as listener:
        page = browser.post(redirect_uri, data={"code": "a+b", "state": "s"}, timeout=5)

        assert listener.answer() == f"{redirect_uri}?code=a%2Bb&state=s"
    assert page.status_code == 200


def test_the_page_thanks_in_danish_and_english_and_is_never_kept(
    redirect_uri: str, browser: requests.Session
) -> None:
    with listening(redirect_uri, accept):
        page = browser.get(f"{redirect_uri}?code=CODE123&state=STATE123", timeout=5)
    page.encoding = "utf-8"

    assert "I kan lukke dette vindue" in page.text
    assert "You can close this window" in page.text
    assert '<html lang="da">' in page.text
    assert '<section lang="en">' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "http" not in page.text  # nothing is fetched from anywhere
    assert "CODE123" not in page.text
    assert "STATE123" not in page.text


def test_an_answer_that_is_refused_shows_an_error_page_and_ends_the_waiting(
    redirect_uri: str, browser: requests.Session
) -> None:
    with listening(redirect_uri, refuse) as listener:
        page = browser.get(f"{redirect_uri}?code=CODE123&state=<script>", timeout=5)

        with pytest.raises(NotConnectedError, match="another attempt"):
            listener.answer()
    page.encoding = "utf-8"
    assert page.status_code == 400
    assert "Der blev ikke oprettet forbindelse" in page.text
    assert "script" not in page.text


@pytest.mark.parametrize("path", ["/favicon.ico", "/", "/callback", "/other?code=c&state=s"])
def test_whatever_else_a_browser_asks_for_is_no_answer(
    redirect_uri: str, browser: requests.Session, path: str
) -> None:
    origin = redirect_uri.removesuffix("/callback")
    with listening(redirect_uri, accept) as listener:
        stray = browser.get(origin + path, timeout=5)
        browser.get(f"{redirect_uri}?code=right&state=s", timeout=5)

        assert listener.answer() == f"{redirect_uri}?code=right&state=s"
    assert stray.status_code == 404


@pytest.mark.parametrize("length", ["99999999", "-1", "many"])
def test_a_form_of_no_sensible_length_is_no_answer(
    redirect_uri: str, browser: requests.Session, length: str
) -> None:
    with listening(redirect_uri, accept) as listener:
        prepared = browser.prepare_request(requests.Request("POST", redirect_uri))
        prepared.headers["Content-Length"] = length
        stray = browser.send(prepared, timeout=5)
        browser.get(f"{redirect_uri}?code=right&state=s", timeout=5)

        assert listener.answer() == f"{redirect_uri}?code=right&state=s"
    assert stray.status_code == 400


def test_a_connection_that_a_browser_opens_and_never_uses_keeps_nobody_waiting(
    redirect_uri: str, browser: requests.Session
) -> None:
    port = urlsplit(redirect_uri).port
    started = time.monotonic()
    with ExitStack() as afterwards:
        with listening(redirect_uri, accept) as listener:
            afterwards.enter_context(socket.create_connection(("127.0.0.1", port)))
            browser.get(f"{redirect_uri}?code=c&state=s", timeout=5)

            assert listener.answer(timeout_seconds=5) == f"{redirect_uri}?code=c&state=s"
        assert time.monotonic() - started < CONNECTION_SECONDS / 2


def test_the_answer_is_never_logged(
    redirect_uri: str, browser: requests.Session, capfd: pytest.CaptureFixture[str]
) -> None:
    with listening(redirect_uri, accept):
        browser.get(f"{redirect_uri}?code=CODE123&state=s", timeout=5)

    assert capfd.readouterr() == ("", "")


def test_a_connection_that_a_browser_keeps_for_later_ends_with_the_listener(
    redirect_uri: str, browser: requests.Session
) -> None:
    with ExitStack() as afterwards:
        with listening(redirect_uri, accept):
            address = ("127.0.0.1", urlsplit(redirect_uri).port)
            kept = afterwards.enter_context(socket.create_connection(address))
            browser.get(redirect_uri, timeout=5)  # by now the one before is accepted

        assert kept.recv(1) == b""


def test_a_browser_that_hangs_up_is_no_news(
    redirect_uri: str, browser: requests.Session, capfd: pytest.CaptureFixture[str]
) -> None:
    port = urlsplit(redirect_uri).port
    with listening(redirect_uri, accept):
        with socket.create_connection(("127.0.0.1", port)) as hanging_up:
            hanging_up.sendall(b"POST /callback HTTP/1.1\r\nContent-Length: 99\r\n\r\ncode=")
            reset = struct.pack("ii", 1, 0)
            hanging_up.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        browser.get(redirect_uri, timeout=5)  # by now the one before is accepted

    assert capfd.readouterr() == ("", "")


def test_a_page_that_cannot_be_shown_is_reported_and_costs_no_answer(
    redirect_uri: str,
    browser: requests.Session,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(loopback_page, "HEADERS", None)
    with listening(redirect_uri, accept) as listener:
        with pytest.raises(requests.ConnectionError):
            browser.get(f"{redirect_uri}?code=CODE123&state=s", timeout=5)
        answer = listener.answer(timeout_seconds=5)

    reported = capfd.readouterr().err
    assert answer == f"{redirect_uri}?code=CODE123&state=s"
    assert "AttributeError" in reported
    assert "CODE123" not in reported


def test_a_fault_in_the_check_reaches_whoever_waits(
    redirect_uri: str, browser: requests.Session
) -> None:
    def faulty(_: str) -> None:
        raise LookupError("a fault of the program")

    with listening(redirect_uri, faulty) as listener:
        page = browser.get(f"{redirect_uri}?code=c&state=s", timeout=5)

        with pytest.raises(LookupError, match="a fault of the program"):
            listener.answer(timeout_seconds=5)
    assert page.status_code == 400


def test_waiting_ends_when_nobody_consents(redirect_uri: str) -> None:
    with (
        listening(redirect_uri, accept) as listener,
        pytest.raises(NotConnectedError, match=r"Nobody consented.*dinero-sync connect"),
    ):
        listener.answer(timeout_seconds=0.01)


def test_nobody_listens_and_no_thread_is_left_afterwards(
    redirect_uri: str, browser: requests.Session
) -> None:
    before = threading.active_count()
    with listening(redirect_uri, accept):
        assert threading.active_count() == before + 1

    assert threading.active_count() == before
    with pytest.raises(requests.ConnectionError):
        browser.get(redirect_uri, timeout=5)


def test_a_port_that_is_taken_leads_to_pasting_the_address_back(redirect_uri: str) -> None:
    with (
        listening(redirect_uri, accept),
        pytest.raises(NotListeningError, match="paste back"),
        listening(redirect_uri, accept),
    ):
        pytest.fail("two listeners at one port")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://localhost:8765/callback",
        "http://shop.example/callback",
        "urn:ietf:wg:oauth:2.0:oob",
    ],
)
def test_an_address_elsewhere_leads_to_pasting_it_back(elsewhere: str) -> None:
    assert not is_on_this_machine(elsewhere)
    with (
        pytest.raises(NotListeningError, match="paste back"),
        listening(elsewhere, accept),
    ):
        pytest.fail("listened for another machine")


@pytest.mark.parametrize("here", ["http://localhost:8765/callback", "http://127.0.0.1:1/"])
def test_an_address_on_this_machine_is_listened_to(here: str) -> None:
    assert is_on_this_machine(here)
