"""Files: a bill's document, uploaded under a name of ours, and what it is linked to.

A file has no identity that a client chooses, so the list is looked at before one is uploaded. Its
guid is 32 characters and no uuid.

Sources: https://api.dinero.dk/openapi/index.html and
https://developer.dinero.dk/documentation/best-practices/
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import cast
from urllib.parse import quote
from uuid import UUID

from dinero_sync.dinero.answers import Wire, decoded, one, optional_number_of, text_of
from dinero_sync.dinero.body import to_json
from dinero_sync.dinero.transport import Transport
from dinero_sync.dinero.write import Write
from dinero_sync.http import FilePart

PAGE_SIZE = 1000
LARGEST = 6_000_000
"""Bytes; Dinero takes 6 MB, and nobody wrote down which of the two megabytes it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that is in Dinero."""

    guid: str
    stem: str
    """Its name without its ending."""
    size: int | None
    """In bytes."""
    vouchers: tuple[UUID, ...]
    """Those that it is linked to."""


def listed(transport: Transport) -> Iterator[KeptFile]:
    """List all files, a thousand by each call."""
    page = 0
    while True:
        query = {"fileStatus": "All", "page": str(page), "pageSize": str(PAGE_SIZE)}
        found = transport.read_list("v1", "files", query)
        for wire in found:
            yield decoded(kept_file, wire)
        if len(found) < PAGE_SIZE:
            return
        page += 1


def holds(transport: Transport, guid: str, content: bytes) -> bool:
    """Tell whether a file is the same document, by all that can be read of it as text."""
    there = transport.read_text("v1", f"files/{guid}")
    return there == content.decode("utf-8", "replace")


def upload(name: str, content: bytes) -> Write[str]:
    """Upload a PDF or a picture as ``name``, which answers its guid.

    The journal keeps its name, size and hash in place of its content.
    """
    told = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path = f"files?fileName={quote(name)}"
    part = FilePart(name=name, content=content)
    return Write("POST", "v1", path, to_json(told), one(_guid), file=part)


def kept_file(wire: Wire) -> KeptFile:
    """Decode an entry of the list."""
    links = cast("list[Wire]", wire.get("Linked") or [])
    name, ending = text_of(wire, "Name"), text_of(wire, "Extension").lstrip(".")
    path = PurePath(name)
    is_whole = path.suffix.lstrip(".").lower() == ending.lower()
    return KeptFile(
        guid=str(wire["FileGuid"]),
        stem=path.stem if is_whole else name,
        size=optional_number_of(wire, "Size"),
        vouchers=tuple(UUID(str(link["VoucherGuid"])) for link in links),
    )


def _guid(wire: Wire) -> str:
    return str(wire["FileGuid"])
