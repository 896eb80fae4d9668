"""A shop that lists orders exactly as they are written, legible or not."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from dinero_sync.sandbox.shop.catalogue import start_catalogue

POLL_SECONDS = 0.02


class RawShop(ThreadingHTTPServer):
    """Serves ``orders``, each a JSON text, whatever time of change is asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on any free port of this machine."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.orders: dict[str, str] = {}
        """By a name of the test's own; listed in this sequence."""
        catalogue = start_catalogue()
        self.masters = {
            "payment-gateway": json.dumps(catalogue.gateways),
            "shipping": json.dumps(catalogue.shipping),
            "country": json.dumps(catalogue.countries),
        }

    def page(self, offset: int, limit: int) -> str:
        """Write a page of the list of orders."""
        texts = list(self.orders.values())
        shown = texts[offset : offset + limit]
        paging = {"offset": offset, "limit": limit, "count": len(shown), "total": len(texts)}
        return f'{{"paging":{json.dumps(paging)},"orders":[{",".join(shown)}]}}'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: RawShop

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        resource = address.path.strip("/")
        if resource == "order":
            query = parse_qs(address.query)
            self._answer(200, self.server.page(int(query["offset"][0]), int(query["limit"][0])))
        elif resource in self.server.masters:
            self._answer(200, self.server.masters[resource])
        else:
            self._answer(404, "404 Not Found")

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no line per request."""


@contextmanager
def open_raw_shop() -> Iterator[RawShop]:
    """Run such a shop in a thread of this process."""
    with RawShop() as shop:
        thread = threading.Thread(target=shop.serve_forever, args=(POLL_SECONDS,))
        thread.start()
        try:
            yield shop
        finally:
            shop.shutdown()
            thread.join()
