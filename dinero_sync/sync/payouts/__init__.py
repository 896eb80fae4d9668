"""Payouts on their way: from files to records, up the ladder of a ledger item, out of the inbox."""

__all__ = ["elsewhere", "fee_bills", "inbox", "item", "judge", "outcome", "walk"]
