"""Somebody who works in the same books by hand, over Dinero's own wire."""

from decimal import Decimal
from typing import Any

import requests
from log_in import api_key_token

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import json_text
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.state import Sandbox

TIMEOUT_SECONDS = 10
Json = dict[str, Any]


class Bookkeeper:
    """A person with the company's books open."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Work in the books of ``sandbox``; logs in for each change, for tokens run out."""
        self.sandbox = sandbox
        self.session = requests.Session()
        self.session.trust_env = False

    def delete_draft(self, draft: Invoice) -> None:
        """Delete a draft."""
        self._send("DELETE", draft, "", {})

    def reprice_draft(self, draft: Invoice, price: Decimal) -> None:
        """Change the price of the first line of a draft."""
        first, *others = draft.fields["ProductLines"]
        changed = {**first, "BaseAmountValue": price}
        body = {**draft.fields, "ProductLines": [changed, *others]}
        self._send("PUT", draft, "", body, version="v1.2")

    def book(self, draft: Invoice) -> None:
        """Book a draft."""
        self._send("POST", draft, "/book", {})

    def pay(self, invoice: Invoice, amount: Decimal) -> None:
        """Register a payment from the bank."""
        body = {
            "DepositAccountNumber": 55000,
            "Amount": amount,
            "Description": "Bank",
            "RemainderIsFee": False,
        }
        self._send("POST", invoice, "/payments", body)

    def _send(
        self, method: str, invoice: Invoice, path: str, body: Json, version: str = "v1"
    ) -> None:
        base = f"{self.sandbox.url}/dinero/{version}/{credentials.ORGANIZATION_ID}"
        answer = self.session.request(
            method,
            f"{base}/invoices/{invoice.guid}{path}",
            data=json_text({**body, "Timestamp": invoice.timestamp}).encode(),
            headers={
                "Authorization": f"Bearer {api_key_token(self.sandbox, self.session)}",
                "Accept": "application/json",
                "Content-Type": "application/json",
            },
            timeout=TIMEOUT_SECONDS,
        )
        assert answer.ok, answer.text
