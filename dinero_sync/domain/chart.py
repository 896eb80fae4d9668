"""The organisation's own chart of accounts (kontoplan), VAT codes and entries, read from Dinero."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from dinero_sync.domain.zone import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account that an invoice line or a payment may name."""

    number: int
    name: str
    vat_code: str | None
    """None on accounts without VAT, and on deposit accounts."""
    hidden: bool
    default: bool = False
    """Whether it is the one that the organisation chose for sales, or for payments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Accounts by number, and the rate in percent of each VAT code."""

    entry: Mapping[int, Account]
    deposit: Mapping[int, Account]
    vat_rates: Mapping[str, Decimal]

    def vat_rate(self, account: int) -> Decimal | None:
        """Return the VAT rate in percent of an entry account: 0 where it has no VAT code.

        None for a VAT code whose rate Dinero doesn't tell: it equals no line's rate. Raises
        KeyError for an account that isn't in the chart.
        """
        code = self.entry[account].vat_code
        return Decimal(0) if code is None else self.vat_rates.get(code)


class EntryKind(StrEnum):
    """Whether something was posted, or carried from one accounting year to the next."""

    POSTED = "posted"
    OPENING = "opening"
    """The balance that an account begins the accounting year with (primo)."""
    CLOSING = "closing"
    """What ends the year in the accounts (ultimo): no posting of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One posting on one account (postering), as Dinero's books hold it."""

    account: int
    day: date
    amount: Decimal
    """In kroner: debit positive, credit negative."""
    kind: EntryKind = EntryKind.POSTED
    voucher_number: int | None = None
    voucher: UUID | None = None
    """The voucher (bilag) that it belongs to, where Dinero tells."""
    description: str = ""
    vat_code: str | None = None
    """By which it reaches the VAT return; None for none, and where Dinero doesn't tell."""


NO_CHART = Chart(entry={}, deposit={}, vat_rates={})
"""What is known before Dinero was read."""

NO_VAT = Decimal(0)
DANISH_VAT = Decimal(25)
"""The rate of all goods in Denmark (momsloven § 33)."""
REVERSE_CHARGE_CODES = ("UEUV", "UEUY")
"""Rubrik B with the EU sales list of businesses, by VAT number; for goods and for services."""
DISTANCE_CODES = ("UEUV2",)
"""Rubrik B without the EU sales list, for goods."""
EXPORT_CODES = ("UVV", "UVC", "UVY")
"""Rubrik C."""
ABROAD_CODES = (*REVERSE_CHARGE_CODES, *DISTANCE_CODES, *EXPORT_CODES)
REPORTED_FOR = {code: Zone.WORLD if code in EXPORT_CODES else Zone.EU for code in ABROAD_CODES}
"""The zone that a VAT code reports sales to."""
