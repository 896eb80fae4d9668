"""The systemd units: each line is explained, and the times and names in them fit together."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from operations_files import (
    CRON,
    CRONTAB,
    FAILED,
    README,
    REFERENCE_TO_CREDENTIAL,
    SERVICE,
    TIMER,
    UNITS,
    WATCH,
    WATCH_TIMER,
    minutes_of,
    settings_of,
    values_of,
)

from dinero_sync.config.model import Config
from dinero_sync.config.services import Http

MOST_EXPOSURE = 2.0
SECONDS_PER_MINUTE = 60
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here"
)


def default_deadline_minutes() -> int:
    sync = Config.model_fields["sync"].annotation
    assert sync is not None
    default = sync.model_fields["deadline_minutes"].default
    assert isinstance(default, int)
    return default


@pytest.fixture
def runnable_units(tmp_path: Path) -> Path:
    """Copy the units, with a program in them that every machine has."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        runnable = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(runnable, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("file", [*UNITS, CRONTAB], ids=lambda file: file.name)
def test_every_setting_has_its_reason_above_it(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    unexplained = [
        line
        for above, line in pairwise(lines)
        if line and line[0] not in "#["
        if not above.startswith("#") and above.partition("=")[0] != line.partition("=")[0]
    ]

    assert unexplained == []
    assert lines[0].startswith("# ")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_line_is_a_section_a_comment_or_a_setting(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").splitlines()
    strange = [line for line in lines if not re.fullmatch(r"|#.*|\[[A-Z]\w+\]|[A-Z]\w+=.*", line)]

    assert strange == []


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong(unit: Path, runnable_units: Path) -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", runnable_units / unit.name],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("page", ["many-shops.md", "mange-butikker.md"])
def test_systemd_takes_what_the_page_on_many_shops_adds(page: str, runnable_units: Path) -> None:
    text = (CRON.parent / "docs" / page).read_text(encoding="utf-8")
    (added,) = re.findall(r"```\n(\[Service\]\n.*?)```", text, re.DOTALL)
    folder = runnable_units / f"{SERVICE.name}.d"
    folder.mkdir()
    (folder / "override.conf").write_text(added, encoding="utf-8")

    verified = subprocess.run(
        ["systemd-analyze", "verify", runnable_units / SERVICE.name],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    assert "DINERO_SYNC_CONFIG=/etc/dinero-sync/shops" in added


@needs_systemd
@pytest.mark.parametrize("unit", [SERVICE, WATCH, FAILED], ids=lambda unit: unit.name)
def test_a_fault_in_a_service_reaches_little_of_the_machine(
    unit: Path, runnable_units: Path
) -> None:
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", runnable_units / unit.name],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in rated.stderr:
        pytest.skip("this systemd can't rate a file (--offline is new in 250)")
    exposure = re.search(r"Overall exposure level.*: ([\d.]+)", rated.stdout)

    assert exposure is not None, rated.stderr
    assert float(exposure[1]) < MOST_EXPOSURE


def test_the_next_run_is_counted_from_the_end_of_the_last_one() -> None:
    timer = dict(settings_of(TIMER, "Timer"))

    assert timer["OnUnitInactiveSec"] == "10min"
    assert "OnBootSec" in timer, "without it there would be no first run to count from"
    assert not timer.keys() & {"OnCalendar", "OnUnitActiveSec"}


def test_a_run_is_never_killed_before_its_own_deadline() -> None:
    assert minutes_of(SERVICE, "Service", "TimeoutStartSec") > default_deadline_minutes()


def test_a_stop_waits_for_the_longest_call_under_way() -> None:
    timeout_seconds = Http.model_fields["timeout_seconds"].default
    patience = minutes_of(SERVICE, "Service", "TimeoutStopSec") * SECONDS_PER_MINUTE

    assert values_of(SERVICE, "Service", "KillSignal") == ["SIGTERM"]
    assert patience > timeout_seconds + timeout_seconds


def test_no_failure_passes_for_a_success() -> None:
    assert values_of(SERVICE, "Service", "SuccessExitStatus") == ["0"]


def test_a_failure_starts_the_report_that_is_delivered_with_it() -> None:
    (reporter,) = values_of(SERVICE, "Unit", "OnFailure")

    assert reporter == FAILED.name.replace("@", "@%n")
    assert values_of(FAILED, "Service", "ExecStart") == [
        "/usr/local/sbin/dinero-sync-report-failure %i"
    ]


def test_the_watch_has_all_that_a_run_has_but_its_time_limits() -> None:
    of_a_run = {"TimeoutStartSec", "KillSignal", "TimeoutStopSec", "Restart"}
    own = {"ExecStart", "RuntimeDirectory"}
    run, watch = (
        [each for each in settings_of(unit, "Service") if each[0] not in of_a_run | own]
        for unit in (SERVICE, WATCH)
    )

    assert watch == run
    assert values_of(WATCH, "Unit", "OnFailure") == values_of(SERVICE, "Unit", "OnFailure")


def test_silence_is_looked_for_by_the_clock_whatever_becomes_of_the_other_timer() -> None:
    timer = dict(settings_of(WATCH_TIMER, "Timer"))

    assert timer["OnCalendar"] == "*-*-* 07:00"
    assert timer["Persistent"] == "true"


def test_the_state_folder_is_for_its_owner_alone() -> None:
    service = dict(settings_of(SERVICE, "Service"))

    assert service["StateDirectory"] == "dinero-sync"
    assert service["StateDirectoryMode"] == "0700"
    assert service["UMask"] == "0077"
    assert service["User"] == "dinero-sync"


def test_the_service_loads_the_credentials_that_the_readme_refers_to() -> None:
    loaded = [value.partition(":") for value in values_of(SERVICE, "Service", "LoadCredential")]
    referred = REFERENCE_TO_CREDENTIAL.findall(README.read_text(encoding="utf-8"))

    assert [name for name, _, _ in loaded] == referred
    assert all(path == f"/etc/dinero-sync/credentials/{name}" for name, _, path in loaded)


def test_systemd_and_cron_name_the_same_configuration() -> None:
    named, _ = values_of(SERVICE, "Service", "Environment")

    assert named == "DINERO_SYNC_CONFIG=/etc/dinero-sync/config.yaml"
    assert named in CRONTAB.read_text(encoding="utf-8").splitlines()


def test_a_secret_that_is_missing_is_left_to_the_program_to_name() -> None:
    loaded = [value.partition(":")[0] for value in values_of(SERVICE, "Service", "LoadCredential")]
    instead = [value.partition(":") for value in values_of(SERVICE, "Service", "SetCredential")]

    assert [name for name, _, _ in instead] == loaded
    assert {value for _, _, value in instead} == {"\\n"}


def test_messages_name_the_command_that_a_person_calls() -> None:
    assert '"DINERO_SYNC_COMMAND=sudo dinero-sync"' in values_of(SERVICE, "Service", "Environment")
    assert "install -m 0755 cron/dinero-sync-by-hand /usr/local/sbin/dinero-sync" in (
        README.read_text(encoding="utf-8")
    )
