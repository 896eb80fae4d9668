"""Which accounts of a chart fit what a first configuration needs, by their VAT and their names."""

from collections.abc import Iterable, Mapping

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.order import Gateway
from dinero_sync.posting.suggestion import (
    DEBTS,
    DISTANCE_SALES,
    EU_BUSINESSES,
    EXPORTS,
    MARGINS,
    OSS_SALES,
    SECOND_HAND_SALES,
    Purpose,
    best_account,
)

PAID_LATER = ("faktura", "invoice", "ean-", "på regning")
DEBT_OF_VAT = Purpose(codes=(None,), uses=(), numbers=DEBTS)
"""Any debt may be chosen; one is suggested by its name alone (:func:`foreign_vat_debt`)."""
PURPOSES: Mapping[str, Purpose] = {
    "second_hand_account": SECOND_HAND_SALES,
    "margin_account": MARGINS,
    "eu_business_account": EU_BUSINESSES,
    "eu_consumer_account": DISTANCE_SALES,
    "oss_account": OSS_SALES,
    "oss_vat_account": DEBT_OF_VAT,
    "export_account": EXPORTS,
}
"""What the accounts are for that the answers name; that of gift cards follows their kind."""


def number_for(chart: Chart, purpose: Purpose) -> int | None:
    """Return the number of the account that fits a purpose; None where none does."""
    best = best_account(chart, purpose)
    return best.number if best else None


def fitting_accounts(chart: Chart, purpose: Purpose) -> list[Account]:
    """List the visible accounts that a person may choose from, whatever they are called."""
    return [
        account
        for number, account in sorted(chart.entry.items())
        if number in purpose.numbers and account.vat_code in purpose.codes and not account.hidden
    ]


def accounts_by_country(
    chart: Chart, common: int | None, countries: Iterable[str]
) -> dict[str, int]:
    """Return the accounts whose names end like ``- DE``, by country; the common one left out."""
    by_ending: dict[str, int] = {
        account.name.rpartition("- ")[2].strip(): account.number
        for account in fitting_accounts(chart, DISTANCE_SALES)
        if account.number != common
    }
    return {country: by_ending[country] for country in sorted(countries) if country in by_ending}


def is_paid_later(gateway: Gateway) -> bool:
    """Tell whether a gateway's name says that the customer gets an invoice to pay."""
    return any(word in gateway.name.casefold() for word in PAID_LATER)
