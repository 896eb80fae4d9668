"""A state folder, a configuration, and the installed command to use on them, again and again."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
import yaml
from warm_command import WarmCommand, start_warm

from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.state import Sandbox

COMMAND = str(Path(sys.executable).parent / "dinero-sync")
DEADLINE_SECONDS = 60.0
MEMORY = Path("/dev/shm")  # noqa: S108 - only to make private folders in
"""Where it is there: on a disk in memory, a thousand flushes cost nothing."""
KEPT_VARIABLES = ("PATH", "LANG", "PYTHONPATH")

Json = dict[str, Any]


class Desk:
    """Where an operator works; ``runs`` counts the commands that were given."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        """Work in ``folder``, which is emptied for each beginning."""
        self.sandbox = sandbox
        self.folder = folder
        self.state = folder / "state"
        self.config_file = folder / "config.yaml"
        self.log = folder / "log.jsonl"
        self.runs = 0
        self._texts: dict[str, str] = {}
        self._configs: dict[str, Config] = {}

    def begin(self, changes: Json) -> None:
        """Start with empty books, an empty shop, and no state; ``changes`` as in the YAML."""
        self.sandbox.reset()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        self.write_config(changes)

    def write_config(self, changes: Json) -> None:
        """Write the configuration that the sandbox offers, with ``changes`` by section."""
        if repr(changes) not in self._texts:
            self._texts[repr(changes)] = self._config_text(changes)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(self.config_file, flags, 0o600), "w") as file:
            file.write(self._texts[repr(changes)])

    def _config_text(self, changes: Json) -> str:
        data = yaml.safe_load(demo_config(self.sandbox.url, auth=changes.get("auth", "api_key")))
        data["sync"]["state_dir"] = str(self.state)
        for section, keys in changes.items():
            if isinstance(keys, list):
                data[section] = keys
            elif section != "auth":
                data.setdefault(section, {}).update(keys)
        return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def config(self) -> Config:
        """Read the configuration as the command does; a file read before isn't read again."""
        text = self.config_file.read_text(encoding="utf-8")
        if text not in self._configs:
            self._configs[text] = load_config(self.config_file)
        return self._configs[text]

    def start(
        self, *arguments: str, under: Sequence[str] = (), folder: Path | None = None
    ) -> "subprocess.Popen[str]":
        """Start the installed command, ``under`` another program if need be; logs to a file."""
        self.runs += 1
        talks = _asks(arguments)
        with self.log.open("a") as log:
            return subprocess.Popen(
                [*under, COMMAND, "-c", str(self.config_file), *arguments],
                stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
                stdout=subprocess.PIPE if talks else subprocess.DEVNULL,
                stderr=log,
                text=True,
                cwd=folder or self.folder,
                env=self._environment(),
            )

    def _start_warm(
        self, *arguments: str, traced: bool = False, beside_another: bool = False
    ) -> WarmCommand:
        self.runs += 1
        self.log.touch()
        return start_warm(
            ["-c", str(self.config_file), *arguments],
            folder=self.folder,
            environment=self._environment(),
            files=[Path(os.devnull), Path(os.devnull), self.log],
            traced=traced,
            clock_shift_seconds=self.sandbox.settings.clock_shift_seconds,
            beside_another=beside_another,
        )

    def end_of(self, process: "subprocess.Popen[str] | WarmCommand") -> int:
        """Wait for the end of a command, consenting where it asks for that; return its status."""
        if isinstance(process, WarmCommand):
            return process.end(DEADLINE_SECONDS)
        with process:
            if process.stdin is not None:
                _consent(process)
            return process.wait(DEADLINE_SECONDS)

    def give(self, *arguments: str, under: Sequence[str] = ()) -> int:
        """Give a command, ``under`` strace(1) if need be, and return the exit status."""
        if not under:
            return self.end_of(self.start_quickly(*arguments))
        if _asks(arguments):
            return self.end_of(self.start(*arguments, under=under))
        command = self._start_warm(*arguments, traced=True)
        with subprocess.Popen([*under, f"--attach={command.pid}"]):
            return self.end_of(command)

    def start_quickly(self, *arguments: str) -> "subprocess.Popen[str] | WarmCommand":
        """Start a command warm where that is possible: a command that asks needs its pipes."""
        return self.start(*arguments) if _asks(arguments) else self._start_warm(*arguments)

    def race(self, other: "Desk", *arguments: str) -> tuple[int, int]:
        """Give a command at this desk and another at once; return both exit statuses."""
        first = self._start_warm(*arguments)
        second = other._start_warm(*arguments, beside_another=True)  # noqa: SLF001 - a desk, too
        return self.end_of(first), other.end_of(second)

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        return {**kept, "HOME": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}


def _asks(arguments: Sequence[str]) -> bool:
    return "connect" in arguments


def _consent(process: "subprocess.Popen[str]") -> None:
    """Open the address that the command prints, accept, and paste back where that leads."""
    assert process.stdin is not None
    assert process.stdout is not None
    printed = (line.strip() for line in process.stdout)
    address = next((line for line in printed if line.startswith("http")), None)
    if address is not None:
        with suppress(BrokenPipeError, requests.ConnectionError):  # it died meanwhile
            process.stdin.write(f"{accepted(address)}\n")
            process.stdin.flush()


def accepted(consent_url: str) -> str:
    """Accept on the consent page, and return the address that the browser ends at."""
    form = dict(parse_qsl(urlsplit(consent_url).query)) | {"decision": "accept"}
    with requests.Session() as browser:
        browser.trust_env = False
        answer = browser.post(
            urljoin(consent_url, "consent"), form, timeout=DEADLINE_SECONDS, allow_redirects=False
        )
    return answer.headers["Location"]


@contextmanager
def a_desk(root: Path | None = None) -> Iterator[Desk]:
    """Open a desk with a sandbox of its own, in a folder that goes with it."""
    memory = MEMORY if MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="dinero-sync-crash-", dir=root or memory) as folder,
        running_sandbox(orders="none") as sandbox,
    ):
        yield Desk(sandbox, Path(folder) / "desk")
