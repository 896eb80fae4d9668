"""What is in a PDF: its text, and XML files inside; read in a process of its own.

PDFs come from strangers, and reading one may take a library anywhere. So it happens in a process
that has limits to its time and memory and that nothing depends on; what it says is taken for text.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import StoppedError

ENDED_BY_OTHERS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
"""Signals that no limit sends."""
PROGRAM = Path(__file__).with_name("process.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a PDF may cost."""

    seconds: int = 20
    """Of the processor's time; a bill of two pages takes half a second."""
    waiting: int = 120
    """Seconds on the clock, where others use the machine."""
    memory: int = 600_000_000
    """Bytes of address space; a bill of two pages takes about 60 million."""
    pages: int = 100
    characters: int = 4_000_000
    """Of text, and of XML files inside."""


LIMITS = Limits()


class PdfState(StrEnum):
    """What came of reading a PDF."""

    READ = "read"
    LOCKED = "locked"
    """It opens with a password only."""
    DAMAGED = "damaged"
    """It is no PDF, or not a whole one."""
    TOO_MUCH = "too_much"
    """It has more pages, or takes more time or memory, than a bill does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """What is in a PDF."""

    state: PdfState
    pages: tuple[str, ...] = ()
    """The text of each, its lines as they stand there; empty where there are pictures only."""
    xml: tuple[bytes, ...] = ()
    """The XML files that it carries."""

    @property
    def has_text(self) -> bool:
        """Tell whether there is any text on its pages."""
        return any(page.strip() for page in self.pages)


def read_pdf(content: bytes, limits: Limits = LIMITS) -> Pdf:
    """Read a PDF within ``limits``; never raises for what is in it.

    Raises StoppedError where somebody ended the process that reads: nothing is known of the PDF.
    """
    # -P: what lies in the current folder, such as an inbox, is no module of this program's. A
    # session of its own: Ctrl-C at a terminal is for us, and isn't taken for the PDF's fault.
    allowed = (limits.seconds, limits.memory, limits.pages, limits.characters)
    command = [sys.executable, "-P", str(PROGRAM), *map(str, allowed)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            command,
            input=content,
            capture_output=True,
            timeout=limits.waiting,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return Pdf(state=PdfState.TOO_MUCH)
    if -ended.returncode in ENDED_BY_OTHERS:
        raise StoppedError(spoken("Stopped while a bill was read. The next run reads it again."))
    if ended.returncode:  # a signal at a limit, or memory that gave out where nobody could say so
        return Pdf(state=PdfState.TOO_MUCH)
    answer = json.loads(ended.stdout)
    return Pdf(
        state=PdfState(answer["state"]),
        pages=tuple(answer.get("pages", ())),
        xml=tuple(text.encode("latin-1") for text in answer.get("xml", ())),
    )
