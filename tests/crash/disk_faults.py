"""A disk that is full, or that can't be written, from some point of a command on.

strace(1) lets the system calls of the installed command fail from outside: every flush and every
write from the n-th on, or every opening of a file in the state folder for writing.
"""

from collections import Counter
from pathlib import Path

from crash_desk import Desk
from crash_recovery import recovered
from crash_scenarios import SCENARIOS
from kill_points import strace, traced_calls

FULL = {"fdatasync": 12, "fsync": 1, "pwrite64": 60}
"""What fails on a full disk, besides write(2): SQLite writes and flushes with these.

Of each, every so many is the first to fail: those between meet the same disk.
"""
READ_ONLY = {"mkdir": 4, "openat": 15}
EXPECTED_STATUSES = frozenset({0, 70, 75})
"""0 where the work was done before the disk failed."""


def disk_faults(desk: Desk, name: str) -> list[str]:
    """Record a scenario's command; return ``disk/SCENARIO/ERROR/CALL/NUMBER`` for what may fail."""
    trace = desk.folder.with_suffix(".trace")
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    tracer = strace("-y", "-o", str(trace), "-e", f"trace={','.join((*FULL, *READ_ONLY))}")
    desk.give(*scenario.command, under=tracer)
    counts = Counter(call.name for call in traced_calls(trace, str(desk.state)))
    points = [
        f"{error}/{call}/{number}"
        for error, calls in (("ENOSPC", FULL), ("EROFS", READ_ONLY))
        for call, step in calls.items()
        for number in range(1, counts[call] + 1, step)
    ]
    return [f"disk/{name}/{point}" for point in points]


def prove_disk_fault(desk: Desk, name: str, error: str, call: str, number: str) -> list[str]:
    """Let the disk fail for the rest of a command, mend it, go on; return what is wrong then."""
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    trace = desk.folder.with_suffix(".trace")
    places = [option for path in _files(desk.state) for option in ("-P", str(path))]
    fault = f"inject={call}:error={error}:when={number}+"
    tracer = strace("-o", str(trace), "-e", f"trace={call}", "-e", fault, *places)
    status = desk.give(*scenario.command, under=tracer)
    found = [] if status in EXPECTED_STATUSES else [_surprise(desk, status)]
    if "(INJECTED)" not in trace.read_text(encoding="utf-8", errors="replace"):
        found.append("The command met no fault there.")
    return found + recovered(desk, scenario, status, inside=True)


def _files(state: Path) -> list[Path]:
    names = ("journal.sqlite3", "journal.sqlite3-journal", "watermark.json", "tokens.json")
    new = (f".{name}.new" for name in names)
    others = (".journal.sqlite3.new-journal", "run.lock", "tokens.lock")
    return [state, *(state / name for name in (*names, *new, *others))]


def _surprise(desk: Desk, status: int) -> str:
    last = desk.log.read_text(encoding="utf-8").splitlines()[-1:]
    return f"The command ended with {status}: {''.join(last)}"
