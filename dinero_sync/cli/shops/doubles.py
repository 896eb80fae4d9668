"""What two shops of a folder must not have in common: a state folder, a company in Dinero.

Each configuration is looked at in a process of its own, as whatever is in it may not be to read.
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click

from dinero_sync.cli.shops.folder import Shop
from dinero_sync.cli.shops.forks import Stopping, Task, done_at_once
from dinero_sync.cli.streams import json_text
from dinero_sync.config.load import load_config
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, ExitCode, Problem
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.sync.work.settings import has_journal, state_folder, usual_state_folder
from dinero_sync.sync.work.state import bound_organization

LOOK_SECONDS = 60.0
"""How long reading a configuration may take: one whose file never ends is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is to be known of a shop before it is worked for."""

    state: str
    """Its state folder, whatever the ways that lead there."""
    organization: int | None
    """None where it isn't chosen yet."""
    vat_number: str | None
    deadline_minutes: float
    left_behind: str | None
    """The state folder that this company's books were kept in before, and that isn't the shop's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of the shops of a folder."""

    known: Mapping[str, Known]
    """Not of one whose configuration can't be used: its own process tells why."""
    refused: Mapping[str, ConfigError]
    """Those that aren't worked for, each with the reason."""


def looked_at(shops: Sequence[Shop], jobs: int, stopping: Stopping) -> Looked:
    """Look at the configurations of shops, and find what some have in common."""
    files = {shop.name: str(shop.file) for shop in shops}
    tasks = [
        Task(shop=shop.name, work=partial(_look, shop.file), seconds=LOOK_SECONDS) for shop in shops
    ]
    known, refused = dict[str, Known](), dict[str, ConfigError]()
    for ended in done_at_once(tasks, jobs, stopping, lambda *_: None):
        if ended.status == ExitCode.OK:
            known[ended.shop] = Known(**json.loads(ended.output))
        elif ended.hung:
            refused[ended.shop] = _refusal(files[ended.shop], "", NEVER_ENDS)
    for name, (key, message) in problems_of(known).items():
        refused[name] = _refusal(files[name], key, message)
    return Looked(known=known, refused=refused)


NEVER_ENDS = spoken(
    "this configuration couldn't be read within a minute: the disk that it is on hangs, or a file "
    "that it names as ${{file:PATH}} has no end. Nothing was booked for this shop; the others go "
    "on. See whether the file, and those that it names, can be read"
)


def _refusal(file: str, key: str, message: str) -> ConfigError:
    return ConfigError([Problem(file=file, key=key, message=message)])


def _look(file: Path) -> int:
    """Write what is known of a shop to stdout; returns the exit status."""
    try:
        config = load_config(file)
        folder = state_folder(config)
        kept = TokenFile(folder).read()
    except Exception:  # noqa: BLE001 - its own process says what is wrong with it
        return int(ExitCode.CONFIG)
    pinned = kept.organization_id if kept else None
    organization = config.dinero.organization_id or pinned
    left = None
    if config.sync.state_dir is None and not has_journal(folder):
        left = usual_state_folder()
        if organization is None or not _belongs_to(left, organization):
            left = None
    known = Known(
        state=os.path.realpath(folder),
        organization=organization,
        vat_number=config.dinero.vat_number,
        deadline_minutes=float(config.sync.deadline_minutes),
        left_behind=None if left is None else str(left),
    )
    click.echo(json_text(asdict(known)))
    return int(ExitCode.OK)


def _belongs_to(folder: Path, organization: int) -> bool:
    return has_journal(folder) and bound_organization(folder) == organization


def problems_of(known: Mapping[str, Known]) -> dict[str, tuple[str, str]]:
    """Return the key and what is wrong with it, for each shop that mustn't be worked for."""
    found = dict[str, tuple[str, str]]()
    for name, one in known.items():
        if one.left_behind is not None:
            found[name] = ("sync.state_dir", _stayed(one.left_behind))
    for others in _alike(known, lambda one: one.vat_number):
        # A business may keep several companies in Dinero; one that isn't known may be any of them.
        if any(known[name].organization is None for name in others):
            found |= _told("dinero.vat_number", _one_company, others)
    for others in _alike(known, lambda one: one.organization):
        found |= _told("dinero.organization_id", _one_company, others)
    for others in _alike(known, lambda one: one.state):
        found |= _told("sync.state_dir", _one_folder, others)
    return found


def _alike(known: Mapping[str, Known], what: Callable[[Known], Hashable | None]) -> list[list[str]]:
    """Return the names of shops that have something in common, those with the same together."""
    named = defaultdict[Hashable, list[str]](list)
    for name, one in known.items():
        if (value := what(one)) is not None:
            named[value].append(name)
    return [sorted(names) for names in named.values() if len(names) > 1]


def _told(key: str, said: Callable[[str], str], names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Say to each of the shops which others are meant."""
    return {name: (key, said(", ".join(each for each in names if each != name))) for name in names}


def _one_folder(others: str) -> str:
    return spoken(
        "this shop's state folder is that of another one too: {others}. Each would take what the "
        "other did for its own. Nothing was booked for any of them; all others go on. Give each a "
        "folder of its own, or leave out sync.state_dir: then it has one by its file's name",
        others=others,
    )


def _one_company(others: str) -> str:
    return spoken(
        "this company in Dinero is that of another configuration too: {others}. What is done for a "
        "company has to be remembered in one place. Nothing was booked for any of them; all others "
        "go on. Take the one that isn't meant out of the folder, or give its file a name that "
        "doesn't end with .yaml",
        others=others,
    )


def _stayed(folder: str) -> str:
    return spoken(
        "what was done so far for this company is remembered in {folder}, from when there was this "
        "one shop; in a folder of configurations each has a state folder of its own. Nothing was "
        "booked, as what you decided on single orders would be forgotten. Let it stay where it is, "
        "by this line under sync:\n    state_dir: {folder}",
        folder=folder,
    )
