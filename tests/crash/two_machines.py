"""Two machines that serve the same shop and company at the same time, each with its own state."""

import random

from crash_desk import Desk
from crash_inside import give_inside
from crash_recovery import QUIET_STATUSES, recovered
from crash_scenarios import SCENARIOS
from crash_violations import SENT_AGAIN, journal_violations

SCENARIO = SCENARIOS["paid_orders"]
DELAYS = 15
FAR_REQUEST = 45
LONGEST_DELAY_SECONDS = 0.08
EXPECTED_STATUSES = frozenset({0, 3, 4, 75})


def prove_race(desk: Desk, seed: str) -> list[str]:
    """Let both run at once, with delays that follow from ``seed``; return what is wrong then.

    Two machines may well send the same request: the log doesn't tell which of them sent it again.
    """
    SCENARIO.begin(desk)
    other = _another_machine(desk)
    _delay_some(desk, random.Random(seed))  # noqa: S311 - spreads delays, guards nothing
    processes = [each.start("run") for each in (desk, other)]
    statuses = [desk.end_of(process) for process in processes]
    desk.sandbox.clear_faults()
    found = [f"A machine ended with {each}." for each in statuses if each not in EXPECTED_STATUSES]
    last = [give_inside(other, "run") for _ in range(2)]
    found += [f"The other machine ends with {each}." for each in last if each not in QUIET_STATUSES]
    desk.runs += other.runs
    at_rest = recovered(desk, SCENARIO, statuses[0], inside=True)
    found += [each for each in at_rest if not each.startswith(SENT_AGAIN)]
    return [*found, *journal_violations(other.state, SCENARIO.expected(desk))]


def _another_machine(desk: Desk) -> Desk:
    other = Desk(desk.sandbox, desk.folder / "other")
    other.folder.mkdir()
    other.write_config(SCENARIO.changes)
    return other


def _delay_some(desk: Desk, dice: random.Random) -> None:
    """Let some requests wait before they are processed, and some before they are answered."""
    for _ in range(DELAYS):
        desk.sandbox.add_fault(
            {
                "kind": dice.choice(("hang_before", "hang_after")),
                "seconds": dice.uniform(0, LONGEST_DELAY_SECONDS),
                "skip": dice.randint(0, FAR_REQUEST),
            }
        )
