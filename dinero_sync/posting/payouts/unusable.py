"""What the sources of payouts name and Dinero lacks or hides."""

from collections.abc import Iterator

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.papers.unusable import Unusable, fault_of
from dinero_sync.posting.payouts.settings import PayoutSettings


def unusable_in_payouts(settings: PayoutSettings, chart: Chart) -> Iterator[Unusable]:
    """Find what the sources name in vain."""
    for number, key in settings.clearing_accounts():
        if number in chart.entry and number not in chart.deposit:
            yield Unusable(key=key, fault="no_deposit_account", named=str(number))
        elif (fault := fault_of(chart.deposit.get(number))) is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for number, key in settings.accounts():
        fault = fault_of(chart.deposit.get(number) or chart.entry.get(number))
        if fault is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for code, key in settings.vat_codes():
        if code not in chart.vat_rates:
            yield Unusable(key=key, fault="unknown_vat_code", named=code)
