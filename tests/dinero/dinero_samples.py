"""What the tests of Dinero's wire share: documents, a session, answers, and the official schema."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import responses
from manual_clock import MORNING, ManualClock

from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.transport import Transport, result_of
from dinero_sync.dinero.write import Result, Write
from dinero_sync.domain.documents import (
    BuyerKind,
    Contact,
    Invoice,
    InvoiceLine,
    LedgerItem,
    Payment,
    PaymentTerms,
    PaymentTermsType,
)
from dinero_sync.http import HttpClient
from dinero_sync.sandbox.checks import Reading, read_body
from dinero_sync.sandbox.openapi import operations

API = "https://api.dinero.example"
ORGANIZATION = 123456
CONTACT_GUID = UUID("7d3336e2-3a15-5f7b-af79-bad6355fd795")
INVOICE_GUID = UUID("452c54aa-74d7-5bb0-b7a0-994c2ed29b59")
ITEM_GUID = UUID("0b8c1f66-8d0a-5f52-9c4f-5f7a31a7d4a1")
TIMESTAMP = "00000000020A5EA8"
REFERENCES = {"order_reference": "REQ-7", "attention": "Bo Prøve"}
NEXT_TIMESTAMP = "00000000020A5EA9"
DAY = date(2026, 12, 8)
MOMENT = datetime(2026, 12, 8, 9, 15, 30, 999999, tzinfo=UTC)

PERSONAL_DATA = ("Anna Prøve", "Prøvevej 7", "Aarhus C", "anna.proeve@example.com")


class TokenKeeper(BearerAuth):
    """Counts how often the session asked for another token."""

    def __init__(self) -> None:
        self.renewals = 0

    def renew_refused(self) -> None:
        self.renewals += 1


def a_session(
    tokens: TokenKeeper | None = None,
    clock: ManualClock | None = None,
    organization_id: int | None = ORGANIZATION,
) -> Transport:
    """Return a session whose pauses pass at once, and whose run ends after half an hour."""
    until_deadline = ManualClock(deadline=MORNING + timedelta(minutes=30))
    http = HttpClient(service="Dinero", timeout_seconds=5, clock=clock or until_deadline)
    return Transport(http, f"{API}/", organization_id, tokens or TokenKeeper())


def send(session: Transport, write: Write[Result]) -> Result:
    """Send a change as the ledger does, and return what came of it."""
    answer = session.send(write)
    if session.renewed_after(answer):
        answer = session.send(write)
    return result_of(write, answer)


def url(path: str, version: str = "v1") -> str:
    """Return the address of something of the company."""
    return f"{API}/{version}/{ORGANIZATION}/{path}"


def sent(number: int = 0) -> Any:  # noqa: ANN401 - whatever was sent
    """Return the body of a request as Dinero parses it, with exact numbers."""
    body = responses.calls[number].request.body
    assert isinstance(body, bytes)
    return json.loads(body, parse_float=Decimal)


def error_body(code: int | None = None, **fields: object) -> Mapping[str, object]:
    """Return an error in the form that clients of Dinero recorded, with what was sent in it."""
    return {
        "code": code,
        "message": "Anna Prøve, Prøvevej 7, Aarhus C isn't valid.",
        "validationErrors": {"Email": "anna.proeve@example.com is invalid"},
        "languageSpecificMessages": [{"property": "Name", "message": "Anna Prøve"}],
        "errorMessageList": [],
        **fields,
    }


def read_as_dinero_does(operation_id: str, text: str) -> Reading:
    """Check a body against the API's own schema: nothing dropped, nothing refused."""
    return read_body(operations()[operation_id], text.encode(), "application/json")


def a_contact(**overrides: Any) -> Contact:  # noqa: ANN401 - Contact itself refuses what it lacks
    """Return a person in Aarhus."""
    values = {
        "guid": CONTACT_GUID,
        "key": "anna.proeve@example.com",
        "kind": BuyerKind.CONSUMER,
        "name": "Anna Prøve",
        "attention": None,
        "street": "Prøvevej 7",
        "zip_code": "8000",
        "city": "Aarhus C",
        "country": "DK",
        "email": "anna.proeve@example.com",
        "vat_number": None,
        "ean": None,
    }
    return Contact(**{**values, **overrides})


def a_business(**overrides: Any) -> Contact:  # noqa: ANN401 - as above
    """Return a Danish company."""
    values = {
        "kind": BuyerKind.BUSINESS,
        "name": "Café Prøve ApS",
        "attention": "Anna Prøve",
        "vat_number": "DK90000039",
    }
    return a_contact(**{**values, **overrides})


def a_line(**overrides: Any) -> InvoiceLine:  # noqa: ANN401 - as above
    """Return one mug at 125.00."""
    values = {
        "description": "Krus",
        "comments": None,
        "quantity": Decimal(1),
        "unit_price": Decimal("125.00"),
        "account": 1000,
        "vat_rate": Decimal(25),
        "unit": "parts",
        "rule": "sales_account",
    }
    return InvoiceLine(**{**values, **overrides})


def an_invoice(**overrides: Any) -> Invoice:  # noqa: ANN401 - as above
    """Return a paid invoice of one mug."""
    values = {
        "guid": INVOICE_GUID,
        "reference": "shoporama:4815162",
        "date": DAY,
        "currency": "DKK",
        "language": "da-DK",
        "heading": "Faktura, ordre 10427",
        "comment": "Ordre 10427 af 08-12-2026.",
        "address": "Anna Prøve\nPrøvevej 7\n8000 Aarhus C",
        "terms": PaymentTerms(type=PaymentTermsType.PAID, days=None),
        "lines": (a_line(),),
    }
    return Invoice(**{**values, **overrides})


def a_payment(**overrides: Any) -> Payment:  # noqa: ANN401 - as above
    """Return the payment of that invoice, by card."""
    values = {
        "reference": "shoporama:4815162:payment",
        "deposit_account": 55010,
        "amount": Decimal("125.00"),
        "description": "Kort, ordre 10427",
    }
    return Payment(**{**values, **overrides})


def a_ledger_item(**overrides: Any) -> LedgerItem:  # noqa: ANN401 - as above
    """Return the margin of a second-hand sale, moved to an account with VAT."""
    values = {
        "guid": ITEM_GUID,
        "date": DAY,
        "description": "Fortjeneste, ordre 10427",
        "amount": Decimal("850.50"),
        "account": 1051,
        "vat_code": None,
        "balancing_account": 1052,
        "balancing_vat_code": "U25",
    }
    return LedgerItem(**{**values, **overrides})


def invoice_wire(**overrides: object) -> dict[str, object]:
    """Return an invoice as ``GET invoices/{guid}`` answers it."""
    return {
        "Guid": str(INVOICE_GUID),
        "TimeStamp": TIMESTAMP,
        "Status": "Draft",
        "Number": 9223372036854775807,
        "Date": "2026-12-08",
        "ExternalReference": "shoporama:4815162",
        "Currency": "DKK",
        "TotalInclVat": 125.0,
        "TotalVat": 25.0,
        "ContactGuid": str(CONTACT_GUID),
        "Comment": None,
        "DeletedAt": None,
        "ProductLines": [
            {"Description": "Krus", "AccountNumber": 1000, "TotalAmountInclVat": 125.0}
        ],
        **overrides,
    }


def page_of(
    items: list[Mapping[str, object]], size: int = 1000, number: int = 0
) -> Mapping[str, object]:
    """Return one page of a list."""
    pagination = {"MaxPageSizeAllowed": 1000, "PageSize": size, "Result": 0, "Page": number}
    return {"Collection": items, "Pagination": pagination}
