"""``make bench``: what the present build costs beside that of commit c93610b, in one table.

Both are measured in the same run, as whole processes of the installed command on the sandbox, so
that no absolute figure has to be trusted: CPU of the process alone, not the time on the wall.
Set in the environment: RUNS (rounds of short measures, 7), LARGE (orders of the large backfill,
5000), LIMIT=1 (instead: a service with a limit a minute, some minutes), PROFILE=1 (besides: where
the time goes), BENCH_DIR (a folder to keep the earlier build in, from run to run).
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench_builds import THEN, BenchError, builds
from bench_limit import under_a_limit
from bench_measures import aged, backfills, calls, dry_runs, profiles, reading, starts_and_age
from bench_reconcile import a_year
from bench_settlements import settlements
from bench_shops import shops
from bench_table import table

Got = TypeVar("Got")
RUNS = int(os.environ.get("RUNS") or 7)
LARGE = int(os.environ.get("LARGE") or 5_000)
BACKFILLS_AT_MOST = 3
"""Rounds of the backfill: it lasts long, so that little else can disturb it."""
NO_GIT = (
    f"Commit {THEN} can't be taken from git here: only the present build is measured. "
    "Ratios of one build to the other can't be told.\n"
)


def main() -> int:
    """Measure, print the table, and return the exit status."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        try:
            sys.stdout.write(_measured(folder))
        except BenchError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


def _measured(folder: Path) -> str:
    compared = _timed("builds", lambda: builds(Path(os.environ.get("BENCH_DIR") or folder)))
    if len(compared) == 1:
        sys.stderr.write(NO_GIT)
    if os.environ.get("LIMIT"):
        return table(_timed("limit", lambda: under_a_limit(compared)), THEN) + "\n"
    more = ""
    with aged(compared, folder) as ages:
        rows = _timed("start and age", lambda: starts_and_age(ages, RUNS))
        rows += _timed("reading", lambda: reading(ages))
        if os.environ.get("PROFILE"):
            more = _timed("profiles", lambda: profiles(ages))
    rounds = min(RUNS, BACKFILLS_AT_MOST)
    rows += _timed("backfills", lambda: backfills(compared, rounds, LARGE))
    rows += _timed("dry runs", lambda: dry_runs(compared, LARGE))
    rows += _timed("calls", lambda: calls(compared))
    rows += _timed("settlement files", settlements)
    rows += _timed("a year proved", a_year)
    rows += _timed("many shops", shops)
    return f"{table(rows, THEN)}\n{more}"


def _timed(what: str, work: Callable[[], Got]) -> Got:
    """Do one part, and say how long it took: the table comes only at the end."""
    start = time.monotonic()
    got = work()
    sys.stderr.write(f"{what}: {time.monotonic() - start:.0f} s\n")
    return got


if __name__ == "__main__":
    sys.exit(main())
