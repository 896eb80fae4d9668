"""``doctor``: asks both services everything that reading can tell, and writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.errors import RejectedError, question_refused
from dinero_sync.dinero.organisations import accounting_years
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, DineroSyncError
from dinero_sync.journal.folder.owners import refuse_another_users
from dinero_sync.sync.setup.doctor_labels import label_findings
from dinero_sync.sync.setup.doctor_ledger import ledger_findings
from dinero_sync.sync.setup.doctor_shop import shop_findings
from dinero_sync.sync.setup.findings import Diagnosis, ask, failed, fine
from dinero_sync.sync.setup.outlook import Seen, outlook
from dinero_sync.sync.setup.verdict import OUTLOOK, verdict_on
from dinero_sync.sync.work.books import read_books, refuse_unusable_accounts
from dinero_sync.sync.work.services import LEDGER, SHOP, shop_to_read
from dinero_sync.sync.work.settings import posting_settings, reader_settings, state_folder
from dinero_sync.sync.work.workplace import open_workplace
from dinero_sync.way_out import way_out


def examine(config: Config, config_file: str, clock: SystemClock) -> Iterator[Diagnosis]:
    """Ask everything; a service that can't be asked is a finding of its own.

    Raises StateError where the state folder is another user's: the connection may be renewed.
    """
    refuse_another_users(state_folder(config))
    yield from way_out_findings(config)
    seen = Seen()
    yield from _until_it_fails(spoken("Can the shop be read?"), lambda: _shop(config, clock, seen))
    yield from _until_it_fails(
        spoken("Can Dinero be read?"), lambda: _ledger(config, config_file, clock, seen)
    )
    if seen.raws and seen.masters is not None and seen.chart is not None:
        yield from _until_it_fails(OUTLOOK, lambda: _outlook(config, config_file, clock, seen))


def _until_it_fails(
    question: str, findings: Callable[[], Iterator[Diagnosis]]
) -> Iterator[Diagnosis]:
    try:
        yield from findings()
    except (DineroSyncError, RejectedError) as error:
        known = error if isinstance(error, DineroSyncError) else question_refused(error)
        yield failed(question, known)


def way_out_findings(config: Config) -> Iterator[Diagnosis]:
    """Tell for each service which proxy and which certificates are used, and who says so.

    Nothing is sent.
    """
    for service, url in ((SHOP, config.shoporama.base_url), (LEDGER, config.dinero.base_url)):
        question = spoken("Which way out of this machine, to {service}?", service=service)
        yield ask(question, partial(_way_out, config, question, url))


def _way_out(config: Config, question: str, url: str) -> Diagnosis:
    way, parts = way_out(url, config.http.ca_file), urlsplit(url)
    through = spoken("To {host} directly", host=parts.netloc)
    if way.proxy is not None:
        through = spoken(
            "To {host} through the proxy {proxy} ({named_by})",
            host=parts.netloc,
            proxy=way.proxy.address,
            named_by=way.proxy.named_by,
        )
    if parts.scheme != "https":
        return fine(question, spoken("{way}, not encrypted.", way=through))
    if way.certificates is None:
        return fine(
            question,
            spoken("{way}; trusted are this machine's certificates.", way=through),
        )
    named_by, path = way.certificates
    trusted = spoken(
        "{way}; trusted are this machine's certificates and those in {path} ({named_by}).",
        way=through,
        path=str(path),
        named_by=named_by,
    )
    return fine(question, trusted)


def _shop(config: Config, clock: SystemClock, seen: Seen) -> Iterator[Diagnosis]:
    settings = posting_settings(config, 0)
    with shop_to_read(config, clock) as shop:
        yield from shop_findings(shop, reader_settings(config), settings, clock, seen)
    yield from label_findings(config, seen.raws)


def _ledger(
    config: Config, config_file: str, clock: SystemClock, seen: Seen
) -> Iterator[Diagnosis]:
    with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
        books = read_books(place.dinero, place.settings.organization_id)
        yield from ledger_findings(place, books, accounting_years(place.dinero))
        with suppress(ConfigError):  # which is among the findings
            refuse_unusable_accounts(place.settings, books.chart, config_file)
            seen.chart = books.chart


def _outlook(
    config: Config, config_file: str, clock: SystemClock, seen: Seen
) -> Iterator[Diagnosis]:
    """Say at the end what a run would make of the orders that were read."""
    with open_workplace(config, config_file, clock, dry_run=True) as place:
        yield verdict_on(outlook(place, seen))
