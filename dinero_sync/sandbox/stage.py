"""Where the demo plays: a folder with a configuration, and the installed command used in it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.sandbox.answers import Json

DONE, HELD = 0, 3
"""Exit statuses: done, and done with orders that wait for a person."""
MODULE = (sys.executable, "-m", "dinero_sync")


@dataclass(frozen=True, slots=True)
class Stage:
    """An operator's folder; :meth:`begin` makes it anew."""

    folder: Path

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "config.yaml"

    @property
    def log(self) -> Path:
        """Takes the log of all commands."""
        return self.folder / "log.jsonl"

    def begin(self, config: str) -> None:
        """Make the folder anew, with a configuration that keeps the state in it and is English."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        told = config.replace("sync:\n", "language: en\nsync:\n  state_dir: state\n", 1)
        self.write_config(told)

    def write_config(self, text: str) -> None:
        """Write the configuration; nobody else may read it, for it holds keys."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(self.config, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments: str) -> int:
        """Show a command, and run it as an operator does; returns its exit status."""
        words = " ".join(f"'{each}'" if {" ", "#"} & set(each) else each for each in arguments)
        say(f"$ dinero-sync -c {self.config} {words}\n")
        with self.log.open("a", encoding="utf-8") as log:
            return subprocess.run(self._words(arguments), stderr=log, check=False).returncode  # noqa: S603 - our own

    def ask(self, *arguments: str) -> Json:
        """Return what a command tells programs, without showing it; any exit status will do."""
        with self.log.open("a", encoding="utf-8") as log:
            asked = subprocess.run(  # noqa: S603 - our own command
                self._words((*arguments, "--json")),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                check=False,
            )
        told: Json = json.loads(asked.stdout)
        return told

    def _words(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        return (*MODULE, "-c", str(self.config), *arguments)


def say(text: str) -> None:
    """Tell whoever watches, before what a command prints next."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
