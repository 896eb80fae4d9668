"""What the sources of payouts name and Dinero lacks or hides."""

from collections.abc import Iterator
from dataclasses import dataclass

from dinero_sync.domain.chart import Account, Chart
from dinero_sync.posting.payouts.settings import PayoutSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableInPayouts:
    """An account or a VAT code that no ledger item can name."""

    key: str
    """Where the configuration names it."""
    fault: str
    """``missing_account``, ``hidden_account``, ``no_deposit_account`` or ``unknown_vat_code``."""
    named: str
    """The account's number, or the VAT code."""


def unusable_in_payouts(settings: PayoutSettings, chart: Chart) -> Iterator[UnusableInPayouts]:
    """Find what the sources name in vain."""
    for number, key in settings.clearing_accounts():
        if number in chart.entry and number not in chart.deposit:
            yield UnusableInPayouts(key=key, fault="no_deposit_account", named=str(number))
        elif (fault := _fault(chart.deposit.get(number))) is not None:
            yield UnusableInPayouts(key=key, fault=fault, named=str(number))
    for number, key in settings.accounts():
        fault = _fault(chart.deposit.get(number) or chart.entry.get(number))
        if fault is not None:
            yield UnusableInPayouts(key=key, fault=fault, named=str(number))
    for code, key in settings.vat_codes():
        if code not in chart.vat_rates:
            yield UnusableInPayouts(key=key, fault="unknown_vat_code", named=code)


def _fault(account: Account | None) -> str | None:
    if account is None:
        return "missing_account"
    return "hidden_account" if account.hidden else None
