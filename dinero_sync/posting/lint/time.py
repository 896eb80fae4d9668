"""A start date that reaches back into periods that may be closed."""

from collections.abc import Iterator
from datetime import date, timedelta

from dinero_sync.posting.finding import Finding, Severity
from dinero_sync.posting.settings import PostingSettings

UNUSUAL = timedelta(days=31)
LONG_AGO = timedelta(days=92)
"""A quarter: the VAT period above 5 million kroner a year; below, it is half a year (momsloven
§ 57)."""


def time_findings(settings: PostingSettings, today: date) -> Iterator[Finding]:
    """Find orders that would be dated back."""
    age = today - settings.start_date
    if age <= UNUSUAL:
        return
    yield Finding(
        severity=Severity.WARNING if age > LONG_AGO else Severity.HINT,
        key="sync.start_date",
        message=f"Orders since {settings.start_date} are due, {age.days} days back. What isn't "
        "booked yet is dated on its own day, perhaps in a VAT period that is reported already. "
        "Nothing to do where they were all booked as they came.",
        source="bogføringsloven § 7 (registered as soon as possible); momsloven § 57; "
        "momsbekendtgørelsen § 93",
        mending="Look at what would be booked: dinero-sync run --dry-run. For a first run, choose "
        f"a day that nothing else has booked:\n\nsync:\n  start_date: {today.isoformat()}\n",
    )
