"""The wheel alone, without what developers install beside it, does the work."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk

ROOT = Path(__file__).parents[2]
PIP_SECONDS = 300
LEFT_OUT = (".venv", ".git", ".demo", "build", "dist", "tests", ".*_cache", ".hypothesis")

pytestmark = pytest.mark.slow


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PIP_SECONDS,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the source."""
    folder = tmp_path_factory.mktemp("wheel")
    reached = pip("download", "--no-deps", "--dest", str(folder / "reach"), "hatchling")
    if reached.returncode:
        pytest.skip("no package index can be reached, and a build needs hatchling from one")
    source = shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(*LEFT_OUT))
    built = pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(source))
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("dinero_sync-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment; returns its folder of commands."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    done = pip("--python", str(folder / "bin" / "python"), "install", str(wheel))
    assert done.returncode == 0, done.stderr
    return folder / "bin"


def test_the_wheel_works_without_what_developers_install(
    installed: Path, desk: Desk, one_order: int
) -> None:
    only = Desk(desk.folder, desk.variables, command=str(installed / "dinero-sync"))

    shown, status = only.run("--help"), only.run("status")
    dry, run, checked = only.run("run", "--dry-run"), only.run("run"), only.run("doctor")

    assert [each.status for each in (shown, status, dry, run)] == [0, 0, 0, 0]
    assert "would be booked" in dry.stdout
    assert run.outcomes == {one_order: "booked"}
    assert checked.stdout


def test_what_makes_a_service_of_it_comes_with_the_wheel(installed: Path) -> None:
    folder = installed.parent / "share" / "dinero-sync"
    source = {path.name: path.stat().st_mode & 0o111 for path in (ROOT / "cron").iterdir()}

    assert {path.name: path.stat().st_mode & 0o111 for path in folder.iterdir()} == source


def test_an_extra_that_is_missing_is_named_with_the_command_that_installs_it(
    installed: Path, desk: Desk
) -> None:
    only = Desk(desk.folder, desk.variables, command=str(installed / "dinero-sync"))

    refused = only.run("sandbox", "--port", "0")

    assert refused.status == 2
    assert "-m pip install flask jsonschema" in refused.message


def test_the_example_of_a_configuration_comes_with_the_wheel(installed: Path) -> None:
    shown = subprocess.run(
        [installed / "dinero-sync", "config", "example", "--language", "en"],
        capture_output=True,
        text=True,
        check=True,
        timeout=PIP_SECONDS,
    )

    assert shown.stdout == (ROOT / "config.example.yaml").read_text(encoding="utf-8")
