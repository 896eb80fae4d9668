"""The watermark: up to when the shop's orders were read and settled.

It only saves reading. Losing it costs calls, never documents. It stands in a file that a person may
edit, and in the journal as well: of the two the earlier counts, so that an older journal put back
beside a newer file isn't taken to know what it never read.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError
from dinero_sync.journal.database import journal_id, meta, set_meta
from dinero_sync.journal.folder.files import write_whole
from dinero_sync.journal.folder.trouble import file_trouble

FILE_NAME = "watermark.json"
IN_JOURNAL = "watermark"
"""The name under which the journal keeps it."""
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Vouched:
    """How far the reading of the shop is vouched for."""

    until: datetime | None = None
    """None for nothing: then reading starts at the start date."""
    is_whole: bool = False
    """Whether the journal is known to hold what came of all that: it is no older copy, and every
    order that was read by a journal without memory was looked for in Dinero."""


def load(folder: Path, journal: str) -> datetime | None:
    """Return the watermark in the file that belongs to ``journal``; None when there is none.

    Raises StateError when the file isn't what it should be.
    """
    path = folder / FILE_NAME
    return _moment(path, _content(path), journal)


def vouched(folder: Path, db: sqlite3.Connection, start_date: date) -> Vouched:
    """Return how far everything from ``start_date`` on was read, by the file and by the journal.

    A watermark that was made with a later start date says nothing of the days before it, nor does
    one of another journal. One without a start date is of an older version, or a person's.
    Raises StateError when the file isn't what it should be.
    """
    path, journal = folder / FILE_NAME, journal_id(db)
    content = _content(path)
    in_file = _moment(path, content, journal)
    if in_file is None or _begins_later(content, start_date):
        return Vouched()
    kept = meta(db, IN_JOURNAL)
    if kept is None:  # both of an older version; or the journal is a copy from before the file
        return Vouched(None if "start_date" in content else in_file)
    in_journal = json.loads(kept)
    if _begins_later(in_journal, start_date):
        return Vouched()
    known = datetime.fromisoformat(in_journal["watermark"])
    return Vouched(min(in_file, known), is_whole=in_file <= known and in_journal[WHOLE])


def save(
    folder: Path,
    db: sqlite3.Connection,
    moment: datetime,
    start_date: date,
    *,
    is_whole: bool = True,
) -> None:
    """Replace the watermark in journal and file, the latter as a whole and durably.

    ``start_date`` is the day from which on orders were read. Without ``is_whole`` the next run
    looks for orders in Dinero as one without memory does.
    """
    content = {
        "watermark": moment.isoformat(),
        "journal": journal_id(db),
        "start_date": str(start_date),
    }
    set_meta(db, IN_JOURNAL, json.dumps({**content, WHOLE: is_whole}))
    write_whole(folder / FILE_NAME, json.dumps(content, indent=2) + "\n")


def _content(path: Path) -> dict[str, Any]:
    """Read the file; nothing where there is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise file_trouble(
            error, spoken("The watermark {path} can't be read", path=path), path
        ) from error
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(content, dict):
        raise _damaged(path)
    return content


def _moment(path: Path, content: dict[str, Any], journal: str) -> datetime | None:
    """Return the time that a file's content tells for a journal."""
    if content.get("journal") != journal:
        return None
    try:
        moment = datetime.fromisoformat(content["watermark"])
        date.fromisoformat(content.get("start_date", str(moment.date())))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    if moment.tzinfo is None:
        raise _damaged(path)
    return moment


def _begins_later(content: dict[str, Any], start_date: date) -> bool:
    """Tell whether orders from ``start_date`` on weren't read up to this watermark."""
    told = content.get("start_date")
    return told is not None and date.fromisoformat(told) > start_date


def _damaged(path: Path) -> DamagedStateError:
    return DamagedStateError(
        spoken(
            "The watermark {path} can't be read. Nothing was booked. Mend it (an ISO "
            'time with an offset, like {{"watermark": "2026-12-01T09:30:00+01:00", '
            '"journal": "…"}}) or delete it: the next run then reads from '
            "sync.start_date and books nothing twice.",
            path=path,
        )
    )
