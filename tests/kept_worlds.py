"""State folders that earlier versions wrote, each with its world put up again around it.

``tests/versions/make_folders.py`` made them. What changed something in the books then is sent to
the present sandbox once more, in its order and at its time, so that the books are those which the
journal tells of; the shop has the orders that it had.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
import yaml
from log_in import api_key_token
from warm_command import run_warm

from dinero_sync.sandbox.clock import copenhagen_day
from dinero_sync.sandbox.dinero.company import start_organisations
from dinero_sync.sandbox.state import Sandbox

FOLDERS = Path(__file__).parent / "versions"
RELEASED = ("0.1.0", "0.2.0")
"""Versions whose folders every later one reads."""
EARLY = tuple(f"before-0.1/{commit}" for commit in ("8663689", "15f1fcc", "ea0f7cc"))
"""Builds whose folders are refused by name."""
MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it have random names
WORLD = "world.json"
DEADLINE_SECONDS = 60.0
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def told(self) -> str:
        """Return everything that it wrote."""
        return self.stdout + self.stderr


class KeptWorld:
    """A version's folder in its world, and the present command to use on it."""

    def __init__(self, version: str, sandbox: Sandbox, folder: Path) -> None:
        """Put it up in ``folder``, around an empty sandbox."""
        self.version = version
        self.sandbox = sandbox
        self.folder = folder
        self.state = folder / "state"
        self.names: Mapping[str, int] = world_of(version)["names"]
        self.config = put_up(version, sandbox, self.state)
        write_config(folder / "config.yaml", self.config, self.state)

    def give(self, *arguments: str) -> Finished:
        """Give the present command, by the clock of this world."""
        return Finished(
            *run_warm(
                ["-c", str(self.folder / "config.yaml"), *arguments],
                answers="",
                folder=self.folder,
                environment={
                    "PATH": os.environ["PATH"],
                    "HOME": str(self.folder),
                    "LC_ALL": "en_GB.UTF-8",
                },
                timeout_seconds=DEADLINE_SECONDS,
                clock_shift_seconds=self.sandbox.settings.clock_shift_seconds,
            )
        )

    def books(self) -> Json:
        """Return what the books hold of each order, and how often; all that must not double."""
        organisation = self.sandbox.organisation
        return {
            "contacts": sorted(self.sandbox.contacts),
            "invoices": {
                guid: (each.is_booked, len(each.payments), len(each.mailouts))
                for guid, each in self.sandbox.invoices.items()
                if each.deleted_at is None
            },
            "margins": {guid: each.status for guid, each in organisation.ledger_items.items()},
        }

    def files(self) -> dict[str, bytes]:
        """Return what is in the state folder."""
        return {each.name: each.read_bytes() for each in self.state.iterdir() if each.is_file()}


def world_of(version: str) -> Json:
    """Return what is known of the world of a version's folder."""
    found: Json = json.loads((FOLDERS / version / WORLD).read_text(encoding="utf-8"))
    return found


def put_up(version: str, sandbox: Sandbox, state: Path) -> Json:
    """Bring an empty sandbox to how it was, and the state folder to ``state``.

    Returns the configuration, whose state folder isn't named yet.
    """
    world = world_of(version)
    _take_back_to(sandbox, world)
    with requests.Session() as session:
        session.trust_env = False
        for act in world["acts"]:
            _set_clock(sandbox, act["at"])
            if "settings" in act:
                sandbox.change_settings(**act["settings"])
            else:
                _send(session, sandbox, act)
    sandbox.add_orders(world["orders"])
    _set_clock(sandbox, world["now"])
    state.mkdir(mode=0o700)
    for file in (FOLDERS / version).iterdir():
        if file.name != WORLD:
            kept = state / file.name
            kept.touch(mode=0o600)
            shutil.copyfile(file, kept)
    config: Json = json.loads(json.dumps(world["config"]).replace(world["url"], sandbox.url))
    return config


def _take_back_to(sandbox: Sandbox, world: Json) -> None:
    """Let the companies have the accounting years of those days."""
    first = min(act["at"] for act in world["acts"])
    _set_clock(sandbox, first)
    day = copenhagen_day(sandbox.now())
    sandbox.organisations = start_organisations(day, sandbox.settings.first_invoice_number)


def _set_clock(sandbox: Sandbox, moment: str) -> None:
    shift = (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds()
    sandbox.change_settings(clock_shift_seconds=shift)


def _send(session: requests.Session, sandbox: Sandbox, act: Json) -> None:
    if sandbox.access_tokens.valid(_token(session), sandbox.now()) is None:
        session.headers["Authorization"] = f"Bearer {api_key_token(sandbox, session)}"
    answer = session.request(
        act["method"],
        f"{sandbox.url}{act['path']}",
        data=_at_its_present_version(sandbox, act).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        timeout=DEADLINE_SECONDS,
    )
    assert answer.ok, f"{act['method']} {act['path']}: {answer.text}"


def _at_its_present_version(sandbox: Sandbox, act: Json) -> str:
    """Let a change name the version that its document has here: versions are counted otherwise."""
    body = json.loads(act["body"] or "null")
    invoices = [step for step in act["path"].split("/") if step in sandbox.invoices]
    if isinstance(body, dict) and "Timestamp" in body:
        body["Timestamp"] = sandbox.invoices[invoices[0]].timestamp
    for item in body if isinstance(body, list) else []:
        if "Version" in item:
            item["Version"] = sandbox.organisation.ledger_items[item["Id"]].version
    return "" if body is None else json.dumps(body)


def _token(session: requests.Session) -> str:
    return str(session.headers.get("Authorization", "")).removeprefix("Bearer ")


def write_config(path: Path, config: Mapping[str, Any], state: Path) -> None:
    """Write a configuration file that names its state folder."""
    text = yaml.safe_dump({**config, "sync": {**config["sync"], "state_dir": str(state)}})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
