"""One row per run: when, and how it ended."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run; the last three are None while it lasts, or when it was killed."""

    run_id: str
    started: datetime
    finished: datetime | None
    exit_code: int | None
    summary: dict[str, object] | None


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


def last(db: sqlite3.Connection) -> RunRecord | None:
    """Return the latest run, whatever the clock said when it began; None before the first."""
    row = db.execute("SELECT * FROM runs ORDER BY rowid DESC LIMIT 1").fetchone()
    if row is None:
        return None
    return RunRecord(
        run_id=row["run_id"],
        started=datetime.fromisoformat(row["started"]),
        finished=datetime.fromisoformat(row["finished"]) if row["finished"] else None,
        exit_code=row["exit_code"],
        summary=json.loads(row["summary"]) if row["summary"] else None,
    )
