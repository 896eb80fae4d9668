"""Two sandboxes for all tests of the installed command, and a desk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, folder_in_memory
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess, sandbox_process


@pytest.fixture(scope="session")
def empty_sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process("none") as process:
        yield process


@pytest.fixture
def sandbox(empty_sandbox: SandboxProcess) -> SandboxProcess:
    """Return a shop without orders and a company without invoices."""
    empty_sandbox.reset()
    return empty_sandbox


@pytest.fixture(scope="session")
def seeded_sandbox() -> Iterator[SandboxProcess]:
    """Run a shop with 60 orders; whoever uses it resets it first."""
    with sandbox_process("seeded") as process:
        yield process


@pytest.fixture
def fast_folder() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


@pytest.fixture
def desk(fast_folder: Path, sandbox: SandboxProcess) -> Desk:
    """Return a desk whose configuration fits the empty shop."""
    desk = Desk(fast_folder)
    desk.configure(sandbox)
    return desk


@pytest.fixture
def one_order(sandbox: SandboxProcess) -> int:
    """Sell a mug, paid and shipped; returns the order's id."""
    sandbox.sell(an_order())
    return FIRST_ORDER_ID
