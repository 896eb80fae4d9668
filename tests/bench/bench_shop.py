"""The sandbox that both builds are measured on, and what it sells."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.shop.buyers import Buyer
from dinero_sync.sandbox.shop.catalogue import MUG, SOAP
from dinero_sync.sandbox.shop.sale import Sale, raw_order
from dinero_sync.sandbox.state import Sandbox

FIRST_ORDER, FIRST_NUMBER = 5_000_000, 20_000
BACKFILL_DAYS = (29.0, 1.0)
"""Between how many days ago the orders of a backfill were placed."""
JUST_NOW_DAYS = (0.1, 0.01)
"""The same of later orders: within the time that each run reads back behind the last one."""
NEVER = 10**9


@contextmanager
def shop(**settings: Any) -> Iterator[Sandbox]:  # noqa: ANN401 - as the sandbox takes them
    """Run a sandbox without orders and without limits of its own."""
    with running_sandbox(
        orders="none", shop_daily_calls=NEVER, keep_requests=NEVER, **settings
    ) as sandbox:
        yield sandbox


def sell(
    sandbox: Sandbox, buyers: Sequence[int], days: tuple[float, float] = BACKFILL_DAYS
) -> list[int]:
    """Add a prepaid order by each of the buyers, oldest first; returns their ids."""
    now = datetime.now(UTC)
    first = len(sandbox.orders)
    oldest, newest = days
    step = (oldest - newest) / len(buyers)
    sandbox.add_orders(
        raw_order(
            Sale(
                buyer=_buyer(buyer),
                basket=((MUG, 2), (SOAP, 1)),
                days_ago=oldest - step * index,
                state="paid",
            ),
            FIRST_ORDER + first + index,
            FIRST_NUMBER + first + index,
            now,
        )
        for index, buyer in enumerate(buyers)
    )
    return list(sandbox.orders)[first:]


def a_third_known(orders: int) -> list[int]:
    """Return who places that many orders when the last third comes from buyers of before."""
    buyers = orders - orders // 3
    return [index % buyers for index in range(orders)]


def calls_to_dinero(sandbox: Sandbox) -> int:
    """Return how many calls came to Dinero's own API so far."""
    return sum(request.service == "dinero" for request in sandbox.requests)


def _buyer(number: int) -> Buyer:
    return Buyer(
        f"Køber {number}", f"Prøvevej {number}", "8000", "Aarhus C", f"koeber{number}@example.com"
    )
