"""An accounting date is the day it is in Copenhagen."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from dinero_sync.domain.calendar import accounting_date


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 12, 3, 5, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 12, 2)),
    ],
    ids=["winter", "new year", "summer", "summer midnight", "the hour that is skipped", "Tokyo"],
)
def test_the_day_turns_at_midnight_in_copenhagen(moment: datetime, day: date) -> None:
    assert accounting_date(moment) == day


def test_a_time_without_a_zone_has_no_accounting_date() -> None:
    with pytest.raises(ValueError, match="needs a time with a zone"):
        accounting_date(datetime(2026, 12, 3, 12, 0))  # noqa: DTZ001 - the point of the test
