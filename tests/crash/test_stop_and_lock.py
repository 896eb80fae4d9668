"""Runs that are asked to stop, runs that meet in one folder, and machines that meet at Dinero."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator

import pytest
from crash_cases import prove
from crash_desk import DEADLINE_SECONDS, Desk
from crash_recovery import recovered
from crash_scenarios import SCENARIOS
from stop_signals import AtRequest
from two_machines import RACES

FIRST_DRAFT = 15
PATIENCE_SECONDS = 1.0


@pytest.fixture
def working(desk: Desk) -> Iterator["subprocess.Popen[str]"]:
    """Start a run that stays in the middle of its work."""
    SCENARIOS["paid_orders"].begin(desk)
    arrived = AtRequest(FIRST_DRAFT, lambda: desk.sandbox.add_fault({"kind": "hang_after"}))
    desk.sandbox.faults = arrived
    process = desk.start("run")
    while desk.sandbox.request_count < FIRST_DRAFT:
        assert process.poll() is None
    yield process
    desk.sandbox.reset()
    process.kill()
    process.wait(DEADLINE_SECONDS)


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("number", ["13", "19", "22"])
def test_asked_to_stop_it_finishes_the_call_under_way(
    desk: Desk, number: str, signal_name: str
) -> None:
    assert prove(desk, f"stop/paid_orders/{number}/{signal_name}").violations == []


def test_asked_to_stop_it_ends_with_75(desk: Desk) -> None:
    prove(desk, "stop/paid_orders/13/SIGTERM")

    finished = [json.loads(line) for line in desk.log.read_text(encoding="utf-8").splitlines()]

    ends = [line["exit_code"] for line in finished if line["event"] == "run.finished"]
    assert ends == [75]


def test_asked_twice_it_stops_at_once_and_the_next_run_goes_on(
    desk: Desk, working: "subprocess.Popen[str]"
) -> None:
    os.kill(working.pid, signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        working.wait(PATIENCE_SECONDS)
    os.kill(working.pid, signal.SIGTERM)

    assert working.wait(DEADLINE_SECONDS) == -signal.SIGTERM
    desk.sandbox.clear_faults()
    assert recovered(desk, SCENARIOS["paid_orders"], 75, inside=True) == []


@pytest.mark.usefixtures("working")
def test_a_second_run_in_the_same_folder_leaves_with_0_and_says_so(desk: Desk) -> None:
    requests = desk.sandbox.request_count

    status = desk.give("run")

    last = json.loads(desk.log.read_text(encoding="utf-8").splitlines()[-1])
    assert (status, desk.sandbox.request_count) == (0, requests)
    assert "Another run" in last["message"]


@pytest.mark.parametrize("seed", range(3))
def test_two_machines_at_once_book_and_pay_once(desk: Desk, seed: int) -> None:
    assert prove(desk, f"race/paid_orders/{seed}").violations == []


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", sorted(set(RACES) - {"paid_orders"}))
def test_two_machines_at_once_credit_pay_back_and_post_once(
    desk: Desk, name: str, seed: int
) -> None:
    assert prove(desk, f"race/{name}/{seed}").violations == []
