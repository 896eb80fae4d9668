"""Shoporama, Dinero and their authorisation servers, played on 127.0.0.1 over real HTTP.

It is what the demo runs on, what the end-to-end tests run on, and where a shop owner rehearses
without touching real books. It shares no code with the rest of the package: what it knows about
the vendors' APIs it knows on its own, so that a misreading shows.
"""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dinero_sync.sandbox.config_text import demo_config
from dinero_sync.sandbox.settings import Settings

if TYPE_CHECKING:
    from dinero_sync.sandbox.state import Sandbox

__all__ = ["Settings", "demo_config", "running_sandbox"]

MISSING = (
    "The sandbox needs more packages; run: "
    f"{shlex.quote(sys.executable)} -m pip install flask jsonschema"
)


@contextmanager
def running_sandbox(port: int = 0, **settings: Any) -> Iterator["Sandbox"]:  # noqa: ANN401 - as Settings says
    """Run a sandbox in threads of this process while the ``with`` block lasts.

    ``settings`` are fields of :class:`Settings`, such as ``orders="none"``. Raises ValueError at
    an unknown one, and ImportError with the command to run when Flask or jsonschema is missing.
    """
    try:
        from dinero_sync.sandbox.server import serve  # noqa: PLC0415 - Flask is optional
    except ModuleNotFoundError as error:
        raise ImportError(MISSING) from error
    with serve(Settings().changed(settings), port) as sandbox:
        yield sandbox
