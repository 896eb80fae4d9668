"""What is started by systemd and cron, or shown to be pasted, is a command that exists."""

import re
import subprocess
import sys
from functools import cache

import pytest
from operations_files import (
    CRON,
    PROGRAM,
    SERVICE,
    arguments_of,
    commands_to_paste,
    crontab_jobs,
    crontab_variables,
    scheduled_commands,
    values_of,
)

CRON_FIELD = re.compile(r"(\*|\d+)(/\d+)?")
CRON_RANGES = (range(60), range(24), range(1, 32), range(1, 13), range(8))


@cache
def help_of(*command: str) -> str:
    shown = subprocess.run(
        [sys.executable, "-m", "dinero_sync", *command, "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def options_in(help_text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_text))


def split(arguments: list[str]) -> tuple[list[str], str, list[str]]:
    """Return the common options, the command, and the options of the command."""
    common: list[str] = []
    rest = list(arguments)
    while rest[0].startswith("-"):
        common.append(rest.pop(0))
        if common[-1] in {"-c", "--config"}:
            rest.pop(0)
    return common, rest[0], [word for word in rest[1:] if word.startswith("-")]


def test_both_ways_to_schedule_start_a_run() -> None:
    assert values_of(SERVICE, "Service", "ExecStart") == [f"{PROGRAM} -q run"]
    assert any(job.startswith("*/10 * * * * dinero-sync -q run") for job in crontab_jobs())


@pytest.mark.parametrize("line", sorted({*scheduled_commands(), *commands_to_paste()}))
def test_the_command_and_its_options_exist(line: str) -> None:
    common, command, options = split(arguments_of(line))

    assert re.search(rf"^\s+{command}\b", help_of(), re.MULTILINE)
    assert set(common) <= options_in(help_of())
    assert set(options) <= options_in(help_of(command))


def test_the_page_and_the_report_name_how_to_begin_and_how_to_look() -> None:
    commands = {split(arguments_of(line))[1] for line in commands_to_paste()}

    assert commands >= {"init", "connect", "doctor", "status"}


@pytest.mark.parametrize("job", crontab_jobs())
def test_a_line_of_the_crontab_has_five_fields_that_cron_reads(job: str) -> None:
    *fields, command = job.split(maxsplit=5)

    assert len(fields) == len(CRON_RANGES)
    for field, allowed in zip(fields, CRON_RANGES, strict=True):
        match = CRON_FIELD.fullmatch(field)
        assert match is not None
        assert match[1] == "*" or int(match[1]) in allowed
    assert "%" not in command, "cron reads % as the end of the line"


def test_the_crontab_finds_the_program_and_mails_somebody() -> None:
    variables = crontab_variables()

    assert PROGRAM.removesuffix("/dinero-sync") in variables["PATH"].split(":")
    assert variables["MAILTO"]
    assert "$" not in "".join(variables.values()), "cron replaces no variables"


def test_a_run_by_cron_goes_to_the_log_and_not_into_a_mail() -> None:
    (run,) = (job for job in crontab_jobs() if " run " in job)
    words = run.split()

    assert words[words.index("run") + 1 : words.index("logger") + 1] == ["2>&1", "|", "logger"]


def test_the_gate_has_a_real_cron_and_a_real_systemd_start_them() -> None:
    gate = (CRON.parent / ".ci" / "run").read_text(encoding="utf-8")

    assert "\nmake schedulers\n" in gate
    assert "missing+=(cron)" in gate
