"""Bills on their way: from files to records, up the ladder of a voucher."""

__all__ = ["climb", "elsewhere", "judge", "outcome", "walk"]
