"""Journals that a test opens are closed when it ends."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest


@pytest.fixture
def opened() -> Iterator[Callable[[sqlite3.Connection], sqlite3.Connection]]:
    """Return what takes care of a connection and hands it back."""
    with ExitStack() as stack:
        yield lambda db: stack.enter_context(closing(db))
