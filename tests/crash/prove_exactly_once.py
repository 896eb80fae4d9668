"""``make crash``: proves that every order is booked and paid exactly once, whatever dies.

Runs every case on two processes at a time, prints what was done and every violation with the
command that repeats it, and exits 1 if there is one. ``--every 4`` proves each fourth case only.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path

from crash_cases import SOURCES, Proof, prove, recorded_cases, source_of, under
from crash_desk import MEMORY, Desk, a_desk
from kill_points import can_trace
from two_machines import RACES

WORKERS = 2
RACES_OF_EACH = 24
SCHEDULES = 2000
FEWEST_KILL_POINTS = 300
LARGEST_SEED = 1_000_000
PROGRESS_EVERY = 250
PARTS_OF_SEEDED = {"race": 3, "schedule": 2}
"""Of a case's name whose last part is a seed."""


class _Worker:
    """What one process of the pool keeps open."""

    desk: Desk
    open = ExitStack()


def _open_desk(root: Path) -> None:
    _Worker.desk = _Worker.open.enter_context(a_desk(root))


def _record(source: str) -> list[str]:
    return recorded_cases(_Worker.desk, source)


def _prove(case: str) -> Proof:
    return prove(_Worker.desk, case)


@contextmanager
def _workers() -> Iterator[ProcessPoolExecutor]:
    """Start the processes; their folders go with this one, however it ends."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as root:
        pool = ProcessPoolExecutor(WORKERS, initializer=_open_desk, initargs=(Path(root),))
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _cases(pool: ProcessPoolExecutor, only: str, seed: int) -> list[str]:
    """Find all cases, or those under ``only``; the slow ones first."""
    kind, *parts = only.split("/")
    if PARTS_OF_SEEDED.get(kind) == 1 + len(parts):
        return [only]
    sources = [each for each in SOURCES if not only or under(only, [each]) or under(each, [only])]
    found = list(chain.from_iterable(pool.map(_record, sources)))
    found += [f"race/{name}/{seed + turn}" for name in RACES for turn in range(RACES_OF_EACH)]
    found += [f"schedule/{number}" for number in range(seed, seed + SCHEDULES)]
    return under(only, found) if only else found


def _proofs(pool: ProcessPoolExecutor, cases: list[str]) -> Iterator[Proof]:
    """Prove every case; yields each proof once it is there."""
    futures = [pool.submit(_prove, case) for case in cases]
    for number, future in enumerate(as_completed(futures), start=1):
        if number % PROGRESS_EVERY == 0:
            _say(f"{number} of {len(cases)} cases")
        yield future.result()


def _report(proof: Proof) -> None:
    for violation in proof.violations:
        _say(f"VIOLATION {proof.case}: {violation}")
    if proof.violations:
        _say(f"  Again: make crash ONLY={proof.case}")


def _sum_up(proofs: list[Proof], seconds: float) -> Counter[str]:
    """Print what was done: of each scenario, and in all."""
    for source, number in sorted(Counter(source_of(proof.case) for proof in proofs).items()):
        _say(f"{source:<28}{number:>7}")
    kinds = Counter(proof.case.split("/")[0] for proof in proofs)
    rows = {
        "kill points": kinds["kill"],
        "signals": kinds["stop"],
        "faults": sum(proof.faults for proof in proofs) + kinds["disk"],
        "races": kinds["race"],
        "schedules": kinds["schedule"],
        "runs": sum(proof.runs for proof in proofs),
        "violations": sum(len(proof.violations) for proof in proofs),
        "seconds": round(seconds),
    }
    for name, number in rows.items():
        _say(f"{name:<28}{number:>7}")
    return Counter(rows)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a case, or what its name begins with")
    parser.add_argument("--seed", type=int, help="the first seed of races and schedules")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="prove each Nth case alone, by the seed"
    )
    parser.add_argument("--first", action="store_true", help="stop at the first violation")
    return parser.parse_args()


def main() -> int:
    """Prove the cases asked for; returns 1 on a violation, or when too few were found."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the processes end, too
    arguments = _arguments()
    if not can_trace():
        _say("This needs strace, allowed to trace processes; install it with: apt install strace")
        return 1
    seed = arguments.seed
    if seed is None:
        seed = random.randrange(LARGEST_SEED)  # noqa: S311 - spreads cases, guards nothing
    started = time.monotonic()
    proofs: list[Proof] = []
    with _workers() as pool:
        found = _cases(pool, arguments.only, seed)
        cases = list(islice(found, seed % arguments.every, None, arguments.every))
        _say(
            f"{len(cases)} of {len(found)} cases; the seeds of races and schedules begin at {seed}"
        )
        for proof in _proofs(pool, cases):
            proofs.append(proof)
            _report(proof)
            if arguments.first and proof.violations:
                break
    done = _sum_up(proofs, time.monotonic() - started)
    fewest = FEWEST_KILL_POINTS // arguments.every
    too_few = not arguments.only and done["kill points"] < fewest
    return 1 if done["violations"] or too_few or not proofs else 0


if __name__ == "__main__":
    sys.exit(main())
