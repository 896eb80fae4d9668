"""What is measured of each build, phase by phase; each gives rows of the table.

Where CPU is compared the builds take turns, round by round. Where only memory or calls count they
work at the same time, which neither can feel.
"""

import pstats
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench_builds import Build, Usage, measure
from bench_journal import FIRST
from bench_shop import (
    BACKFILL_DAYS,
    JUST_NOW_DAYS,
    a_third_known,
    calls_to_dinero,
    sell,
    shop,
)
from bench_table import (
    Row,
    each,
    kilobytes,
    megabytes,
    milliseconds,
    ratio,
    times,
)

from dinero_sync.sandbox.state import Sandbox

YOUNG, OLD = 100, 100_000
FEW = 1_000
POLLS = 3
PROFILED = 500
TOP = 25
LIBRARIES = "import requests, click, yaml, tenacity, structlog"
CLICK = "import click"
MEMORY = Path("/dev/shm")  # noqa: S108 - folders with names of their own are made there
"""Where state folders of backfills are kept, if there is such a place: a disk's work is noise."""
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Aged:
    """The configurations of one build for a young journal and for an old one."""

    build: Build
    young: Path
    old: Path


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a folder that is in memory where the machine has such a place."""
    with TemporaryDirectory(prefix="bench-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


def at_once(builds: Sequence[Build], what: Callable[[Build], Got]) -> list[Got]:
    """Do the same with all builds at the same time; returns what came of it, in their order."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(what, builds))


def compared(values: Sequence[float], written: Callable[[float], str]) -> list[str]:
    """Write what was found, the present build's with its share of the earlier one's."""
    share = f" ({values[-1] / values[0]:.2f} of then)" if len(values) > 1 else ""
    return [*map(written, values[:-1]), f"{written(values[-1])}{share}"]


def row(measure: str, told: Sequence[str], goal: str) -> Row:
    """Make a row of what was found of each build, the present one last."""
    then = told[0] if len(told) > 1 else None
    return Row(measure=measure, then=then, now=told[-1], goal=goal)


@contextmanager
def aged(builds: Sequence[Build], folder: Path) -> Iterator[list[Aged]]:
    """Have both ages of journal beside a running sandbox that has nothing new to sell.

    The first build makes them, and each gets copies; what it needs to change in them for itself is
    done by its first run.
    """
    with shop() as sandbox:
        first = builds[0]
        sell(sandbox, a_third_known(YOUNG))
        young, old = folder / "young", folder / "old"
        first.run(first.config(young, sandbox.url), booked=YOUNG)
        shutil.copytree(young, old)
        maker = Path(__file__).with_name("bench_journal.py")
        subprocess.run([first.python, maker, old / "state", str(OLD)], check=True)
        found = [
            Aged(
                build,
                _copy(young, folder / f"young-{build.name}", build, sandbox.url),
                _copy(old, folder / f"old-{build.name}", build, sandbox.url),
            )
            for build in builds
        ]
        shutil.rmtree(old)
        for one in found:
            for config in (one.young, one.old):
                one.build.run(config)
        yield found


def _copy(source: Path, target: Path, build: Build, url: str) -> Path:
    shutil.copytree(source, target)
    return build.config(target, url)


def starts_and_age(ages: Sequence[Aged], rounds: int) -> list[Row]:
    """Measure how long commands take to start, and what the age of the journal costs them."""
    folder = ages[0].young.parent
    yardstick = ages[0].build.python
    libraries, click = list[float](), list[float]()
    helps, young, old = ([list[float]() for _ in ages] for _ in range(3))
    for _ in range(rounds):
        libraries.append(measure([yardstick, "-c", LIBRARIES], folder).cpu)
        click.append(measure([yardstick, "-c", CLICK], folder).cpu)
        for index, one in enumerate(ages):
            build = one.build
            helps[index].append(measure([build.command, "--help"], folder).cpu)
            young[index].append(build.run(one.young).cpu)
            old[index].append(build.run(one.old).cpu)
    return [
        row(
            "idle run, CPU against importing requests, click, yaml, tenacity, structlog",
            [times(ratio(found, libraries)) for found in young],
            "≤ 1.5×",
        ),
        row(
            "`--help`, CPU against importing click",
            [times(ratio(found, click)) for found in helps],
            "≤ 1.4×",
        ),
        row(
            f"idle run at {OLD:,} journalled orders against {YOUNG}",
            [times(ratio(*sides)) for sides in zip(old, young, strict=True)],
            "≤ 1.1×",
        ),
    ]


def reading(ages: Sequence[Aged]) -> list[Row]:
    """Measure how much memory the commands take that only read."""
    order = str(FIRST + OLD // 2)
    status = at_once([one.build for one in ages], lambda build: _peak(ages, build, "status"))
    show = at_once([one.build for one in ages], lambda build: _peak(ages, build, "show", order))
    return [
        row(f"`status` at {OLD:,} orders, peak memory", status, "≤ 60 MB"),
        row(f"`show` at {OLD:,} orders, peak memory", show, "≤ 60 MB"),
    ]


def _peak(ages: Sequence[Aged], build: Build, *arguments: str) -> str:
    (config,) = (one.old for one in ages if one.build == build)
    return megabytes(build.measure(config, *arguments).peak)


def backfills(builds: Sequence[Build], rounds: int, many: int) -> list[Row]:
    """Measure what an order costs when many are booked in one run, a third by known buyers."""
    few = [list[Usage]() for _ in builds]
    for _ in range(rounds):
        for index, build in enumerate(builds):
            few[index].append(_backfill(build, FEW))
    large = [_backfill(build, many) for build in builds]
    usual = [median(usage.cpu for usage in found) / FEW for found in few]
    peaks = [
        f"{megabytes(median(usage.peak for usage in found))} / {megabytes(most.peak)}"
        for found, most in zip(few, large, strict=True)
    ]
    grown = [most.cpu / many / cpu for most, cpu in zip(large, usual, strict=True)]
    return [
        row(
            f"backfill: CPU of ours a booked order, {FEW:,} orders",
            compared(usual, milliseconds),
            "≤ 0.34 of then",
        ),
        row(
            f"the same at {many:,} orders against {FEW:,}",
            [times(value) for value in grown],
            "≤ 1.05×",
        ),
        row(f"backfill: peak memory at {FEW:,} / {many:,} orders", peaks, "≤ 90 MB at any size"),
    ]


def _backfill(build: Build, orders: int) -> Usage:
    with quick_folder() as folder, shop() as sandbox:
        sell(sandbox, a_third_known(orders))
        return build.run(build.config(folder, sandbox.url), booked=orders)


def dry_runs(builds: Sequence[Build], many: int) -> list[Row]:
    """Measure how much memory one more order takes in a dry run of a first backfill."""
    told = at_once(builds, lambda build: _dry_run_memory(build, many))
    return [row("dry run of a first backfill: memory an order", told, "≤ 1 KB")]


def _dry_run_memory(build: Build, many: int) -> str:
    small, large = (_dry_run(build, orders).peak for orders in (FEW, many))
    return kilobytes(each(small, large, FEW, many))


def _dry_run(build: Build, orders: int) -> Usage:
    with quick_folder() as folder, shop() as sandbox:
        sell(sandbox, a_third_known(orders))
        return build.run(build.config(folder, sandbox.url), "--dry-run")


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls to Dinero an order, by a buyer who is known there and by a new one."""

    known: float
    new: float


def calls(builds: Sequence[Build]) -> list[Row]:
    """Count the calls to Dinero: for many orders in one run, and for one order a poll."""
    many, one = at_once(builds, _many_a_run), at_once(builds, _one_a_poll)
    return [
        row(
            f"calls to Dinero an order, {FEW:,} orders in one run, known / new contact",
            [f"{found.known:.3f} / {found.new:.3f}" for found in many],
            "≤ 3.02 / 4.02",
        ),
        row(
            "calls to Dinero, one new order a poll, known / new contact",
            [f"{found.known:g} / {found.new:g}" for found in one],
            "≤ 5 / 7",
        ),
    ]


def _many_a_run(build: Build) -> Calls:
    buyers = range(FEW)
    with quick_folder() as folder, shop() as sandbox:
        config = build.config(folder, sandbox.url)
        new = _counted(build, config, sandbox, buyers, BACKFILL_DAYS)
        return Calls(known=_counted(build, config, sandbox, buyers, JUST_NOW_DAYS), new=new)


def _one_a_poll(build: Build) -> Calls:
    """Count in a small shop: what a poll reads of other invoices grows with the day's orders."""
    with quick_folder() as folder, shop() as sandbox:
        config = build.config(folder, sandbox.url)
        _counted(build, config, sandbox, range(YOUNG), BACKFILL_DAYS)
        known, new = (
            median(
                _counted(build, config, sandbox, [first + poll], JUST_NOW_DAYS)
                for poll in range(POLLS)
            )
            for first in (0, YOUNG)
        )
    return Calls(known=known, new=new)


def _counted(
    build: Build, config: Path, sandbox: Sandbox, buyers: Sequence[int], days: tuple[float, float]
) -> float:
    """Sell to the buyers, run, and return how many calls to Dinero an order cost."""
    sell(sandbox, buyers, days)
    before = calls_to_dinero(sandbox)
    build.run(config, booked=len(buyers))
    return (calls_to_dinero(sandbox) - before) / len(buyers)


def profiles(ages: Sequence[Aged]) -> str:
    """Tell where the present build spends its time: an idle run with an old journal, a backfill."""
    present = ages[-1]
    idle = _profile(present.build, present.old)
    with quick_folder() as folder, shop() as sandbox:
        sell(sandbox, a_third_known(PROFILED))
        backfill = _profile(present.build, present.build.config(folder, sandbox.url))
    return "\n".join(
        [
            f"## An idle run at {OLD:,} orders",
            idle,
            f"## A backfill of {PROFILED} orders",
            backfill,
        ]
    )


def _profile(build: Build, config: Path) -> str:
    kept, told = config.with_name("profile"), config.with_name("profile.txt")
    profiled = [build.python, "-m", "cProfile", "-o", kept, "-m", "dinero_sync"]
    measure([*map(str, profiled), "-q", "-c", str(config), "run"], config.parent)
    with told.open("w", encoding="utf-8") as stream:
        statistics = pstats.Stats(str(kept), stream=stream)
        statistics.sort_stats("tottime").print_stats(TOP)
        statistics.sort_stats("cumulative").print_stats(TOP)
    return told.read_text(encoding="utf-8")
