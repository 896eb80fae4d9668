"""Whatever was done to the books of a year is named, with its order and cause, and nothing else."""

import pytest
from proved_year import Year
from tampering import TAMPERINGS, said


@pytest.mark.parametrize("name", TAMPERINGS)
def test_it_is_named_and_nothing_that_is_not_there(year: Year, name: str) -> None:
    tampering = TAMPERINGS[name]

    with year.tried():
        tampering.act(year)
        found = year.proved()

    assert sorted(map(said, found.differences), key=str) == sorted(tampering.said, key=str)
    assert len(found.gaps) == tampering.gaps
    assert found.is_proved is not bool(tampering.said or tampering.gaps)
