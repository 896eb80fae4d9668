"""Which accounts of a chart fit what a first configuration needs, by their VAT and their names."""

from collections.abc import Iterable

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.posting.payments import deposit_for
from dinero_sync.posting.suggestion import SALES, Purpose, best_account

PAID_LATER = ("faktura", "invoice", "ean-", "på regning")


def number_for(chart: Chart, purpose: Purpose) -> int | None:
    """Return the number of the account that fits a purpose; None where none does."""
    best = best_account(chart, purpose)
    return best.number if best else None


def fitting_accounts(
    chart: Chart, codes: Iterable[str | None], numbers: range = SALES
) -> list[Account]:
    """List the visible accounts in ``numbers`` with one of the VAT codes; None is no VAT code."""
    wanted = set(codes)
    return [
        account
        for number, account in sorted(chart.entry.items())
        if number in numbers and account.vat_code in wanted and not account.hidden
    ]


def accounts_by_country(
    chart: Chart, common: int | None, countries: Iterable[str]
) -> dict[str, int]:
    """Return the accounts whose names end like ``- DE``, by country; the common one left out."""
    by_ending: dict[str, int] = {
        account.name.rpartition("- ")[2].strip(): account.number
        for account in fitting_accounts(chart, ("U25",))
        if account.number != common
    }
    return {country: by_ending[country] for country in sorted(countries) if country in by_ending}


def deposit_account(gateway: Gateway, chart: Chart) -> int | None:
    """Return the deposit account whose name says that it takes a gateway's money; None if none."""
    best = deposit_for(gateway.name, gateway.code, chart)
    return best.number if best else None


def is_paid_later(gateway: Gateway) -> bool:
    """Tell whether a gateway's name says that the customer gets an invoice to pay."""
    return any(word in gateway.name.casefold() for word in PAID_LATER)
