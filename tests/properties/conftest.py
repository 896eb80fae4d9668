"""One sandbox in standing time for all properties of a file."""

from collections.abc import Iterator

import pytest
from trade import Trade, trading


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    with trading(tmp_path_factory.mktemp("trade")) as found:
        yield found
