"""Invoices of a few rows, to be credited."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from builders import a_plan

from dinero_sync.domain.documents import Invoice, InvoiceLine


def a_row(text: str, price: str, quantity: str = "1", **fields: Any) -> InvoiceLine:  # noqa: ANN401 - any field of a line
    """Return a line of goods with Danish VAT."""
    usual: dict[str, object] = {
        "description": text,
        "comments": None,
        "quantity": Decimal(quantity),
        "unit_price": Decimal(price),
        "account": 1000,
        "vat_rate": Decimal(25),
        "unit": "parts",
        "rule": "sales_account",
    }
    return InvoiceLine(**{**usual, **fields})


def freight(price: str, **fields: Any) -> InvoiceLine:  # noqa: ANN401 - as above
    """Return the line of freight."""
    return a_row("Fragt", price, unit="shipment", account=1350, **fields)


def gift_card(amount: str, text: str = "Indløst gavekort") -> InvoiceLine:
    """Return the line of a gift card that paid this much."""
    return a_row(text, f"-{amount}", rule="gift_cards")


def an_invoice(*lines: InvoiceLine, language: str = "da-DK") -> Invoice:
    """Return an invoice of these lines."""
    return replace(a_plan().invoice, lines=lines, language=language)
