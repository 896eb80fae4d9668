"""What Dinero keeps for a company: accounts, contacts, invoices, payments and entries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from dinero_sync.sandbox.answers import Json


@dataclass(slots=True)
class Account:
    """An account of the chart (konto) whose VAT code decides the VAT of a line."""

    number: int
    name: str
    vat_code: str | None = None
    category: str = "Turnover"
    hidden: bool = False
    default: bool = False


@dataclass(slots=True)
class DepositAccount:
    """An account that payments are registered on, usually 55000-55999."""

    number: int
    name: str
    default: bool = False
    hidden: bool = False


@dataclass(slots=True)
class AccountingYear:
    """A year that can be booked in."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` lies in the year."""
        return self.first <= day <= self.last


@dataclass(slots=True)
class Contact:
    """A debtor: ``fields`` are those of the API's contact model."""

    guid: str
    fields: Json
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


@dataclass(slots=True)
class Line:
    """An invoice line with the amounts that Dinero computed, in the invoice's currency."""

    fields: Json
    """As the client sent them."""
    account: Account
    rate: Decimal
    """The rate of the account's VAT code as a fraction: 0.25."""
    unit_net: Decimal
    unit_gross: Decimal
    net: Decimal
    gross: Decimal


@dataclass(slots=True)
class Totals:
    """The sums of an invoice, in its currency."""

    net: Decimal
    vat: Decimal
    gross: Decimal
    vatable: Decimal
    """The part of ``net`` on accounts with VAT."""


@dataclass(slots=True)
class Payment:
    """Money registered on a booked invoice."""

    guid: str
    deposit_account: int
    amount: Decimal
    """In kroner; negative for a repayment."""
    amount_in_currency: Decimal
    fee: Decimal
    """What was booked as a fee because ``RemainderIsFee`` was true, in the invoice's currency."""
    description: str
    external_reference: str | None
    date: date


@dataclass(slots=True, kw_only=True)
class Invoice:
    """An invoice, a draft until it has a number."""

    guid: str
    fields: Json
    """As the client sent them."""
    date: date
    lines: list[Line]
    totals: Totals
    timestamp: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    number: int | None = None
    """None while the invoice is a draft."""
    contact_name: str = ""
    """The contact's name at the time of booking."""
    payments: list[Payment] = field(default_factory=list)

    @property
    def is_booked(self) -> bool:
        """Tell whether the invoice is final."""
        return self.number is not None

    @property
    def currency(self) -> str:
        """The currency of the amounts."""
        return self.fields.get("Currency") or "DKK"

    @property
    def paid(self) -> Decimal:
        """What is paid, in the invoice's currency, fees included."""
        parts = (payment.amount_in_currency + payment.fee for payment in self.payments)
        return sum(parts, Decimal("0.00"))

    @property
    def remaining(self) -> Decimal:
        """What is still owed, in the invoice's currency; negative when too much is paid."""
        return self.totals.gross - self.paid


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


@dataclass(slots=True, kw_only=True)
class Organisation:
    """A company in Dinero."""

    id: int
    name: str
    vat_number: str
    has_pro: bool
    accounts: dict[int, Account]
    deposit_accounts: dict[int, DepositAccount]
    years: list[AccountingYear]
    next_number: int
    contacts: dict[str, Contact] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def balances(self) -> dict[int, Decimal]:
        """Sum the entries of each account, in kroner, debit positive."""
        sums: dict[int, Decimal] = {}
        for entry in self.entries:
            sums[entry.account] = sums.get(entry.account, Decimal("0.00")) + entry.amount
        return dict(sorted(sums.items()))
