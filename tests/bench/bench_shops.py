"""``make bench-shops``: what it costs to poll many shops at once, by one command for a folder.

Each has a configuration and a state folder of its own; all are played by one sandbox that has
nothing new to sell. Beside it stands what the same polls cost one command after the other.
Set in the environment: SHOPS (how many at the most, 1000).
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from bench_builds import THEN, Build, measure
from bench_measures import quick_folder
from bench_shop import shop
from bench_table import Row, megabytes, milliseconds, table

ONE, SOME = 1, 50
MANY = int(os.environ.get("SHOPS") or 1_000)
EVERY_SECONDS = 300
CORES = 2
SINGLE_POLLS = 5
SAMPLE_SECONDS = 0.05
KIB = 1_024
COMMAND = b"dinero-sync"


@dataclass(frozen=True, slots=True)
class Polled:
    """What it took to poll all shops of a folder."""

    count: int
    cpu: float
    """Of all processes, in seconds."""
    memory: float
    """Of all processes at once, in bytes."""


def polled(counts: Sequence[int]) -> tuple[float, list[Polled]]:
    """Poll a shop alone, then so many in a folder; returns the CPU of the first, and the others."""
    build, found = Build("now", Path(sys.executable)), list[Polled]()
    with shop() as sandbox, quick_folder() as folder:
        config = build.config(folder / "single", sandbox.url)
        build.run(config)
        alone = sum(build.run(config).cpu for _ in range(SINGLE_POLLS)) / SINGLE_POLLS
        for count in counts:
            _write_shops(folder / str(count), config.read_text(encoding="utf-8"), count)
            _poll(build, folder / str(count))  # the first makes the state folders
            found.append(Polled(count, *_poll(build, folder / str(count))))
    return alone, found


def shops() -> list[Row]:
    """Return the rows of the table: what a poll costs, and all of them together."""
    alone, found = polled((ONE, SOME, MANY))
    return [
        _row("a shop polled by a command of its own: CPU a poll", milliseconds(alone)),
        *(row for each in found for row in _rows(each, alone)),
    ]


def _rows(found: Polled, alone: float) -> Iterator[Row]:
    each = found.cpu / found.count
    share = found.cpu / EVERY_SECONDS / CORES
    name = f"{found.count:,} in a folder"
    yield _row(f"{name}: CPU a poll", f"{milliseconds(each)} ({each / alone:.2f} of alone)")
    told = f"{share:.1%} ({found.cpu:.1f} s a round)"
    yield _row(f"{name}, polled every five minutes: share of two cores", told, "≤ 50 %")
    yield _row(f"{name}: memory of all processes", megabytes(found.memory), "≤ 300 MB")


def _row(what: str, now: str, goal: str = "") -> Row:
    return Row(measure=what, then=None, now=now, goal=goal)


def _write_shops(folder: Path, config: str, count: int) -> None:
    """Write a configuration for each shop; its state is in a folder by its name."""
    folder.mkdir(mode=0o700)
    for number in range(1, count + 1):
        name = f"shop-{number:04}"
        text = config.replace("state_dir: state", f"state_dir: states/{name}")
        file = folder / f"{name}.yaml"
        file.touch(mode=0o600)
        file.write_text(_of_company(text, number), encoding="utf-8")


def _of_company(config: str, number: int) -> str:
    """Give a configuration a company of its own, which an idle run doesn't ask for."""
    lines = (
        f"  organization_id: {number}" if line.lstrip().startswith("organization_id:") else line
        for line in config.splitlines()
    )
    return "\n".join([*lines, ""])


def _poll(build: Build, folder: Path) -> tuple[float, float]:
    """Poll every shop of a folder; returns the CPU of all processes, and their memory at once."""
    with _memory_watched() as most:
        usage = measure([build.command, "-q", "-c", folder, "run"], folder)
    return usage.cpu, max(most, default=0.0)


@contextmanager
def _memory_watched() -> Iterator[list[float]]:
    """Note how much memory the command's processes have together, in bytes, again and again.

    What they share is counted once (PSS).
    """
    found, over = list[float](), Event()

    def watch() -> None:
        while not over.wait(SAMPLE_SECONDS):
            found.append(float(sum(map(_memory_of, _descendants(os.getpid())))))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _descendants(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="utf-8").split()):
                yield child
                yield from _descendants(child)


def _memory_of(pid: int) -> int:
    """Return what a process of the command has in memory, in bytes; 0 for any other."""
    with suppress(OSError):
        if COMMAND in Path(f"/proc/{pid}/cmdline").read_bytes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * KIB
    return 0


if __name__ == "__main__":
    sys.stdout.write(f"{table(shops(), THEN)}\n")
