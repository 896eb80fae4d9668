"""What keeps orders from being booked though no order is to blame: looked for in what runs left.

Nobody is called and nothing is changed. How a single run ended isn't the question, but whether
runs still do what they are for: a service that was down for an hour needs nobody, a key that is
refused needs somebody at once, and so does a timer that stands still.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dinero_sync.domain.step import Sentence, sentence
from dinero_sync.errors import ExitCode, StateError, sentence_of
from dinero_sync.journal import runs
from dinero_sync.journal.folder.lock import Holder, StuckHolderError, holder, is_held
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.journal.runs import RunRecord
from dinero_sync.sync.run.warnings import expiry_told

ENDED_WELL = frozenset({ExitCode.OK, ExitCode.HELD, ExitCode.IN_DOUBT})
"""Statuses of a run that did its work to the end."""
NEEDS_A_PERSON = frozenset({ExitCode.STATE, ExitCode.NOT_CONNECTED, ExitCode.CONFIG})
"""Statuses that no later run gets over by itself."""
PASSING_FOR = timedelta(hours=6)
"""How long what passes by itself is no news: as the failure report has it."""
SILENCE = "no_run_lately"
"""The code of the alarm that no run comes any more."""
SILENT_FOR = timedelta(days=1)
"""How long no run may have ended: above any rhythm that a schedule is likely to have."""
CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that needs a person before orders are booked again."""

    code: str
    """For programs; never changes its meaning."""
    said: tuple[Sentence | str, ...]
    """What it is, what it means for the books, and what to do: sentences of ``texts/screens``, and
    what a run that failed said itself."""
    to_paste: str = ""
    """Commands, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What the journal and the lock tell about the runs."""

    last: RunRecord | None
    last_good: RunRecord | None
    """The latest that did its work to the end."""
    at_work: bool
    """Somebody holds the lock at this moment."""
    holder: Holder | None
    """Who that is, where the lock's file tells."""
    ended: RunRecord | None
    """The latest that is over, however it ended; one that refused what it was asked isn't meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What the kept tokens tell."""

    made: bool
    """Consent was given, or the key was proved; with a key a run does that by itself."""
    organization_id: int | None = None
    expires_at: datetime | None = None
    trouble: str | None = None
    """Why they can't be read."""


def runs_in(folder: Path, db: sqlite3.Connection) -> Runs:
    """Read how the runs of a state folder went; ``db`` is its journal, or a copy."""
    at_work = is_held(folder)
    known = runs.recent(db)
    over = [run for run in known if run.exit_code != ExitCode.USAGE]
    if at_work and over and over[0].finished is None:
        over = over[1:]
    return Runs(
        last=known[0] if known else None,
        last_good=runs.last_ended_with(db, sorted(ENDED_WELL)),
        at_work=at_work,
        holder=holder(folder),
        ended=over[0] if over else None,
    )


def connection_in(folder: Path) -> Connection:
    """Read what is known of the connection to Dinero; calls nobody."""
    try:
        kept = TokenFile(folder, dry_run=True).read()
    except StateError as error:
        return Connection(made=False, trouble=sentence_of(error))
    if kept is None:
        return Connection(made=False)
    known, expires_at = kept.organization_id, kept.refresh_expires_at
    return Connection(made=True, organization_id=known, expires_at=expires_at)


def alarms(found: Runs, connection: Connection, now: datetime) -> list[Alarm]:
    """Return what needs a person, the most urgent first."""
    return [*_of_lock(found, now), *_of_runs(found, now), *_of_connection(connection, now)]


def _of_lock(found: Runs, now: datetime) -> Iterator[Alarm]:
    if found.holder is not None and not found.holder.can_be_at_work(now):
        yield Alarm(code="stuck_run", said=(sentence_of(StuckHolderError(found.holder)),))


def _of_runs(found: Runs, now: datetime) -> Iterator[Alarm]:
    run = found.ended
    if run is None:
        return
    if run.exit_code in NEEDS_A_PERSON:
        yield _failed(run, found.last_good)
    elif run.exit_code not in ENDED_WELL and not _is_recent(found.last_good, now, PASSING_FOR):
        yield _none_ends_well(run, found.last_good)
    if not found.at_work and not _is_near(run.finished or run.started, now, SILENT_FOR):
        yield _none_lately(run.finished or run.started, now)


def _of_connection(connection: Connection, now: datetime) -> Iterator[Alarm]:
    if connection.trouble is not None:
        yield Alarm(code="connection_unreadable", said=(connection.trouble,))
    told = expiry_told(connection.expires_at, now)
    if told is not None:
        yield Alarm(code="connection_expires", said=(told,))


def _is_recent(run: RunRecord | None, now: datetime, within: timedelta) -> bool:
    """Tell whether a run ended lately; one that ended ahead of the clock can't be relied on."""
    return run is not None and run.finished is not None and _is_near(run.finished, now, within)


def _is_near(moment: datetime, now: datetime, within: timedelta) -> bool:
    return -CLOCKS_DIFFER <= now - moment <= within


def _failed(run: RunRecord, good: RunRecord | None) -> Alarm:
    code, since = run.exit_code or 0, _end_of(good)
    said = sentence("alarms.failed.never", code=code)
    if since is not None:
        said = sentence("alarms.failed", code=code, since=since)
    why = run.said or sentence("alarms.log_says")
    return Alarm(code="last_run_failed", said=(said, why))


def _none_ends_well(run: RunRecord, good: RunRecord | None) -> Alarm:
    since = _end_of(good)
    said = sentence("alarms.none_ends_well.never")
    if since is not None:
        said = sentence("alarms.none_ends_well", since=since)
    ended = sentence("alarms.ended_with", code=run.exit_code or 0)
    if run.finished is None:
        ended = sentence("alarms.broke_off")
    return Alarm(
        code="no_run_ends_well",
        said=(said, ended, *([run.said] if run.said else [])),
        to_paste="  dinero-sync doctor",
    )


def _none_lately(when: datetime, now: datetime) -> Alarm:
    said = sentence("alarms.none_lately", when=when, count=(now - when).days)
    if when > now:
        said = sentence("alarms.ahead_of_clock", when=when)
    return Alarm(
        code=SILENCE,
        said=(said, sentence("alarms.see_the_timer")),
        to_paste="  systemctl list-timers dinero-sync.timer\n  systemctl status cron\n  date",
    )


def _end_of(run: RunRecord | None) -> datetime | None:
    return None if run is None else run.finished
