"""A journal that another program reads or changes is a matter of time, and told as that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from business import Business, SandboxClock
from shop import ORDER_ID, raw_order
from structlog.testing import capture_logs

from dinero_sync.errors import ConfigError, ExitCode, Problem, TemporaryError
from dinero_sync.journal import database
from dinero_sync.sync.insight.rules_check import check_rules
from dinero_sync.sync.run.by_hand import open_state
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.setup.doctor import examine
from dinero_sync.sync.work.state import bound_organization


@pytest.fixture
def after_a_run(business: Business, monkeypatch: pytest.MonkeyPatch) -> Business:
    """Return a business with one order in the books, whose journal is waited for by nobody."""
    business.sell(raw_order())
    business.run_once()
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(database, "COMMIT_SECONDS", 0.0)
    return business


@pytest.fixture
def other(after_a_run: Business) -> Iterator[sqlite3.Connection]:
    """Open the journal in another program."""
    journal = after_a_run.state_folder / database.FILE_NAME
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        yield connection


def read_and_stay(other: sqlite3.Connection) -> None:
    """Read as a backup or a tool does that shows databases."""
    other.execute("BEGIN")
    other.execute("SELECT * FROM effects").fetchone()


def test_a_run_while_somebody_reads_the_journal_is_75_and_the_next_goes_on(
    after_a_run: Business, other: sqlite3.Connection
) -> None:
    read_and_stay(other)
    after_a_run.sell(raw_order(ORDER_ID + 1))

    finished = after_a_run.run_once()
    other.execute("ROLLBACK")
    after_a_run.run_once()

    assert finished.exit_code is ExitCode.TEMPORARY
    assert "Another program has the journal" in str(finished.result.stopped)
    assert "doctor --rebuild" not in str(finished.result.stopped)
    assert str(after_a_run.state_folder) in str(finished.result.stopped)
    assert len(after_a_run.invoices()) == 2


def test_what_ended_the_run_before_still_counts_where_its_end_cant_be_noted(
    after_a_run: Business, other: sqlite3.Connection
) -> None:
    def work(_: RunResult) -> None:
        read_and_stay(other)
        raise ConfigError([Problem(message="what has to be mended first")])

    finished = after_a_run.do(lambda place: ended(place, work))

    assert finished.exit_code is ExitCode.CONFIG
    assert str(finished.result.stopped) == "what has to be mended first"


def test_whatever_opens_it_while_somebody_changes_it_is_75(
    after_a_run: Business, other: sqlite3.Connection
) -> None:
    other.execute("BEGIN EXCLUSIVE")
    config, clock = after_a_run.loaded(), SandboxClock(after_a_run.sandbox)

    for open_it in (
        after_a_run.run_once,
        lambda: after_a_run.run_once(dry_run=True),
        lambda: open_state(config).__enter__(),
        lambda: bound_organization(after_a_run.state_folder),
    ):
        with pytest.raises(TemporaryError, match="Another program has the journal"):
            open_it()
    with after_a_run.in_a_process():
        codes = {each.exit_code for each in examine(config, str(after_a_run.config_file), clock)}
    assert codes == {ExitCode.OK, ExitCode.TEMPORARY}  # the way out needs no journal


def test_what_is_refused_within_a_command_names_the_journal(
    after_a_run: Business, other: sqlite3.Connection
) -> None:
    def change() -> None:
        with open_state(after_a_run.loaded()) as (db, _):
            read_and_stay(other)
            database.set_meta(db, "anything", "at all")

    with pytest.raises(TemporaryError, match=str(after_a_run.state_folder / database.FILE_NAME)):
        change()


def test_rules_are_checked_though_the_chart_cant_be_kept(
    after_a_run: Business, other: sqlite3.Connection
) -> None:
    read_and_stay(other)
    config, clock = after_a_run.loaded(), SandboxClock(after_a_run.sandbox)

    with after_a_run.in_a_process(), capture_logs() as log:
        findings = check_rules(config, str(after_a_run.config_file), clock)

    assert findings
    assert [each["event"] for each in log] == ["chart.not_kept"]
    assert "Another program has the journal" in log[0]["message"]
