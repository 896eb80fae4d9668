"""Somebody who works in the same books by hand. Every change goes over Dinero's own wire."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import requests
from log_in import api_key_token

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.answers import json_text
from dinero_sync.sandbox.dinero.books import Invoice, Payment
from dinero_sync.sandbox.dinero.call import new_guid
from dinero_sync.sandbox.dinero.ledger import post_payment
from dinero_sync.sandbox.state import Sandbox

TIMEOUT_SECONDS = 10
Json = dict[str, Any]
OTHER_BUYER: Json = {"Name": "Bo Prøve", "Email": "bo@example.com"}


class Bookkeeper:
    """A person with the company's books open."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Log in."""
        self.sandbox = sandbox
        self.session = requests.Session()
        self.session.trust_env = False
        token = api_key_token(sandbox, self.session)
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.headers["Accept"] = "application/json"

    def create_contact(self, **fields: object) -> str:
        """Create a contact and return its guid."""
        person = {
            "Name": "Anna Prøve",
            "CountryKey": "DK",
            "IsPerson": True,
            "IsMember": False,
            "UseCvr": False,
        }
        guid: str = self._send("POST", "contacts", {**person, **fields})["ContactGuid"]
        return guid

    def delete_contact(self, guid: UUID | str) -> None:
        """Delete a contact."""
        self._send("DELETE", f"contacts/{guid}", None)

    def create_invoice(self, **fields: object) -> str:
        """Create a draft under an identity of Dinero's own and return its guid."""
        guid: str = self._send("POST", "invoices", dict(fields))["Guid"]
        return guid

    def delete_draft(self, invoice: Invoice) -> None:
        """Delete a draft."""
        self._send("DELETE", f"invoices/{invoice.guid}", {"Timestamp": invoice.timestamp})

    def edit_draft(self, invoice: Invoice, **fields: object) -> None:
        """Change fields of a draft."""
        body = {**invoice.fields, **fields, "Timestamp": invoice.timestamp}
        self._send("PUT", f"invoices/{invoice.guid}", body, version="v1.2")

    def reprice_draft(self, invoice: Invoice, price: Decimal) -> None:
        """Change the price of the first line of a draft."""
        first, *others = invoice.fields["ProductLines"]
        changed = {**first, "BaseAmountValue": float(price)}
        self.edit_draft(invoice, ProductLines=[changed, *others])

    def book(self, invoice: Invoice) -> None:
        """Book a draft."""
        self._send("POST", f"invoices/{invoice.guid}/book", {"Timestamp": invoice.timestamp})

    def credit(self, invoice: Invoice) -> None:
        """Credit the whole of a booked invoice, and book the credit note."""
        lines = [
            {**line.fields, "Comments": None}
            for line in invoice.lines
            if line.fields.get("LineType") != "Text"
        ]
        body = {
            "CreditNoteFor": invoice.guid,
            "ContactGuid": invoice.fields["ContactGuid"],
            "ShowLinesInclVat": True,
            "ProductLines": lines,
        }
        draft = self._send("POST", "sales/creditnotes", body)
        path = f"sales/creditnotes/{draft['Guid']}/book"
        self._send("POST", path, {"Timestamp": draft["TimeStamp"]})

    def pay(self, invoice: Invoice, amount: Decimal) -> None:
        """Register a payment from the bank."""
        body = {
            "Timestamp": invoice.timestamp,
            "DepositAccountNumber": 55000,
            "Amount": float(amount),
            "Description": "Bank",
            "RemainderIsFee": False,
        }
        self._send("POST", f"invoices/{invoice.guid}/payments", body)

    def pay_in_between(self, invoice: Invoice, amount: Decimal) -> None:
        """Register a payment at once, while a request of somebody else is under way."""
        payment = Payment(
            guid=new_guid(),
            deposit_account=55000,
            amount=amount,
            amount_in_currency=amount,
            fee=Decimal(0),
            description="Bank",
            external_reference=None,
            date=self.sandbox.today(),
        )
        invoice.payments.append(payment)
        post_payment(self.sandbox.organisation, invoice, payment)
        invoice.timestamp = self.sandbox.new_timestamp()

    def send(self, method: str, path: str, body: Json | None, version: str = "v1") -> Json:
        """Do anything else that a person may."""
        return self._send(method, path, body, version)

    def _send(self, method: str, path: str, body: Json | None, version: str = "v1") -> Json:
        url = f"{self.sandbox.url}/dinero/{version}/{credentials.ORGANIZATION_ID}/{path}"
        answer = self.session.request(
            method,
            url,
            data=None if body is None else json_text(body),
            timeout=TIMEOUT_SECONDS,
            headers={"Content-Type": "application/json"} if body is not None else {},
        )
        assert answer.ok, answer.text
        found: Json = answer.json() if answer.content else {}
        return found


def theirs(bookkeeper: Bookkeeper, price: str = "125.00", **fields: Any) -> str:  # noqa: ANN401 - any field of an invoice
    """Book an invoice that another integration, or a person, might have made."""
    line = {
        "BaseAmountValue": float(price),
        "Quantity": 1,
        "Discount": 0,
        "AccountNumber": 1000,
        "Description": "Krus",
        "Unit": "parts",
    }
    contact = fields.pop("ContactGuid", None) or bookkeeper.create_contact(**OTHER_BUYER)
    lines = fields.pop("ProductLines", [line])
    return bookkeeper.create_invoice(
        ContactGuid=contact, Date="2026-12-08", ShowLinesInclVat=True, ProductLines=lines, **fields
    )
