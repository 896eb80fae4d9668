"""Locale, home folder, environment: inputs like any other, and never a fault of the program."""

import json
import os
import pwd
import subprocess
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner
from desk import DEADLINE_SECONDS, Desk
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

from dinero_sync.cli.group import dinero_sync

pytestmark = pytest.mark.slow

STRANGE = "Krus “Žižkov” 日本"
"""A name that ISO 8859-1, what plain da_DK means, can't write whole."""
LATIN = {"PYTHONIOENCODING": "iso-8859-1"}
"""What an interpreter makes of LC_ALL=da_DK, also where that locale isn't installed."""


def ended(
    desk: Desk, *arguments: str | bytes, variables: dict[str, str] | None = None
) -> tuple[int, bytes, bytes]:
    """Run the command with an environment of its own; returns what it wrote as it stands."""
    done = subprocess.run(
        [desk.command, *arguments],
        capture_output=True,
        cwd=desk.folder,
        env={**desk.environment(), **(variables or {})},
        timeout=DEADLINE_SECONDS,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def strange(desk: Desk, sandbox: SandboxProcess) -> Desk:
    """Sell goods whose names hold signs of many scripts; one order will be held."""
    order = an_order()
    for line in order["products"]:
        line["name"] = STRANGE
    sandbox.sell(order, an_order_that_does_not_add_up(1))
    return desk


@pytest.mark.parametrize(
    "variables",
    [LATIN, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
    ids=["ISO 8859-1", "C", "POSIX", "C, without UTF-8 mode"],
)
def test_a_locale_that_lacks_signs_changes_no_exit_status(
    strange: Desk, variables: dict[str, str]
) -> None:
    order = str(FIRST_ORDER_ID)
    commands = {
        ("plan",): 3,
        ("plan", "--json"): 3,
        ("run", "--dry-run"): 3,
        ("run", "--table"): 3,
        ("status",): 0,
        ("status", "--json"): 0,
        ("show", order): 0,
        ("show", order, "--json"): 0,
        ("explain", order): 0,
        ("explain", order, "--language", "en"): 0,
        ("explain", order, "--json"): 0,
        ("doctor",): 0,
        ("rules", "check"): 0,
        ("verify",): 0,
    }

    for command, status in commands.items():
        found, _, told = ended(strange, *command, variables=variables)

        assert b"program.fault" not in told, command
        assert found == status, (command, told)


def test_what_a_stream_cannot_write_is_a_question_mark(strange: Desk) -> None:
    ended(strange, "run")

    _, shown, _ = ended(strange, "show", str(FIRST_ORDER_ID), variables=LATIN)

    assert "Krus ?" in shown.decode("iso-8859-1")


def test_json_keeps_every_sign_by_escapes(strange: Desk) -> None:
    ended(strange, "run")

    _, shown, _ = ended(strange, "show", str(FIRST_ORDER_ID), "--json", variables=LATIN)
    _, plain, _ = ended(strange, "show", str(FIRST_ORDER_ID), "--json")

    assert STRANGE in json.loads(shown.decode("ascii"))["plan"]["invoice"]["lines"][0].values()
    assert STRANGE in plain.decode("utf-8")


def test_log_lines_keep_every_sign_by_escapes(desk: Desk) -> None:
    _, _, told = ended(desk, "-c", "日本.yaml", "run", variables=LATIN)

    assert "日本.yaml" in json.loads(told.decode("ascii"))["file"]


def test_a_note_typed_at_a_terminal_of_another_encoding_is_kept(
    strange: Desk, sandbox: SandboxProcess
) -> None:
    ended(strange, "run")
    note = "prøveordre".encode("iso-8859-1")

    status, _, told = ended(strange, "skip", str(FIRST_ORDER_ID + 1), "--reason", note)

    assert (status, told) == (0, b"")
    shown = ended(strange, "show", str(FIRST_ORDER_ID + 1))[1].decode("utf-8")
    assert "prøveordre" in shown
    assert len(sandbox.invoices()) == 1


def test_a_configuration_whose_name_no_locale_can_read_is_found(desk: Desk) -> None:
    name = "opsætning.yaml".encode("iso-8859-1")
    desk.config.rename(desk.folder / os.fsdecode(name))

    assert ended(desk, "-c", name, "status")[0] == 0


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a user that passwd doesn't know, as in many containers."""

    def unknown(_: int) -> None:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("STATE_DIRECTORY", "DINERO_SYNC_CONFIG", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


def refused(*arguments: str) -> str:
    """Run a command in this process; returns what it is refused with."""
    structlog.contextvars.clear_contextvars()
    done = CliRunner().invoke(dinero_sync, arguments)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    assert done.exit_code == 78, done.output
    return done.output


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("home", [None, "", "somewhere"])
@pytest.mark.parametrize("command", [["run"], ["status"], ["plan"], ["verify"], ["show", "1"]])
def test_without_a_home_folder_the_state_folder_is_asked_for(
    desk: Desk,
    sandbox: SandboxProcess,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    home: str | None,
) -> None:
    desk.configure(sandbox, {"sync.state_dir": None})
    set_home(monkeypatch, home)

    told = refused("-c", str(desk.config), *command)

    assert "Name sync.state_dir" in told
    assert "no home folder" in told


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("home", [None, "", "somewhere"])
def test_without_a_home_folder_a_configuration_is_looked_for_everywhere_else(
    fast_folder: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.chdir(fast_folder)
    set_home(monkeypatch, home)

    assert "none of these is there: config.yaml, /etc/dinero-sync/config.yaml" in refused("run")


def set_home(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
