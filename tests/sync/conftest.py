"""One sandbox for all tests of runs, as new before each of them, without orders."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from bill_files import Bills
from bookkeeper import Bookkeeper
from business import NOON, Business, set_clock
from month_of_purchases import buy_a_month
from payout_files import PayoutFiles
from proved_year import Year, keep_books, sell_a_year

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.state import Sandbox

MEMORY = Path("/dev/shm")  # noqa: S108 - the tests' own folder in it has a random name
"""Every commit of the journal waits for the disk, which a folder in memory spares these tests."""


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    shift = (NOON - datetime.now(UTC)).total_seconds()
    with running_sandbox(orders="none", clock_shift_seconds=shift) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """Play both vendors, and refuse requests that the real ones would only tolerate."""
    shared_sandbox.reset()
    set_clock(shared_sandbox, NOON)
    yield shared_sandbox
    assert shared_sandbox.complaints == []


@pytest.fixture
def fast_folder(tmp_path: Path) -> Iterator[Path]:
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def business(sandbox: Sandbox, fast_folder: Path) -> Iterator[Business]:
    structlog.contextvars.clear_contextvars()
    business = Business(sandbox, fast_folder)
    yield business
    assert business.faults_of_the_journal() == ()
    _forget_logging()


@pytest.fixture
def bookkeeper(sandbox: Sandbox) -> Iterator[Bookkeeper]:
    keeper = Bookkeeper(sandbox)
    with keeper.session:
        yield keeper


@pytest.fixture
def bills(business: Business) -> Bills:
    return Bills(business)


@pytest.fixture
def payouts(business: Business) -> PayoutFiles:
    return PayoutFiles(business)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Sell a year with every kind of document, once for all tests of it."""
    with _lived_through(tmp_path_factory.mktemp("year"), sell_a_year, keep_books) as year:
        yield year


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Buy a month: bills of each kind, and a payout whose fee bears Danish VAT."""
    with _lived_through(tmp_path_factory.mktemp("bought"), buy_a_month) as month:
        yield month


@contextmanager
def _lived_through(
    folder: Path,
    trade: Callable[[Business], None],
    bookkeeping: Callable[[Year], None] = lambda _: None,
) -> Iterator[Year]:
    """Play both vendors for a business of its own, that many tests read."""
    structlog.contextvars.clear_contextvars()
    shift = (NOON - datetime.now(UTC)).total_seconds()
    with running_sandbox(orders="none", clock_shift_seconds=shift) as sandbox:
        business = Business(sandbox, folder)
        trade(business)
        keeper = Bookkeeper(sandbox)
        with keeper.session:
            year = Year(business, keeper)
            bookkeeping(year)
            _forget_logging()
            yield year
    _forget_logging()


def _forget_logging() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
