"""What the rules for bills name and Dinero lacks, hides, or doesn't take in a purchase voucher."""

from collections.abc import Iterator
from dataclasses import dataclass

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.posting.bills.settings import BillSettings

PURCHASES = range(2000, 9400)
"""The accounts that Dinero takes in purchase vouchers (``GET accounts/purchase``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """An account or a VAT code that no voucher can name."""

    key: str
    """Where the configuration names it."""
    fault: str
    """``missing_account``, ``hidden_account``, ``no_purchase_account`` or ``unknown_vat_code``."""
    named: str
    """The account's number, or the VAT code."""


def unusable(settings: BillSettings, chart: Chart) -> Iterator[Unusable]:
    """Find what the rules name in vain."""
    for number, key in settings.accounts():
        fault = _fault(chart.entry.get(number))
        if fault is None and number not in PURCHASES:
            fault = "no_purchase_account"
        if fault is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for number, key in settings.deposit_accounts():
        fault = _fault(chart.deposit.get(number))
        if fault is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for code, key in settings.vat_codes():
        if code not in chart.vat_rates:
            yield Unusable(key=key, fault="unknown_vat_code", named=code)


def _fault(account: Account | None) -> str | None:
    if account is None:
        return "missing_account"
    return "hidden_account" if account.hidden else None
