"""The HTTP server: HTTP/1.1 with connections kept alive, one thread a connection.

Werkzeug's own handler closes every connection after one answer, and waits ten milliseconds for
stray bytes each time. Here the whole body is read before the request is handed on, so neither is
needed, and connections behave as they do at the vendors.
"""

import io
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from dinero_sync.sandbox.answers import Answer
from dinero_sync.sandbox.application import make_application
from dinero_sync.sandbox.exchange import NoAnswer, exchange
from dinero_sync.sandbox.settings import Settings
from dinero_sync.sandbox.state import Sandbox

HOST = "127.0.0.1"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""``SO_LINGER`` with no time to linger: closing sends a reset."""
SHUTDOWN_POLL_SECONDS = 0.02


class SandboxServer(ThreadedWSGIServer):
    """Listens for one sandbox and knows its open connections."""

    def __init__(self, sandbox: Sandbox, port: int) -> None:
        """Listen on ``port``, or on any free one when it is 0."""
        self.application = make_application(sandbox)
        self.sandbox = sandbox
        self.open_connections: set[socket.socket] = set()
        super().__init__(HOST, port, self.application, SandboxHandler)
        sandbox.url = f"http://{HOST}:{self.server_port}"

    def close_connections(self) -> None:
        """End the connections that clients keep open."""
        for connection in list(self.open_connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                # The client was quicker.
                self.open_connections.discard(connection)


class SandboxHandler(WSGIRequestHandler):
    """Serves the requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    """Head and body of an answer leave together."""

    def setup(self) -> None:
        """Note the connection as open."""
        super().setup()
        self._sandbox_server.open_connections.add(self.connection)

    def finish(self) -> None:
        """Note the connection as closed."""
        self._sandbox_server.open_connections.discard(self.connection)
        super().finish()

    @property
    def _sandbox_server(self) -> SandboxServer:
        return cast("SandboxServer", self.server)

    def run_wsgi(self) -> None:
        """Answer one request."""
        environ = self.make_environ()
        body = self.rfile.read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        application: Flask = self._sandbox_server.application
        try:
            answer = exchange(self._sandbox_server.sandbox, application, environ, body)
        except NoAnswer:
            self._reset()
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        headers = {"Content-Length": str(len(answer.body)), **answer.headers}
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        for name, value in headers.items():
            self.send_header(name, value)
        if headers["Content-Length"] != str(len(answer.body)):
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.connection.close()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no line per request: ``/sandbox/requests`` has the log."""


@contextmanager
def serve(settings: Settings, port: int = 0) -> Iterator[Sandbox]:
    """Run a sandbox in threads of this process; yields its state, and stops at the end."""
    sandbox = Sandbox(settings)
    server = SandboxServer(sandbox, port)
    thread = threading.Thread(
        target=server.serve_forever, args=(SHUTDOWN_POLL_SECONDS,), name="sandbox", daemon=True
    )
    thread.start()
    try:
        yield sandbox
    finally:
        sandbox.interruption.set()
        server.shutdown()
        thread.join()
        server.close_connections()
        server.server_close()
