"""``python -m tests.bench_calls``: counts the calls to both services for 200 prepaid orders.

Runs the installed command on the sandbox twice: on 200 orders by 200 new buyers, then on 200 more
by the same ones. Prints the calls to Dinero for each order beside the limits, and exits with 1
above them. The floor is three calls for an order (create, book, pay) and a fourth for a new
contact; what comes on top is shared by all orders of a run.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dinero_sync.sandbox import demo_config, running_sandbox
from dinero_sync.sandbox.shop.buyers import Buyer
from dinero_sync.sandbox.shop.catalogue import MUG, SOAP
from dinero_sync.sandbox.shop.sale import Sale, raw_order
from dinero_sync.sandbox.state import Sandbox

ORDERS = 200
LIMIT_WITH_NEW_CONTACTS = 4.15
LIMIT_WITH_KNOWN_CONTACTS = 3.15
COMMAND = Path(sys.executable).parent / "dinero-sync"


@dataclass(frozen=True, slots=True)
class Count:
    """What one run cost, by its own log."""

    what: str
    booked: int
    dinero: int
    shoporama: int
    limit: float

    @property
    def calls_for_an_order(self) -> float:
        """Return the calls to Dinero that an order cost."""
        return self.dinero / ORDERS

    @property
    def is_within_limit(self) -> bool:
        """Tell whether all orders were booked, with no more calls than the limit allows."""
        return self.booked == ORDERS and self.calls_for_an_order <= self.limit

    def line(self) -> str:
        """Return what is printed."""
        verdict = "within" if self.is_within_limit else "ABOVE"
        return (
            f"{self.booked} of {ORDERS} orders booked, {self.what}: "
            f"{self.calls_for_an_order:.3f} calls to Dinero an order, {verdict} the limit of "
            f"{self.limit}; {self.dinero} to Dinero and {self.shoporama} to Shoporama in all"
        )


def main() -> int:
    """Count, print, and return the exit status."""
    with TemporaryDirectory() as folder, running_sandbox(orders="none") as sandbox:
        config = Path(folder) / "config.yaml"
        config.touch(mode=0o600)
        text = demo_config(sandbox.url).replace("sync:\n", "sync:\n  state_dir: state\n")
        config.write_text(text, encoding="utf-8")
        counts = [
            _count(sandbox, config, 0, "new contacts", LIMIT_WITH_NEW_CONTACTS),
            _count(sandbox, config, ORDERS, "known contacts", LIMIT_WITH_KNOWN_CONTACTS),
        ]
        faults = [complaint.message for complaint in sandbox.complaints]
    for line in (*(count.line() for count in counts), *faults):
        sys.stdout.write(f"{line}\n")
    return 1 if faults or not all(count.is_within_limit for count in counts) else 0


def _count(sandbox: Sandbox, config: Path, first: int, what: str, limit: float) -> Count:
    """Sell to the 200 buyers, run, and read from the log what it cost."""
    sandbox.add_orders(_orders(first, newest_days_ago=0.0 if first else 1.0))
    ended = subprocess.run(
        [COMMAND, "-q", "-c", config, "run"], stderr=subprocess.PIPE, text=True, check=True
    )
    summary = json.loads(ended.stderr.splitlines()[-1])
    return Count(
        what=what,
        booked=summary["outcomes"].get("booked", 0),
        dinero=summary["calls"]["dinero"],
        shoporama=summary["calls"]["shoporama"],
        limit=limit,
    )


def _orders(first: int, newest_days_ago: float) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC)
    for number in range(ORDERS):
        sale = Sale(
            buyer=_buyer(number),
            basket=((MUG, 2), (SOAP, 1)),
            days_ago=newest_days_ago + 0.002 * (ORDERS - number),
            state="paid",
        )
        yield raw_order(sale, 5_000_000 + first + number, 20_000 + first + number, now)


def _buyer(number: int) -> Buyer:
    return Buyer(
        f"Køber {number}", f"Prøvevej {number}", "8000", "Aarhus C", f"koeber{number}@example.com"
    )


if __name__ == "__main__":
    sys.exit(main())
