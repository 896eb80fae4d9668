"""The sandbox as a process of its own, and what a test asks of it: orders, books, faults."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import requests

from dinero_sync.sandbox.answers import json_text

TIMEOUT_SECONDS = 20
WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})

Json = dict[str, Any]
Service = Literal["shoporama", "dinero", "visma", "authz"]


@dataclass(frozen=True)
class SandboxProcess:
    """A running sandbox, reached over HTTP alone; amounts are read as Decimal."""

    url: str

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - whatever the route answers
        """Call a control route; one that refuses is a mistake of the test."""
        answer = requests.request(
            method,
            f"{self.url}/sandbox/{path}",
            data=None if body is None else json_text(body),
            headers={"Content-Type": "application/json"},
            timeout=TIMEOUT_SECONDS,
        )
        assert answer.ok, answer.text
        return answer.json(parse_float=Decimal)

    def reset(self) -> None:
        self.ask("POST", "reset")

    def config_text(self, auth: str, trigger: str) -> str:
        """Return the configuration that the sandbox offers to paste."""
        query = {"auth": auth, "trigger": trigger}
        answer = requests.get(f"{self.url}/sandbox/config", query, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.text

    def orders(self) -> list[Json]:
        """Return the shop's orders, raw."""
        found: list[Json] = self.ask("GET", "orders")
        return found

    def sell(self, *orders: Json) -> None:
        """Add raw orders to the shop."""
        self.ask("POST", "orders", list(orders))

    def change_order(self, order_id: int, **changes: object) -> None:
        """Change an order in the shop now."""
        self.ask("PATCH", f"orders/{order_id}", changes)

    def books(self) -> Json:
        found: Json = self.ask("GET", "books")
        return found

    def invoices(self) -> list[Json]:
        found: list[Json] = self.books()["invoices"]
        return found

    def complaints(self) -> list[Json]:
        found: list[Json] = self.ask("GET", "complaints")
        return found

    def requests(self, service: Service | None = None) -> list[Json]:
        """Return the log of requests to one of the services, or to all."""
        log: list[Json] = self.ask("GET", "requests")
        return [each for each in log if service is None or each["service"] == service]

    def writes(self) -> list[Json]:
        """Return the requests that could have changed something at a vendor."""
        writes = (each for each in self.requests() if each["method"] in WRITING_METHODS)
        return [each for each in writes if each["service"] in {"dinero", "shoporama"}]

    def met_a_fault(self) -> bool:
        """Tell whether a request has met one of the faults asked for."""
        return any(each["fault"] for each in self.requests())

    def add_fault(self, kind: str, match: dict[str, str], **options: object) -> None:
        self.ask("POST", "faults", {"kind": kind, "match": match, **options})

    def change_settings(self, **settings: object) -> None:
        self.ask("POST", "settings", settings)

    def revoke_consents(self) -> None:
        """Withdraw every consent, as the owner of the company may at any time."""
        self.ask("DELETE", "consents")


@contextmanager
def sandbox_process(orders: Literal["seeded", "none"]) -> Iterator[SandboxProcess]:
    """Run a sandbox while the block lasts."""
    command = [sys.executable, "-m", "dinero_sync.sandbox", "--port", "0", "--orders", orders]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield SandboxProcess(json.loads(process.stdout.readline())["url"])
        finally:
            process.terminate()


def by_reference(invoices: Iterable[Json]) -> dict[str, Json]:
    """Return invoices by their external reference, which no two may share."""
    found = list(invoices)
    named = {str(invoice["ExternalReference"]): invoice for invoice in found}
    assert len(named) == len(found)
    return named
