"""VIES, played on this machine: it knows the numbers that it is told."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLL_SECONDS = 0.02


class _Register(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers


class _Handler(BaseHTTPRequestHandler):
    server: _Register

    def do_GET(self) -> None:
        _, country, _, number = self.path.partition("?")[0].rsplit("/", 3)
        valid = self.server.answers.get(country + number) == "valid"
        told = {"isValid": valid, "userError": "VALID" if valid else "INVALID"}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no line per request."""


@contextmanager
def vies(answers: Mapping[str, str]) -> Iterator[str]:
    """Run the register in a thread of this process; gives its address."""
    with _Register(answers) as register:
        thread = threading.Thread(target=register.serve_forever, args=(POLL_SECONDS,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{register.server_port}"
        finally:
            register.shutdown()
            thread.join()
