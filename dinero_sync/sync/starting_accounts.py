"""Which accounts of a chart fit what a first configuration needs, by their VAT and their names."""

from collections.abc import Iterable

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.order import Gateway

SALES = range(1000, 2000)
DEBTS = range(63000, 66000)
WAYS_TO_PAY: tuple[tuple[str, ...], ...] = (
    ("gavekort", "gift card"),
    ("mobilepay", "vipps"),
    ("klarna",),
    ("viabill",),
    ("anyday",),
    ("paypal",),
    ("stripe",),
    ("kontant", "kasse", "afhentning", "cash"),
    ("bank", "overførsel", "forudbetaling"),
    ("kort", "card", "quickpay", "pensopay", "onpay", "epay", "clearhaus", "visa", "nets"),
)
"""Words for one way to pay: a gateway and a deposit account that share one belong together. The
special ones stand first: a gift card (gavekort) is no card."""
PAID_LATER = ("faktura", "invoice", "ean-", "på regning")


def find_account(
    chart: Chart,
    codes: Iterable[str | None],
    *,
    numbers: range = SALES,
    named: tuple[str, ...] = ("",),
    first: int | None = None,
) -> int | None:
    """Return the visible account in ``numbers`` with one of the VAT codes and a word in its name.

    ``first`` is taken when it fits; else the lowest number. None when none fits.
    """
    fitting = [
        account.number
        for account in fitting_accounts(chart, codes, numbers)
        if any(word in account.name.casefold() for word in named)
    ]
    return first if first in fitting else next(iter(fitting), None)


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
    visible = [each for _, each in sorted(chart.deposit.items()) if not each.hidden]
    words = next((words for words in WAYS_TO_PAY if _is_one_of(gateway, words)), None)
    if words is None:
        return None
    taken = (account.number for account in visible if _way_to_pay(account.name) == words)
    return next(taken, None)


def is_paid_later(gateway: Gateway) -> bool:
    """Tell whether a gateway's name says that the customer gets an invoice to pay."""
    return _has_any(gateway.name, PAID_LATER)


def _is_one_of(gateway: Gateway, words: tuple[str, ...]) -> bool:
    """Tell whether a gateway is of this way to pay: by its name, else by its code."""
    way = _way_to_pay(gateway.name) or _way_to_pay(gateway.code)
    return way == words


def _way_to_pay(text: str) -> tuple[str, ...] | None:
    return next((words for words in WAYS_TO_PAY if _has_any(text, words)), None)


def _has_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text.casefold() for word in words)
