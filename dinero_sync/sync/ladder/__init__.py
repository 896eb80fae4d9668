"""The way up in Dinero: contact, draft, booking, margin, sending, gift card, payment."""

__all__ = [
    "contact",
    "foreign_invoices",
    "invoice",
    "ledger_items",
    "own_invoices",
    "step",
    "walk",
]
