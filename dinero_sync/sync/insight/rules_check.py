"""``rules check``: reads the chart at Dinero, and looks at the rules with it."""

from contextlib import closing, suppress
from pathlib import Path

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.finding import Finding
from dinero_sync.errors import StateError, TemporaryError
from dinero_sync.journal.database import FILE_NAME, UNCHANGED, open_journal, told_of
from dinero_sync.journal.folder.lock import LockHeldError, run_lock
from dinero_sync.logs import get_logger
from dinero_sync.posting.lint.lint import lint
from dinero_sync.sync.work.books import Books, keep_books, read_books, refuse_wrong_books
from dinero_sync.sync.work.workplace import open_workplace

log = get_logger()


def check_rules(config: Config, config_file: str, clock: SystemClock) -> list[Finding]:
    """Return what is found wrong in the rules; four calls to Dinero, all of them reading.

    Raises NotConnectedError, ConfigError for another company, and what reading raises.
    """
    with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
        books = read_books(place.dinero, place.settings.organization_id)
        refuse_wrong_books(books, config.dinero.vat_number, config_file)
    _keep(place.folder, books, clock)
    return lint(
        place.settings, books.chart, accounting_date(clock.now()), place.bills, place.payouts
    )


def _keep(folder: Path, books: Books, clock: SystemClock) -> None:
    """Keep the chart where there is a journal to write in, and no run is at work with it."""
    if not (folder / FILE_NAME).exists():
        return
    try:
        with (
            suppress(LockHeldError),
            run_lock(folder),
            told_of(folder / FILE_NAME, UNCHANGED),
            closing(open_journal(folder)) as db,
        ):
            keep_books(db, books, clock.now())
    except (StateError, TemporaryError) as error:
        log.warning(
            "chart.not_kept",
            message=f"Dinero's chart isn't kept for `rules test` and `rules replay`. {error}",
        )
