"""How the tests speak to the sandbox: as a client of Dinero, and as one of the shop."""

from dataclasses import dataclass, field
from uuid import uuid4

import requests

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import Json, JsonValue
from dinero_sync.sandbox.state import Sandbox

TIMEOUT_SECONDS = 5
SHOP_AUTHORIZATION = f"Shoporama {credentials.SHOP_TOKEN}"


@dataclass
class DineroCaller:
    """A well-behaved client of Dinero."""

    sandbox: Sandbox
    token: str
    timeout_seconds: float = TIMEOUT_SECONDS
    organisation: int = credentials.ORGANIZATION_ID
    session: requests.Session = field(default_factory=requests.Session)

    def call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        *,
        version: str = "v1",
        **query: str,
    ) -> requests.Response:
        return self.session.request(
            method,
            f"{self.sandbox.url}/dinero/{version}/{self.organisation}/{path}",
            json=body,
            params=query,
            headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"},
            timeout=self.timeout_seconds,
        )

    def get(self, path: str, *, version: str = "v1", **query: str) -> requests.Response:
        return self.call("GET", path, None, version=version, **query)

    def post(self, path: str, body: JsonValue, *, version: str = "v1") -> requests.Response:
        return self.call("POST", path, body, version=version)

    def new_contact(self, **fields: JsonValue) -> str:
        answer = self.post("contacts", contact_body(**fields))
        assert answer.status_code == 200, answer.text
        guid: str = answer.json()["ContactGuid"]
        return guid

    def new_draft(self, **fields: JsonValue) -> dict[str, str]:
        body = invoice_body(**{"ContactGuid": self.new_contact(), **fields})
        answer = self.post("invoices", body)
        assert answer.status_code == 200, answer.text
        draft: dict[str, str] = answer.json()
        return draft

    def book(self, draft: dict[str, str]) -> requests.Response:
        return self.post(f"invoices/{draft['Guid']}/book", {"Timestamp": draft["TimeStamp"]})

    def new_booked(self, **fields: JsonValue) -> Json:
        answer = self.book(self.new_draft(**fields))
        assert answer.status_code == 200, answer.text
        booked: Json = answer.json()
        return booked

    def pay(self, booked: Json, **fields: JsonValue) -> requests.Response:
        path = f"invoices/{booked['Guid']}/payments"
        return self.post(path, payment_body(booked["TimeStamp"], **fields))

    def add_item(self, *lines: Json, **fields: JsonValue) -> Json:
        """Add a ledger item of these lines; returns its id and version."""
        body = [ledger_item_body(*lines, **fields)]
        answer = self.post("ledgeritems", body, version="v1.2")
        assert answer.status_code == 200, answer.text
        (added,) = answer.json()
        item: Json = added
        return item

    def item_status(self, item: Json) -> Json:
        (found,) = self.post("ledgeritems/status", [{"Id": item["Id"]}]).json()
        status: Json = found
        return status

    def book_item(self, *lines: Json, **fields: JsonValue) -> Json:
        """Add a ledger item, book it, and ask until it is booked; returns its status."""
        item = self.add_item(*lines, **fields)
        answer = self.post("ledgeritems/book", [item])
        assert answer.status_code == 200, answer.text
        statuses = [self.item_status(item) for _ in range(3)]
        assert statuses[-1]["Status"] == "Booked"
        return statuses[-1]


@dataclass
class ShopCaller:
    """A well-behaved client of the shop."""

    sandbox: Sandbox
    session: requests.Session = field(default_factory=requests.Session)

    def get(
        self, path: str, authorization: str = SHOP_AUTHORIZATION, **query: str | int
    ) -> requests.Response:
        return self.session.get(
            f"{self.sandbox.url}/shoporama/REST/{path}",
            params=query,
            headers={
                "Authorization": authorization,
                "User-Agent": "sandbox-tests/1",
            },
            timeout=TIMEOUT_SECONDS,
        )


def contact_body(**fields: JsonValue) -> Json:
    """Return a contact that Dinero accepts."""
    return {
        "Name": "Asta Nørgaard",
        "CountryKey": "DK",
        "IsPerson": True,
        "IsMember": False,
        "UseCvr": False,
        **fields,
    }


def line_body(**fields: JsonValue) -> Json:
    """Return an invoice line that Dinero accepts."""
    return {
        "BaseAmountValue": 12.35,
        "Quantity": 1,
        "Discount": 0,
        "AccountNumber": 1000,
        "Description": "Krus med blå glasur",
        "Unit": "parts",
        **fields,
    }


def invoice_body(**fields: JsonValue) -> Json:
    """Return an invoice that Dinero accepts as a draft."""
    return {
        "Guid": str(uuid4()),
        "ShowLinesInclVat": True,
        "ProductLines": [line_body()],
        **fields,
    }


def payment_body(timestamp: str, **fields: JsonValue) -> Json:
    """Return a payment that Dinero accepts."""
    return {
        "Timestamp": timestamp,
        "DepositAccountNumber": 55010,
        "Amount": 12.35,
        "Description": "Ordre 10427",
        "RemainderIsFee": False,
        **fields,
    }


def ledger_line(**fields: JsonValue) -> Json:
    """Return a line of a ledger item that Dinero accepts: 100 kroner from the bank for fees."""
    return {
        "Description": "Gebyr",
        "Amount": 100,
        "AccountNumber": 7420,
        "BalancingAccountNumber": 55000,
        **fields,
    }


def ledger_item_body(*lines: Json, **fields: JsonValue) -> Json:
    """Return a ledger item that Dinero accepts, of one usual line when none is given."""
    return {"Id": str(uuid4()), "Lines": list(lines) or [ledger_line()], **fields}


def raw_order(order_id: int, last_modified: str = "2026-11-01 12:00:00") -> Json:
    """Return as much of an order as the shop itself looks at."""
    return {"order_id": order_id, "last_modified": last_modified, "paid": 0}
