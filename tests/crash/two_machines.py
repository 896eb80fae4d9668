"""Two machines that serve the same shop and company at the same time, each with its own state.

Files come to each in an inbox of its own. Two machines with one inbox at the same moment are
promised nothing, nor are two that get the same bill at the same moment: Dinero's vouchers have no
identity of ours.
"""

import random
from collections.abc import Callable, Mapping

from crash_desk import Desk
from crash_inside import give_inside
from crash_payouts import SEVERAL_DOCUMENTS, payout_violations, put_payouts
from crash_recovery import QUIET_STATUSES, recovered
from crash_scenarios import SCENARIOS, Scenario
from crash_violations import SENT_AGAIN, journal_violations

DELAYS = 15
FAR_REQUEST = 45
LONGEST_DELAY_SECONDS = 0.08
EXPECTED_STATUSES = frozenset({0, 3, 4, 75})
NOT_PROMISED = (SENT_AGAIN, SEVERAL_DOCUMENTS)
SAID_TWICE = 2
"""What a machine ends with that is told to credit what the other one has credited just now."""


def _nothing(other: Desk) -> None:
    """Begin with an empty state folder."""


def _knows_the_orders(other: Desk) -> None:
    """Let a run find what was booked before."""
    give_inside(other, "run")


RACES: Mapping[str, Callable[[Desk], None]] = {
    "paid_orders": _nothing,
    "credit": _knows_the_orders,
    "credit_second_hand": _knows_the_orders,
    "credit_gift_card": _knows_the_orders,
    "returned": _nothing,
    "payout": put_payouts,
}
"""The scenarios whose command two machines give at once, and what the second one has before that.

Credit notes are with their refunds, and payouts with the moves of their files.
"""


def prove_race(desk: Desk, name: str, seed: str) -> list[str]:
    """Let both give a scenario's command at once; return what is wrong then.

    Delays follow from ``seed``. Two machines may well send the same request: the log doesn't tell
    which of them sent it again. And both may upload the document of one bill at the same moment.
    """
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    other = _another_machine(desk, scenario)
    RACES[name](other)
    _delay_some(desk, random.Random(seed))  # noqa: S311 - spreads delays, guards nothing
    statuses = desk.race(other, *scenario.command)
    desk.sandbox.clear_faults()
    expected = EXPECTED_STATUSES | ({SAID_TWICE} if "credit" in scenario.command else set())
    found = [f"A machine ended with {each}." for each in statuses if each not in expected]
    last = [give_inside(other, "run") for _ in range(2)]
    found += [f"The other machine ends with {each}." for each in last if each not in QUIET_STATUSES]
    desk.runs += other.runs
    found += recovered(desk, scenario, statuses[0], inside=True)
    found += journal_violations(other.state, scenario.expected(desk))
    found += payout_violations(desk.sandbox, other.state, scenario.payouts)
    return [each for each in found if not each.startswith(NOT_PROMISED)]


def _another_machine(desk: Desk, scenario: Scenario) -> Desk:
    other = Desk(desk.sandbox, desk.folder / "other")
    other.folder.mkdir()
    other.write_config(scenario.changes)
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
