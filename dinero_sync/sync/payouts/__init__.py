"""Payouts on their way: from files to records, up the ladder of a ledger item."""

__all__ = [
    "chargebacks",
    "elsewhere",
    "fee_bills",
    "item",
    "judge",
    "outcome",
    "uncredited",
    "walk",
]
