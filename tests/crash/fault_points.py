"""Every fault at every request of a scenario, alone; and a service that stays in trouble.

The commands are given inside this process: the faults are met by the real client over real HTTP.
"""

from collections.abc import Mapping

from crash_desk import Desk, Json
from crash_inside import give_inside
from crash_recovery import recovered
from crash_scenarios import SCENARIOS, Scenario

HTTP_TIMEOUT_SECONDS = 0.5
"""Far more than an answer takes on a busy machine, so that only a fault goes beyond it."""
LATE_SECONDS = 0.6
"""A request that is processed after the client gave it up."""
FAULTS: Mapping[str, Json] = {
    "reset_before": {"kind": "reset_before"},
    "reset_after": {"kind": "reset_after"},
    "500_before": {"kind": "status_before", "status": 500},
    "502_before": {"kind": "status_before", "status": 502, "body": "empty"},
    "503_before": {"kind": "status_before", "status": 503},
    "500_after": {"kind": "status_after", "status": 500, "body": "empty"},
    "502_after": {"kind": "status_after", "status": 502},
    "503_after": {"kind": "status_after", "status": 503},
    "429_seconds": {"kind": "rate_limit", "retry_after": 7},
    "429_date": {"kind": "rate_limit", "retry_after": "http_date"},
    "429_bare": {"kind": "rate_limit"},
    "hang_before": {"kind": "hang_before"},
    "hang_after": {"kind": "hang_after"},
    "late": {"kind": "hang_before", "seconds": LATE_SECONDS},
    "cut_json": {"kind": "truncated"},
    "cut_short": {"kind": "truncated", "content_length": "whole"},
    "html_before": {"kind": "html", "when": "before"},
    "html_after": {"kind": "html", "when": "after"},
    "stale": {"kind": "stale"},
    "expired_token": {"kind": "expired_token"},
    "resets_from_here": {"kind": "reset_before", "times": None},
    "lost_from_here": {"kind": "reset_after", "times": None},
    "503_from_here": {"kind": "status_after", "status": 503, "times": None},
    "429_from_here": {"kind": "rate_limit", "times": None},
}
OF_THE_BROWSER = "/connect/consent"
EXPECTED_STATUSES = frozenset({0, 3, 4, 75, 77})
"""How a command may end that met one of them: never with 70, nothing is wrong with the state."""


def fault_points(desk: Desk, name: str) -> list[str]:
    """Record a scenario's command and return ``fault/SCENARIO/REQUEST/FAULT`` for each."""
    scenario = _begun(desk, name)
    before = desk.sandbox.request_count
    give_inside(desk, *scenario.command)
    numbers = [
        request.number - before
        for request in desk.sandbox.requests
        if request.number > before and not request.path.endswith(OF_THE_BROWSER)
    ]
    return [f"fault/{name}/{number}/{fault}" for number in numbers for fault in FAULTS]


def prove_fault(desk: Desk, name: str, number: str, fault: str) -> list[str]:
    """Let the scenario's command meet a fault, go on, and return what is wrong then."""
    scenario = _begun(desk, name)
    desk.sandbox.add_fault({**FAULTS[fault], "skip": int(number) - 1})
    status = give_inside(desk, *scenario.command)
    desk.sandbox.clear_faults()
    found = [] if status in EXPECTED_STATUSES else [f"The command ended with {status}."]
    if not any(request.fault for request in desk.sandbox.requests):
        found.append("The command met no fault there.")
    return found + recovered(desk, scenario, status, inside=True)


def _begun(desk: Desk, name: str) -> Scenario:
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    desk.write_config({**scenario.changes, "http": {"timeout_seconds": HTTP_TIMEOUT_SECONDS}})
    return scenario
