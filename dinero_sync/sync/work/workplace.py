"""Everything a run works with, opened together and closed together.

It is handed to the rooms ``run`` and ``setup`` alone; all others take what they touch.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from dinero_sync import logs
from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.transport import Transport
from dinero_sync.errors import DineroSyncError, sentence_of
from dinero_sync.http import HttpClient
from dinero_sync.journal import runs
from dinero_sync.journal.database import (
    FILE_NAME,
    LIMITS,
    open_copy,
    open_journal,
    set_meta,
    told_of,
)
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.folder.owners import refuse_another_users
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.journal.folder.trouble import UNDER_WAY
from dinero_sync.posting.bills.settings import BillSettings
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.reader import ReaderSettings
from dinero_sync.sync.work.books import (
    Books,
    checked_books,
    refuse_unusable_accounts,
    refuse_wrong_books,
)
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.pacing import DailyQuota, MinuteLimit
from dinero_sync.sync.work.services import LEDGER, SHOP, dinero_auth, open_dinero, shop_session
from dinero_sync.sync.work.settings import (
    bill_settings,
    payout_settings,
    posting_settings,
    reader_settings,
    state_folder,
)
from dinero_sync.sync.work.state import (
    ORGANIZATION,
    organization_of,
    own_state_folder,
    refuse_cut_short,
)


@dataclass(slots=True, kw_only=True)
class Workplace:
    """What one run has at hand."""

    config: Config
    config_file: str
    folder: Path
    db: sqlite3.Connection
    clock: SystemClock
    run_id: str
    dry_run: bool
    settings: PostingSettings
    bills: BillSettings | None
    """None where the configuration has no rules for bills."""
    payouts: PayoutSettings | None
    """None where the configuration has no sources of payouts."""
    reader: ReaderSettings
    shop: ShopClient
    ledger: Ledger
    shop_http: HttpClient
    quota: DailyQuota
    connection_expires_at: datetime | None
    """When the consent ends; None where nobody knows, or it doesn't."""
    _books: Books | None = field(default=None, init=False)

    @property
    def dinero(self) -> Transport:
        """Return what reads at Dinero; changes go through :attr:`ledger`."""
        return self.ledger.transport

    @property
    def has_work(self) -> bool:
        """Tell whether the books were asked for: a run that has nothing to do at Dinero doesn't."""
        return self._books is not None

    def books(self) -> Books:
        """Return the organisation and its chart, checked before anything is written to it.

        From then on the state folder belongs to it.

        Raises NotConnectedError and ConfigError; asked for only by runs that have work.
        """
        if self._books is None:
            self._books = checked_books(
                self.dinero, self.db, self.clock, self.settings, self._check
            )
            set_meta(self.db, ORGANIZATION, str(self.settings.organization_id))
        return self._books

    def _check(self, books: Books) -> None:
        refuse_wrong_books(books, self.config.dinero.vat_number, self.config_file)
        refuse_unusable_accounts(self.settings, books.chart, self.config_file)


@contextmanager
def open_workplace(
    config: Config,
    config_file: str,
    clock: SystemClock,
    *,
    dry_run: bool = False,
    needs_journal: bool = True,
) -> Iterator[Workplace]:
    """Open state folder, lock, journal and both services.

    A dry run takes no lock, creates no folder, works on an overlay over the journal, and its
    sessions can't write; without ``needs_journal`` it holds what the services' limits need
    and nothing else. The journal notes what kept work from beginning once it is open. Raises
    LockHeldError, StuckHolderError, StateError, ConfigError, NotConnectedError, and TemporaryError
    while another program has the journal open.
    """
    folder = state_folder(config)
    opened = _copied(folder, needs_journal=needs_journal) if dry_run else _locked(config, folder)
    with told_of(folder / FILE_NAME, UNDER_WAY), opened as db:
        run_id = logs.run_id()
        tokens = TokenFile(folder, dry_run=dry_run)
        with _failure_noted(db, run_id, clock):
            refuse_cut_short(config, config_file, db)
            organization_id = organization_of(config, config_file, tokens, db)
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        writes_labels = config.shoporama.labels.write and not dry_run
        shop_http = shop_session(config, quota, clock, read_only=not writes_labels)
        pace = MinuteLimit(db, clock, LEDGER, float(config.dinero.calls_per_minute))
        dinero = open_dinero(
            config,
            dinero_auth(config, tokens, clock),
            clock,
            organization_id,
            read_only=dry_run,
            before_call=pace.use,
            too_many_calls=pace.learn,
        )
        yield Workplace(
            config=config,
            config_file=config_file,
            folder=folder,
            db=db,
            clock=clock,
            run_id=run_id,
            dry_run=dry_run,
            settings=posting_settings(config, organization_id),
            bills=bill_settings(config, organization_id),
            payouts=payout_settings(config, organization_id),
            reader=reader_settings(config),
            shop=ShopClient(shop_http, config.shoporama.base_url),
            ledger=Ledger(dinero, db, clock, pace, run_id),
            shop_http=shop_http,
            quota=quota,
            connection_expires_at=_expiry(tokens),
        )


@contextmanager
def _locked(config: Config, folder: Path) -> Iterator[sqlite3.Connection]:
    """Hold the state folder alone, with its journal open for writing."""
    with (
        run_lock(own_state_folder(config), _longest(config)),
        closing(open_journal(folder)) as db,
    ):
        yield db


@contextmanager
def _copied(folder: Path, *, needs_journal: bool) -> Iterator[sqlite3.Connection]:
    refuse_another_users(folder)  # tokens may be renewed
    with closing(open_copy(folder, () if needs_journal else LIMITS)) as db:
        yield db


@contextmanager
def _failure_noted(db: sqlite3.Connection, run_id: str, clock: SystemClock) -> Iterator[None]:
    """Have the journal note what keeps work from beginning."""
    try:
        yield
    except DineroSyncError as error:
        runs.note_failure(db, run_id, clock.now(), int(error.exit_code), sentence_of(error))
        raise


def _longest(config: Config) -> timedelta:
    """Return how long a run may last before it ends by itself."""
    return timedelta(minutes=float(config.sync.deadline_minutes))


def _expiry(tokens: TokenFile) -> datetime | None:
    kept = tokens.read()
    return kept.refresh_expires_at if kept else None
