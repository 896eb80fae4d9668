"""A sandbox that answers by the names of the real services, over TLS."""

import datetime as dt
import ipaddress
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = {
    "www.shoporama.dk": "/shoporama",
    "api.dinero.dk": "/dinero",
    "authz.dinero.dk": "/authz",
    "connect.visma.com": "/visma",
}
"""Each service's name, and where the sandbox plays it."""
OF_ONE_CONNECTION = {
    "connection",
    "transfer-encoding",
    "content-length",
    "content-encoding",
    "host",
}
TIMEOUT_SECONDS = 60


@contextmanager
def served_as_the_real_ones(url: str, folder: Path) -> Iterator[None]:
    """Answer on this machine's port 443 while the block lasts.

    ``folder`` gets ``authority.crt``, who vouches for it, and the names in ``hosts``.
    """
    certificate = _certificate(folder)
    (folder / "hosts").write_text(json.dumps([*HOSTS]), encoding="utf-8")

    class Front(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _hand_on(self) -> None:
            prefix = HOSTS[self.headers["Host"].split(":")[0]]
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = requests.request(
                self.command,
                f"{url}{prefix}{self.path}",
                data=body,
                headers={k: v for k, v in self.headers.items() if k.lower() != "host"},
                allow_redirects=False,
                timeout=TIMEOUT_SECONDS,
            )
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in OF_ONE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _hand_on  # noqa: N815 - as http.server wants them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 443), Front)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> Path:
    """Make an authority and a certificate for all names; return the latter's file, with its key."""
    now = dt.datetime.now(dt.UTC)
    of_authority, of_server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox")])

    def signed(subject: x509.Name, key: ec.EllipticCurvePublicKey, *, is_authority: bool) -> bytes:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if not is_authority:
            names = [
                *(x509.DNSName(each) for each in HOSTS),
                x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            ]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        certificate = builder.sign(of_authority, hashes.SHA256())
        return certificate.public_bytes(serialization.Encoding.PEM)

    own = signed(authority, of_authority.public_key(), is_authority=True)
    (folder / "authority.crt").write_bytes(own)
    server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stand-in")])
    file = folder / "server.pem"
    file.touch(mode=0o600)
    file.write_bytes(
        signed(server, of_server.public_key(), is_authority=False)
        + of_server.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file
