"""What becomes of processes that end in every way; prints it as JSON, from a process of its own.

Tests can't fork by themselves: those who run them have threads.
"""

import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import active_count

from dinero_sync.cli.shops import doubles, forks
from dinero_sync.cli.shops.each import import_all
from dinero_sync.cli.shops.folder import Shop
from dinero_sync.cli.shops.forks import Stopping, Task, done_at_once
from dinero_sync.cli.work import FROM_THE_PARENT
from dinero_sync.logs import get_logger, run_id, set_up_logs

LONG_SECONDS = 60.0
SHORT_SECONDS = 0.3


def saying(text: str, status: int = 0) -> int:
    sys.stdout.write(text)
    sys.stderr.write(f"of {text}\n")
    return status


def faulty() -> int:
    raise RuntimeError("nobody sees this")


def dying_of(number: signal.Signals) -> int:
    os.kill(os.getpid(), number)
    return 0


def deaf() -> int:
    """Hang, and hear nothing but what can't be refused."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(LONG_SECONDS)
    return 0


def asleep() -> int:
    time.sleep(LONG_SECONDS)
    return 0


def leaving_a_child() -> int:
    """End while what it started keeps its pipes open."""
    if os.fork() == 0:
        time.sleep(2 * SHORT_SECONDS)
        os._exit(0)
    return saying("parent")


def being_itself() -> int:
    """Say what no two processes may have in common."""
    set_up_logs(verbosity=0, log_format="json")
    get_logger().info("shops.finished", count=1)
    sys.stdout.write(json.dumps([random.random(), run_id(), sys.stdin.read()]))  # noqa: S311 - it is looked at
    return 0


def asking_the_parent_to_stop() -> int:
    signal.signal(FROM_THE_PARENT, lambda *_: os._exit(75))
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(LONG_SECONDS)
    return 0


WORK: dict[str, Callable[[], int]] = {
    "well": lambda: saying("well"),
    "held": lambda: saying("held", 3),
    "odd status": lambda: saying("odd", 1),
    "faulty": faulty,
    "killed": lambda: dying_of(signal.SIGKILL),
    "crashed": lambda: dying_of(signal.SIGFPE),
    "leaving a child": leaving_a_child,
    "long": lambda: saying("x" * 300_000),
    "itself 1": being_itself,
    "itself 2": being_itself,
}


def done(tasks: list[Task], jobs: int, stopping: Stopping) -> dict[str, object]:
    """Do the tasks; returns how each ended and what it wrote."""
    told = defaultdict[str, bytes](bytes)

    def take(shop: str, piece: bytes) -> None:
        told[shop] += piece

    return {
        each.shop: {
            "status": each.status,
            "exit_code": int(each.exit_code),
            "broke_off": each.broke_off,
            "hung": each.hung,
            "output": each.output.decode(),
            "told": told[each.shop].decode(),
        }
        for each in done_at_once(tasks, jobs, stopping, take)
    }


def tasks(**work: Callable[[], int]) -> list[Task]:
    return [Task(shop=name, work=each, seconds=LONG_SECONDS) for name, each in work.items()]


def stopped() -> dict[str, object]:
    with forks.stoppable() as stopping:
        return done(
            tasks(asks=asking_the_parent_to_stop, waits=WORK["well"], waits_too=WORK["well"]),
            1,
            stopping,
        )


def hung() -> dict[str, object]:
    forks.KILLED_AFTER_SECONDS = SHORT_SECONDS
    overdue = [
        Task(shop="deaf", work=deaf, seconds=SHORT_SECONDS),
        Task(shop="asleep", work=asleep, seconds=SHORT_SECONDS),
        Task(shop="well", work=WORK["well"], seconds=LONG_SECONDS),
    ]
    return done(overdue, 3, Stopping())


def at_once(jobs: int) -> int:
    """Return how many of six tasks were at work at the same time, at the most."""

    def spell() -> int:
        begun = time.monotonic()
        time.sleep(SHORT_SECONDS)
        sys.stdout.write(json.dumps([begun, time.monotonic()]))
        return 0

    found = done_at_once(
        tasks(**{str(at): spell for at in range(6)}), jobs, Stopping(), lambda *_: None
    )
    spells: list[tuple[float, float]] = [json.loads(each.output) for each in found]
    return max(sum(begun <= at < ended for begun, ended in spells) for at, _ in spells)


def endless() -> dict[str, str]:
    """Return why a configuration is refused that is a pipe nobody writes to."""
    doubles.LOOK_SECONDS = SHORT_SECONDS
    with TemporaryDirectory() as folder:
        pipe = Path(folder, "endless.yaml")
        os.mkfifo(pipe)
        looked = doubles.looked_at([Shop("endless", pipe)], 1, Stopping())
        return {shop: str(error) for shop, error in looked.refused.items()}


def main() -> None:
    """Print what came of everything."""
    import_all()
    ways = done(tasks(**WORK), 3, Stopping())
    json.dump(
        {
            "ways": ways,
            "stopped": stopped(),
            "hung": hung(),
            "at_once": at_once(2),
            "endless": endless(),
            "threads": active_count(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
