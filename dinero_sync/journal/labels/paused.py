"""That the shop doesn't take labels: remembered for a day, and told by ``doctor``."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from dinero_sync.domain.spoken import read_stored, stored
from dinero_sync.journal.database import meta, set_meta

PAUSED = "labels_paused"
"""Under which the journal keeps it; empty once a label was taken."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Why no label is written, and since when."""

    since: datetime
    why: str


def pause(db: sqlite3.Connection) -> Pause | None:
    """Return why labels were refused at last; None where they weren't, or were taken since."""
    kept = meta(db, PAUSED)
    if not kept:
        return None
    told = json.loads(kept)
    return Pause(since=datetime.fromisoformat(told["since"]), why=read_stored(told["why"]))


def is_over(paused: Pause, now: datetime) -> bool:
    """Tell whether it is tried again: after a day, or where the clock was set back."""
    return not timedelta(0) <= now - paused.since < A_DAY


def begin(db: sqlite3.Connection, now: datetime, why: str) -> None:
    """Write no label for a day."""
    set_meta(db, PAUSED, json.dumps({"since": now.isoformat(), "why": stored(why)}))


def end(db: sqlite3.Connection) -> None:
    """Say that the shop takes labels."""
    if meta(db, PAUSED):
        set_meta(db, PAUSED, "")
