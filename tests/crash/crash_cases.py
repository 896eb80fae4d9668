"""All cases of the suite by name, and one function that proves any of them.

``kill/…``: the installed command is killed; ``disk/…``: its disk fails; ``stop/…``: it gets a
signal; ``race/…/SEED``: two machines at once; ``fault/…``: a service is in trouble; and
``schedule/SEED``: random trouble of all kinds for some days.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crash_desk import Desk
from crash_scenarios import SCENARIOS
from crash_schedules import prove_schedule
from disk_faults import disk_faults, prove_disk_fault
from fault_points import fault_points, prove_fault
from kill_points import kill_points, prove_kill
from stop_signals import prove_stop, stop_points
from two_machines import prove_race

PROOFS: Mapping[str, Callable[..., list[str]]] = {
    "kill": prove_kill,
    "disk": prove_disk_fault,
    "stop": prove_stop,
    "race": prove_race,
    "fault": prove_fault,
    "schedule": prove_schedule,
}
RECORDERS: Mapping[str, Callable[[Desk, str], list[str]]] = {
    "kill": kill_points,
    "disk": disk_faults,
    "stop": stop_points,
    "fault": fault_points,
}
SOURCES = (
    *(f"kill/{name}" for name in SCENARIOS),
    "disk/paid_orders",
    "disk/token_refresh",
    "disk/upgrade",
    "stop/paid_orders",
    *(f"fault/{name}" for name, each in SCENARIOS.items() if not each.closes),
)
"""What is recorded to find cases; races and schedules follow from seeds.

A close asks much and writes nothing at the services: a few of its faults are among the tests.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of a case."""

    case: str
    violations: list[str]
    runs: int
    """How many commands were given."""
    faults: int
    """How many requests met a fault."""


def recorded_cases(desk: Desk, source: str) -> list[str]:
    """Record the command of a source like ``kill/paid_orders``, and return its cases."""
    kind, scenario = source.split("/")
    return RECORDERS[kind](desk, scenario)


def prove(desk: Desk, case: str) -> Proof:
    """Prove one case; a fault of the program is a violation like any other."""
    kind, *point = case.split("/")
    before = desk.runs
    try:
        found = PROOFS[kind](desk, *point)
    except Exception:  # noqa: BLE001 - whatever it is, the reader learns the case and the place
        found = [f"A fault of the program:\n{traceback.format_exc()}"]
    met = sum(each.fault not in {None, "kill"} for each in desk.sandbox.requests)
    return Proof(case=case, violations=found, runs=desk.runs - before, faults=met)


def source_of(case: str) -> str:
    """Return what a case is of: a kind of trouble, and the scenario where it has one."""
    kind, name, *_ = case.split("/")
    return kind if kind == "schedule" else f"{kind}/{name}"


def spread(cases: list[str], count: int) -> list[str]:
    """Choose about ``count`` cases, evenly from the first to the last."""
    step = max(len(cases) // count, 1)
    return cases[step // 2 :: step]


def under(name: str, cases: Iterable[str]) -> list[str]:
    """Return the cases called ``name`` or, like files in a folder, under it."""
    return [case for case in cases if f"{case}/".startswith(f"{name}/")]
