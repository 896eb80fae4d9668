"""What the commands work with: the configuration, the state folder, and access to both services."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dinero_sync.cli import end_of_imports
from dinero_sync.cli.calling import remember_command
from dinero_sync.cli.context import Common
from dinero_sync.cli.shops.folder import one_config
from dinero_sync.clock import SystemClock
from dinero_sync.config.load import config_warnings, load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.database import reading
from dinero_sync.journal.folder.lock import LockHeldError
from dinero_sync.logs import get_logger, set_up_logs
from dinero_sync.sync.work.settings import state_folder

if TYPE_CHECKING:
    from dinero_sync.sync.work.workplace import Workplace

STOPPING = (signal.SIGTERM, signal.SIGINT)
FROM_THE_PARENT = signal.SIGUSR1
"""What a run of many shops asks each of theirs to end by, beside the signals that all may get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known without asking anyone."""

    config: Config
    config_file: str
    db: sqlite3.Connection


def prepare(
    common: Common, *, reported: bool = False, needs_keys: bool = True
) -> tuple[Config, str]:
    """Set up logging and load the configuration; returns it with the file's name.

    ``reported`` as in :func:`set_up_logs`, ``needs_keys`` as in :func:`load_config`. Raises
    ConfigError with every problem, and UsageError for a folder of configurations.
    """
    remember_command()
    set_up_logs(verbosity=common.verbosity, log_format=common.log_format, reported=reported)
    path = one_config(common)
    config = load_config(path, needs_keys=needs_keys)
    end_of_imports()
    log = get_logger()
    for problem in config_warnings(path):
        log.warning(
            "config.warning",
            file=problem.file,
            line=problem.line,
            key=problem.key,
            message=problem.message,
        )
    return config, str(path)


def clock_of(config: Config) -> SystemClock:
    """Return a clock with the configured deadline."""
    return SystemClock(float(config.sync.deadline_minutes) * 60)


def stoppable_clock(config: Config) -> SystemClock:
    """Return such a clock, which the first SIGTERM or SIGINT stops; the second ends all at once.

    What comes from the parent never makes the second.
    """
    clock = clock_of(config)

    def stop(_: int, __: object) -> None:
        clock.stop()
        for each in STOPPING:
            signal.signal(each, signal.SIG_DFL)

    for each in STOPPING:
        signal.signal(each, stop)
    signal.signal(FROM_THE_PARENT, lambda *_: clock.stop())
    return clock


@contextmanager
def reading_state(common: Common, *, at_once: bool = True) -> Iterator[State]:
    """Load the configuration and read its state folder, which isn't changed.

    Raises ConfigError, and what :func:`reading` raises, where ``at_once`` is explained.
    """
    config, config_file = prepare(common)
    with reading(state_folder(config), at_once=at_once) as db:
        yield State(config=config, config_file=config_file, db=db)


@contextmanager
def at_work(
    common: Common, *, dry_run: bool = False, reported: bool = False
) -> Iterator["Workplace"]:
    """Load the configuration and open everything a run needs, until the deadline or a signal.

    ``reported`` as in :func:`set_up_logs`. Raises what loading and opening raise, LockHeldError
    among it.
    """
    from dinero_sync.sync.work.workplace import (  # noqa: PLC0415 - only who asks the services pays
        open_workplace,
    )

    config, config_file = prepare(common, reported=reported)
    clock = stoppable_clock(config)
    with open_workplace(config, config_file, clock, dry_run=dry_run) as place:
        yield place


@contextmanager
def undisturbed() -> Iterator[None]:
    """Say that nothing was done when a run is at work, where a person waits for something done.

    Raises TemporaryError in place of LockHeldError.
    """
    try:
        yield
    except LockHeldError as error:
        raise TemporaryError(
            spoken(
                "A run of dinero-sync is at work with this state folder; nothing was "
                "changed. Try again in a minute."
            )
        ) from error
