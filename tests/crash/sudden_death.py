"""A process that dies inside this one: at a call over HTTP, or at a change of a file.

From the moment of its death nothing that it does has an effect any more, whatever its code still
tries on the way out.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from requests import Response
from requests.adapters import HTTPAdapter

WRITING_STATEMENTS = ("INSERT", "UPDATE", "DELETE", "COMMIT")


class DeathError(BaseException):
    """The process is no more; nothing may catch this."""


class Fate:
    """Counts the steps of a process and ends it at one of them."""

    def __init__(self, fatal_step: int | None) -> None:
        """Let it die at the step with this number, counted from 1; None lets it live."""
        self.steps = 0
        self._fatal_step = fatal_step
        self._dead = False

    def step(self) -> None:
        """Take a step that others can see; raises DeathError at the fatal one and ever after."""
        self.steps += 1
        self._dead = self._dead or self.steps == self._fatal_step
        if self._dead:
            raise DeathError


@contextmanager
def mortal(fatal_step: int | None) -> Iterator[Fate]:
    """Let what happens in the block die at a step; yields how many there were."""
    fate = Fate(fatal_step)

    class MortalConnection(sqlite3.Connection):
        """A connection to the journal whose every change is a step."""

        def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401 - sqlite3's own signature
            if statement.lstrip().upper().startswith(WRITING_STATEMENTS):
                fate.step()
            return super().execute(statement, *parameters)

    def send(adapter: HTTPAdapter, *arguments: Any, **options: Any) -> Response:  # noqa: ANN401 - requests' own signature
        fate.step()
        answer = original_send(adapter, *arguments, **options)
        try:
            fate.step()
        except DeathError:
            answer.close()
            raise
        return answer

    def flush(descriptor: int) -> None:
        fate.step()
        original_flush(descriptor)

    def replace(path: Path, target: Path) -> Path:
        fate.step()
        return original_replace(path, target)

    original_send, original_replace, original_flush = HTTPAdapter.send, Path.replace, os.fsync
    with (
        patch.object(HTTPAdapter, "send", send),
        patch.object(Path, "replace", replace),
        patch.object(os, "fsync", flush),
        patch.object(sqlite3, "connect", partial(sqlite3.connect, factory=MortalConnection)),
    ):
        yield fate
