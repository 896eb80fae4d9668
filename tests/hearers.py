"""A real mail server and a real web server on this machine, which keep what they are told."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HERE = "127.0.0.1"
FINE = "250 OK"


@dataclass
class MailServer:
    """Takes mails, or says what ``answer`` says in place of taking one."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = FINE
    password: str = "right"
    logins: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer == FINE:
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))
        return self.answer

    def knows(self, _: SMTP, __: Session, ___: Envelope, ____: str, told: object) -> AuthResult:
        """Let in who has the password."""
        assert isinstance(told, LoginPassword)
        self.logins.append(told.login)
        return AuthResult(success=told.password.decode() == self.password, handled=False)


@dataclass
class WebServer:
    """Keeps what is asked for and posted, and answers with ``status``."""

    url: str
    paths: list[str] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    status: int = 200


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        return int(taken.getsockname()[1])


@contextmanager
def mail_server(**settings: Any) -> Iterator[MailServer]:  # noqa: ANN401 - aiosmtpd's own
    """Run a mail server while the block lasts."""
    server = MailServer(free_port())
    controller = Controller(server, HERE, server.port, authenticator=server.knows, **settings)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def web_server(context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Run a web server while the block lasts; with a ``context``, an encrypted one."""

    class Taker(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.paths.append(self.path)
            self._answer()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.bodies.append(body)
            server.posted.append(json.loads(body))
            self._answer()

        def _answer(self) -> None:
            self.send_response(server.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"OK")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listener = ThreadingHTTPServer((HERE, 0), Taker)
    server = WebServer(f"http{'s' if context else ''}://{HERE}:{listener.server_port}")
    if context is not None:
        listener.socket = context.wrap_socket(listener.socket, server_side=True)
    Thread(target=listener.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()


def program_that_keeps(folder: Path) -> list[str]:
    """Write a program that keeps what it is told: returns how it is called."""
    program = folder / "keep"
    told = f'cat > "{folder}/said.$$"; env > "{folder}/env.$$"'
    program.write_text(f"#!/bin/sh\n{told}\n", encoding="utf-8")
    program.chmod(0o700)
    return [str(program)]
