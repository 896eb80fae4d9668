"""The rules for suppliers' bills (``bills.rules``), as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NO_VAT = "none"
"""The word of the configuration for no VAT code, whatever the account's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRule:
    """A rule: bills that meet its condition go to the account."""

    name: str
    names: tuple[str, ...] = ()
    """Globs of suppliers' names; any of them will do, and none means every supplier."""
    vat_numbers: tuple[str, ...] = ()
    """Suppliers' VAT numbers with their country prefix; likewise."""
    account: int | None = None
    """None with ``settled_by``."""
    vat: str | None = None
    """The VAT code of the whole bill; None where it is chosen by rate."""
    vat_by_rate: tuple[tuple[Decimal, str], ...] = ()
    """VAT codes by the rate in percent that is on the bill."""
    paid_from: int | None = None
    """The deposit account that paid; None on credit."""
    country: str | None = None
    """The supplier's, where it has no VAT number that tells."""
    settled_by: str | None = None
    """The id of the payout source that posts these fees."""

    def code(self, rate: Decimal) -> str | None:
        """Return the VAT code for what bears this rate; None where the rule doesn't say."""
        return self.vat or dict(self.vat_by_rate).get(rate)

    def codes(self) -> tuple[str, ...]:
        """Return every VAT code that the rule names."""
        named = [self.vat] if self.vat else [code for _, code in self.vat_by_rate]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class BillSettings:
    """Everything that decides how a bill is posted."""

    organization_id: int
    start_date: date
    """Bills of an earlier day are never posted."""
    rules: tuple[BillRule, ...] = ()

    def accounts(self) -> Iterator[tuple[int, str]]:
        """Yield every account that bills may go to, with the key that names it."""
        for at, rule in enumerate(self.rules):
            if rule.account is not None:
                yield rule.account, f"bills.rules[{at}].account"

    def deposit_accounts(self) -> Iterator[tuple[int, str]]:
        """Yield every account that pays bills, with the key that names it."""
        for at, rule in enumerate(self.rules):
            if rule.paid_from is not None:
                yield rule.paid_from, f"bills.rules[{at}].paid_from"

    def vat_codes(self) -> Iterator[tuple[str, str]]:
        """Yield every VAT code that is named, with the key that names it."""
        for at, rule in enumerate(self.rules):
            for code in rule.codes():
                if code != NO_VAT:
                    yield code, f"bills.rules[{at}].vat"
