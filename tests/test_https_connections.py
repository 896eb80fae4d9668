"""Encrypted connections that fail: before the request was sent, or after, which isn't the same."""

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from certificates import signed_certificate
from manual_clock import MORNING, ManualClock

from dinero_sync.errors import ExitCode, OwnSideError
from dinero_sync.http import HttpClient
from dinero_sync.http_answers import NoAnswerError
from dinero_sync.way_out import further_certificates, trust

NOT_ENCRYPTED = b"HTTP/1.1 200 OK\r\n\r\n"
BODY = b'{"Amount":125.00}'

Received = list[bytes]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for 127.0.0.1 that counts for years."""
    return signed_certificate(tmp_path_factory.mktemp("certificate"), MORNING, days=3650)


def answer_in_full(connection: ssl.SSLSocket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    connection.close()


def hang_up(connection: ssl.SSLSocket) -> None:
    connection.close()


def answer_in_the_clear(connection: ssl.SSLSocket) -> None:
    """Write past the encryption, which the caller can't decrypt."""
    descriptor = connection.detach()
    os.write(descriptor, NOT_ENCRYPTED)
    os.close(descriptor)


def read_request(connection: ssl.SSLSocket) -> bytes:
    text = b""
    while not text.endswith(BODY):
        text += connection.recv(65536)
    return text


@contextmanager
def serving(
    certificate: Path, end: Callable[[ssl.SSLSocket], None]
) -> Iterator[tuple[str, Received]]:
    """Read one request after the other, and end each connection by ``end``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    received: Received = []

    def serve() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:  # the test is over
                return
            with raw:
                try:
                    connection = context.wrap_socket(raw, server_side=True)
                except (ssl.SSLError, ConnectionError):  # the caller didn't like us
                    continue
                received.append(read_request(connection))
                end(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/payments", received
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def pay(url: str, ca_file: Path | None = None, clock: ManualClock | None = None) -> None:
    client = HttpClient(
        service="Dinero", timeout_seconds=5, clock=clock or ManualClock(), ca_file=ca_file
    )
    client.write("POST", url, BODY.decode(), repeatable=False)


def test_a_service_whose_certificate_isnt_trusted_is_sent_nothing_and_tried_once(
    certificate: Path,
) -> None:
    clock = ManualClock()

    with serving(certificate, hang_up) as (url, received), pytest.raises(OwnSideError) as caught:
        pay(url, clock=clock)

    assert (received, clock.pauses, caught.value.exit_code) == ([], [], ExitCode.CONFIG)
    for part in ("Dinero", "127.0.0.1 isn't trusted", "http.ca_file", "SSL_CERT_FILE"):
        assert part in str(caught.value)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_certificate_that_the_environment_names_counts(
    certificate: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(certificate))

    with serving(certificate, answer_in_full) as (url, received):
        pay(url)

    assert len(received) == 1


def test_a_certificate_that_the_configuration_names_goes_before_the_environments(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))

    with serving(certificate, answer_in_full) as (url, received):
        pay(url, certificate)

    assert len(received) == 1


def test_a_folder_of_certificates_may_be_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path))

    trust(requests.Session(), "https://api.example/", None)

    assert further_certificates(None) == ("REQUESTS_CA_BUNDLE", tmp_path)


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file"), ("no certificate", "no certificate in PEM form")]
)
@pytest.mark.parametrize("named_by", ["http.ca_file", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_file_of_certificates_that_cant_be_used_is_named_before_anything_is_sent(
    named_by: str, content: str | None, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    if named_by != "http.ca_file":
        monkeypatch.setenv(named_by, str(path))
    calls: list[int] = []
    client = HttpClient(
        service="Dinero",
        timeout_seconds=5,
        clock=ManualClock(),
        ca_file=path if named_by == "http.ca_file" else None,
        before_call=lambda: calls.append(1),
    )

    with pytest.raises(OwnSideError, match=why) as caught:
        client.get("https://127.0.0.1/")

    assert calls == []
    assert f"{path}, which {named_by} names" in str(caught.value)


@pytest.mark.parametrize("days", [-3650, 3650])
def test_a_certificate_of_other_days_points_at_the_clock(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the certificate or this machine's clock is wrong, nobody here can tell."""
    other = signed_certificate(tmp_path, datetime.now(UTC) + timedelta(days=days))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))

    with serving(other, hang_up) as (url, received), pytest.raises(OwnSideError) as caught:
        pay(url)

    assert received == []
    for part in ("the certificate of 127.0.0.1 doesn't count today", "clock", "timedatectl"):
        assert part in str(caught.value)


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_points_at_the_address(certificate: Path) -> None:
    with serving(certificate, hang_up) as (url, received), pytest.raises(OwnSideError) as caught:
        pay(url.replace("127.0.0.1", "localhost"))

    assert received == []
    assert "the certificate that localhost shows is another host's" in str(caught.value)


@pytest.mark.usefixtures("trusted")
def test_a_payment_that_was_sent_and_not_answered_is_in_doubt(certificate: Path) -> None:
    with serving(certificate, hang_up) as (url, received), pytest.raises(NoAnswerError):
        pay(url)

    assert len(received) == 1


@pytest.mark.usefixtures("trusted")
def test_a_payment_whose_answer_cant_be_decrypted_is_in_doubt(certificate: Path) -> None:
    with (
        serving(certificate, answer_in_the_clear) as (url, received),
        pytest.raises(NoAnswerError),
    ):
        pay(url)

    assert len(received) == 1
