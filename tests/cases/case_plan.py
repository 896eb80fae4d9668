"""What a case comes to by the rules alone: no service is asked, nothing is written."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from case_files import Case, Json

from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.order import Order
from dinero_sync.domain.product import Product
from dinero_sync.sandbox import credentials, demo_config
from dinero_sync.sandbox.dinero.company import VAT_RATES, start_organisations
from dinero_sync.sandbox.shop.catalogue import Catalogue, start_catalogue
from dinero_sync.shoporama.masters import masters_of
from dinero_sync.shoporama.products import read_product
from dinero_sync.shoporama.reader import read_order
from dinero_sync.sync.intake.decide import decide
from dinero_sync.sync.intake.facts import DistanceSales, Facts
from dinero_sync.sync.work.settings import posting_settings, reader_settings

START = date(2026, 10, 1)
NOWHERE = "http://127.0.0.1:9"
"""Stands for services that aren't asked."""


def planned(case: Case) -> Plan:
    """Plan the documents of a case; raises HeldError."""
    config = configuration(case)
    order = order_of(case, config)
    settings = posting_settings(config, credentials.ORGANIZATION_ID)
    facts = Facts(
        day=case.day,
        chart=chart(),
        products=_products(case),
        vat_number_confirmed="valid" in case.vies.values(),
        distance_sales=DistanceSales(),
    )
    decision = decide(order, facts, settings)
    assert decision.plan is not None, decision.hold
    return decision.plan


def order_of(case: Case, config: Config) -> Order:
    """Read the order as the sync does."""
    lists = shop_lists(case)
    masters = masters_of(lists.gateways, lists.shipping, lists.countries)
    return read_order(case.order, masters, reader_settings(config))


def configuration(
    case: Case, url: str = NOWHERE, vies_url: str = NOWHERE, state_folder: Path | None = None
) -> Config:
    """Load the rules of a case with the configuration's own loader, for a sandbox at ``url``."""
    content: Json = yaml.safe_load(demo_config(url))
    given: Json = yaml.safe_load(case.config)
    content |= {key: given[key] for key in ("posting", "payment_types", "payouts") if key in given}
    content["shoporama"] |= given.get("shoporama", {})
    content["sync"] |= {"start_date": START, "state_dir": str(state_folder or "state")}
    if case.vies:
        content["posting"]["eu_vat_numbers"]["vies_url"] = vies_url
    with TemporaryDirectory() as folder:
        path = Path(folder, "config.yaml")
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return load_config(path)


def shop_lists(case: Case) -> Catalogue:
    """Return the sandbox's lists with what the case adds to them."""
    lists = start_catalogue()
    lists.countries += case.shop.get("countries", [])
    lists.gateways += case.shop.get("gateways", [])
    lists.products |= case.shop.get("products", {})
    return lists


def _products(case: Case) -> dict[int, Product]:
    return {
        number: read_product(number, raw, lambda _: "", lambda _: "")
        for number, raw in case.shop.get("products", {}).items()
    }


@cache
def chart() -> Chart:
    """Return the chart of accounts of the sandbox's company."""
    company = start_organisations(START, first_number=1001)[credentials.ORGANIZATION_ID]
    return Chart(
        entry={
            each.number: Account(
                number=each.number, name=each.name, vat_code=each.vat_code, hidden=each.hidden
            )
            for each in company.accounts.values()
        },
        deposit={
            each.number: Account(number=each.number, name=each.name, vat_code=None, hidden=False)
            for each in company.deposit_accounts.values()
        },
        vat_rates={code: rate * 100 for code, (_, rate) in VAT_RATES.items()},
    )


def account_name(number: int) -> str:
    """Return the Danish name of an account or deposit account."""
    accounts = chart()
    return (accounts.entry.get(number) or accounts.deposit[number]).name
