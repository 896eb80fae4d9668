"""One call of a Dinero operation, checked and ready to be carried out."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dinero_sync.sandbox.answers import Answer, JsonValue
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.openapi import Operation
from dinero_sync.sandbox.state import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who calls which operation with what."""

    sandbox: Sandbox
    operation: Operation
    organisation: Organisation
    """The company in the path; the first one the token reaches where the path names none."""
    reached: tuple[Organisation, ...]
    """All companies that the token reaches."""
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: JsonValue
    """An object or, where the operation takes several items, a list."""
    accept: str
    upload: tuple[str, bytes] | None = None
    """The name and content of a file that came as part of a form."""

    @property
    def guid(self) -> str:
        """The document or contact that the path names, in the usual spelling."""
        return same_guid(self.path["guid"])


Handler: TypeAlias = Callable[[Call], Answer]
Handlers: TypeAlias = Mapping[str, Handler]


def same_guid(text: str) -> str:
    """Write a guid in lower case with hyphens; a text that is none is returned as it is."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return text


def new_guid() -> str:
    """Make a guid of Dinero's own."""
    return str(uuid.uuid4())
