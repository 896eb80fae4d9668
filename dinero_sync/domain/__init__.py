"""What the shop sold and what the ledger should hold: plain values, no I/O, no clock.

Only the standard library is imported here. Amounts are :class:`~decimal.Decimal` in whole units of
the currency (kroner, not øre) with at most two decimals; accounting dates are dates in Copenhagen.
"""

__all__ = [
    "calendar",
    "chart",
    "documents",
    "eu_vat",
    "finding",
    "hold",
    "identity",
    "money",
    "order",
    "plain_text",
    "product",
    "spoken",
    "step",
    "unread",
    "zone",
]
