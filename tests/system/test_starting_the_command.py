"""Finding the configuration, help, completion, and what is loaded for it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from desk import COMMAND, DEADLINE_SECONDS, Desk

from dinero_sync import __version__
from dinero_sync.cli.group import COMMANDS

NEVER_POLLED_WITH = {
    "authlib", "babel", "cryptography", "flask", "http.server", "jinja2", "jsonschema", "pygal",
    "pygments",
    "rich.console", "webbrowser", "dinero_sync.cli.commands.setup", "dinero_sync.posting.lint.lint",
    "dinero_sync.sync.insight.explaining", "dinero_sync.sync.setup.doctor",
    "apprise", "dinero_sync.cli.hearing.news", "dinero_sync.notify.telling", "prometheus_client",
    "smtplib",
}  # fmt: skip
"""What a poll that finds nothing needs nothing of; it is what cron starts most."""
SLOW_TO_IMPORT = {
    "asyncio", "filelock", "logging", "platformdirs", "pydantic", "requests", "sqlite3",
    "structlog", "tenacity", "urllib3", "yaml", *NEVER_POLLED_WITH,
} - {"dinero_sync.cli.commands.setup"}  # fmt: skip
SAYS_WHAT_IT_LOADED = """
import atexit, gc, sys
from dinero_sync.cli import main
usual = gc.get_threshold()
def tell():
    print(gc.get_threshold() == usual, gc.get_freeze_count(), *sys.modules)
atexit.register(tell)
main()
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yaml"
    file.write_text("shoporama: {}\n", encoding="utf-8")
    return file


def loaded_after(statement: str, language: str = "en", config: Path | None = None) -> set[str]:
    """Return which of the slow packages a fresh interpreter has loaded after ``statement``."""
    script = f"import sys\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    kept = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, "LC_ALL": f"{language}.UTF-8", "DINERO_SYNC_CONFIG": str(config or "")},
        capture_output=True,
        text=True,
        check=True,
        timeout=DEADLINE_SECONDS,
    )
    return SLOW_TO_IMPORT & set(ended.stderr.split())


@pytest.mark.parametrize("module", ["dinero_sync.cli", "dinero_sync.cli.group"])
def test_importing_the_command_line_loads_nothing_slow(module: str) -> None:
    assert loaded_after(f"import {module}") == set()


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["completion", "bash"]])
@pytest.mark.parametrize("language", ["en", "da"])
def test_what_a_person_waits_for_loads_nothing_slow(
    arguments: list[str], language: str, config: Path
) -> None:
    call = (
        "from dinero_sync.cli.group import dinero_sync\n"
        f"dinero_sync({arguments!r}, standalone_mode=False)"
    )

    assert loaded_after(call, language, config) == set()
    assert loaded_after(call, language) <= {"platformdirs"}, "which looks for a configuration"


def test_what_is_slow_would_be_noticed() -> None:
    assert loaded_after("import requests, sqlite3") >= {"requests", "sqlite3"}


@pytest.fixture
def idle(desk: Desk) -> list[str]:
    """Poll a shop without orders; returns how garbage was looked for, and what was loaded."""
    desk.run("run")
    ended = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_IT_LOADED, "run"],
        cwd=desk.folder,
        env=desk.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=DEADLINE_SECONDS,
    )
    return ended.stdout.split()


def test_a_poll_that_finds_nothing_loads_nothing_for_it(idle: list[str]) -> None:
    assert "dinero_sync.sync.run.run" in idle
    assert NEVER_POLLED_WITH & set(idle) == set()


def test_garbage_is_looked_for_as_usual_once_work_begins_and_never_in_what_was_loaded(
    idle: list[str],
) -> None:
    as_usual, left_alone = idle[:2]

    assert as_usual == "True"
    assert int(left_alone) > 10_000


def test_a_progress_bar_finds_rich_though_the_log_is_imported_without_it() -> None:
    assert loaded_after("import dinero_sync.logs, rich.console") >= {"structlog", "rich.console"}


def test_help_lists_the_commands_and_the_exit_codes(tmp_path: Path) -> None:
    shown = Desk(tmp_path).run("--help")

    assert (shown.status, shown.stderr) == (0, "")
    for command in COMMANDS:
        assert f"\n  {command} " in shown.stdout
    assert "Exit codes: 0 done;" in " ".join(shown.stdout.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_how_it_is_called(command: str, tmp_path: Path) -> None:
    shown = Desk(tmp_path).run(command, "--help")

    assert (shown.status, shown.stderr) == (0, "")
    _, _, examples = shown.stdout.partition("Examples:\n")
    assert re.match(rf"dinero-sync (-c \S+ )?{command}\b", examples.lstrip())


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert Desk(tmp_path).run("--version").stdout == f"dinero-sync, version {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_asks_the_command(tmp_path: Path, shell: str) -> None:
    shown = Desk(tmp_path).run("completion", shell)

    assert (shown.status, shown.stderr) == (0, "")
    assert f"_DINERO_SYNC_COMPLETE={shell}_complete" in shown.stdout


def test_the_command_completes_its_own_commands(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.variables |= {
        "_DINERO_SYNC_COMPLETE": "bash_complete",
        "COMP_WORDS": "dinero-sync stat",
        "COMP_CWORD": "1",
    }

    assert desk.run().stdout == "plain,status\nplain,state\n"


def test_an_unknown_command_or_option_is_2(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    assert desk.run("stauts").status == 2
    assert desk.run("run", "--dryrun").status == 2
    assert desk.run("status", "--frobnicate").status == 2


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path) -> Path:
    """Move the configuration to another folder than the one the command is started in."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Path(shutil.move(desk.config, folder / "shop.yaml"))


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_configuration_is_named_before_or_after_the_command(
    desk: Desk, elsewhere: Path, place: str
) -> None:
    named = ("-c", str(elsewhere))

    status = desk.run(*named, "status") if place == "before" else desk.run("status", *named)

    assert status.status == 0


def test_what_stands_after_the_command_counts_where_both_are_named(
    desk: Desk, elsewhere: Path
) -> None:
    assert desk.run("-c", "missing.yaml", "status", "-c", str(elsewhere)).status == 0
    assert desk.run("-c", str(elsewhere), "status", "-c", "missing.yaml").status == 78


def test_the_configuration_is_named_by_a_variable(desk: Desk, elsewhere: Path) -> None:
    desk.variables["DINERO_SYNC_CONFIG"] = str(elsewhere)

    assert desk.run("status").status == 0


def test_a_named_configuration_that_is_missing_is_never_replaced(desk: Desk) -> None:
    desk.variables["DINERO_SYNC_CONFIG"] = "missing.yaml"

    refused = desk.run("status")

    assert refused.status == 78
    assert "$DINERO_SYNC_CONFIG" in refused.message


def test_the_configuration_is_found_in_the_user_s_folder(desk: Desk) -> None:
    folder = desk.folder / "home" / ".config" / "dinero-sync"
    folder.mkdir(parents=True)
    desk.config.rename(folder / "config.yaml")

    assert desk.run("status").status == 0


def test_a_relative_state_folder_begins_at_the_configuration_s_folder(
    desk: Desk, elsewhere: Path, one_order: int
) -> None:
    run = desk.run("-c", str(elsewhere), "run")

    assert run.outcomes == {one_order: "booked"}
    assert (elsewhere.parent / "state" / "journal.sqlite3").exists()
    assert not desk.state.exists()


@pytest.mark.parametrize(
    ("variables", "folder"),
    [({"STATE_DIRECTORY": "{home}/unit"}, "unit"), ({}, ".local/state/dinero-sync")],
    ids=["systemd's", "the user's"],
)
def test_without_state_dir_the_folder_is(
    desk: Desk, one_order: int, variables: dict[str, str], folder: str
) -> None:
    home = desk.folder / "home"
    desk.variables |= {name: text.format(home=home) for name, text in variables.items()}
    data = yaml.safe_load(desk.config.read_text(encoding="utf-8"))
    del data["sync"]["state_dir"]
    desk.write_config(yaml.safe_dump(data))

    run = desk.run("run")

    assert run.outcomes == {one_order: "booked"}
    assert (home / folder / "journal.sqlite3").exists()


def test_the_module_is_the_same_command(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "dinero_sync", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8"},
        timeout=DEADLINE_SECONDS,
    )

    assert shown.stdout == Desk(tmp_path).run("--help").stdout
    assert Path(COMMAND).exists()
