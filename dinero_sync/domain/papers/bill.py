"""A supplier's bill (købsbilag), and what is to be made of it in Dinero: a purchase voucher."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from dinero_sync.domain.documents import Contact, hash_of
from dinero_sync.domain.money import round_to_ore

WITH_FULL_VAT = Decimal(125)
"""Percent of the net; a part of the VAT is deducted of a price that has all of it."""


def deducted(gross: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT that Dinero deducts of a line, by the ``rate`` in percent of its VAT code."""
    return round_to_ore(gross * rate / WITH_FULL_VAT)


class BillKind(StrEnum):
    """Whether the supplier is owed money, or owes it."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateAmount:
    """What a bill says of one VAT rate."""

    rate: Decimal
    """Percent; 0 where no VAT is on the bill, whatever the reason."""
    net: Decimal
    """Without VAT, in the bill's currency; positive on a credit note too."""
    vat: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One bill as its document says it, amounts in its own currency and positive of either kind."""

    kind: BillKind
    supplier: str
    """The name, as the document writes it."""
    vat_number: str | None
    """With country prefix and without spaces; None where the document has none."""
    number: str
    """The supplier's own number of the bill, as the document writes it."""
    date: dt.date
    due: dt.date | None
    """None where the document names no day."""
    currency: str
    amounts: tuple[RateAmount, ...]
    """One for each VAT rate, highest first; never empty."""
    kroner_paid: Decimal | None = None
    """What was paid for it in kroner, where that is told of a bill in another currency."""

    @property
    def net(self) -> Decimal:
        """The total without VAT."""
        return sum((each.net for each in self.amounts), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """The VAT on the bill."""
        return sum((each.vat for each in self.amounts), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What is to be paid, with VAT."""
        return self.net + self.vat


class Region(StrEnum):
    """Where a purchase paid at once comes from, in Dinero's own words; it has to suit the VAT."""

    DENMARK = "DK"
    EU = "EU"
    WORLD = "World"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherLine:
    """A row of a purchase voucher."""

    description: str
    amount: Decimal
    """With the VAT that is on the bill, in its currency."""
    account: int
    vat_code: str | None
    """None suppresses the account's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A purchase voucher (købsbilag), or a purchase credit note.

    Paid at once it names the account that paid, else its supplier and the day when it falls due.
    """

    kind: BillKind
    guid: UUID | None
    """Ours, of a credit note; Dinero chooses a purchase voucher's, and takes none of ours."""
    reference: str
    date: dt.date
    currency: str
    lines: tuple[VoucherLine, ...]
    vat: Decimal
    """The VAT on the bill, as far as it may be deducted; compared with what Dinero reckons."""
    deposit_account: int | None
    """What paid at once; None on credit."""
    region: Region
    due: dt.date | None
    """None where it is paid at once, and of a credit note."""

    @property
    def total(self) -> Decimal:
        """What is paid, or to be paid, in the voucher's currency."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPayment:
    """What was paid on a voucher on credit."""

    reference: str
    deposit_account: int
    amount: Decimal
    """In kroner."""
    foreign_amount: Decimal | None
    """The same in the voucher's currency; None for kroner."""
    day: dt.date
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherPlan:
    """Everything that should exist in Dinero for one bill."""

    rule: str
    """The name of the rule of ``bills.rules`` that took it."""
    supplier: Contact | None
    """None where it was paid at once: such a voucher names nobody."""
    voucher: Voucher | None
    """None where payouts post the fees on it, and only the document is kept."""
    payment: VoucherPayment | None = None
    file_guid: str | None = None
    """Dinero's name of the uploaded document, once it is there."""
    voucher_guid: UUID | None = None
    """Dinero's name of the voucher, once it is there."""
    settled_by: str | None = None
    """The id of the payout source that posts the fees on it; None for any other bill."""

    def fingerprint(self) -> str:
        """Return a hash of what the plan says, whatever is made of it by now."""
        return hash_of((self.supplier, self.voucher, self.payment))
