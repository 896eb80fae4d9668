"""Every fault at every request of a scenario, alone; and a service that stays in trouble.

The commands are given inside this process: the faults are met by the real client over real HTTP.
"""

from collections.abc import Mapping, Sequence

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
GATEWAYS: Sequence[tuple[int, str]] = (
    (302, "empty"),
    (408, "html"),
    (403, "html"),
    (421, "refusal"),
    (404, "html"),
    (307, "html"),
    (425, "refusal"),
    (401, "html"),
    (409, "html"),
    (408, "refusal"),
    (400, "html"),
    (413, "html"),
)
"""What a gateway answers in a service's place, and in which form. Each request of a scenario meets
the next of them, so that all come up without a case for each of them at each request."""
STRIDE = 5
"""Has no divisor in common with how many they are."""
BY_A_GATEWAY: Mapping[str, Json] = {
    "gateway_before": {"kind": "status_before"},
    "gateway_after": {"kind": "status_after"},
    "gateway_from_here": {"kind": "status_after", "times": None},
}
OF_THE_BROWSER = "/connect/consent"
EXPECTED_STATUSES = frozenset({0, 3, 4, 75, 77})
"""How a command may end that met one of them: never with 70, nothing is wrong with the state."""

IN_DOUBT = 4
AFTER_A_GATEWAY = frozenset({0, 75})
"""Nothing is refused by what isn't the service's word: no order is held, and no key is at fault."""


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
    faults = (*FAULTS, *BY_A_GATEWAY)
    return [f"fault/{name}/{number}/{fault}" for number in numbers for fault in faults]


def prove_fault(desk: Desk, name: str, number: str, fault: str) -> list[str]:
    """Let the scenario's command meet a fault, go on, and return what is wrong then."""
    scenario = _begun(desk, name)
    desk.sandbox.add_fault({**_script(name, int(number), fault), "skip": int(number) - 1})
    status = give_inside(desk, *scenario.command)
    desk.sandbox.clear_faults()
    expected = AFTER_A_GATEWAY if fault in BY_A_GATEWAY else EXPECTED_STATUSES
    if scenario.bills:  # a voucher has no identity: without an answer it stays in doubt
        expected |= {IN_DOUBT}
    found = [] if status in expected else [f"The command ended with {status}."]
    if not any(request.fault for request in desk.sandbox.requests):
        found.append("The command met no fault there.")
    return found + recovered(desk, scenario, status, inside=True)


def a_gateways(fault: str, turn: int) -> Json:
    """Return a fault of :data:`BY_A_GATEWAY`, answered as its ``turn`` says."""
    status, body = GATEWAYS[turn % len(GATEWAYS)]
    return {**BY_A_GATEWAY[fault], "status": status, "body": body}


def _script(name: str, number: int, fault: str) -> Json:
    if fault not in BY_A_GATEWAY:
        return FAULTS[fault]
    return a_gateways(fault, number * STRIDE + len(name) + list(BY_A_GATEWAY).index(fault))


def _begun(desk: Desk, name: str) -> Scenario:
    scenario = SCENARIOS[name]
    scenario.begin(desk)
    desk.write_config({**scenario.changes, "http": {"timeout_seconds": HTTP_TIMEOUT_SECONDS}})
    return scenario
