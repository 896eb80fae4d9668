"""A folder that an earlier version wrote, in its world, and the present command to use on it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from kept_worlds import EARLY, MEMORY, RELEASED, KeptWorld

from dinero_sync.sandbox.state import Sandbox


@pytest.fixture
def fast_folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(params=RELEASED)
def world(request: pytest.FixtureRequest, sandbox: Sandbox, fast_folder: Path) -> KeptWorld:
    """Put up the world of each released version."""
    return KeptWorld(str(request.param), sandbox, fast_folder)


@pytest.fixture
def first_world(sandbox: Sandbox, fast_folder: Path) -> KeptWorld:
    """Put up the world of the first version."""
    return KeptWorld(RELEASED[0], sandbox, fast_folder)


@pytest.fixture(params=EARLY)
def early_world(request: pytest.FixtureRequest, sandbox: Sandbox, fast_folder: Path) -> KeptWorld:
    """Put up the world of each build from before version 0.1."""
    return KeptWorld(str(request.param), sandbox, fast_folder)
