"""``status`` says what keeps orders from being booked: with cron it is all that a person gets."""

import json
import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk, wait_until
from invented_sales import an_order
from sandbox_process import SandboxProcess

A_BOOKING = {"service": "dinero", "method": "POST", "path": "*/book"}


def alarms_of(desk: Desk) -> dict[str, str]:
    data = json.loads(desk.run("status", "--json").stdout)
    return {each["code"]: each["message"] for each in data["alarms"]}


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_a_key_that_is_refused_is_what_status_speaks_of(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "wrong"})
    failed = desk.run("run")
    status = desk.run("status")
    told = json.loads(desk.run("status", "--json").stdout)

    assert one_order
    assert (failed.status, status.status) == (77, 0)
    assert "The last run ended with 77, and none has ended well yet" in words_of(status.stdout)
    assert "Shoporama refused the API key" in words_of(status.stdout)
    assert "Nothing needs you" not in status.stdout
    assert told["needs_you"] is True
    assert told["last_run"]["message"].startswith("Shoporama refused the API key")
    assert told["last_good_run"] is None


def test_a_run_that_works_again_ends_the_alarm(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"shoporama.api_key": "wrong"})
    desk.run("run")
    desk.configure(sandbox)
    desk.run("run")
    status = desk.run("status")

    assert one_order
    assert "Nothing needs you." in status.stdout
    assert alarms_of(desk) == {}


def test_a_run_that_found_no_company_is_known_to_have_been_there(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})
    failed = desk.run("run")

    assert failed.status == 77
    assert "No company in Dinero is chosen yet" in alarms_of(desk)["last_run_failed"]


def test_after_connecting_the_company_is_known_and_looking_is_proposed(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})
    before = desk.run("status").stdout
    desk.run("connect")
    after = desk.run("status")

    assert "none yet: dinero-sync connect" in before
    assert "Company in Dinero  123456\n" in after.stdout
    assert "never; what it would do: dinero-sync plan" in after.stdout
    assert "dinero-sync run" not in after.stdout, "looking never proposes what books"
    assert json.loads(desk.run("status", "--json").stdout)["connected"] is True


def stopped_run(desk: Desk, sandbox: SandboxProcess) -> subprocess.Popen[str]:
    sandbox.sell(an_order())
    sandbox.add_fault("hang_after", A_BOOKING, seconds=60)
    process = desk.start("run")
    wait_until(sandbox.met_a_fault)
    process.send_signal(signal.SIGSTOP)
    return process


def test_a_run_that_was_stopped_days_ago_is_told_by_the_next_run_and_by_status(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    process = stopped_run(desk, sandbox)
    lock = desk.state / "run.lock"
    told = json.loads(lock.read_text(encoding="utf-8"))
    two_days_ago = datetime.now(UTC) - timedelta(days=2)
    late = {"since": two_days_ago.isoformat(), "until": two_days_ago.isoformat()}
    now = desk.run("run")
    lock.write_text(json.dumps({**told, **late}), encoding="utf-8")
    later = desk.run("run")
    retry = desk.run("retry", "--all")
    status = desk.run("status")
    alarm = alarms_of(desk)
    process.kill()
    desk.end_of(process)

    assert told["pid"] == process.pid
    assert now.status == 0, "a run that can be at work does what this one would have done"
    assert (later.status, retry.status, status.status) == (75, 75, 0)
    assert f"process {process.pid} on " in later.message
    assert later.events_named("run.finished") == [], "no run began"
    assert f"sudo kill -CONT {process.pid}" in status.stdout
    assert "Nothing needs you" not in status.stdout
    assert list(alarm) == ["stuck_run"]


def test_a_fault_of_the_program_is_a_run_that_ended(desk: Desk, one_order: int) -> None:
    desk.run("run")
    broken = "import dinero_sync.sync.intake.poll as p\ndel p.Poll.read\n"
    (desk.folder / "sitecustomize.py").write_text(broken, encoding="utf-8")
    desk.variables["PYTHONPATH"] = str(desk.folder)
    failed = desk.run("run")
    desk.variables.clear()

    assert one_order
    assert failed.status == 70
    assert (
        "A fault of the program ended the run: AttributeError"
        in (alarms_of(desk)["last_run_failed"])
    )


@pytest.mark.parametrize("option", [(), ("-c", "config.yaml")])
def test_commands_are_written_as_the_wrapper_is_called(
    desk: Desk, sandbox: SandboxProcess, option: tuple[str, ...]
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})
    desk.variables["DINERO_SYNC_COMMAND"] = "sudo dinero-sync"
    status = desk.run("status", *option)

    assert f"none yet: {' '.join(['sudo dinero-sync', *option])} connect\n" in status.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_user_that_nobody_logs_in_as_is_reached_by_sudo(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.configure(sandbox, {"dinero.organization_id": None})
    become = "import os\nos.geteuid = lambda: 65534\n"
    (desk.folder / "sitecustomize.py").write_text(become, encoding="utf-8")
    desk.variables["PYTHONPATH"] = str(desk.folder)
    desk.variables["DINERO_SYNC_CONFIG"] = str(desk.config)
    status = desk.run("status")

    asked = f"sudo -u nobody {desk.command} -c {desk.config} connect"
    assert asked in status.stdout


def test_a_plan_that_is_kept_is_applied_as_the_wrapper_is_called(
    desk: Desk, one_order: int
) -> None:
    desk.variables["DINERO_SYNC_COMMAND"] = "sudo dinero-sync"
    kept = desk.run("plan", "-o", "plan.json")

    assert one_order
    assert "  sudo dinero-sync apply plan.json" in kept.stdout


def test_status_needs_no_key_and_so_tells_also_where_none_is_handed_over(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order())
    desk.run("run")
    desk.configure(sandbox, {"shoporama.api_key": "${credential:not_handed_over}"})

    told = desk.run("status")

    assert (told.status, told.stderr) == (0, "")
    assert "Nothing needs you." in told.stdout
    assert desk.run("run").status == 78
