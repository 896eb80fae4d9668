"""The file that carries decisions from one state folder to another: JSON that a person can read.

It holds ids, numbers, days, hashes and what people noted; names and addresses of buyers only where
somebody wrote them into a note.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from pydantic.config import ConfigDict

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.folder.files import replace_whole
from dinero_sync.sync.decisions.known import Decision

KIND: Literal["decisions of dinero-sync"] = "decisions of dinero-sync"
HEAD = f'{{\n  "kind": "{KIND}"'.encode()
"""How every such file begins, of whatever version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFile:
    """What people decided about the sales of one company in Dinero."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: Literal["decisions of dinero-sync"] = KIND
    version: Literal[1] = 1
    organization_id: int
    journal: str
    """The id of the journal that they are from."""
    made: AwareDatetime
    decisions: tuple[Decision, ...]


@cache
def _form() -> TypeAdapter[DecisionFile]:
    return TypeAdapter(DecisionFile)


def write_decisions(path: Path, file: DecisionFile) -> None:
    """Write the file as a whole, for its owner alone, and over nothing but an older one.

    Not over one of another journal either, whose decisions may stand nowhere else. Raises
    UsageError where it can't be.
    """
    try:
        _refuse_another(path, file.journal)
        replace_whole(path, _form().dump_json(file, indent=2) + b"\n")
    except OSError as error:
        raise UsageError(
            spoken(
                "{path} can't be written ({strerror}). Nothing was exported. It needs a folder "
                "that is there, that you may write to, and that has room: dinero-sync state "
                "export FILE",
                path=path,
                strerror=error.strerror,
            )
        ) from error


def _refuse_another(path: Path, journal: str) -> None:
    """Raise UsageError for a file that isn't an export of the same journal."""
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_file() or path.is_symlink() or not _begins_as_one(path):
        raise UsageError(
            spoken(
                "{path} is there already, and holds no decisions of dinero-sync. Nothing was "
                "written. Name another file: dinero-sync state export FILE",
                path=path,
            )
        )
    if read_decisions(path).journal != journal:
        raise UsageError(
            spoken(
                "{path} holds the decisions of another journal than the one that is here now: "
                "maybe of one that was lost. Nothing was written. Take them over: dinero-sync "
                "state import {path}\n"
                "Then export to another file: dinero-sync state export FILE",
                path=path,
            )
        )


def _begins_as_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(HEAD)) == HEAD


def read_decisions(path: Path) -> DecisionFile:
    """Read a file of decisions; raises UsageError for one that can't be read, or is another."""
    try:
        return _form().validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(
            spoken("{path} can't be read ({strerror}).", path=path, strerror=error.strerror)
        ) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UsageError(
            spoken(
                "{path} holds no decisions that this version can read ({place}: {problem}). "
                "Nothing was imported. Such a file is written by: dinero-sync state export FILE",
                path=path,
                place=".".join(map(str, first["loc"])) or "-",
                problem=first["msg"],
            )
        ) from None
