"""What the rules for bills name and Dinero lacks, hides, or doesn't take in a purchase voucher."""

from collections.abc import Iterator

from dinero_sync.domain.chart import Chart
from dinero_sync.domain.papers.unusable import Unusable, fault_of
from dinero_sync.posting.bills.settings import BillSettings

PURCHASES = range(2000, 9400)
"""The accounts that Dinero takes in purchase vouchers (``GET accounts/purchase``)."""


def unusable(settings: BillSettings, chart: Chart) -> Iterator[Unusable]:
    """Find what the rules name in vain."""
    for number, key in settings.accounts():
        fault = fault_of(chart.entry.get(number))
        if fault is None and number not in PURCHASES:
            fault = "no_purchase_account"
        if fault is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for number, key in settings.deposit_accounts():
        fault = fault_of(chart.deposit.get(number))
        if fault is not None:
            yield Unusable(key=key, fault=fault, named=str(number))
    for code, key in settings.vat_codes():
        if code not in chart.vat_rates:
            yield Unusable(key=key, fault="unknown_vat_code", named=code)
