"""A supplier's bill (købsbilag): an invoice or a credit note that the shop received."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
