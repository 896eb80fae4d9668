"""One run at a time, and a run that is asked to stop: nothing half done, the next one goes on."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from desk import Desk, wait_until
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess, by_reference

LONG_SECONDS = 60
SHORT_SECONDS = 1
A_DRAFT = {"service": "dinero", "method": "POST", "path": "*/invoices"}
A_BOOKING = {"service": "dinero", "method": "POST", "path": "*/book"}
ORDERS = 4


@pytest.fixture
def booked_in_the_end(sandbox: SandboxProcess) -> dict[str, int]:
    """Sell four mugs; returns how many payments the invoice of each must have in the end."""
    sandbox.sell(*(an_order(place) for place in range(ORDERS)))
    return {f"shoporama:{FIRST_ORDER_ID + place}": 1 for place in range(ORDERS)}


def payments_in(sandbox: SandboxProcess) -> dict[str, int]:
    """Return how many payments each booked invoice has; one that isn't booked fails."""
    invoices = by_reference(sandbox.invoices())
    assert [name for name, invoice in invoices.items() if not invoice["Number"]] == []
    return {name: len(invoice["Payments"]) for name, invoice in invoices.items()}


def hanging(
    desk: Desk, sandbox: SandboxProcess, match: dict[str, str], seconds: int
) -> subprocess.Popen[str]:
    """Start a run, and return when one of its calls has been sent and gets no answer."""
    sandbox.add_fault("hang_after", match, seconds=seconds)
    process = desk.start("run")
    wait_until(sandbox.met_a_fault)
    return process


def has_heard(process: subprocess.Popen[str], number: signal.Signals) -> bool:
    """Tell whether the process no longer catches the signal: it heard the first one."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (caught,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return not int(caught, 16) >> (number - 1) & 1


def test_a_second_run_leaves_at_once_and_says_why(
    desk: Desk, sandbox: SandboxProcess, booked_in_the_end: dict[str, int]
) -> None:
    first = hanging(desk, sandbox, A_DRAFT, LONG_SECONDS)
    asked = len(sandbox.requests())

    second = desk.run("run")
    others = [desk.run("retry", "--all"), desk.run("status"), desk.run("run", "--dry-run")]
    first.kill()
    desk.end_of(first)

    assert (second.status, second.stdout) == (0, "")
    assert "Another run of dinero-sync is at work" in second.message
    assert [each.status for each in others] == [75, 0, 0]
    assert "nothing was changed" in others[0].message, "what changes the journal says it didn't"
    assert len([each for each in sandbox.requests()[asked:] if each["method"] != "GET"]) <= 1
    assert desk.run("run").status == 0
    assert payments_in(sandbox) == booked_in_the_end


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
@pytest.mark.parametrize("match", [A_DRAFT, A_BOOKING], ids=["a draft", "a booking"])
def test_a_run_that_is_asked_to_stop_ends_its_call_and_the_next_run_completes(
    desk: Desk,
    sandbox: SandboxProcess,
    booked_in_the_end: dict[str, int],
    number: signal.Signals,
    match: dict[str, str],
) -> None:
    process = hanging(desk, sandbox, match, SHORT_SECONDS)
    asked = len(sandbox.requests())

    process.send_signal(number)
    stopped = desk.end_of(process)
    after_stop = len(sandbox.requests())
    resumed = desk.run("run")

    assert stopped.status == stopped.run_finished["exit_code"] == 75
    assert "asked to stop" in stopped.message
    assert after_stop == asked, "the call under way was the last"
    assert resumed.status == 0
    assert payments_in(sandbox) == booked_in_the_end
    assert sandbox.complaints() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_a_second_signal_stops_at_once_and_nothing_is_done_twice(
    desk: Desk,
    sandbox: SandboxProcess,
    booked_in_the_end: dict[str, int],
    number: signal.Signals,
) -> None:
    process = hanging(desk, sandbox, A_BOOKING, LONG_SECONDS)

    process.send_signal(number)
    wait_until(lambda: has_heard(process, number))
    process.send_signal(number)
    stopped = desk.end_of(process)
    resumed = desk.run("run")

    assert stopped.status == -number
    assert resumed.status == 0
    assert payments_in(sandbox) == booked_in_the_end


def test_a_run_that_waits_for_the_minute_limit_stops_when_it_is_asked_to(
    desk: Desk, sandbox: SandboxProcess, booked_in_the_end: dict[str, int]
) -> None:
    desk.configure(sandbox, {"dinero.calls_per_minute": 10})
    process = desk.start("run")
    wait_until(lambda: len(sandbox.requests("dinero")) >= 10)

    process.send_signal(signal.SIGTERM)
    stopped = desk.end_of(process)
    desk.configure(sandbox)
    resumed = desk.run("run")

    assert stopped.status == 75
    assert len(stopped.outcomes) < ORDERS
    assert resumed.status == 0
    assert payments_in(sandbox) == booked_in_the_end


def test_a_killed_run_leaves_no_lock_behind(
    desk: Desk, sandbox: SandboxProcess, booked_in_the_end: dict[str, int]
) -> None:
    process = hanging(desk, sandbox, A_BOOKING, LONG_SECONDS)
    os.kill(process.pid, signal.SIGKILL)
    desk.end_of(process)

    resumed = desk.run("run")

    assert resumed.status == 0
    assert "Another run" not in resumed.stderr
    assert payments_in(sandbox) == booked_in_the_end


def test_status_tells_of_a_run_that_was_killed(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order())
    process = hanging(desk, sandbox, A_BOOKING, LONG_SECONDS)
    during = desk.run("status")
    process.kill()
    desk.end_of(process)

    after = desk.run("status")

    assert "still at work" in during.stdout
    assert "Under way          1" in during.stdout
    assert "broke off" in after.stdout
