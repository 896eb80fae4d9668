"""One sandbox and one state folder for all tests of the suite in a process."""

from collections.abc import Iterator

import pytest
from crash_desk import Desk, a_desk


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """Open a desk; each case begins on it anew."""
    with a_desk() as opened:
        yield opened
