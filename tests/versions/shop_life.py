"""What a version of dinero-sync went through before its state folder was kept: run by its own code.

``make_folders.py`` starts this with the Python of that version's own venv, so that every
``dinero_sync`` in here is that version: its sandbox, and its command, which is killed where the
story says so. Only the clock is set: it is December 2026, the days of ``tests/sync/shop.py``.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from shop import NUMBER, ORDER_ID, raw_order

from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.answers import json_text
from dinero_sync.sandbox.state import RequestRecord, Sandbox

Json = dict[str, Any]
NOON = datetime(2026, 12, 10, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
START = date(2026, 12, 1)
CLOCKED = """
import sys
from datetime import timedelta
from dinero_sync.clock import SystemClock
shift, told = timedelta(seconds=float(sys.argv.pop(1))), SystemClock.now
SystemClock.now = lambda clock: told(clock) + shift
from dinero_sync.cli import main
main()
"""
"""The command, by the sandbox's time."""
DEADLINE_SECONDS = 120.0
REFUSED = 300


class Life:
    """A shop, its company, its state folder, and everything that changed something at Dinero."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        """Begin with an empty shop, empty books and no state folder."""
        self.sandbox = sandbox
        self.folder = folder
        self.config: Json = yaml.safe_load(demo_config(sandbox.url, start_date=START))
        self.config["sync"]["state_dir"] = "state"
        self.names: dict[str, int] = {}
        self._acts: list[Json] = []
        self._noted = 0

    @property
    def next_number(self) -> int:
        """The number that the customer sees of the order to be sold next."""
        return NUMBER + len(self.names)

    def sell(self, name: str, order: Callable[..., Json] = raw_order, **fields: object) -> None:
        """Put an order into the shop, under a name for the tests."""
        order_id = ORDER_ID + len(self.names)
        self.names[name] = order_id
        buyer = {"email": f"buyer{order_id}@example.com"}
        self.sandbox.add_orders([order(order_id, **(buyer | fields))])

    def change(self, name: str, **fields: object) -> None:
        """Change an order in the shop, now."""
        self.sandbox.change_order(self.names[name], fields)

    def wait(self, **duration: float) -> None:
        """Let time pass."""
        shift = self.sandbox.settings.clock_shift_seconds + timedelta(**duration).total_seconds()
        self.sandbox.change_settings(clock_shift_seconds=shift)

    def behave(self, **settings: object) -> None:
        """Change how Dinero behaves."""
        self.sandbox.change_settings(**settings)
        self._acts.append({"at": self._now(), "settings": settings})

    def fault(self, kind: str, method: str, path: str, **options: object) -> None:
        """Let requests to Dinero meet a fault, during the next command."""
        match = {"service": "dinero", "method": method, "path": path}
        self.sandbox.add_fault({"match": match, "kind": kind, **options})

    def give(self, *arguments: str, killed: tuple[str, str, str] | None = None) -> None:
        """Give a command; it is ``killed`` by the method, path and ``before`` or ``after``."""
        with self.sandbox.lock:  # a request waits until it is known whom to kill
            process = self._started(*arguments)
            self.sandbox.change_settings(client_pid=process.pid)
            if killed is not None:
                method, path, when = killed
                self.fault("kill", method, path, when=when)
        status = process.wait(DEADLINE_SECONDS)
        self.sandbox.change_settings(client_pid=None)
        self.sandbox.clear_faults()
        self.note(died_after=killed is not None and killed[-1] == "after")
        assert (status < 0) == (killed is not None), f"{arguments} ended with {status}"

    def _started(self, *arguments: str) -> "subprocess.Popen[bytes]":
        config_file = self.folder / "config.yaml"
        config_file.touch(mode=0o600)
        config_file.write_text(yaml.safe_dump(self.config, allow_unicode=True), encoding="utf-8")
        shift = str(self.sandbox.settings.clock_shift_seconds)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            return subprocess.Popen(
                [sys.executable, "-c", CLOCKED, shift, "-c", str(config_file), *arguments],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder)},
            )

    def note(self, *, died_after: bool = False) -> None:
        """Note what changed something at Dinero since the last time."""
        new = [each for each in self.sandbox.requests if each.number > self._noted]
        self._noted = self.sandbox.request_count
        self._acts += [
            {
                "at": self._now(),
                "method": record.method,
                "path": record.path,
                "body": record.raw_body.decode(),
            }
            for record in new
            if record.service == "dinero"
            and record.method != "GET"
            and _was_carried_out(record, died_after=died_after)
        ]

    def world(self) -> Json:
        """Return what puts the same world up again around the state folder."""
        return {
            "now": self._now(),
            "url": self.sandbox.url,
            "config": self.config,
            "names": self.names,
            "orders": json.loads(json_text(list(self.sandbox.orders.values()))),
            "acts": self._acts,
        }

    def _now(self) -> str:
        return str(self.sandbox.now().astimezone(UTC).isoformat(timespec="seconds"))


def _was_carried_out(record: RequestRecord, *, died_after: bool) -> bool:
    if record.fault == "kill":
        return died_after
    if record.fault is not None:
        return record.fault.endswith("_after")
    return record.status is not None and record.status < REFUSED


@contextmanager
def a_life(folder: Path) -> Iterator[Life]:
    """Begin a life in a folder that is made for it."""
    shift = (NOON - datetime.now(UTC)).total_seconds()
    folder.mkdir(mode=0o700)
    with running_sandbox(orders="none", clock_shift_seconds=shift) as sandbox:
        yield Life(sandbox, folder)


def _written(world: Json) -> str:
    """Write each act and each order on a line of its own."""
    parts = []
    for name, value in world.items():
        text = json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, list):
            lines = (json.dumps(each, ensure_ascii=False) for each in value)
            text = "[\n{}\n]".format(",\n".join(lines))
        parts.append(f'"{name}": {text}')
    return "{{\n{}\n}}\n".format(",\n".join(parts))


def main() -> None:
    """Live through a story in a folder, and keep what is left of it in another."""
    story, work, kept = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with a_life(work) as life:
        import_module(story).live(life)
        world = life.world()
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for file in sorted((work / "state").iterdir()):
        if not file.name.endswith(".lock"):
            shutil.copyfile(file, kept / file.name)
    (kept / "world.json").write_text(_written(world), encoding="utf-8")


if __name__ == "__main__":
    main()
