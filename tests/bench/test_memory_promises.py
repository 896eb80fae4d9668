"""How much memory a run takes doesn't follow from how many orders the shop has.

Roughly: with so few orders the caches still grow a little. An order used to take twenty kilobytes
to the end of the run; `make bench` measures what it takes now.
"""

import sys
from pathlib import Path

import pytest
from bench_builds import Build
from bench_measures import quick_folder
from bench_shop import a_third_known, sell, shop

pytestmark = pytest.mark.slow

FEW, MANY = 200, 700
MOST_AN_ORDER = 10_000
NOW = Build("now", Path(sys.executable))


def peak(orders: int, *options: str) -> float:
    """Return the most memory that a first run of so many orders has at a time."""
    with quick_folder() as folder, shop() as sandbox:
        sell(sandbox, a_third_known(orders))
        return NOW.run(NOW.config(folder, sandbox.url), *options).peak


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_a_first_run_takes_hardly_more_memory_for_more_orders(options: tuple[str, ...]) -> None:
    few, many = peak(FEW, *options), peak(MANY, *options)

    assert (many - few) / (MANY - FEW) < MOST_AN_ORDER
