"""A run that is asked to stop (SIGTERM, SIGINT) while one of its requests is under way."""

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import closing

from crash_desk import Desk
from crash_recovery import recovered
from crash_scenarios import SCENARIOS
from crash_violations import writes

from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy
from dinero_sync.sandbox.faults import Fault, FaultScript

SIGNALS = ("SIGTERM", "SIGINT")
STOPPED = 75
DONE = 0


class AtRequest(FaultScript):
    """Lets something happen when a request arrives, counted from the making of this script."""

    def __init__(self, number: int, act: Callable[[], None]) -> None:
        """Do ``act`` once, at the request with this number."""
        super().__init__()
        self._left = number
        self._act = act

    def take(self, service: str, method: str, path: str) -> Fault | None:
        """Count a request; the request itself meets no fault by this."""
        self._left -= 1
        if self._left == 0:
            self._act()
        return super().take(service, method, path)


def stop_points(desk: Desk, name: str) -> list[str]:
    """Record a scenario's command; return ``stop/SCENARIO/REQUEST/SIGNAL`` for each request."""
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    before = desk.sandbox.request_count
    desk.give(*scenario.command)
    numbers = range(1, desk.sandbox.request_count - before + 1)
    return [f"stop/{name}/{number}/{each}" for number in numbers for each in SIGNALS]


def prove_stop(desk: Desk, name: str, number: str, signal_name: str) -> list[str]:
    """Ask the command to stop at a request; return what is wrong then, and once all is quiet."""
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    last = desk.sandbox.request_count + int(number)
    process = desk.start(*scenario.command)
    desk.sandbox.faults = AtRequest(
        int(number), lambda: os.kill(process.pid, signal.Signals[signal_name])
    )
    status = desk.end_of(process)
    desk.sandbox.clear_faults()
    found = [] if status in {DONE, STOPPED} else [f"Asked to stop, it ended with {status}."]
    later = [each for each in desk.sandbox.requests if each.number > last]
    if status == STOPPED and writes(later):
        found.append("Asked to stop, it sent another change.")
    found += _without_outcome(desk, [int(each) for each in desk.sandbox.orders])
    return found + recovered(desk, scenario, status, inside=True)


def _without_outcome(desk: Desk, order_ids: Sequence[int]) -> list[str]:
    with closing(open_copy(desk.state)) as db:
        begun = [each for each in order_ids if effects.open_intents(db, each)]
    return [f"The change under way of order {each} has no outcome." for each in begun]
