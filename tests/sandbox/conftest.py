"""Who speaks to the sandbox in its own tests."""

from collections.abc import Iterator

import pytest
import requests
from log_in import api_key_token
from sandbox_callers import DineroCaller, ShopCaller

from dinero_sync.sandbox.state import Sandbox


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
