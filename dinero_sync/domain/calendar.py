"""Accounting dates: the day it is in Copenhagen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def accounting_date(moment: datetime) -> date:
    """Return the Copenhagen day of an aware ``moment``; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("an accounting date needs a time with a zone")
    return moment.astimezone(COPENHAGEN).date()
