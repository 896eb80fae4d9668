"""How much memory a proof takes hardly grows with the orders, for they are taken in parts."""

import pytest
from bench_reconcile import proved

FEW, MANY = 24_000, 48_000
MOST_AN_ORDER = 1_000
"""Bytes. A year of 100,000 orders is to take at most 200 MB; `make bench` measures that."""


@pytest.mark.slow
def test_more_orders_take_little_more_memory() -> None:
    few, many = proved(FEW), proved(MANY)

    assert many.peak - few.peak <= (MANY - FEW) * MOST_AN_ORDER
