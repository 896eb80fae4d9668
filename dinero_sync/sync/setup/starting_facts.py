"""What the shop and Dinero say that a first configuration follows from. Reads, writes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero import organisations
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import category_names, country_codes, gateways_by_id
from dinero_sync.shoporama.reader import gateway_of
from dinero_sync.shoporama.replies import RawObject, RightMissingError
from dinero_sync.sync.intake.shop_masters import unread_for
from dinero_sync.sync.setup.connecting import Choose, choose_company
from dinero_sync.sync.work.services import dinero_auth, open_dinero, shop_to_read
from dinero_sync.sync.work.settings import reader_settings, state_folder


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
    with shop_to_read(config, clock) as shop:
        shops = _of_shop(shop, config)
    auth = dinero_auth(config, TokenFile(state_folder(config), dry_run=True), clock)
    seen = organisations.organizations(open_dinero(config, auth, clock, None))
    company = choose_company(seen, config.dinero.organization_id, choose, _unusable)
    chart = organisations.chart(open_dinero(config, auth, clock, company.organization_id))
    return StartingFacts(organization=company, chart=chart, **shops)


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


def _unusable(_: Sequence[Organization], which: str) -> NotConnectedError:
    return NotConnectedError(
        spoken(
            "The connection doesn't see {which} with Dinero Pro or Total, which the API "
            "needs. Nothing was written. Check the keys, and the subscription under "
            "Indstillinger → Abonnement in Dinero.",
            which=which,
        )
    )
