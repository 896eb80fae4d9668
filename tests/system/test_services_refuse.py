"""When a service refuses or is away: the exit code, the words, and that nothing was booked."""

from pathlib import Path

import pytest
from desk import Desk, Finished
from invented_sales import an_order
from sandbox_process import SandboxProcess, sandbox_process

DINERO = {"service": "dinero"}


@pytest.fixture(autouse=True)
def work(one_order: int) -> int:
    """Give each run an order to book: one without work asks Dinero nothing."""
    return one_order


def assert_nothing_was_written(sandbox: SandboxProcess) -> None:
    assert sandbox.invoices() == []


def test_a_shop_that_refuses_the_key_is_77_and_names_it(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "wrong"})

    refused = desk.run("run")

    assert refused.status == refused.run_finished["exit_code"] == 77
    assert "shoporama.api_key" in refused.message
    assert_nothing_was_written(sandbox)


def test_a_wrong_api_key_is_77_and_says_where_to_make_one(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.auth.api_key": "wrong"})

    refused = desk.run("run")

    assert refused.status == 77
    assert "API-nøgler" in refused.message
    assert_nothing_was_written(sandbox)


def test_a_wrong_client_secret_is_77_and_names_it(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"dinero.auth.client_secret": "wrong"})

    refused = desk.run("run")

    assert refused.status == 77
    assert "dinero.auth.client_secret" in refused.message
    assert_nothing_was_written(sandbox)


def test_not_connected_yet_is_77_and_says_connect(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, auth="visma_connect")

    refused = desk.run("run")

    assert refused.status == 77
    assert "dinero-sync connect" in refused.message
    assert_nothing_was_written(sandbox)


def test_no_company_chosen_yet_is_77_and_says_connect(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})

    refused = desk.run("run")

    assert refused.status == 77
    assert "dinero-sync connect" in refused.message


def test_a_company_that_the_connection_does_not_see_is_77(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": 999})

    refused = desk.run("run")

    assert refused.status == 77
    assert "dinero.organization_id" in refused.message
    assert_nothing_was_written(sandbox)


@pytest.mark.slow  # it asks again after pauses, as the next one does
def test_dinero_down_is_75_and_the_next_run_books(
    desk: Desk, sandbox: SandboxProcess, work: int
) -> None:
    sandbox.add_fault("status_before", DINERO, status=503, times=None)

    stopped = desk.run("run")
    sandbox.ask("DELETE", "faults")
    resumed = desk.run("run")

    assert (stopped.status, stopped.outcomes) == (75, {})
    assert "status 503" in stopped.message
    assert (resumed.status, resumed.outcomes) == (0, {work: "booked"})


@pytest.mark.slow  # so does this one
def test_services_that_cannot_be_reached_are_75(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with sandbox_process("none") as gone:
        desk.configure(gone)

    stopped = desk.run("run")

    assert stopped.status == 75
    assert "Shoporama can't be reached" in stopped.message


def test_a_spent_quota_of_our_own_is_75_before_the_shop_is_asked(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"shoporama.daily_calls": 1})

    stopped = desk.run("run")

    assert stopped.status == 75
    assert "shoporama.daily_calls" in stopped.message
    assert len(sandbox.requests("shoporama")) == 1


def test_a_quota_that_the_shop_says_is_spent_is_75_at_once(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.change_settings(shop_daily_calls=0)

    stopped = desk.run("run")

    assert stopped.status == 75
    assert "quota" in stopped.message
    assert len(sandbox.requests("shoporama")) == 1


def test_a_run_that_may_not_wait_for_the_minute_limit_is_75_and_goes_on_later(
    desk: Desk, sandbox: SandboxProcess, work: int
) -> None:
    few = {"dinero.calls_per_minute": 3, "sync.deadline_minutes": 0.2}
    desk.configure(sandbox, few)

    stopped = desk.run("run")
    desk.configure(sandbox)
    resumed = desk.run("run")

    assert stopped.status == 75
    assert len(sandbox.requests("dinero")) > 3
    assert "sync.deadline_minutes" in stopped.message
    assert (resumed.status, resumed.outcomes) == (0, {work: "booked"})


def test_one_order_that_is_held_stops_no_other(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order(1), {**an_order(2), "total_price": 1})

    run = desk.run("run")

    assert run.status == 3
    assert sorted(run.outcomes.values()) == ["booked", "booked", "held"]


def test_a_damaged_journal_is_70_and_is_left_as_it_was(desk: Desk) -> None:
    desk.state.mkdir(mode=0o700)
    journal = desk.state / "journal.sqlite3"
    journal.touch(mode=0o600)
    journal.write_text("no database at all, and more than a header of it " * 20)
    before = journal.read_bytes()

    runs: list[Finished] = [desk.run("run"), desk.run("status")]

    assert [each.status for each in runs] == [70, 70]
    assert "journal.sqlite3" in runs[0].message
    assert journal.read_bytes() == before
