"""A poll of one of many shops costs a small part of a run of its own; memory does not add up."""

import pytest
from bench_shops import polled

pytestmark = pytest.mark.slow

SHOPS = 30
MOST_OF_ALONE = 0.4
MOST_MEMORY = 300e6


def test_a_poll_among_others_costs_less_than_half_and_memory_does_not_add_up() -> None:
    (alone, found) = polled((SHOPS,))

    assert found[0].cpu / SHOPS < MOST_OF_ALONE * alone
    assert found[0].memory < MOST_MEMORY
