"""One sandbox for all tests of the cases; each case is sold in empty books of its own."""

from collections.abc import Iterator

import pytest
from case_books import Shop, a_sandbox, a_shop
from case_files import Case, cases

from dinero_sync.sandbox.state import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with a_sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module", params=cases(), ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    """Give each of the cases in turn."""
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def settled(case: Case, sandbox: Sandbox) -> Iterator[Shop]:
    """Sell what the case says, and let the sync run once."""
    with a_shop(case, sandbox) as shop:
        shop.sell(case)
        yield shop
        assert sandbox.complaints == []
