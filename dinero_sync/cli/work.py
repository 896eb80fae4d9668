"""What the commands that do something at Dinero have in common."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from dinero_sync.cli.context import Common, prepare
from dinero_sync.clock import SystemClock
from dinero_sync.errors import TemporaryError
from dinero_sync.journal.lock import LockHeldError
from dinero_sync.sync.work.workplace import Workplace, open_workplace

STOPPING = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def at_work(common: Common, *, dry_run: bool = False) -> Iterator[Workplace]:
    """Load the configuration and open everything a run needs, until the deadline or a signal.

    Raises what loading and opening raise, LockHeldError among it.
    """
    config, config_file = prepare(common)
    clock = SystemClock(float(config.sync.deadline_minutes) * 60)
    stop_on_signals(clock)
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
            "A run of dinero-sync is at work with this state folder; nothing was changed. "
            "Try again in a minute."
        ) from error


def stop_on_signals(clock: SystemClock) -> None:
    """End cleanly on the first SIGTERM or SIGINT, at once on the second."""

    def stop(_: int, __: object) -> None:
        clock.stop()
        for each in STOPPING:
            signal.signal(each, signal.SIG_DFL)

    for each in STOPPING:
        signal.signal(each, stop)
