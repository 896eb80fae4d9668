"""What the shop and Dinero say that a first configuration follows from. Reads, writes nothing."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.decode import Organization
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.token_source import BearerAuth
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.http import HttpClient
from dinero_sync.journal.database import LIMITS, open_copy
from dinero_sync.journal.token_file import TokenFile
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import category_names, masters_of
from dinero_sync.sync.pacing import DailyQuota
from dinero_sync.sync.settings import state_folder
from dinero_sync.sync.workplace import LEDGER, SHOP, shop_session, token_source

Choose = Callable[[list[Organization]], Organization]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingFacts:
    """The shop's and the company's own words for what a configuration names."""

    organization: Organization
    chart: Chart
    gateways: tuple[Gateway, ...]
    countries: frozenset[str]
    """The countries that the shop knows, as ISO codes."""
    categories: tuple[str, ...]
    """The names of the shop's categories."""


def read_starting_facts(config: Config, clock: SystemClock, choose: Choose) -> StartingFacts:
    """Ask both services (about ten calls); ``choose`` only when several companies could be meant.

    Raises NotConnectedError, TemporaryError and what else the clients raise.
    """
    with closing(open_copy(state_folder(config), LIMITS)) as db:
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        http = shop_session(config, quota, clock, read_only=True)
        shop = ShopClient(http, config.shoporama.base_url)
        masters = masters_of(shop.payment_gateways(), shop.shipping_methods(), shop.countries())
        categories = tuple(sorted(category_names(shop.categories()).values()))
    organization, chart = _books(config, clock, choose)
    return StartingFacts(
        organization=organization,
        chart=chart,
        gateways=tuple(masters.gateways.values()),
        countries=frozenset(masters.countries.values()),
        categories=categories,
    )


def _books(config: Config, clock: SystemClock, choose: Choose) -> tuple[Organization, Chart]:
    auth = BearerAuth(token_source(config, TokenFile(state_folder(config), dry_run=True), clock))
    http = HttpClient(
        service=LEDGER,
        timeout_seconds=float(config.http.timeout_seconds),
        clock=clock,
        read_only=True,
        auth=auth,
        ca_file=config.http.ca_file,
    )
    seen = DineroClient(http, config.dinero.base_url, None, auth).organizations()
    organization = _own(seen, config.dinero.organization_id, choose)
    number = organization.organization_id
    return organization, DineroClient(http, config.dinero.base_url, number, auth).chart()


def _own(seen: list[Organization], wanted: int | None, choose: Choose) -> Organization:
    usable = [each for each in seen if each.has_plan and wanted in {None, each.organization_id}]
    if not usable:
        which = "any company" if wanted is None else f"company {wanted}"
        raise NotConnectedError(
            f"The connection doesn't see {which} with Dinero Pro or Total, which the API needs. "
            "Nothing was written. Check the keys, and the subscription under Indstillinger → "
            "Abonnement in Dinero."
        )
    return usable[0] if len(usable) == 1 else choose(usable)
