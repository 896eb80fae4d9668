"""Every point at which the installed command can die, found by recording what it does.

It is killed (SIGKILL) when a request of its arrives, when it was processed and not yet answered,
and, by strace(1) from outside, before each system call that changes or flushes a file in the state
folder. A call that is added to the program is found on the day it is written. Its process is forked
from one that has loaded its libraries; ``connect``, which asks, starts from nothing.
"""

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crash_closing import FOLDER, pack_violations
from crash_desk import Desk
from crash_recovery import recovered
from crash_scenarios import SCENARIOS, Scenario
from crash_violations import unannounced_writes

STRACE = shutil.which("strace") or "strace"
DEADLY = ("fdatasync", "fsync", "mkdir", "rename", "unlink")
"""The calls before which the program is killed."""
CHANGING = ("ftruncate", "mkdir", "openat", "pwrite64", "rename", "unlink", "write")
"""The calls that leave other files behind for whoever comes after a death."""
CALL = re.compile(r"\d+ +(?P<name>\w+)\((?P<rest>.*)")


class TracedCall(NamedTuple):
    """A system call in a trace."""

    name: str
    number: int
    """Counted from 1 among the calls of the same name."""
    rest: str
    """Its arguments and what it returned."""


def kill_points(desk: Desk, name: str) -> list[str]:
    """Record a scenario's command and return the points at which it can be killed.

    They read ``kill/SCENARIO/request/7/after`` and ``kill/SCENARIO/fdatasync/12``.
    """
    return [f"kill/{name}/{point}" for point in _recorded(desk, SCENARIOS[name])]


def _recorded(desk: Desk, scenario: Scenario) -> Iterator[str]:
    trace = desk.folder.with_suffix(".trace")
    scenario.begin(desk)
    before = desk.sandbox.request_count
    calls = ",".join(sorted({*DEADLY, *CHANGING}))
    tracer = strace("-y", "-o", str(trace), "-e", f"trace={calls}")
    status = desk.give(*scenario.command, under=tracer)
    assert status == 0, desk.log.read_text()
    for number in range(1, desk.sandbox.request_count - before + 1):
        yield f"request/{number}/before"
        yield f"request/{number}/after"
    yield from _deadly_calls(trace, str(desk.state))


def strace(*options: str) -> list[str]:
    """Return what a command is to be run under."""
    return [STRACE, "-f", "-qq", *options]


@cache
def can_trace() -> bool:
    """Tell whether this machine has strace(1) and lets it work."""
    try:
        traced = subprocess.run(strace("-o", os.devnull, "true"), check=False)
    except FileNotFoundError:
        return False
    return traced.returncode == 0


def _deadly_calls(trace: Path, folder: str) -> Iterator[str]:
    """Name the calls before which a death leaves other files than before the one in front."""
    changed = True
    for call in traced_calls(trace, folder):
        if call.name in DEADLY and changed:
            yield f"{call.name}/{call.number}"
            changed = False
        changed = changed or _changes(call)


def traced_calls(trace: Path, folder: str) -> Iterator[TracedCall]:
    """Read the calls in a trace that are about ``folder``, each with its number among its like."""
    counts: Counter[str] = Counter()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        call = CALL.match(line)
        if call is not None:
            counts[call["name"]] += 1
            if folder in call["rest"]:
                yield TracedCall(call["name"], counts[call["name"]], call["rest"])


def _changes(call: TracedCall) -> bool:
    """Tell whether a call changed a file or a folder."""
    if call.name not in CHANGING or ") = -1 " in call.rest:
        return False
    return call.name != "openat" or "O_CREAT" in call.rest


def prove_kill(desk: Desk, scenario_name: str, *point: str) -> list[str]:
    """Kill the scenario's command at a point, go on, and return what is wrong then.

    Where the death was outside a renewal, Visma's grace is over before anything goes on: the
    renewed connection must have been kept by then.
    """
    scenario = SCENARIOS[scenario_name]
    scenario.begin(desk)
    before = desk.sandbox.request_count
    status = _killed(desk, scenario, point)
    if status != -signal.SIGKILL:
        return [f"It wasn't killed there: it ended with {status}."]
    sent = [each for each in desk.sandbox.requests if each.number > before]
    found = list(unannounced_writes(desk.state, sent))
    if scenario.closes:
        found += pack_violations(desk.folder / FOLDER)
    if sent and sent[-1].service != "visma":
        desk.sandbox.change_settings(refresh_grace_seconds=0)
    return found + recovered(desk, scenario, status, inside=point[0] != "request")


def _killed(desk: Desk, scenario: Scenario, point: tuple[str, ...]) -> int:
    """Give the command and kill it at the point; return how it ended."""
    if point[0] != "request":
        name, number = point
        death = f"inject={name}:signal=KILL:when={number}"
        tracer = strace("-o", os.devnull, "-e", f"trace={name}", "-e", death)
        return desk.give(*scenario.command, under=tracer)
    _, number, when = point
    with desk.sandbox.lock:  # a request waits until it is known whom to kill
        process = desk.start_quickly(*scenario.command)
        desk.sandbox.change_settings(
            client_pid=process.pid,
            kill_at_request=desk.sandbox.request_count + int(number),
            kill_when=when,
        )
    status = desk.end_of(process)
    desk.sandbox.change_settings(client_pid=None, kill_at_request=None)
    return status
