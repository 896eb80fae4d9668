"""Payouts on their way: from files to records, up the ladder of a ledger item, out of the inbox."""

__all__ = ["chargebacks", "elsewhere", "inbox", "item", "judge", "outcome", "uncredited", "walk"]
