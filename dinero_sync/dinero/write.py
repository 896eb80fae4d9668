"""A change at Dinero as a value: what is journalled of it, and what is sent, are the same object.

The modules of the resources make them. What the answer to one means:
:func:`dinero_sync.dinero.transport.result_of`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dinero_sync.dinero.answers import is_readable
from dinero_sync.dinero.errors import UnintelligibleError
from dinero_sync.domain.spoken import spoken
from dinero_sync.http import FilePart
from dinero_sync.http_answers import Answer

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Write(Generic[Result]):
    """One change, word by word as it goes over the wire."""

    method: str
    version: str
    path: str
    """Below the company's own address."""
    body: str
    """JSON; empty where nothing is sent."""
    read: Callable[[Answer], Result]
    """Read the answer of a change that was made; raises UnintelligibleError where it can't be."""
    file: FilePart | None = None
    """What is sent in place of the body, which then says what it is."""
    has_identity: bool = False
    """Whether Dinero refuses or ignores a repetition."""


def nothing(answer: Answer) -> None:
    """Read nothing of an answer; raises UnintelligibleError for one that is neither empty nor JSON.

    That it came is all.
    """
    if not is_readable(answer):
        raise UnintelligibleError(
            spoken("Dinero answered with something that isn't its API's form.")
        )
