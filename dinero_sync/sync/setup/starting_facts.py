"""What the shop and Dinero say that a first configuration follows from. Reads, writes nothing."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.auth.token_source import BearerAuth
from dinero_sync.dinero.client import DineroClient
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.http import HttpClient
from dinero_sync.journal.database import LIMITS, open_copy
from dinero_sync.journal.token_file import TokenFile
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import category_names, country_codes, gateways_by_id
from dinero_sync.shoporama.reader import gateway_of
from dinero_sync.shoporama.replies import RawObject, RightMissingError
from dinero_sync.sync.intake.shop_masters import unread_for
from dinero_sync.sync.work.pacing import DailyQuota
from dinero_sync.sync.work.settings import reader_settings, state_folder
from dinero_sync.sync.work.workplace import LEDGER, SHOP, shop_session, token_source

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
    unread: tuple[Unread, ...] = ()
    """What of the shop the key may not read."""


def read_starting_facts(config: Config, clock: SystemClock, choose: Choose) -> StartingFacts:
    """Ask both services (about ten calls); ``choose`` only when several companies could be meant.

    Raises NotConnectedError, TemporaryError and what else the clients raise.
    """
    with closing(open_copy(state_folder(config), LIMITS)) as db:
        quota = DailyQuota(db, clock, SHOP, config.shoporama.daily_calls)
        http = shop_session(config, quota, clock, read_only=True)
        shop = ShopClient(http, config.shoporama.base_url)
        shops = _of_shop(shop, config)
    organization, chart = _books(config, clock, choose)
    return StartingFacts(
        organization=organization,
        chart=chart,
        **shops,
    )


def _of_shop(shop: ShopClient, config: Config) -> dict[str, Any]:
    """Read what the key may read; raises where that is nothing at all.

    Where it may not read the ways to pay, the newest orders name some of them.
    """
    unread: list[Unread] = []

    def entries(listed: ShopList, read: Callable[[], list[RawObject]]) -> list[RawObject]:
        try:
            return read()
        except RightMissingError as error:
            unread.append(unread_for(listed, error))
            return []

    gateways = gateways_by_id(entries(ShopList.GATEWAYS, shop.payment_gateways))
    countries = country_codes(entries(ShopList.COUNTRIES, shop.countries))
    categories = category_names(entries(ShopList.CATEGORIES, shop.categories))
    if unread:
        used = _gateways_of_orders(shop, config)
        gateways = gateways or used
    return {
        "gateways": tuple(gateways.values()),
        "countries": frozenset(countries.values()),
        "categories": tuple(sorted(categories.values())),
        "unread": tuple(unread),
    }


def _gateways_of_orders(shop: ShopClient, config: Config) -> dict[int, Gateway]:
    reader = reader_settings(config)
    page = next(iter(shop.order_pages(None, reader.zone)))
    return {
        each.gateway_id: each
        for each in (gateway_of(raw, reader) for raw in page.items)
        if each is not None and each.gateway_id is not None
    }


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
