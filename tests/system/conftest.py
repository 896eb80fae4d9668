"""Two sandboxes for all tests of the installed command, and a desk for each test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order
from sandbox_process import SandboxProcess, sandbox_process

sys.path.append(str(Path(__file__).parents[1] / "config"))
"""The broken configurations are kept beside the tests of the loader."""


@pytest.fixture(scope="session")
def empty_sandbox() -> Iterator[SandboxProcess]:
    with sandbox_process("none") as process:
        yield process


@pytest.fixture
def sandbox(empty_sandbox: SandboxProcess) -> SandboxProcess:
    """A shop without orders and a company without invoices."""
    empty_sandbox.reset()
    return empty_sandbox


@pytest.fixture(scope="session")
def seeded_sandbox() -> Iterator[SandboxProcess]:
    """A shop with 60 orders, as it was when it was started or last reset."""
    with sandbox_process("seeded") as process:
        yield process


@pytest.fixture
def desk(tmp_path: Path, sandbox: SandboxProcess) -> Desk:
    """A desk whose configuration fits the empty shop."""
    desk = Desk(tmp_path)
    desk.configure(sandbox)
    return desk


@pytest.fixture
def one_order(sandbox: SandboxProcess) -> int:
    """Sell a mug, paid and shipped; returns the order's id."""
    sandbox.sell(an_order())
    return FIRST_ORDER_ID
