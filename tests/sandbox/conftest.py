"""One sandbox for all tests of the sandbox, as new before each of them."""

from collections.abc import Iterator

import pytest
import requests
from log_in import api_key_token
from sandbox_callers import DineroCaller, ShopCaller

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.state import Sandbox


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    with running_sandbox(orders="none") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Sandbox:
    shared_sandbox.reset()
    return shared_sandbox


@pytest.fixture
def dinero(sandbox: Sandbox) -> Iterator[DineroCaller]:
    with requests.Session() as session:
        token = api_key_token(sandbox, session)
    caller = DineroCaller(sandbox, token)
    with caller.session:
        yield caller


@pytest.fixture
def shop(sandbox: Sandbox) -> Iterator[ShopCaller]:
    caller = ShopCaller(sandbox)
    with caller.session:
        yield caller
