"""Log lines that monitoring relies on: their form, their fields, and where they appear."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

EVERY_LINE = {"event", "timestamp", "level", "run_id"}
OF_AN_OUTCOME = {
    "order_id",
    "outcome",
    "reason",
    "invoice_guid",
    "invoice_number",
    "total",
    "currency",
}
OF_A_RUN = {"outcomes", "calls", "seconds", "watermark", "exit_code", "journal_head"}
AN_AMOUNT = re.compile(r"\d+\.\d\d")


@pytest.fixture
def mixed(sandbox: SandboxProcess) -> set[int]:
    """Sell something to book, to hold, to skip and to wait for; returns the ids."""
    sandbox.sell(
        an_order(0),
        an_order_that_does_not_add_up(1),
        an_order(2, state="cancelled"),
        an_order(3, state="unpaid"),
    )
    return {FIRST_ORDER_ID + place for place in range(4)}


@pytest.mark.parametrize(
    "arguments",
    [("run",), ("-q", "run"), ("-v", "run"), ("run", "--json"), ("run", "--dry-run")],
    ids=" ".join,
)
def test_every_line_is_a_json_object_with_the_common_fields(
    desk: Desk, mixed: set[int], arguments: tuple[str, ...]
) -> None:
    run = desk.run(*arguments)

    assert len(run.events) >= 1
    for event in run.events:
        assert event.keys() >= EVERY_LINE
        assert datetime.fromisoformat(event["timestamp"]).utcoffset() == timedelta(0)
        assert event["level"] in {"debug", "info", "warning", "error"}
        assert UUID(event["run_id"])
    assert len({event["run_id"] for event in run.events}) == 1
    assert run.outcomes.keys() <= mixed


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--order", "#99"),
        ("run", "--sinc", "2026-12-01"),
        ("--log-format", "json", "show", "99"),
        ("--log-format", "json", "retry"),
    ],
)
def test_what_went_wrong_in_a_run_or_where_json_is_asked_for_is_a_json_line(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    failed = desk.run(*arguments)

    assert failed.status == 2
    assert len(failed.events) == len(failed.stderr.splitlines())
    assert all(event.keys() >= EVERY_LINE for event in failed.events)
    assert any(event["level"] == "error" and event["message"] for event in failed.events)


@pytest.mark.parametrize("arguments", [("show", "99"), ("retry",), ("statsu",), ("doctor", "-x")])
def test_elsewhere_it_is_text_wherever_stderr_goes(desk: Desk, arguments: tuple[str, ...]) -> None:
    failed = desk.run(*arguments)

    assert failed.status == 2
    assert failed.events == []
    assert max(map(len, failed.stderr.splitlines())) <= 80


@pytest.mark.parametrize("arguments", [("run",), ("-q", "run")], ids=" ".join)
def test_an_outcome_carries_exactly_its_fields(
    desk: Desk, mixed: set[int], arguments: tuple[str, ...]
) -> None:
    run = desk.run(*arguments)

    outcomes = run.events_named("order.outcome")
    assert [event.keys() for event in outcomes] == [EVERY_LINE | OF_AN_OUTCOME] * len(outcomes)
    assert {each["order_id"]: (each["outcome"], each["reason"]) for each in outcomes} == {
        FIRST_ORDER_ID: ("booked", None),
        FIRST_ORDER_ID + 1: ("held", "lines_do_not_add_up"),
        FIRST_ORDER_ID + 2: ("skipped", "cancelled"),
    }
    assert len(outcomes) == len(mixed) - 1, "an order that waits has no outcome"


def test_ids_are_numbers_guids_and_totals_text(desk: Desk, one_order: int) -> None:
    (outcome,) = desk.run("run").events_named("order.outcome")

    assert outcome["order_id"] == one_order
    assert outcome["invoice_number"] == 1001
    assert outcome["invoice_guid"] == "452c54aa-74d7-5bb0-b7a0-994c2ed29b59"
    assert AN_AMOUNT.fullmatch(outcome["total"])
    assert outcome["currency"] == "DKK"


@pytest.mark.parametrize("arguments", [("run",), ("-q", "run")], ids=" ".join)
def test_the_end_of_a_run_carries_exactly_its_fields(
    desk: Desk, mixed: set[int], arguments: tuple[str, ...]
) -> None:
    run = desk.run(*arguments)

    end = run.run_finished
    assert run.events[-1] == end
    assert end.keys() == EVERY_LINE | OF_A_RUN
    assert end["outcomes"] == {"booked": 1, "held": 1, "skipped": 1}
    assert sum(end["outcomes"].values()) == len(mixed) - 1
    assert end["calls"].keys() == {"shoporama", "dinero"}
    assert end["exit_code"] == run.status == 3
    assert datetime.fromisoformat(end["watermark"]).tzinfo
    assert end["seconds"] > 0
    assert end["journal_head"]


def test_the_calls_told_are_those_that_the_services_counted(
    desk: Desk, sandbox: SandboxProcess, mixed: set[int]
) -> None:
    told = desk.run("run").run_finished["calls"]

    assert told["shoporama"] == len(sandbox.requests("shoporama")) > 0
    assert told["dinero"] == len(sandbox.requests("dinero")) > len(mixed)


def test_the_head_of_the_journal_moves_with_work_and_stays_without(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    runs = [desk.run("run")]
    sandbox.sell(an_order())
    runs += [desk.run("run"), desk.run("run")]

    before, worked, idle = (run.run_finished["journal_head"] for run in runs)
    assert before != worked
    assert worked == idle


def test_a_run_that_is_stopped_by_a_service_ends_with_its_event_too(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"dinero.auth.api_key": "wrong"})

    stopped = desk.run("-q", "run")

    assert stopped.run_finished["exit_code"] == 77
    assert one_order not in stopped.outcomes
    assert any(event["event"] == "run.stopped" for event in stopped.events)


def test_secrets_in_a_file_that_others_can_read_are_warned_of(desk: Desk) -> None:
    desk.config.chmod(0o644)

    warnings = [each for each in desk.run("run").events if each["level"] == "warning"]

    assert {warning["key"] for warning in warnings} == {
        "shoporama.api_key",
        "dinero.auth.client_secret",
        "dinero.auth.api_key",
    }
    assert all("chmod 600" in warning["message"] for warning in warnings)
