"""Reads one PDF in a process of its own, and nothing else: a program, not a module of this room.

:mod:`.pdf` starts it. The PDF comes on standard input, and what is in it goes to standard output as
JSON: the text of its pages, and the XML files inside. Whatever a stranger's PDF makes the library
do, this process alone does it, and no longer and with no more memory than it was allowed.
"""

import json
import logging
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

Answer = dict[str, str | list[str]]

ENDING = ".xml"
TOO_MUCH: Answer = {"state": "too_much"}


def main(seconds: str, memory: str, pages: str, characters: str) -> None:
    """Read standard input within these limits, and write what came of it."""
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CORE, 0)
    logging.disable()
    try:
        answer = _read(sys.stdin.buffer.read(), int(pages), int(characters))
    except (MemoryError, RecursionError):
        answer = TOO_MUCH
    sys.stdout.write(json.dumps(answer))


def _limit(which: int, most: int) -> None:
    """Set a limit where the system lets a process have it; the parent's clock holds anyhow."""
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (most, most))


def _read(content: bytes, most_pages: int, most_characters: int) -> Answer:
    from pypdf import PdfReader  # noqa: PLC0415 - within the limits
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 - as above

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"state": "locked"}
        if len(reader.pages) > most_pages:
            return TOO_MUCH
        text = [_text(page) for page in reader.pages]
        inside = [
            each.content for each in reader.attachment_list if each.name.lower().endswith(ENDING)
        ]
    except LimitReachedError:
        return TOO_MUCH
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - there is no telling what a damaged file makes the library raise
        return {"state": "damaged"}
    if sum(map(len, (*text, *inside))) > most_characters:
        return TOO_MUCH
    return {"state": "read", "pages": text, "xml": [each.decode("latin-1") for each in inside]}


def _text(page: "PageObject") -> str:
    """Return a page's text as it stands on the page: what is on one line there is so here."""
    return page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
