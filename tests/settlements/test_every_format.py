"""Each provider's file is read into the payouts that it tells, to the øre."""

from pathlib import Path

import pytest
from settlement_files import EVERY, mapping_of, read_text, sums


@pytest.mark.parametrize("name", EVERY)
def test_a_file_is_read_into_payouts_that_add_up(name: str, tmp_path: Path) -> None:
    format_, text, expected = EVERY[name]

    settlement = read_text(tmp_path, text, format_, columns=mapping_of(format_))

    assert [sums(each) for each in settlement.payouts] == expected
