"""The report of a failed run: what it says, and that it neither floods nor keeps quiet too long."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from operations_files import REPORT_FAILURE

from dinero_sync.errors import ExitCode

UNIT = "dinero-sync.service"
LAST_LINES = '{"event": "config.problem", "line": 7, "message": "no such account"}'
FINISHED = '{{"exit_code": {status}, "outcomes": {{"booked": 2}}, "event": "run.finished"}}'

SYSTEMCTL = """#!/bin/sh
case "$2" in --property=Result) cat "$FAKES/result" ;; *) cat "$FAKES/status" ;; esac
"""
JOURNALCTL = """#!/bin/sh
case "$*" in
*--unit=dinero-sync-failed@dinero-sync.service.service*--since=-24h) cat "$FAKES/reported" ;;
*--unit=dinero-sync.service*--since=-6h) cat "$FAKES/lately" ;;
*--unit=dinero-sync.service*--lines=20) cat "$FAKES/last_lines" ;;
*) echo "unexpected: $*" >&2; exit 1 ;;
esac
"""
CURL = """#!/bin/sh
cat > "$FAKES/mail"
echo "$*" > "$FAKES/curl_arguments"
exit "$(cat "$FAKES/curl_status")"
"""


@dataclass
class Machine:
    """The programs the report asks, answering as a test wants it."""

    folder: Path
    answers: dict[str, str] = field(
        default_factory=lambda: {
            "result": "exit-code",
            "status": "3",
            "reported": "",
            "lately": "",
            "last_lines": LAST_LINES + "\n",
            "curl_status": "0",
        }
    )

    def report(self, *, mail_to: str = "owner@example.com") -> subprocess.CompletedProcess[str]:
        for name, text in self.answers.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        return subprocess.run(
            [REPORT_FAILURE, UNIT],
            env={
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "FAKES": str(self.folder),
                "MAIL_TO": mail_to,
                "MAIL_SERVER": "smtp://localhost",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def mail(self) -> str:
        """The mail that was handed over; empty when there was none."""
        path = self.folder / "mail"
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name, text in {"systemctl": SYSTEMCTL, "journalctl": JOURNALCTL, "curl": CURL}.items():
        program = tmp_path / name
        program.write_text(text, encoding="utf-8")
        program.chmod(0o700)
    return Machine(tmp_path)


def test_a_held_order_is_reported_with_what_to_do_and_the_last_lines(machine: Machine) -> None:
    reported = machine.report()

    assert reported.returncode == 0, reported.stderr
    for text in (reported.stdout, machine.mail):
        assert "sudo dinero-sync status" in text
        assert LAST_LINES in text
    assert "To: owner@example.com\n" in machine.mail
    assert "exit-code, status 3\n" in machine.mail
    arguments = (machine.folder / "curl_arguments").read_text(encoding="utf-8")
    assert "--mail-rcpt owner@example.com smtp://localhost" in arguments


@pytest.mark.parametrize("code", [code for code in ExitCode if code > ExitCode.USAGE])
def test_every_exit_status_has_a_meaning_of_its_own(machine: Machine, code: ExitCode) -> None:
    machine.answers["status"] = str(int(code))

    assert "The run broke off" not in machine.report().stdout


def test_a_run_that_was_killed_is_reported_as_broken_off(machine: Machine) -> None:
    machine.answers |= {"result": "timeout", "status": "3"}

    assert "The run broke off. Nothing is done twice" in machine.report().stdout


def test_a_missing_secret_is_named_as_such(machine: Machine) -> None:
    machine.answers["status"] = "243"

    assert "/etc/dinero-sync/credentials" in machine.report().stdout


def test_the_same_result_is_reported_once_a_day(machine: Machine) -> None:
    machine.answers["reported"] = machine.report().stdout
    (machine.folder / "mail").unlink()
    again = machine.report()

    assert (again.returncode, again.stdout, machine.mail) == (0, "", "")


def test_doubt_is_reported_even_after_a_hold_was(machine: Machine) -> None:
    machine.answers["reported"] = machine.report().stdout
    machine.answers["status"] = "4"

    assert "unclear what came of a request" in machine.report().stdout


@pytest.mark.parametrize("completed", [0, 3, 4])
def test_a_temporary_failure_is_no_news_while_runs_complete(
    machine: Machine, completed: int
) -> None:
    machine.answers |= {"status": "75", "lately": FINISHED.format(status=completed) + "\n"}
    reported = machine.report()

    assert (reported.returncode, reported.stdout, machine.mail) == (0, "", "")


def test_a_temporary_failure_that_lasts_is_reported(machine: Machine) -> None:
    machine.answers |= {"status": "75", "lately": FINISHED.format(status=75) + "\n"}

    assert "For 6 hours no run has come to its end" in machine.report().stdout


def test_completed_runs_hush_nothing_but_temporary_failures(machine: Machine) -> None:
    machine.answers |= {"status": "78", "lately": FINISHED.format(status=0) + "\n"}

    assert "The configuration can't be used" in machine.report().stdout


def test_a_mail_that_could_not_be_sent_is_tried_again(machine: Machine) -> None:
    machine.answers["curl_status"] = "7"
    failed = machine.report()
    machine.answers |= {"curl_status": "0", "reported": failed.stdout}
    (machine.folder / "mail").unlink()

    assert failed.returncode == 7
    assert machine.report().returncode == 0
    assert LAST_LINES in machine.mail


def test_without_an_address_the_report_goes_to_the_journal_alone(machine: Machine) -> None:
    reported = machine.report(mail_to="")

    assert reported.returncode == 0
    assert LAST_LINES in reported.stdout
    assert machine.mail == ""
