"""A command given for every shop of a folder, and what came of each."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dinero_sync.cli import end_of_imports, status_of
from dinero_sync.cli.context import Common
from dinero_sync.cli.hearing.listening import tell_of
from dinero_sync.cli.shops.doubles import Looked, looked_at
from dinero_sync.cli.shops.folder import Shop, shops_in
from dinero_sync.cli.shops.forks import Ended, Stopping, Task, done_at_once
from dinero_sync.cli.shops.voices import Voices
from dinero_sync.config.home import ENVIRONMENT_VARIABLE
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DineroSyncError, ExitCode, StateError, TemporaryError
from dinero_sync.logs import set_up_logs

JOBS = 4
"""Shops that are worked for at once where nothing else is said: they mostly wait for answers."""
GRACE_SECONDS = 600.0
"""How long a run may last beyond its own deadline: as the systemd unit has it."""
IMPORTED = (
    *("cli.commands.books", "cli.commands.runs", "cli.hearing.listening", "cli.order_names"),
    *("cli.reports.run", "cli.reports.status", "sync.run.run", "sync.work.workplace"),
)
"""What the commands import when they are used, and all that comes with it."""
TELLING_SECONDS = 60.0
"""How long telling of one may take: as many seconds for each channel as it has anywhere."""
UNKNOWN_MINUTES = 30.0
"""The deadline of a shop whose configuration can't be used: it ends at once, and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a command for a shop."""

    shop: str
    exit_code: ExitCode
    data: dict[str, Any] | None
    """What the command printed; None where it came to no result, or none was asked for."""
    messages: Sequence[str]
    """What was told in place of a result."""
    printed: str = ""
    """All that the command printed."""
    error: DineroSyncError | None = None
    """What kept it from being worked for, or from coming to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of shops, and how a command is to be given for each."""

    common: Common
    shops: tuple[Shop, ...]
    jobs: int
    voices: Voices


def opened(
    common: Common, folder: Path, voices: Voices, *, jobs: int = JOBS, reported: bool = False
) -> Folder:
    """Set up logging and find the shops; raises ConfigError where there are none.

    ``reported`` as in :func:`set_up_logs`. From here on it is as if the environment named the
    folder: each configuration that is loaded finds its state folder by that.
    """
    set_up_logs(verbosity=common.verbosity, log_format=common.log_format, reported=reported)
    os.environ[ENVIRONMENT_VARIABLE] = str(folder.absolute())
    return Folder(common=common, shops=shops_in(folder), jobs=jobs, voices=voices)


def outcomes(folder: Folder, arguments: Sequence[str], stopping: Stopping) -> Iterator[Outcome]:
    """Give a command for each shop; yields what came of it as each ends."""
    import_all()
    looked = looked_at(folder.shops, folder.jobs, stopping)
    voices = folder.voices
    for shop, refusal in looked.refused.items():
        voices.tell(shop, refusal)
        yield Outcome(
            shop=shop,
            exit_code=refusal.exit_code,
            data=None,
            messages=voices.end(shop),
            error=refusal,
        )
    tasks = [
        _task(folder, shop, arguments, looked)
        for shop in folder.shops
        if shop.name not in looked.refused
    ]
    for ended in done_at_once(tasks, folder.jobs, stopping, voices.take):
        error = _broke_off(ended) if ended.broke_off else None
        if error is not None:
            voices.tell(ended.shop, error)
        yield Outcome(
            shop=ended.shop,
            exit_code=ended.exit_code,
            data=_read(ended.output),
            printed=ended.output.decode(errors="replace"),
            messages=voices.end(ended.shop),
            error=error,
        )


def tell_of_others(
    folder: Folder, broke_off: Mapping[str, DineroSyncError], stopping: Stopping
) -> None:
    """Have whoever hears of a shop be told why it came to no run, or to no end of one.

    A shop whose run ended by itself has told of that. Each is told of in a process of its own,
    since its configuration may be what hangs.
    """
    tasks = [
        Task(
            shop=shop.name,
            work=partial(_tell_of, folder, shop, broke_off[shop.name]),
            seconds=TELLING_SECONDS,
        )
        for shop in folder.shops
        if shop.name in broke_off
    ]
    for ended in done_at_once(tasks, folder.jobs, stopping, folder.voices.take):
        folder.voices.end(ended.shop)


def _tell_of(folder: Folder, shop: Shop, error: DineroSyncError) -> int:
    common = replace(folder.common, config_path=shop.file)
    context = click.get_current_context()
    context.find_root().obj = context.obj = common  # commands in what is told name its file
    log_format = "json" if folder.voices.for_machines else "text"
    set_up_logs(verbosity=common.verbosity, log_format=log_format)
    tell_of(common, error)
    return int(ExitCode.OK)


def as_data(outcome: Outcome) -> dict[str, Any]:
    """Return what came of a command for a shop, for programs."""
    data = outcome.data or {"messages": list(outcome.messages)}
    return {**data, "exit_code": outcome.exit_code}


def import_all() -> None:
    """Import what each shop's process would import: once for all, and no garbage from then on."""
    for each in IMPORTED:
        import_module(f"dinero_sync.{each}")
    end_of_imports()


def _task(folder: Folder, shop: Shop, arguments: Sequence[str], looked: Looked) -> Task:
    known = looked.known.get(shop.name)
    minutes = known.deadline_minutes if known else UNKNOWN_MINUTES
    log_format = "json" if folder.voices.for_machines else "text"
    words = [*options_for(folder.common, shop), "--log-format", log_format, *arguments]
    return Task(
        shop=shop.name, work=partial(status_of, words), seconds=minutes * 60 + GRACE_SECONDS
    )


def options_for(common: Common, shop: Shop) -> list[str]:
    """Return the options of the program that a command for a shop is given with."""
    told = ["-c", str(shop.file)]
    if common.verbosity:
        told.append("-v" if common.verbosity > 0 else "-q")
    return [*told, *(["--language", str(common.language)] if common.language else [])]


def _broke_off(ended: Ended) -> DineroSyncError:
    """Say how a process ended that didn't end by itself."""
    if ended.hung:
        return TemporaryError(
            spoken(
                "The run of this shop hung past sync.deadline_minutes, so it was ended. What it "
                "began is known and is never done twice; the next run goes on."
            )
        )
    if ended.status is None:
        return TemporaryError(
            spoken(
                "No run was begun for this shop: the machine gave no process for it, or it was "
                "asked to stop before. Nothing was booked for it; the next run goes on."
            )
        )
    if ended.exit_code is ExitCode.TEMPORARY:
        return TemporaryError(
            spoken(
                "The run of this shop was ended from outside (signal {signal}), as the machine "
                "does where memory is short. What it began is known and is never done twice; the "
                "next run goes on.",
                signal=-ended.status,
            )
        )
    return StateError(
        spoken(
            "The run of this shop broke off by a fault of the program (status {status}). What it "
            "began is known and is never done twice. Please report this line to the maintainers.",
            status=ended.status,
        )
    )


def _read(output: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(output)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
