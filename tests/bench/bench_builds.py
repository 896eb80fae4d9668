"""The two builds that are compared, and what one of their processes costs."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
THEN = "c93610b"
LAUNCHER = """
import json, os, sys
report, *command = sys.argv[1:]
child = os.posix_spawn(command[0], command, os.environ)
_, status, used = os.wait4(child, 0)
cpu = used.ru_utime + used.ru_stime
with open(report, "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), cpu, used.ru_maxrss], file)
"""
"""Starts a command and tells its status, its CPU in seconds and its peak memory in KiB.

Linux counts what the process that forks has in memory towards the peak of the one that it starts:
so a small one has to start it, not this one with its sandbox.
"""
CONFIG = "import sys; from dinero_sync.sandbox import demo_config; print(demo_config(sys.argv[1]))"
LOG = "log.jsonl"


class BenchError(Exception):
    """What was to be measured didn't do its work, so its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process cost by itself."""

    cpu: float
    """User and system, in seconds."""
    peak: float
    """The most memory that it had at a time, in bytes."""


@dataclass(frozen=True, slots=True)
class Build:
    """An installed dinero-sync."""

    name: str
    """"then" or "now"."""
    python: Path

    @property
    def command(self) -> Path:
        """Return the installed command."""
        return self.python.with_name("dinero-sync")

    def config(self, folder: Path, url: str, calls_per_minute: int | None = None) -> Path:
        """Write this build's own configuration for a sandbox; its state is in the same folder."""
        text = subprocess.run(
            [self.python, "-c", CONFIG, url], stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        text = text.replace("sync:\n", "sync:\n  state_dir: state\n  deadline_minutes: 300\n")
        if calls_per_minute is not None:
            text = text.replace("minute: 1000000", f"minute: {calls_per_minute}")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "config.yaml"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, config: Path, *options: str, booked: int | None = None) -> Usage:
        """Run once and return what it cost; raises BenchError unless it booked as many orders."""
        usage = self.measure(config, "run", *options)
        if booked is not None:
            told = finished(config.parent)["outcomes"].get("booked", 0)
            if told != booked:
                raise BenchError(f"The build {self.name} booked {told} orders instead of {booked}.")
        return usage

    def measure(self, config: Path, *arguments: str) -> Usage:
        """Give a command of the program and return what it cost."""
        return measure([self.command, "-q", "-c", config, *arguments], config.parent)


def measure(command: Sequence[str | Path], folder: Path) -> Usage:
    """Run a command, with its stderr as the log in ``folder``; raises BenchError unless it is well.

    Nothing but the CPU and the memory of its own process counts.
    """
    report = folder / "usage.json"
    with (folder / LOG).open("wb") as log:
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, report, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            check=True,
        )
    status, cpu, peak = json.loads(report.read_text(encoding="utf-8"))
    if status != 0:
        told = (folder / LOG).read_text(encoding="utf-8")[-2000:]
        raise BenchError(f"{' '.join(map(str, command))} ended with {status}:\n{told}")
    return Usage(cpu, peak * 1024)


def finished(folder: Path) -> dict[str, Any]:
    """Return what the last run in ``folder`` said when it was finished."""
    lines = (folder / LOG).read_text(encoding="utf-8").splitlines()
    told: dict[str, Any] = json.loads(lines[-1])
    return told


def builds(folder: Path) -> list[Build]:
    """Return the builds to compare, the present one last.

    The earlier one is taken from git and installed below ``folder``, unless it is there already.
    It is left out where there is no git, or no such commit. Each has its bytecode, as pip gives it
    to what it installs, but not to a folder that is worked in.
    """
    now = Build("now", Path(sys.executable))
    _compile(now, PROJECT)
    source = _source()
    if source is None:
        return [now]
    then = Build("then", folder / THEN / ".venv" / "bin" / "python")
    if not (folder / THEN / "installed").exists():
        _install(source, folder / THEN)
    _compile(then, folder / THEN)
    return [then, now]


def _compile(build: Build, folder: Path) -> None:
    package = str(folder / "dinero_sync")
    subprocess.run([build.python, "-m", "compileall", "-q", package], check=True)


def _source() -> bytes | None:
    try:
        return subprocess.run(
            ["git", "archive", THEN],  # noqa: S607 - whichever git this machine has
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _install(source: bytes, folder: Path) -> None:
    """Install a build in a venv of its own, as ``make install`` does."""
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=BytesIO(source)) as archive:
        archive.extractall(folder, filter="data")
    subprocess.run([sys.executable, "-m", "venv", folder / ".venv"], check=True)
    python = str(folder / ".venv" / "bin" / "python")
    options = ["-qq", "--disable-pip-version-check", "--editable"]
    subprocess.run([python, "-m", "pip", "install", *options, ".[sandbox]"], cwd=folder, check=True)
    (folder / "installed").touch()
