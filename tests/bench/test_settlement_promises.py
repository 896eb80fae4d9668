"""How long a settlement file takes grows with its movements, and not faster."""

from bench_settlements import read_and_match

FEW, MANY = 5_000, 20_000
MOST_A_MOVEMENT = 1_500
"""Bytes. 100,000 movements are to take at most 200 MB; `make bench` measures that."""


def test_a_settlement_file_takes_time_and_memory_by_the_movement() -> None:
    few, many = read_and_match(FEW), read_and_match(MANY)

    assert (many.peak - few.peak) / (MANY - FEW) < MOST_A_MOVEMENT
    assert many.cpu / few.cpu < 2 * MANY / FEW
