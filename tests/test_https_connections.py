"""Encrypted connections that fail: before the request was sent, or after, which isn't the same."""

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from manual_clock import MORNING, ManualClock

from dinero_sync.http import HttpClient, NoAnswerError, UnreachableError

YEARS = timedelta(days=3650)
NOT_ENCRYPTED = b"HTTP/1.1 200 OK\r\n\r\n"
BODY = b'{"Amount":125.00}'

Received = list[bytes]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate with its key, for 127.0.0.1, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "rude server")])
    signed = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(MORNING - YEARS)
        .not_valid_after(MORNING + YEARS)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


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
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))


def pay(url: str) -> None:
    client = HttpClient(service="Dinero", timeout_seconds=5, clock=ManualClock())
    client.write("POST", url, BODY.decode(), repeatable=False)


def test_a_service_whose_certificate_isnt_trusted_is_sent_nothing(certificate: Path) -> None:
    with serving(certificate, hang_up) as (url, received), pytest.raises(UnreachableError):
        pay(url)

    assert received == []


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
