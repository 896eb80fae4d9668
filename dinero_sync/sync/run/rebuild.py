"""A journal made anew from what the shop and Dinero say; writes to neither."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero import invoices
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import DamagedStateError, UsageError
from dinero_sync.journal import orders, watermark
from dinero_sync.journal.database import FILE_NAME, HOT_NAME, journal_id, open_journal, told_of
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.folder.files import set_aside
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.folder.owners import NOTHING_BOOKED
from dinero_sync.journal.upkeep.salvage import Salvaged, salvage, salvaged_meta
from dinero_sync.sync.ladder.own_invoices import recall_booked
from dinero_sync.sync.run.delivering import as_sold
from dinero_sync.sync.run.polling import poll_of
from dinero_sync.sync.work.state import HAS_END_MARK, own_state_folder, refuse_unlike
from dinero_sync.sync.work.workplace import open_workplace

BEFORE = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A journal made anew."""

    standings: dict[Standing, int]
    """How many orders stand as what."""
    forgotten: Salvaged | None
    """What people decided, as far as the damaged journal tells; None where none was damaged."""


def rebuild(config: Config, config_file: str, clock: SystemClock) -> Rebuilt:
    """Move a damaged journal aside and write a new one by reading.

    Orders that Dinero has booked stand as done, the others as a first run would find them. Raises
    UsageError when the journal is whole: then there is nothing to mend.
    """
    folder = own_state_folder(config)
    with run_lock(folder):
        forgotten = _set_damaged_aside(config, config_file, folder, clock)
    with open_workplace(config, config_file, clock) as place:
        poll = poll_of(place)
        for _ in poll.decide(poll.read()):
            pass  # each is journalled as it comes
        first = place.settings.start_date - BEFORE
        listed = list(invoices.listed(place.dinero, first, accounting_date(clock.now())))
        organization = place.settings.organization_id
        for _ in recall_booked(place.ledger, listed, organization, as_sold(place)):
            pass  # the same
        return Rebuilt(standings=orders.counts(place.db), forgotten=forgotten)


def _set_damaged_aside(
    config: Config, config_file: str, folder: Path, clock: SystemClock
) -> Salvaged | None:
    """Move what is damaged aside, and return what a damaged journal still tells."""
    journal = list(_damaged_journal(folder))
    damaged = [*journal, *_damaged_watermark(folder)]
    if not damaged:
        raise UsageError(spoken("The state folder is whole; there is nothing to rebuild."))
    forgotten = None
    if journal:
        refuse_unlike(config, config_file, salvaged_meta(folder, HAS_END_MARK))
        forgotten = salvage(folder)
    for path in damaged:
        set_aside(path, clock.now())
    return forgotten


def _damaged_journal(folder: Path) -> Iterator[Path]:
    if (folder / FILE_NAME).exists() and not _is_whole(folder):
        yield from (path for path in (folder / FILE_NAME, folder / HOT_NAME) if path.exists())


def _is_whole(folder: Path) -> bool:
    """Tell whether SQLite reads all of the journal; in most pages damage shows as an error.

    Raises StateError and TemporaryError where the journal may well be whole, and making it anew
    would be no cure.
    """
    try:
        with (
            told_of(folder / FILE_NAME, NOTHING_BOOKED),
            closing(open_journal(folder)) as db,
        ):
            journal_id(db)
            (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
    except DamagedStateError:
        return False
    return bool(verdict == "ok")


def _damaged_watermark(folder: Path) -> Iterator[Path]:
    try:
        watermark.load(folder, "")
    except DamagedStateError:
        yield folder / watermark.FILE_NAME
