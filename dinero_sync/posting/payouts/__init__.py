"""What payment providers paid out, as it is posted: a ledger item, and whose its movements are."""

__all__ = ["elsewhere", "fee_bills", "matching", "plan", "settings", "unusable"]
