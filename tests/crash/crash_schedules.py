"""Random schedules: a shop that goes on while services fail, clocks jump, and processes die.

A schedule follows from its seed alone. It tells a few days of a small shop in rounds; each round
something happens in the shop, something goes wrong, and a run comes. Then all trouble ends, time
passes, and runs come until one is quiet.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from crash_desk import Desk, Json
from crash_inside import give_inside, let_pass
from crash_orders import all_expected, an_order, paid_now, shipped_now
from crash_violations import violations, writes
from fault_points import (
    BY_A_GATEWAY,
    EXPECTED_STATUSES,
    FAULTS,
    HTTP_TIMEOUT_SECONDS,
    a_gateways,
)
from sudden_death import DeathError, mortal

from dinero_sync.sandbox.clock import COPENHAGEN
from dinero_sync.sandbox.shop.catalogue import BANK, CARD, INVOICE, MOBILEPAY, PAYPAL

MOST_ORDERS = 4
ROUNDS = (1, 4)
MOST_FAULTS = 2
FAR_REQUEST = 30
FAR_STEP = 220
"""Past what a run of four orders does, so that some go by unharmed."""
QUICK_FAULTS = sorted({*FAULTS, *BY_A_GATEWAY} - {"hang_before", "hang_after", "late"})
HANGS = ("hang_before", "hang_after", "late")
ONE_IN_MANY = 0.04
GATEWAYS = (CARD, CARD, MOBILEPAY, PAYPAL, BANK, INVOICE)
JUMPS = [timedelta(minutes=-10), timedelta(hours=-3), timedelta(hours=3), timedelta(days=2)]
AGES = (0.0, 0.1, 2.0, 9.0)
"""Days since an order of the first round was placed; later ones come in as the story goes."""
MIDDLE = 20
"""The day of the month that it begins on: what is paid in one month and shipped in another is held
for its VAT, and isn't a matter of this suite."""
LONGEST_PAUSE = timedelta(hours=100)
"""A bit more than the longest pause before an open order is looked at again."""
CONNECTION_LOST = 77
UNAVOIDABLE_COMPLAINTS = (
    "The same invalid token was sent again; Dinero watches for that.",
    "A one-time refresh token was used twice.",
)
"""What a process can't know that died in the middle of a renewal."""
LAST_RUNS = 12
QUIET = frozenset({0, 3})


@dataclass(frozen=True, slots=True)
class Schedule:
    """One story and the dice that tell it."""

    desk: Desk
    dice: random.Random


def prove_schedule(desk: Desk, seed: str) -> list[str]:
    """Play the schedule that follows from ``seed``; return what is wrong at its end."""
    story = Schedule(desk, random.Random(seed))  # noqa: S311 - tells a story, guards nothing
    _begin(story)
    found: list[str] = []
    for number in range(story.dice.randint(*ROUNDS)):
        _something_sold(story, AGES if number == 0 else (0.0,))
        _something_goes_wrong(story)
        found += _a_run(story)
        let_pass(desk.sandbox, timedelta(minutes=story.dice.choice([1, 10, 400])))
    _everything_paid_and_shipped(story)
    return found + _until_quiet(story)


def _begin(story: Schedule) -> None:
    changes: Json = {"http": {"timeout_seconds": HTTP_TIMEOUT_SECONDS}}
    if story.dice.random() < 0.25:
        changes["auth"] = "visma_connect"
    if story.dice.random() < 0.25:
        changes["sync"] = {"trigger": "shipped"}
    story.desk.begin(changes)
    sandbox = story.desk.sandbox
    noon = sandbox.now().astimezone(COPENHAGEN).replace(day=MIDDLE, hour=12, minute=0, second=0)
    let_pass(sandbox, noon - sandbox.now())
    sandbox.change_settings(refresh_grace_seconds=60)
    if "auth" in changes:
        give_inside(story.desk, "connect")


def _something_sold(story: Schedule, ages: Sequence[float]) -> None:
    """Let orders come in that are so many days old, and some that wait be paid or shipped."""
    sandbox, dice = story.desk.sandbox, story.dice
    for _ in range(dice.randint(0, MOST_ORDERS - len(sandbox.orders))):
        order = an_order(
            len(sandbox.orders) + 1,
            sandbox.now(),
            buyer=dice.randint(0, 2),
            gateway=dice.choice(GATEWAYS),
            mugs=dice.randint(1, 3),
            state=dice.choice(("unpaid", "paid", "shipped", "shipped_unpaid")),
            days_ago=dice.choice(ages),
        )
        sandbox.add_orders([order])
    for order_id in list(sandbox.orders):
        if dice.random() < 0.2:
            _goes_on(story, order_id, dice.choice((paid_now, shipped_now)))


def _goes_on(story: Schedule, order_id: int, change: Callable[..., Json]) -> None:
    """Let an order be paid or shipped; whether its time of change moves isn't documented."""
    sandbox = story.desk.sandbox
    order = sandbox.orders[order_id]
    changed = change(sandbox.now())
    if all(order[name] for name in changed if name.endswith("_time")):
        return
    if story.dice.random() < 0.5:
        changed["last_modified"] = order["last_modified"]
    sandbox.change_order(order_id, changed)


def _everything_paid_and_shipped(story: Schedule) -> None:
    for order_id in list(story.desk.sandbox.orders):
        _goes_on(story, order_id, paid_now)
        _goes_on(story, order_id, shipped_now)


def _something_goes_wrong(story: Schedule) -> None:
    dice = story.dice
    for _ in range(dice.randint(0, MOST_FAULTS)):
        kinds = HANGS if dice.random() < ONE_IN_MANY else QUICK_FAULTS
        kind = dice.choice(kinds)
        fault = FAULTS[kind] if kind in FAULTS else a_gateways(kind, dice.randint(0, FAR_REQUEST))
        story.desk.sandbox.add_fault({**fault, "skip": dice.randint(0, FAR_REQUEST)})


def _a_run(story: Schedule) -> list[str]:
    """Let a run come, with a clock that may be wrong, and let it die somewhere."""
    dice = story.dice
    error = dice.choice(JUMPS) if dice.random() < 0.15 else timedelta(0)
    fatal_step = dice.randint(1, FAR_STEP) if dice.random() < 0.5 else None
    status = 0
    with suppress(DeathError), mortal(fatal_step):
        status = give_inside(story.desk, "run", clock_error=error)
    story.desk.sandbox.clear_faults()
    return [] if status in EXPECTED_STATUSES else [f"A run ended with {status}."]


def _until_quiet(story: Schedule) -> list[str]:
    """Let time pass and runs come until two in a row write nothing; then look at the books."""
    desk = story.desk
    statuses: list[int] = []
    quiet = 0
    while quiet < 2 and len(statuses) < LAST_RUNS:
        let_pass(desk.sandbox, LONGEST_PAUSE)
        before = desk.sandbox.request_count
        statuses.append(give_inside(desk, "run"))
        if statuses[-1] == CONNECTION_LOST:
            give_inside(desk, "connect")
        new = [each for each in desk.sandbox.requests if each.number > before]
        is_quiet = statuses[-1] in QUIET and not writes(new)
        quiet = quiet + 1 if is_quiet else 0
    if quiet < 2:
        return [f"Never quiet; the exit statuses were {statuses}."]
    expected = all_expected(desk.sandbox.orders.values(), "booked")
    found = violations(desk.sandbox, desk.state, expected)
    return [each for each in found if not each.endswith(UNAVOIDABLE_COMPLAINTS)]
