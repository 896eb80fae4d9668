"""After the trouble: what is given again until a run changes nothing, and what must hold then."""

from crash_closing import closed_violations
from crash_desk import Desk
from crash_inside import give_inside
from crash_scenarios import Scenario
from crash_violations import violations, writes

MOST_RUNS = 6
RUN = ("run",)
QUIET_STATUSES = frozenset({0, 3})


def recovered(desk: Desk, scenario: Scenario, status: int, *, inside: bool) -> list[str]:
    """Let runs come until one is quiet, and return violations.

    Where the cut command's ``status`` wasn't success, the operator repeats it first. The first
    command is the installed one unless ``inside`` is true. The others are given inside
    this process: the same program, without the half second of its start.
    """
    repeated = () if status in QUIET_STATUSES else scenario.repeated
    statuses: list[int] = []
    for command in (*repeated, *[RUN] * MOST_RUNS):
        before = desk.sandbox.request_count
        installed = not inside and not statuses
        statuses.append(desk.give(*command) if installed else give_inside(desk, *command))
        new = [each for each in desk.sandbox.requests if each.number > before]
        is_quiet = statuses[-1] in QUIET_STATUSES and not writes(new)
        if len(statuses) > 1 and command == RUN and is_quiet:
            expected = scenario.expected(desk)
            files = (scenario.bills, scenario.payouts)
            closed = closed_violations(desk) if scenario.closes else ()
            return [*violations(desk.sandbox, desk.state, expected, *files), *closed]
    return [f"Never quiet; the exit statuses were {statuses}."]
