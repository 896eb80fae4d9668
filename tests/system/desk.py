"""An operator's desk: a folder with a configuration, and the installed command to use on it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import yaml
from sandbox_process import SandboxProcess
from told_secrets import PERSONAL_DATA, SECRETS, found_in, open_to_others, tokens_in
from warm_command import run_warm

COMMAND = str(Path(sys.executable).parent / "dinero-sync")
DEADLINE_SECONDS = 60.0
POLL_SECONDS = 0.01
MEMORY = Path("/dev/shm")  # noqa: S108 - the tests' own folder in it has a random name
"""Every commit of the journal waits for the disk, which a folder in memory spares these tests."""
KEPT_VARIABLES = ("PATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Make a folder of its own for a test, in memory where the machine offers that."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return the log; an error that is told as text stands beside it."""
        return [json.loads(line) for line in self.stderr.splitlines() if line.startswith("{")]

    def events_named(self, name: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == name]

    @property
    def run_finished(self) -> dict[str, Any]:
        """Return the one event that ends a run."""
        (event,) = self.events_named("run.finished")
        return event

    @property
    def outcomes(self) -> dict[int, str]:
        """Return each order's outcome, by its id."""
        return {each["order_id"]: each["outcome"] for each in self.events_named("order.outcome")}

    @property
    def message(self) -> str:
        """Return what the operator was told: by the log, or as text where nobody keeps a log."""
        logged = [line for line in self.stderr.splitlines() if line.startswith("{")]
        told = [str(json.loads(line).get("message", "")) for line in logged]
        text = [line for line in self.stderr.splitlines() if line not in logged]
        return "\n".join([*filter(None, told), *unwrapped(text)])


def unwrapped(lines: list[str]) -> list[str]:
    """Put together what was wrapped at words; what is indented stands for itself."""
    whole: list[str] = []
    for line in lines:
        begins = not whole or line.startswith(" ") or whole[-1].startswith(" ") or not line
        if begins:
            whole.append(line)
        else:
            whole[-1] = f"{whole[-1]} {line}".strip()
    return whole


@dataclass
class Desk:
    """A folder where an operator works, with nothing of the machine's own settings."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    command: str = COMMAND

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def configure(
        self,
        sandbox: SandboxProcess,
        changes: Mapping[str, object] | None = None,
        *,
        auth: str = "api_key",
        trigger: str = "paid",
    ) -> None:
        """Write the sandbox's configuration, with ``changes`` by dotted keys; None removes one."""
        data = yaml.safe_load(sandbox.config_text(auth, trigger))
        for key, value in {"sync.state_dir": "state", **(changes or {})}.items():
            *sections, last = key.split(".")
            section = data
            for name in sections:
                section = section.setdefault(name, {})
            if value is None:
                section.pop(last, None)
            else:
                section[last] = value
        self.write_config(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def write_config(self, text: str) -> None:
        self.config.touch(mode=0o600)
        self.config.write_text(text, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        reader = {"LANG": "C.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}
        return {**kept, **reader, "HOME": str(self.folder / "home"), **self.variables}

    def run(self, *arguments: str, answers: str = "", hours_later: float = 0.0) -> Finished:
        """Run the installed command in the desk's folder to its end; stderr is no terminal.

        It starts warm, unless this desk has variables or a command of its own; by a clock that is
        ``hours_later`` it always does.
        """
        if self.command == COMMAND and (hours_later or not self.variables):
            return self.checked(
                *run_warm(
                    arguments,
                    answers=answers,
                    folder=self.folder,
                    environment=self.environment(),
                    timeout_seconds=DEADLINE_SECONDS,
                    clock_shift_seconds=hours_later * 3600,
                )
            )
        ended = subprocess.run(
            [self.command, *arguments],
            input=answers,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environment(),
            timeout=DEADLINE_SECONDS,
            check=False,
        )
        return self.checked(ended.returncode, ended.stdout, ended.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the installed command and let it work."""
        return subprocess.Popen(
            [self.command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self.environment(),
        )

    def end_of(self, process: subprocess.Popen[str], answers: str | None = None) -> Finished:
        """Wait until a started command has ended."""
        stdout, stderr = process.communicate(answers, timeout=DEADLINE_SECONDS)
        return self.checked(process.returncode, stdout, stderr)

    def checked(self, status: int, stdout: str, stderr: str) -> Finished:
        """Assert what holds for every command, whatever it did."""
        assert "Traceback" not in stderr
        assert found_in(stdout + stderr, [*SECRETS, *tokens_in(self.state)]) == []
        assert found_in(stderr, PERSONAL_DATA) == []
        assert open_to_others(self.state) == []
        return Finished(status, stdout, stderr)


def wait_until(condition: Callable[[], bool]) -> None:
    """Look again and again until ``condition`` holds."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this took too long"
        Event().wait(POLL_SECONDS)
