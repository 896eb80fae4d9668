"""Whatever was done to the books of a year is named, with its order and cause, and nothing else."""

import pytest
from proved_year import Year
from tampering import TAMPERINGS, said

AT_ONCE = {
    "an invoice is of another year",
    "a contact is deleted",
    "an invoice of the same total names the order",
    "an order is credited by hand",
    "a payment is deleted",
    "a sale is posted by hand",
    "an invoice of others is gone",
}
"""Those that look something up besides; what comes of the others is tried on made-up books too."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(each, marks=() if each in AT_ONCE else pytest.mark.slow) for each in TAMPERINGS],
)
def test_it_is_named_and_nothing_that_is_not_there(year: Year, name: str) -> None:
    tampering = TAMPERINGS[name]

    with year.tried():
        tampering.act(year)
        found = year.proved()

    assert sorted(map(said, found.differences), key=str) == sorted(tampering.said, key=str)
    assert len(found.gaps) == tampering.gaps
    assert found.is_proved is not bool(tampering.said or tampering.gaps)
