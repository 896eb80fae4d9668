"""One row per run: when, and how it ended."""

import json
import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from dinero_sync.domain.spoken import Spoken, read_stored, stored
from dinero_sync.journal.rows import moment_of

RECENT = 50
MESSAGE = "message"
"""In a run's summary: what ended it early, in English."""
SAID = "said"
"""The same as it was made, to be told in another language; only where it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run; the last three are None while it lasts, or when it was killed."""

    run_id: str
    started: datetime
    finished: datetime | None
    exit_code: int | None
    summary: dict[str, object] | None

    @property
    def message(self) -> str | None:
        """What ended the run early; None where nothing did, or an older version noted it."""
        told = (self.summary or {}).get(MESSAGE)
        return told if isinstance(told, str) else None

    @property
    def said(self) -> str | None:
        """The message as it was made, where that was kept."""
        kept = (self.summary or {}).get(SAID)
        return self.message if kept is None else read_stored(kept)


def told(message: str) -> dict[str, object]:
    """Return what a summary notes of what ended a run early."""
    said = {SAID: stored(message)} if isinstance(message, Spoken) else {}
    return {MESSAGE: str(message), **said}


def begin(db: sqlite3.Connection, run_id: str, now: datetime) -> None:
    """Note that a run began."""
    db.execute("INSERT INTO runs (run_id, started) VALUES (?, ?)", (run_id, now.isoformat()))


def finish(
    db: sqlite3.Connection,
    run_id: str,
    now: datetime,
    exit_code: int,
    summary: dict[str, object],
) -> None:
    """Note how a run ended."""
    db.execute(
        "UPDATE runs SET finished = ?, exit_code = ?, summary = ? WHERE run_id = ?",
        (now.isoformat(), exit_code, json.dumps(summary), run_id),
    )


def note_failure(
    db: sqlite3.Connection, run_id: str, now: datetime, exit_code: int, message: str
) -> None:
    """Note a run that ended by an error outside its work: before it began, or by a fault of ours.

    Such a run may have begun already. ``message`` is what the person was told. A journal that
    takes no notes any more changes nothing about that error.
    """
    with suppress(sqlite3.Error):
        db.execute(
            "INSERT INTO runs (run_id, started) VALUES (?, ?) ON CONFLICT (run_id) DO NOTHING",
            (run_id, now.isoformat()),
        )
        finish(db, run_id, now, exit_code, told(message))


def last(db: sqlite3.Connection) -> RunRecord | None:
    """Return the latest run, whatever the clock said when it began; None before the first."""
    return next(iter(recent(db)), None)


def last_ended_with(db: sqlite3.Connection, exit_codes: Collection[int]) -> RunRecord | None:
    """Return the latest run that ended with one of these statuses; None where none did."""
    marks = ", ".join("?" * len(exit_codes))
    query = f"SELECT * FROM runs WHERE exit_code IN ({marks}) ORDER BY rowid DESC LIMIT 1"  # noqa: S608 - the marks of its parameters
    row = db.execute(query, tuple(exit_codes)).fetchone()
    return None if row is None else _record(row)


def recent(db: sqlite3.Connection) -> list[RunRecord]:
    """Return the latest runs, the last one first."""
    query = "SELECT * FROM runs ORDER BY rowid DESC LIMIT ?"
    return [_record(row) for row in db.execute(query, (RECENT,))]


def _record(row: sqlite3.Row) -> RunRecord:
    return RunRecord(
        run_id=row["run_id"],
        started=datetime.fromisoformat(row["started"]),
        finished=moment_of(row["finished"]),
        exit_code=row["exit_code"],
        summary=json.loads(row["summary"]) if row["summary"] else None,
    )
