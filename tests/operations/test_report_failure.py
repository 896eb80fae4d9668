"""The report of a failed run: what it says, and that it neither floods nor keeps quiet too long."""

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from email import message_from_string, policy
from os import uname
from pathlib import Path

import pytest
from operations_files import REPORT_FAILURE

from dinero_sync.errors import ExitCode

UNIT = "dinero-sync.service"
LAST_LINES = '{"event": "config.problem", "line": 7, "message": "no such account"}'
FINISHED = '{{"exit_code": {status}, "outcomes": {{"booked": 2}}, "event": "run.finished"}}'

INVOCATION = "a277f0a3e8d843c79aae29db3a918309"
NO_BUS = """#!/bin/sh
echo "Failed to get properties: Transport endpoint is not connected" >&2
exit 1
"""
"""What systemctl says to a service with DynamicUser= on Debian 12."""
JOURNALCTL = """#!/bin/sh
case "$*" in
*--unit=dinero-sync-failed@dinero-sync.service.service*--since=-24h) cat "$FAKES/reported" ;;
*--unit=dinero-sync-failed@dinero-sync-watch.service.service*--since=-24h) ;;
*--unit=dinero-sync.service*--since=-6h) cat "$FAKES/lately" ;;
"--quiet --output=cat --lines=20 _SYSTEMD_INVOCATION_ID=$THIS + INVOCATION_ID=$THIS")
    cat "$FAKES/last_lines" ;;
*--unit=dinero-sync.service*--lines=20) echo "a later run" ;;
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
            "reported": "",
            "lately": "",
            "last_lines": LAST_LINES + "\n",
            "curl_status": "0",
        }
    )

    result: dict[str, str] = field(
        default_factory=lambda: {
            "MONITOR_SERVICE_RESULT": "exit-code",
            "MONITOR_EXIT_CODE": "exited",
            "MONITOR_EXIT_STATUS": "3",
            "MONITOR_INVOCATION_ID": INVOCATION,
            "MONITOR_UNIT": UNIT,
        }
    )
    """What systemd 252 tells a unit that OnFailure= starts (seen on Debian 12)."""
    variables: dict[str, str] = field(default_factory=dict)

    def ended_with(self, status: int | str, result: str = "exit-code") -> None:
        """Have the run end like this."""
        self.result |= {"MONITOR_SERVICE_RESULT": result, "MONITOR_EXIT_STATUS": str(status)}

    unit: str = UNIT
    script: Path = REPORT_FAILURE
    language: str = "en"
    """What the run left."""

    def left(self, name: str, text: str) -> None:
        """Leave a file as a run does in its unit's runtime folder."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def report(self, *, mail_to: str = "owner@example.com") -> subprocess.CompletedProcess[str]:
        for name, text in self.answers.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        if self.language:
            self.left("language", f"{self.language}\n")
        return subprocess.run(
            [self.script, self.unit],
            env={
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "FAKES": str(self.folder),
                "THIS": INVOCATION,
                **self.result,
                "MAIL_TO": mail_to,
                "MAIL_SERVER": "smtp://localhost",
                "LEFT_IN": str(self.folder),
                **self.variables,
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

    @property
    def subject(self) -> str:
        """The subject of the mail, as its reader sees it."""
        return str(message_from_string(self.mail, policy=policy.default)["Subject"])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name, text in {"systemctl": NO_BUS, "journalctl": JOURNALCTL, "curl": CURL}.items():
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
    assert machine.subject == f"dinero-sync on {uname().nodename}: orders are held for you"
    arguments = (machine.folder / "curl_arguments").read_text(encoding="utf-8")
    assert "--mail-rcpt owner@example.com smtp://localhost" in arguments


@pytest.mark.parametrize("status", [ExitCode.HELD, ExitCode.IN_DOUBT])
def test_the_mail_holds_what_status_says_and_names_the_orders(
    machine: Machine, status: ExitCode
) -> None:
    machine.ended_with(int(status))
    said = "1 ordre venter på jer:\n\n  #10427  lines_do_not_add_up\n    Ret ordren i butikken.\n"
    machine.left(f"status.{INVOCATION}", said)
    machine.language = "da"
    machine.report()

    assert machine.mail.endswith(f"endte med exit-code, status {status}.\n\n{said}")


def test_of_many_shops_the_mail_holds_what_status_says_whatever_the_matter(
    machine: Machine,
) -> None:
    machine.ended_with(int(ExitCode.CONFIG))
    machine.answers["last_lines"] = '{"shop": "mugs", "event": "config.problem"}\n'
    said = "mugs: the configuration can't be used\n"
    machine.left(f"status.{INVOCATION}", said)

    machine.report()

    assert machine.mail.endswith(f"status 78.\n\n{said}")


def test_what_status_said_after_another_run_is_not_told(machine: Machine) -> None:
    machine.left("status.0123456789", "of a run before")
    machine.report()

    assert LAST_LINES in machine.mail
    assert "of a run before" not in machine.mail


def test_of_another_trouble_the_log_is_told(machine: Machine) -> None:
    machine.ended_with(78)
    machine.left(f"status.{INVOCATION}", "of no use")
    machine.report()

    assert LAST_LINES in machine.mail
    assert "of no use" not in machine.mail


@pytest.mark.parametrize("status", [3, 4, 70, 75, 77, 78])
def test_what_the_run_told_itself_is_told_by_nobody_else(machine: Machine, status: int) -> None:
    machine.ended_with(status)
    machine.left(f"told.{INVOCATION}", f"told {status}\n")
    reported = machine.report()

    assert (reported.returncode, reported.stdout, machine.mail) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"told.{INVOCATION}", "untold 3\n"),
        (f"told.{INVOCATION}", "told 3\nuntold 77\n"),
        (f"told.{INVOCATION}", "told 0\n"),
        ("told.0123456789", "told 3\n"),
    ],
    ids=["not told", "one shop told and the other not", "killed after it told", "another run"],
)
def test_what_the_run_did_not_tell_is_reported(machine: Machine, name: str, text: str) -> None:
    machine.left(name, text)
    machine.report()

    assert LAST_LINES in machine.mail


ENDS = [
    *((str(status), "exit-code", "") for status in (1, 2, 3, 4, 70, 75, 77, 78)),
    ("77", "exit-code", "Shoporama"),
    ("77", "exit-code", "Dinero"),
    *((str(status), "exit-code", "") for status in (200, 203, 216, 217, 226, 238, 243)),
    ("TERM", "timeout", ""),
    ("", "resources", ""),
    ("", "unknown", ""),
]
COMMAND = re.compile(r"(?:sudo|systemctl|man|ls) [^`\n]*[^`\n.:]|^  .*", re.MULTILINE)
ENGLISH = re.compile(
    r"\b(?:the|orders?|waits?|runs?|began|which|what|and|see|is|of)\b", re.IGNORECASE
)


@pytest.mark.parametrize(("status", "result", "service"), ENDS)
def test_both_languages_say_the_same_of_every_end(
    machine: Machine, status: str, result: str, service: str
) -> None:
    machine.ended_with(status, result)
    machine.answers["last_lines"] = json.dumps(
        {"message": f"{service} refused it", "exit_code": 77}
    )
    told = {}
    subjects = {}
    for language in ("en", "da"):
        machine.language = language
        machine.report()
        told[language] = machine.mail.partition("\n\n")[2].partition(machine.answers["last_lines"])[
            0
        ]
        subjects[language] = machine.subject

    assert sorted(COMMAND.findall(told["en"])) == sorted(COMMAND.findall(told["da"]))
    words = COMMAND.sub("", told["da"]).replace("service", "").partition("\n")[2]
    assert ENGLISH.findall(words) == []
    assert subjects["en"] != subjects["da"]
    assert subjects["da"].startswith(f"dinero-sync på {uname().nodename}: ")


@pytest.mark.parametrize(
    ("left", "variables", "words"),
    [
        ("en", {"LANG": "da_DK.UTF-8"}, "One or more orders"),
        ("da", {"LANG": "en_GB.UTF-8"}, "En eller flere ordrer"),
        ("", {"LANG": "en_GB.UTF-8"}, "One or more orders"),
        ("", {"LANG": "C.UTF-8"}, "En eller flere ordrer"),
        ("", {}, "En eller flere ordrer"),
    ],
)
def test_its_language_is_the_configurations_or_the_machines_or_danish(
    machine: Machine, left: str, variables: dict[str, str], words: str
) -> None:
    machine.language = left
    machine.variables = variables

    assert words in machine.report().stdout


def test_silence_is_told_as_that(machine: Machine) -> None:
    machine.unit = "dinero-sync-watch.service"
    told = machine.report().stdout

    assert "No run has ended for a day" in told
    assert "systemctl list-timers dinero-sync.timer" in told
    assert machine.subject.endswith("no run comes any more")


def test_what_was_reported_of_the_runs_is_not_told_of_the_watch_again(machine: Machine) -> None:
    machine.ended_with(78)
    machine.answers["reported"] = machine.report().stdout
    (machine.folder / "mail").unlink()
    machine.unit = "dinero-sync-watch.service"
    again = machine.report()

    assert (again.returncode, again.stdout, machine.mail) == (0, "", "")


@pytest.mark.parametrize(
    ("program", "way"),
    [
        ("/usr/lib/dinero-sync/bin/dinero-sync", "sudo apt install --reinstall"),
        ("/opt/pipx/venvs/dinero-sync/bin/dinero-sync", "--clear /opt/pipx/venvs/dinero-sync"),
    ],
)
def test_the_program_is_made_anew_the_way_it_was_installed(
    machine: Machine, program: str, way: str
) -> None:
    installed = machine.folder / "report-failure"
    text = REPORT_FAILURE.read_text(encoding="utf-8")
    installed.write_text(text.replace("/opt/dinero-sync/bin/dinero-sync", program), "utf-8")
    installed.chmod(0o700)
    machine.script = installed
    machine.ended_with(203)

    assert way in machine.report().stdout


@pytest.mark.parametrize("code", [code for code in ExitCode if code > ExitCode.USAGE])
def test_every_exit_status_has_a_meaning_of_its_own(machine: Machine, code: ExitCode) -> None:
    machine.ended_with(int(code))
    reported = machine.report().stdout

    assert "The run broke off" not in reported
    assert "No run began" not in reported


def test_a_run_that_was_killed_is_reported_as_broken_off(machine: Machine) -> None:
    machine.ended_with("TERM", "timeout")

    assert "The run broke off. Nothing is done twice" in machine.report().stdout


def test_a_missing_secret_is_named_as_such(machine: Machine) -> None:
    machine.ended_with(243)

    assert "sudo ls -l /etc/dinero-sync/credentials" in machine.report().stdout


BEFORE_ANY_RUN = {
    1: "sudo python3 -m venv --clear /opt/dinero-sync",
    203: "sudo python3 -m venv --clear /opt/dinero-sync",
    216: "sudo useradd --system",
    217: "sudo useradd --system",
    226: "Use cron instead",
    238: "ls -ld /var/lib/dinero-sync",
    243: "cron/README.md has another way",
    200: "Process Exit Codes",
    240: "Process Exit Codes",
}


@pytest.mark.parametrize(("status", "way_out"), BEFORE_ANY_RUN.items())
def test_a_program_that_never_started_is_no_run_that_broke_off(
    machine: Machine, status: int, way_out: str
) -> None:
    machine.ended_with(status)
    reported = " ".join(machine.report().stdout.split())

    assert "so no run began" in reported
    assert way_out in reported
    assert "broke off" not in reported


def test_where_not_even_a_process_began_no_run_began(machine: Machine) -> None:
    machine.ended_with("", "resources")
    del machine.result["MONITOR_EXIT_STATUS"], machine.result["MONITOR_EXIT_CODE"]

    assert "so no run began" in machine.report().stdout


def test_the_report_asks_nobody_how_the_run_ended(machine: Machine) -> None:
    reported = machine.report()

    assert (reported.returncode, reported.stderr) == (0, "")
    assert "a later run" not in reported.stdout + machine.mail


REFUSED_KEY = {
    "event": "run.stopped",
    "message": "Shoporama refused the API key (status 401). No order was read.",
    "exit_code": 77,
}
NO_CONSENT = {
    "message": "No company in Dinero is chosen yet. Connect: dinero-sync connect",
    "exit_code": 77,
    "event": "command.failed",
}


def test_a_key_that_the_shop_refuses_sends_nobody_to_dinero(machine: Machine) -> None:
    machine.answers["last_lines"] = json.dumps(REFUSED_KEY) + "\n"
    machine.ended_with(77)
    machine.report()

    assert machine.subject.endswith(": Shoporama refuses the key")
    assert "status 77 (Shoporama).\n" in machine.mail
    assert "cat > /etc/dinero-sync/credentials/shoporama_api_key" in machine.mail
    assert "sudo dinero-sync connect" not in machine.mail


def test_access_that_dinero_refuses_is_mended_by_connecting(machine: Machine) -> None:
    machine.answers["last_lines"] = json.dumps(NO_CONSENT) + "\n"
    machine.ended_with(77)
    machine.report()

    assert machine.subject.endswith(": no access to Dinero")
    assert "status 77 (Dinero).\n" in machine.mail
    assert "sudo dinero-sync connect --no-browser" in machine.mail


def test_the_other_service_refusing_is_news_on_the_same_day(machine: Machine) -> None:
    machine.answers["last_lines"] = json.dumps(NO_CONSENT) + "\n"
    machine.ended_with(77)
    machine.answers["reported"] = machine.report().stdout
    machine.answers["last_lines"] = json.dumps(REFUSED_KEY) + "\n"

    assert "Shoporama refuses the API key" in machine.report().stdout


def test_a_refusal_that_names_nobody_is_left_to_status(machine: Machine) -> None:
    machine.ended_with(77)

    assert "Which of them, why, and what to do: sudo dinero-sync status" in machine.report().stdout


def test_a_trial_by_hand_is_told_as_a_trial(machine: Machine) -> None:
    machine.result = {}
    reported = machine.report()

    assert reported.returncode == 0, reported.stderr
    assert "started by hand, as a trial" in machine.mail
    assert "success" not in machine.mail


def test_the_same_result_is_reported_once_a_day(machine: Machine) -> None:
    machine.answers["reported"] = machine.report().stdout
    (machine.folder / "mail").unlink()
    again = machine.report()

    assert (again.returncode, again.stdout, machine.mail) == (0, "", "")


def test_doubt_is_reported_even_after_a_hold_was(machine: Machine) -> None:
    machine.answers["reported"] = machine.report().stdout
    machine.ended_with(4)

    assert "unclear what came of a request" in machine.report().stdout


@pytest.mark.parametrize("completed", [0, 3, 4])
def test_a_temporary_failure_is_no_news_while_runs_complete(
    machine: Machine, completed: int
) -> None:
    machine.ended_with(75)
    machine.answers["lately"] = FINISHED.format(status=completed) + "\n"
    reported = machine.report()

    assert (reported.returncode, reported.stdout, machine.mail) == (0, "", "")


def test_a_temporary_failure_that_lasts_is_reported(machine: Machine) -> None:
    machine.ended_with(75)
    machine.answers["lately"] = FINISHED.format(status=75) + "\n"

    assert "For 6 hours no run has come to its end" in machine.report().stdout


def finished(shop: str, status: int) -> str:
    return FINISHED.format(status=status).replace("{", f'{{"shop": "{shop}", ', 1) + "\n"


@pytest.mark.parametrize(
    ("lately", "told", "is_told"),
    [
        ([("mugs", 0), ("soap", 75), ("soap", 3)], "told 0\nuntold 75\n", False),
        ([("mugs", 0), ("soap", 75), ("soap", 75)], "told 0\nuntold 75\n", True),
        ([("mugs", 3), ("soap", 75), ("soap", 0)], "untold 3\nuntold 75\n", True),
        ([("mugs", 0), ("soap", 75), ("soap", 0)], "untold 78\nuntold 75\n", True),
    ],
    ids=["passing", "one for long", "one that waits for somebody", "one that is refused"],
)
def test_of_many_shops_one_that_is_well_hushes_no_other(
    machine: Machine, lately: list[tuple[str, int]], told: str, *, is_told: bool
) -> None:
    machine.ended_with(75)
    machine.answers["lately"] = "".join(finished(*each) for each in lately)
    machine.left(f"told.{INVOCATION}", told)

    assert machine.report().returncode == 0
    assert bool(machine.mail) is is_told


def test_completed_runs_hush_nothing_but_temporary_failures(machine: Machine) -> None:
    machine.ended_with(78)
    machine.answers["lately"] = FINISHED.format(status=0) + "\n"

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
