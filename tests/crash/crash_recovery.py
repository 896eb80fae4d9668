"""After the trouble: what is given again until a run changes nothing, and what must hold then."""

from collections.abc import Iterator

from crash_desk import Desk
from crash_inside import give_inside
from crash_scenarios import Command, Scenario
from crash_violations import violations, writes

MOST_RUNS = 6
QUIET_STATUSES = frozenset({0, 3})


def recovered(desk: Desk, scenario: Scenario, *, inside: bool) -> list[str]:
    """Repeat the scenario's commands and let runs come until one is quiet; return violations.

    The first command is the installed one unless ``inside`` is true. The others are given inside
    this process: the same program, without the half second of its start.
    """
    statuses: list[int] = []
    for command in _commands(scenario):
        before = desk.sandbox.request_count
        installed = not inside and not statuses
        statuses.append(desk.give(*command) if installed else give_inside(desk, *command))
        new = [each for each in desk.sandbox.requests if each.number > before]
        if len(statuses) > 1 and statuses[-1] in QUIET_STATUSES and not writes(new):
            return violations(desk.sandbox, desk.state, scenario.expected(desk))
    return [f"Never quiet; the exit statuses were {statuses}."]


def _commands(scenario: Scenario) -> Iterator[Command]:
    yield from scenario.repeated
    for _ in range(MOST_RUNS):
        yield ("run",)
