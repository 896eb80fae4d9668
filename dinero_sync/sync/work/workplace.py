"""Everything a command works with, opened together and closed together."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from dinero_sync import logs
from dinero_sync.clock import SystemClock
from dinero_sync.config.choices import AuthMethod
from dinero_sync.config.model import Config
from dinero_sync.dinero.auth import api_key, oauth
from dinero_sync.dinero.auth.token_source import BearerAuth, StoredTokenSource
from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.errors import ConfigError, DineroSyncError, Problem
from dinero_sync.http import HttpClient
from dinero_sync.journal import runs
from dinero_sync.journal.database import (
    FILE_NAME,
    LIMITS,
    meta,
    open_copy,
    open_journal,
    reading,
    set_meta,
    told_of,
)
from dinero_sync.journal.lock import run_lock
from dinero_sync.journal.owners import refuse_another_users
from dinero_sync.journal.token_file import TokenFile
from dinero_sync.journal.trouble import UNDER_WAY
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.client import ShopAuth, ShopClient
from dinero_sync.sync.work.books import (
    Books,
    checked_books,
    refuse_unusable_accounts,
    refuse_wrong_books,
)
from dinero_sync.sync.work.end_mark import refuse_cut_short
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.pacing import DailyQuota, MinuteLimit
from dinero_sync.sync.work.settings import auth_settings, posting_settings, state_folder
from dinero_sync.sync.work.state import own_state_folder

ORGANIZATION = "organization"
SHOP = "Shoporama"
LEDGER = "Dinero"


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
    shop: ShopClient
    ledger: Ledger
    shop_http: HttpClient
    quota: DailyQuota
    connection_expires_at: datetime | None
    """When the consent ends; None where nobody knows, or it doesn't."""
    _books: Books | None = field(default=None, init=False)

    def books(self) -> Books:
        """Return the organisation and its chart, checked before anything is written to it.

        From then on the state folder belongs to it.

        Raises NotConnectedError and ConfigError; asked for only by runs that have work.
        """
        if self._books is None:
            self._books = checked_books(
                self.ledger.client, self.db, self.clock, self.settings, self._check
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

    A dry run takes no lock, creates no folder, works on a copy of the journal in memory, and its
    sessions can't write; without ``needs_journal`` that copy holds what the services' limits need
    and nothing else. The journal notes what kept work from beginning once it is open. Raises
    LockHeldError, StuckHolderError, StateError, ConfigError, NotConnectedError, and TemporaryError
    while another program has the journal open.
    """
    folder = state_folder(config)
    with told_of(folder / FILE_NAME, UNDER_WAY), ExitStack() as stack:
        if dry_run:
            refuse_another_users(folder)  # tokens may be renewed
            db = open_copy(folder, () if needs_journal else LIMITS)
        else:
            stack.enter_context(run_lock(own_state_folder(config), _longest(config)))
            db = open_journal(folder)
        stack.enter_context(closing(db))
        run_id = logs.run_id()
        tokens = TokenFile(folder, dry_run=dry_run)
        try:
            refuse_cut_short(config, config_file, db)
            organization_id = _organization(config, config_file, tokens, db)
        except DineroSyncError as error:
            runs.note_failure(db, run_id, clock.now(), int(error.exit_code), str(error))
            raise
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        shop_http = shop_session(config, quota, clock, read_only=dry_run)
        yield Workplace(
            config=config,
            config_file=config_file,
            folder=folder,
            db=db,
            clock=clock,
            run_id=run_id,
            dry_run=dry_run,
            settings=posting_settings(config, organization_id),
            shop=ShopClient(shop_http, config.shoporama.base_url),
            ledger=open_ledger(config, db, clock, tokens, organization_id, run_id, dry_run=dry_run),
            shop_http=shop_http,
            quota=quota,
            connection_expires_at=_expiry(tokens),
        )


def _longest(config: Config) -> timedelta:
    """Return how long a run may last before it ends by itself."""
    return timedelta(minutes=float(config.sync.deadline_minutes))


def shop_session(
    config: Config, quota: DailyQuota, clock: SystemClock, *, read_only: bool
) -> HttpClient:
    """Open the session with the shop, which keeps its daily quota."""
    return HttpClient(
        service=SHOP,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=read_only,
        waits_for_limit=False,
        auth=ShopAuth(config.shoporama.api_key.get_secret_value(), config.shoporama.auth_scheme),
        ca_file=config.http.ca_file,
        before_call=quota.use,
        never_called=quota.take_back,
    )


def token_source(config: Config, tokens: TokenFile, clock: SystemClock) -> StoredTokenSource:
    """Return where access tokens come from, by the configured method."""
    settings = auth_settings(config)
    if config.dinero.auth.method is AuthMethod.API_KEY:
        return api_key.token_source(settings, tokens, clock)
    return oauth.token_source(settings, tokens, clock)


def open_ledger(  # noqa: PLR0913, PLR0917 - what a connection to Dinero is made of
    config: Config,
    db: sqlite3.Connection,
    clock: SystemClock,
    tokens: TokenFile,
    organization_id: int,
    run_id: str,
    *,
    dry_run: bool,
) -> Ledger:
    """Open the session with Dinero, with its minute limit and the journal beside it."""
    pace = MinuteLimit(db, clock, LEDGER, float(config.dinero.calls_per_minute))
    auth = BearerAuth(token_source(config, tokens, clock))
    http = HttpClient(
        service=LEDGER,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=dry_run,
        auth=auth,
        ca_file=config.http.ca_file,
        before_call=pace.use,
    )
    client = DineroClient(http, config.dinero.base_url, organization_id, auth)
    return Ledger(client, db, clock, pace, run_id)


def bound_organization(folder: Path) -> int | None:
    """Return the organisation that a state folder belongs to; None for a new one."""
    with reading(folder) as db:
        bound = meta(db, ORGANIZATION)
    return None if bound is None else int(bound)


def _expiry(tokens: TokenFile) -> datetime | None:
    kept = tokens.read()
    return kept.refresh_expires_at if kept else None


def _organization(
    config: Config, config_file: str, tokens: TokenFile, db: sqlite3.Connection
) -> int:
    """Return the organisation to write to: the configured or chosen one, else the folder's own.

    Raises NotConnectedError when none is chosen, ConfigError when the folder belongs to another.
    """
    kept = tokens.read()
    pinned = kept.organization_id if kept else None
    bound = meta(db, ORGANIZATION)
    chosen = config.dinero.organization_id or pinned or (bound and int(bound))
    if not chosen:
        raise NotConnectedError(
            "No company in Dinero is chosen yet. Nothing was booked. "
            "Connect and choose one: dinero-sync connect"
        )
    if bound is not None and int(bound) != chosen:
        raise ConfigError(
            [
                Problem(
                    file=config_file,
                    key="dinero.organization_id",
                    message=f"the state folder belongs to company {bound}, not to {chosen}. "
                    "Nothing was written. Put the number back, or name a folder of its own for "
                    "the other company as sync.state_dir.",
                )
            ]
        )
    return chosen
