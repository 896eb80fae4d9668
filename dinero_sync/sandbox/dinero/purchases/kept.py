"""What Dinero keeps of purchases: files, purchase vouchers, purchase credit notes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from dinero_sync.sandbox.answers import Json

ZERO = Decimal("0.00")


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """A document that was uploaded; in the archive of the company, and seen once it is linked."""

    guid: str
    """32 characters, and no uuid."""
    name: str
    content: bytes
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """A line with the amounts that Dinero computed, in the voucher's currency."""

    fields: Json
    """As the client sent them."""
    account: int | None
    code: str | None
    """The VAT code by which it is posted."""
    gross: Decimal
    vat: Decimal

    @property
    def net(self) -> Decimal:
        """What goes to the account."""
        return self.gross - self.vat


@dataclass(slots=True, kw_only=True)
class PurchasePayment:
    """Money paid on a booked voucher on credit."""

    guid: str
    deposit_account: int
    amount: Decimal
    """In kroner."""
    amount_in_currency: Decimal
    description: str
    external_reference: str | None
    date: date
    voucher: str


@dataclass(slots=True, kw_only=True)
class Purchase:
    """A purchase voucher or a purchase credit note: a draft until it has a number."""

    guid: str
    fields: Json
    """As the client sent them."""
    date: date
    lines: list[PurchaseLine]
    timestamp: str
    is_credit_note: bool = False
    number: int | None = None
    deleted: bool = False
    payments: list[PurchasePayment] = field(default_factory=list)

    @property
    def currency(self) -> str:
        """The currency of the amounts."""
        return self.fields.get("CurrencyKey") or self.fields.get("Currency") or "DKK"

    @property
    def gross(self) -> Decimal:
        """What is to be paid, or was."""
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def vat(self) -> Decimal:
        """The VAT that is deducted."""
        return sum((line.vat for line in self.lines), ZERO)

    @property
    def is_on_credit(self) -> bool:
        """Tell whether the supplier is owed, or owes."""
        return self.is_credit_note or self.fields.get("PurchaseType") == "credit"

    @property
    def paid(self) -> Decimal:
        """What is paid, in the voucher's currency."""
        return sum((each.amount_in_currency for each in self.payments), ZERO)
