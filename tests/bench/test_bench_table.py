"""The arithmetic of ``make bench``, and how its table looks."""

import pytest
from bench_table import Row, each, kilobytes, megabytes, milliseconds, ratio, table, times


def test_a_ratio_is_taken_round_by_round() -> None:
    # in the second round the machine was busy, for both
    assert ratio([2.0, 8.0, 2.2], [1.0, 4.0, 1.0]) == 2.0


def test_a_ratio_needs_both_sides_of_each_round() -> None:
    with pytest.raises(ValueError, match="zip"):
        ratio([2.0, 2.0], [1.0])


def test_one_more_order_costs_the_slope_between_few_and_many() -> None:
    assert each(60e6, 110e6, 1_000, 5_000) == 12_500


def test_figures_carry_their_units() -> None:
    assert times(2.704) == "2.70×"
    assert milliseconds(0.0291) == "29.1 ms"
    assert megabytes(93_800_000) == "94 MB"
    assert kilobytes(12_740) == "12.7 KB"


def test_the_table_is_markdown_with_a_dash_for_a_build_that_is_not_at_hand() -> None:
    rows = [
        Row(measure="idle run", then="2.70×", now="1.40×", goal="≤ 1.5×"),
        Row(measure="help", then=None, now="1.30×", goal="≤ 1.4×"),
    ]

    assert table(rows, "c93610b").splitlines() == [
        "| measure | then (c93610b) | now | to reach |",
        "| --- | --- | --- | --- |",
        "| idle run | 2.70× | 1.40× | ≤ 1.5× |",
        "| help | – | 1.30× | ≤ 1.4× |",
    ]
