"""``doctor``: asks both services everything that reading can tell, and writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.errors import RejectedError, question_refused
from dinero_sync.errors import DineroSyncError
from dinero_sync.journal.database import LIMITS, open_copy
from dinero_sync.journal.owners import refuse_another_users
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.sync.setup.doctor_ledger import ledger_findings
from dinero_sync.sync.setup.doctor_shop import shop_findings
from dinero_sync.sync.setup.doctor_way_out import way_out_findings
from dinero_sync.sync.setup.findings import Diagnosis, Verdict
from dinero_sync.sync.work.books import read_books
from dinero_sync.sync.work.pacing import DailyQuota
from dinero_sync.sync.work.settings import posting_settings, reader_settings, state_folder
from dinero_sync.sync.work.workplace import SHOP, open_workplace, shop_session


def examine(config: Config, config_file: str, clock: SystemClock) -> Iterator[Diagnosis]:
    """Ask everything; a service that can't be asked is a finding of its own.

    Raises StateError where the state folder is another user's: the connection may be renewed.
    """
    refuse_another_users(state_folder(config))
    yield from way_out_findings(config)
    yield from _until_it_fails("Can the shop be read?", lambda: _shop(config, clock))
    yield from _until_it_fails("Can Dinero be read?", lambda: _ledger(config, config_file, clock))


def _until_it_fails(
    question: str, findings: Callable[[], Iterator[Diagnosis]]
) -> Iterator[Diagnosis]:
    try:
        yield from findings()
    except (DineroSyncError, RejectedError) as error:
        known = error if isinstance(error, DineroSyncError) else question_refused(error)
        yield Diagnosis(
            question=question,
            verdict=Verdict.PROBLEM,
            answer=str(known),
            exit_code=known.exit_code,
        )


def _shop(config: Config, clock: SystemClock) -> Iterator[Diagnosis]:
    reader = reader_settings(config)
    settings = posting_settings(config, 0)
    with closing(open_copy(state_folder(config), LIMITS)) as db:
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        http = shop_session(config, quota, clock, read_only=True)
        shop = ShopClient(http, config.shoporama.base_url)
        yield from shop_findings(shop, reader, settings, clock)


def _ledger(config: Config, config_file: str, clock: SystemClock) -> Iterator[Diagnosis]:
    with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
        books = read_books(place.ledger.client, place.settings.organization_id)
        yield from ledger_findings(place, books)
