"""What holds for every test: no network but this machine, and how hard properties are tried."""

import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

THIS_MACHINE = frozenset({None, "", "127.0.0.1", "::1", "localhost"})

settings.register_profile("quick", deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.register_profile(
    "same", max_examples=40, deadline=None, derandomize=True, database=None
)  # the same examples each time, so that a mutant is decided the same way
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that take many seconds: ``-m 'not slow'`` leaves them out."""
    config.addinivalue_line("markers", "slow: takes many seconds, or needs a package index")


def _only_this_machine(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Guard the one call that every connection by host name or address begins with."""

    def guarded(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - socket.getaddrinfo's own signature
        name = host.decode() if isinstance(host, bytes) else host
        if name not in THIS_MACHINE:
            pytest.fail(f"a test asked for the network: {name}")
        return resolve(host, *arguments, **options)

    return guarded


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail that reaches for another machine, even where the code takes any error."""
    monkeypatch.setattr(socket, "getaddrinfo", _only_this_machine(socket.getaddrinfo))
