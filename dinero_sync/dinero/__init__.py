"""The wire to the ledger: Dinero's API, its authorisation, and nothing about orders."""

__all__ = [
    "answers",
    "body",
    "contacts",
    "credit_notes",
    "entries",
    "errors",
    "invoices",
    "ledger_items",
    "mail_outs",
    "organisations",
    "payments",
    "transport",
    "write",
]
