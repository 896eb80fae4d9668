"""What nobody expected: exit 70 and words, never a traceback with what it held in its hands."""

import json
import sqlite3
from collections.abc import Iterator

import pytest
import structlog
from click.testing import CliRunner
from desk import Desk

from dinero_sync.cli.group import dinero_sync
from dinero_sync.cli.reports import status

SECRET_IN_AN_ERROR = "a text that an exception may carry"


@pytest.fixture(autouse=True)
def log_context() -> Iterator[None]:
    yield
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


def test_a_fault_of_the_program_is_70_and_does_not_repeat_the_exception(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRET_IN_AN_ERROR)

    monkeypatch.setattr(status, "read_status", broken)

    result = CliRunner().invoke(
        dinero_sync, ["--log-format", "json", "-c", str(desk.config), "status"]
    )

    assert result.exit_code == 70
    assert SECRET_IN_AN_ERROR not in result.output
    (event,) = [json.loads(line) for line in result.stderr.splitlines()]
    assert event["level"] == "critical"
    assert "RuntimeError" in event["message"]


@pytest.mark.parametrize(
    "arguments",
    [("status",), ("retry", "--all"), ("show", "4815162"), ("run",)],
    ids=" ".join,
)
@pytest.mark.parametrize("table", ["subjects", "documents"])
def test_a_journal_that_lost_a_table_is_70_for_every_command(
    desk: Desk, one_order: int, arguments: tuple[str, ...], table: str
) -> None:
    assert desk.run("run").outcomes == {one_order: "booked"}
    with sqlite3.connect(desk.state / "journal.sqlite3") as db:
        db.execute(f"DROP TABLE {table}")
    db.close()

    failed = desk.run(*arguments)

    assert failed.status == 70
    assert "journal" in failed.message.lower()
