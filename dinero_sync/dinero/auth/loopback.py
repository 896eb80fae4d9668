"""The listener on this machine that the browser comes back to after the consent.

It hears one answer at ``dinero.auth.redirect_uri``, on 127.0.0.1 only, and is gone (RFC 8252
§ 7.3). Whatever else a browser asks for, like a favicon, is answered with 404 and doesn't count.
"""

import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from queue import Empty, SimpleQueue
from socketserver import TCPServer, ThreadingMixIn
from urllib.parse import urlsplit

from dinero_sync.dinero.auth import loopback_page
from dinero_sync.dinero.auth.callback import is_answer
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.domain.spoken import spoken

ADDRESS = "127.0.0.1"
OUR_NAMES = frozenset({ADDRESS, "localhost"})
ANSWER_SECONDS = 600.0
"""How long a person may take to log in and consent."""
CONNECTION_SECONDS = 10.0
"""How long a connection may stay silent: browsers open some that they never use."""
POLL_SECONDS = 0.05
LARGEST_FORM = 65536
"""Bytes; a form with code, state and an identity token has a few thousand."""
HTTP_PORT = 80


class NotListeningError(NotConnectedError):
    """This machine can't hear the answer: the address has to be pasted back."""


def is_on_this_machine(redirect_uri: str) -> bool:
    """Tell whether the browser comes back to this machine, if it runs here as well."""
    parts = urlsplit(redirect_uri)
    return parts.scheme == "http" and parts.hostname in OUR_NAMES


@contextmanager
def listening(redirect_uri: str, check: Callable[[str], None]) -> Iterator["Listener"]:
    """Listen for the answer while the block runs.

    ``check`` gets the whole address and raises an error where it mustn't be used: only after that
    the browser is told how it went. Raises NotListeningError when the port is taken or
    the address isn't on this machine.
    """
    if not is_on_this_machine(redirect_uri):
        raise NotListeningError(
            spoken(
                "{redirect_uri} isn't on this machine. Nothing was changed. Open the address "
                "in any browser, and paste back the address that it ends at.",
                redirect_uri=redirect_uri,
            )
        )
    with Listener(redirect_uri, check) as listener:
        serve = listener.serve_forever
        threading.Thread(target=serve, args=(POLL_SECONDS,), daemon=True).start()
        try:
            yield listener
        finally:
            listener.shutdown()


def open_browser(url: str) -> bool:
    """Open ``url`` in a graphical browser; False where there is none."""
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform == "linux" and not has_screen:
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # Exactly this class stands for browsers that take over the terminal, like lynx and w3m.
    if type(browser) is webbrowser.GenericBrowser:
        return False
    return browser.open(url)


class Listener(ThreadingMixIn, TCPServer):
    """An open port that waits for the one answer.

    With threads, because a browser's unused connection would keep the real one waiting. Not
    ``http.server.HTTPServer``: that asks the name service for this machine's name.
    """

    allow_reuse_address = True

    def __init__(self, redirect_uri: str, check: Callable[[str], None]) -> None:
        """Bind the port of ``redirect_uri``; raises NotListeningError when that isn't possible."""
        parts = urlsplit(redirect_uri)
        self.path = parts.path or "/"
        self.redirect_uri = redirect_uri
        self.check = check
        self.results: SimpleQueue[str | Exception] = SimpleQueue()
        self._connections: list[socket.socket] = []
        port = HTTP_PORT if parts.port is None else parts.port
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            raise NotListeningError(
                spoken(
                    "Port {port} of dinero.auth.redirect_uri can't be listened on ({strerror}). "
                    "Nothing was changed. Close the program that uses it and start again, or "
                    "open the address by hand and paste back the one it ends at.",
                    port=port,
                    strerror=error.strerror,
                )
            ) from error

    def answer(self, timeout_seconds: float = ANSWER_SECONDS) -> str:
        """Return the address that the browser came back to, once ``check`` has passed it.

        Raises what ``check`` raised, or NotConnectedError when nobody came in time.
        """
        try:
            result = self.results.get(timeout=timeout_seconds)
        except Empty:
            raise NotConnectedError(
                spoken(
                    "Nobody consented within {timeout_seconds} seconds. Nothing was changed. "
                    "Start again when you are ready: dinero-sync connect",
                    timeout_seconds=round(timeout_seconds),
                )
            ) from None
        if isinstance(result, Exception):
            raise result
        return result

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection, and remember it for the end."""
        connection, address = super().get_request()
        self._connections.append(connection)
        return connection, address

    def server_close(self) -> None:
        """Stop listening and end the connections that a browser holds open for later.

        Else it would ask this listener again, though the next one waits for the answer.
        """
        for connection in self._connections:
            with suppress(OSError):  # most of them have ended by themselves
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent on browsers that hang up; report anything else as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as given to us


class _Handler(BaseHTTPRequestHandler):
    server: Listener
    timeout = CONNECTION_SECONDS

    def do_GET(self) -> None:
        """Take an answer in the query (``response_mode=query``)."""
        self._take(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """Take an answer in a form (``response_mode=form_post``)."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_FORM:
            self._show(HTTPStatus.BAD_REQUEST, loopback_page.NOT_FOUND)
            return
        self._take(self.rfile.read(int(length)).decode("ascii", "replace"))

    def _take(self, query: str) -> None:
        if urlsplit(self.path).path != self.server.path or not is_answer(query):
            self._show(HTTPStatus.NOT_FOUND, loopback_page.NOT_FOUND)
            return
        callback_url = f"{self.server.redirect_uri}?{query}"
        try:
            self.server.check(callback_url)
        except Exception as error:  # noqa: BLE001 - answer() raises it where somebody waits for it
            self._finish(HTTPStatus.BAD_REQUEST, loopback_page.REFUSED, error)
        else:
            self._finish(HTTPStatus.OK, loopback_page.ACCEPTED, callback_url)

    def _finish(self, status: HTTPStatus, page: str, result: str | Exception) -> None:
        try:
            self._show(status, page)
        finally:
            # After the page: once the result is taken, the program may end.
            self.server.results.put(result)

    def _show(self, status: HTTPStatus, page: str) -> None:
        body = page.encode()
        self.send_response(status)
        for name, value in loopback_page.HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing: the request line carries the code."""
