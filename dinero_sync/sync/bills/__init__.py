"""Bills on their way: from files to records, up the ladder of a voucher, and out of the inbox."""

__all__ = ["climb", "elsewhere", "inbox", "judge", "outcome", "walk"]
