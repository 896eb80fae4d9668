"""What the configuration names for bills and payouts, and Dinero lacks, hides, or doesn't take."""

from dataclasses import dataclass

from dinero_sync.domain.chart import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """An account or a VAT code that no voucher or ledger item can name."""

    key: str
    """Where the configuration names it."""
    fault: str
    """``missing_account``, ``hidden_account``, ``no_purchase_account``, ``no_deposit_account`` or
    ``unknown_vat_code``."""
    named: str
    """The account's number, or the VAT code."""


def fault_of(account: Account | None) -> str | None:
    """Say what is wrong with an account as Dinero has it; None where nothing is."""
    if account is None:
        return "missing_account"
    return "hidden_account" if account.hidden else None
