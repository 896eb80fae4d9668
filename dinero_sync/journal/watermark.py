"""The watermark: up to when the shop's orders were read and settled.

It only saves reading. Losing it costs calls, never documents.
"""

import json
from datetime import datetime
from pathlib import Path

from dinero_sync.errors import StateError
from dinero_sync.journal.files import write_whole

FILE_NAME = "watermark.json"


def load(folder: Path, journal: str) -> datetime | None:
    """Return the watermark that belongs to ``journal``; None when there is none.

    One that belongs to another journal counts as none: then reading starts at the start date.
    Raises StateError when the file isn't what it should be.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.get("journal") != journal:
            return None
        moment = datetime.fromisoformat(content["watermark"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path) from error
    if moment.tzinfo is None:
        raise _damaged(path)
    return moment


def save(folder: Path, journal: str, moment: datetime) -> None:
    """Replace the watermark, as a whole and durably."""
    content = {"watermark": moment.isoformat(), "journal": journal}
    write_whole(folder / FILE_NAME, json.dumps(content, indent=2) + "\n")


def _damaged(path: Path) -> StateError:
    return StateError(
        f"The watermark {path} can't be read. Nothing was booked. Mend it (an ISO time with an "
        'offset, like {"watermark": "2026-12-01T09:30:00+01:00", "journal": "…"}) or delete it: '
        "the next run then reads from sync.start_date and books nothing twice."
    )
