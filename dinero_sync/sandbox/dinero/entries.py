"""A posting in the books, and the accounts that VAT is posted on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OUTPUT_VAT = 64000
INPUT_VAT = 64060
VAT_ACCOUNTS = frozenset({OUTPUT_VAT, INPUT_VAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A posting in kroner: debit positive, credit negative."""

    account: int
    amount: Decimal
    date: date
    voucher_number: int
    voucher_guid: str
    description: str
    vat_code: str | None = None
    """The code of what was posted; on a VAT account, of what the VAT is of."""
    contact_guid: str | None = None
    """Who the voucher is about, where it is about somebody."""
