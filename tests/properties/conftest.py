"""One sandbox in standing time for all properties of a file."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from trade import Trade, trading

MEMORY = Path("/dev/shm")  # noqa: S108 - the tests' own folder in it has a random name
"""Every commit of the journal waits for the disk, which a folder in memory spares these tests."""


@pytest.fixture(scope="module")
def trade() -> Iterator[Trade]:
    with (
        TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        trading(Path(folder)) as found,
    ):
        yield found
