"""What holds for every test: no network but this machine, and how hard properties are tried.

And both vendors, for whoever asks: one sandbox for all of a process, as new before each test.
"""

import os
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from dinero_sync.sandbox.state import Sandbox

THIS_MACHINE = frozenset({None, "", "127.0.0.1", "::1", "localhost"})

settings.register_profile("same", max_examples=40, deadline=None, derandomize=True, database=None)
"""The same examples each time: a test, or a mutant, comes out the same for the same code."""
settings.register_profile("gate", parent=settings.get_profile("same"), max_examples=150)
settings.register_profile("fresh", max_examples=500, deadline=None)
"""Other examples each time, to find what nobody thought of."""
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that only ``make test-slow`` runs."""
    config.addinivalue_line("markers", "slow: takes long, or needs a package index")


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


@pytest.fixture(scope="session")
def shared_sandbox() -> "Iterator[Sandbox]":
    from dinero_sync.sandbox import running_sandbox  # noqa: PLC0415 - only who asks for it waits

    with running_sandbox(orders="none") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: "Sandbox") -> "Sandbox":
    """Return a shop without orders and a company without invoices."""
    shared_sandbox.reset()
    return shared_sandbox
