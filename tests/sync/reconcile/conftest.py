"""The year, sold once for all tests of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from bookkeeper import Bookkeeper
from business import NOON, Business
from proved_year import Year, keep_books, sell_a_year

from dinero_sync.sandbox import running_sandbox


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    shift = (NOON - datetime.now(UTC)).total_seconds()
    structlog.contextvars.clear_contextvars()
    with running_sandbox(orders="none", clock_shift_seconds=shift) as sandbox:
        business = Business(sandbox, Path(tmp_path_factory.mktemp("year")))
        sell_a_year(business)
        keeper = Bookkeeper(sandbox)
        with keeper.session:
            year = Year(business, keeper)
            keep_books(year)
            yield year
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
