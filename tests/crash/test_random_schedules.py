"""Some days of a small shop under random trouble; two thousand more by ``make crash``."""

from datetime import timedelta

import pytest
from crash_cases import prove
from crash_desk import Desk
from crash_inside import give_inside, let_pass
from crash_scenarios import SCENARIOS
from crash_violations import violations
from sudden_death import DeathError, mortal

pytestmark = pytest.mark.slow

GROUPS = 6
GROUP_SIZE = 10


@pytest.mark.parametrize("group", range(GROUPS))
def test_days_of_random_trouble_end_with_everything_once(desk: Desk, group: int) -> None:
    seeds = range(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)

    proofs = [prove(desk, f"schedule/{seed}") for seed in seeds]

    assert {proof.case: proof.violations for proof in proofs if proof.violations} == {}
    assert sum(proof.runs for proof in proofs) > 2 * GROUP_SIZE


def test_a_schedule_follows_from_its_seed(desk: Desk) -> None:
    first = prove(desk, "schedule/2")
    paths = [(request.method, request.path) for request in desk.sandbox.requests]

    again = prove(desk, "schedule/2")

    assert (again.runs, again.faults) == (first.runs, first.faults)
    assert [(each.method, each.path) for each in desk.sandbox.requests] == paths


@pytest.mark.parametrize(
    "jump", [timedelta(days=-2), timedelta(hours=-3), timedelta(hours=3), timedelta(days=400)]
)
def test_a_clock_that_was_wrong_for_a_run_doubles_and_loses_nothing(
    desk: Desk, jump: timedelta
) -> None:
    scenario = SCENARIOS["paid_orders"]
    scenario.begin(desk)

    give_inside(desk, "run", clock_error=jump)
    let_pass(desk.sandbox, timedelta(days=1))
    status = give_inside(desk, "run")

    assert status == 0
    assert violations(desk.sandbox, desk.state, scenario.expected(desk)) == []


def test_a_process_dies_at_each_of_its_steps_and_has_no_effect_afterwards(desk: Desk) -> None:
    scenario = SCENARIOS["late_payment"]
    scenario.begin(desk)
    with mortal(None) as fate:
        give_inside(desk, *scenario.command)

    for fatal_step in range(1, fate.steps + 1, 5):
        scenario.begin(desk)
        with pytest.raises(DeathError), mortal(fatal_step) as doomed:
            give_inside(desk, *scenario.command)
        assert doomed.steps >= fatal_step
        give_inside(desk, "run")
        assert violations(desk.sandbox, desk.state, scenario.expected(desk)) == []
