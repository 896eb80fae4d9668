"""What keeps orders from being booked is said, and what passes by itself isn't."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dinero_sync.cli.reports.status import message
from dinero_sync.errors import ExitCode
from dinero_sync.journal import runs
from dinero_sync.journal.database import open_journal
from dinero_sync.journal.folder.lock import Holder, run_lock
from dinero_sync.journal.folder.token_file import FILE_NAME as TOKENS
from dinero_sync.journal.runs import RunRecord
from dinero_sync.sync.run.alarms import Connection, Runs, alarms, connection_in, runs_in

NOW = datetime(2026, 12, 10, 11, 0, tzinfo=UTC)
CONNECTED = Connection(made=True, organization_id=1, expires_at=None, trouble=None)
REFUSED = "Shoporama refused the API key (status 401)."


def ended(exit_code: int, message: str | None = None, **ago: float) -> RunRecord:
    """Return a run that ended that long ago."""
    moment = NOW - timedelta(**ago)
    return RunRecord(
        run_id="r",
        started=moment - timedelta(minutes=1),
        finished=moment,
        exit_code=exit_code,
        summary={"message": message} if message else {},
    )


def broken_off(**ago: float) -> RunRecord:
    return RunRecord(
        run_id="r", started=NOW - timedelta(**ago), finished=None, exit_code=None, summary=None
    )


def told(
    last: RunRecord | None,
    good: RunRecord | None = None,
    *,
    at_work: bool = False,
    holder: Holder | None = None,
    connection: Connection = CONNECTED,
) -> dict[str, str]:
    """Return the messages by their codes."""
    found = Runs(last=last, last_good=good, at_work=at_work, holder=holder, ended=last)
    return {each.code: message(each) for each in alarms(found, connection, NOW)}


@pytest.mark.parametrize(
    "code", [ExitCode.STATE, ExitCode.NOT_CONNECTED, ExitCode.CONFIG], ids=lambda code: code.name
)
def test_what_no_later_run_gets_over_is_said_at_once_with_its_message(code: ExitCode) -> None:
    said = told(ended(code, REFUSED, minutes=5), ended(0, minutes=15))

    assert said["last_run_failed"].startswith(
        f"The last run ended with {int(code)}, and none has ended well since 2026-12-10 11:45."
    )
    assert REFUSED in said["last_run_failed"]


def test_without_any_run_that_worked_that_is_said() -> None:
    assert "none has ended well yet" in told(ended(78, minutes=5))["last_run_failed"]


@pytest.mark.parametrize("last", [ended(75, minutes=5), broken_off(minutes=5)])
def test_what_passes_by_itself_is_no_news_for_six_hours(last: RunRecord) -> None:
    assert told(last, ended(0, hours=5)) == {}
    assert list(told(last, ended(0, hours=7))) == ["no_run_ends_well"]
    assert list(told(last)) == ["no_run_ends_well"]


def test_a_run_that_broke_off_is_told_as_that() -> None:
    assert "It broke off" in told(broken_off(hours=1))["no_run_ends_well"]


@pytest.mark.parametrize("code", [0, 3, 4])
def test_runs_that_nothing_starts_any_more_are_missed_after_a_day(code: int) -> None:
    recent, old = ended(code, hours=23), ended(code, days=9)

    assert told(recent, recent) == {}
    assert "9 days ago" in told(old, old)["no_run_lately"]
    assert "systemctl list-timers dinero-sync.timer" in told(old, old)["no_run_lately"]


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (ended(77, REFUSED, days=2), "last_run_failed"),
        (ended(75, days=2), "no_run_ends_well"),
        (broken_off(days=2), "no_run_ends_well"),
    ],
)
def test_a_failure_after_which_nothing_starts_a_run_any_more_is_both(
    last: RunRecord, code: str
) -> None:
    said = told(last, ended(0, days=3))

    assert list(said) == [code, "no_run_lately"]
    assert "2 days ago" in said["no_run_lately"]


def test_a_run_from_the_future_says_nothing_about_today() -> None:
    ahead = ended(0, days=-2)

    assert "ahead of this machine's clock" in told(ahead, ahead)["no_run_lately"]


def test_a_run_that_is_at_work_makes_up_for_a_long_pause() -> None:
    old = ended(0, days=3)

    assert told(old, old, at_work=True) == {}


def test_before_the_first_run_nothing_is_missed() -> None:
    assert told(None) == {}


def test_a_process_that_can_not_be_at_work_is_named_first() -> None:
    since = NOW - timedelta(days=2)
    stuck = Holder(pid=77, host="shop", since=since, until=since + timedelta(hours=2))
    said = told(ended(77, minutes=5), at_work=True, holder=stuck)

    assert next(iter(said)) == "stuck_run"
    assert "process 77 on shop" in said["stuck_run"]


def test_a_process_that_can_be_at_work_is_no_news() -> None:
    busy = Holder(pid=77, host="shop", since=NOW, until=NOW + timedelta(hours=2))

    assert told(ended(0, minutes=5), ended(0, minutes=5), at_work=True, holder=busy) == {}


@pytest.mark.parametrize(("days", "words"), [(13, "ends on 2026-12-23"), (-1, "ended on")])
def test_a_connection_that_ends_is_said_ahead_of_time(days: int, words: str) -> None:
    expires_at = NOW + timedelta(days=days)
    ending = Connection(made=True, organization_id=1, expires_at=expires_at, trouble=None)

    assert words in told(None, connection=ending)["connection_expires"]


def test_a_connection_that_can_not_be_read_is_said() -> None:
    broken = Connection(made=False, organization_id=None, expires_at=None, trouble="tokens.json")

    assert told(None, connection=broken) == {"connection_unreadable": "tokens.json"}


def test_yesterdays_last_run_is_a_day_old() -> None:
    old = ended(0, hours=30)

    assert "a day ago" in told(old, old)["no_run_lately"]


def test_a_run_that_is_at_work_is_none_that_broke_off(tmp_path: Path) -> None:
    with closing(open_journal(tmp_path)) as db:
        runs.begin(db, "first", NOW)
        runs.finish(db, "first", NOW, 0, {})
        runs.begin(db, "second", NOW)
        with run_lock(tmp_path):
            during = runs_in(tmp_path, db)
        after = runs_in(tmp_path, db)

    assert during.ended is not None
    assert (during.at_work, during.ended.run_id) == (True, "first")
    assert after.ended is not None
    assert (after.at_work, after.ended.run_id) == (False, "second")
    assert after.last_good is not None
    assert after.last_good.run_id == "first"


def test_a_command_that_was_refused_says_nothing_about_runs(tmp_path: Path) -> None:
    with closing(open_journal(tmp_path)) as db:
        runs.begin(db, "a plan that is stale", NOW)
        runs.finish(db, "a plan that is stale", NOW, int(ExitCode.USAGE), {})
        found = runs_in(tmp_path, db)

    assert found.last is not None
    assert (found.ended, found.last_good) == (None, None)


def test_before_connecting_nothing_is_known_of_a_connection(tmp_path: Path) -> None:
    assert connection_in(tmp_path) == Connection(
        made=False, organization_id=None, expires_at=None, trouble=None
    )


def test_tokens_that_can_not_be_read_are_told_and_end_nothing(tmp_path: Path) -> None:
    (tmp_path / TOKENS).write_text("{", encoding="utf-8")
    trouble = connection_in(tmp_path).trouble

    assert trouble is not None
    assert "is damaged or half written" in trouble
