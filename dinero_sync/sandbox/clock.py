"""The sandbox's time: aware, in UTC, and naive Copenhagen text where Shoporama speaks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
Clock: TypeAlias = Callable[[], datetime]


def real_time(shift_seconds: float) -> datetime:
    """Return the present moment, moved by ``shift_seconds``."""
    return datetime.now(UTC) + timedelta(seconds=shift_seconds)


def copenhagen_day(moment: datetime) -> date:
    """Return the day that ``moment`` falls on in Copenhagen."""
    return moment.astimezone(COPENHAGEN).date()


def shop_time(moment: datetime) -> str:
    """Write ``moment`` as Shoporama does: Copenhagen wall time without a zone."""
    return moment.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M:%S")


def utc_text(moment: datetime) -> str:
    """Write ``moment`` as Dinero does: UTC without a zone, ``2026-11-23T04:15:00.43``.

    There are milliseconds without zeros at their end, and none at all where they are 0.
    """
    utc = moment.astimezone(UTC)
    fraction = f".{utc.microsecond // 1000:03d}".rstrip("0").rstrip(".")
    return utc.strftime("%Y-%m-%dT%H:%M:%S") + fraction
