"""What Dinero keeps for a company: accounts, contacts, invoices, ledger items and entries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import uuid4

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.purchases.kept import Purchase, StoredFile
from dinero_sync.sandbox.dinero.vat_return import Entry, VatReturn, vat_return


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
    """The account of the money; the balancing account where a ledger item settled it."""
    amount: Decimal
    """In kroner; negative for a repayment."""
    amount_in_currency: Decimal
    fee: Decimal
    """What was booked as a fee because ``RemainderIsFee`` was true, in the invoice's currency."""
    description: str
    external_reference: str | None
    date: date
    ledger_item: str | None = None
    """The ledger item that is the payment; None for money on a deposit account."""
    set_off: bool = False
    """Whether it is no money, but an invoice and its credit note set off against each other."""
    voucher: str = field(default_factory=lambda: str(uuid4()))
    """The guid of what was booked for the payment: a voucher of its own, or the ledger item."""


@dataclass(slots=True, kw_only=True)
class Mailout:
    """An invoice on its way to the customer, by e-mail or as an e-invoice."""

    id: int
    date: datetime
    kind: Literal["Mailout", "Einvoice"]
    receiver: str
    """The e-mail addresses, or the EAN number."""
    failed: bool = False
    latest_event: str | None = None
    fields: Json = field(default_factory=dict)
    """As the client sent them."""


@dataclass(slots=True, kw_only=True)
class Invoice:
    """An invoice, or a credit note with positive amounts too; a draft until it has a number."""

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
    mailouts: list[Mailout] = field(default_factory=list)
    is_credit: bool = False
    """Whether it is a credit note (kreditnota)."""

    @property
    def credits(self) -> str | None:
        """The guid of the invoice that a credit note is for; None for an invoice."""
        return self.fields.get("CreditNoteFor") if self.is_credit else None

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


@dataclass(slots=True, kw_only=True)
class LedgerItem:
    """A voucher of the ledger (kassekladde): a draft until it is booked, some time after asked."""

    guid: str
    fields: Json
    """As the client sent them."""
    date: date
    version: str
    status: Literal["Draft", "PendingBooking", "Booked"] = "Draft"
    booking_since: datetime | None = None
    questions: int = 0
    """How often the status was asked for while the booking was under way."""
    voucher_number: int | None = None
    deleted: bool = False

    @property
    def lines(self) -> list[Json]:
        """The lines as the client sent them."""
        return self.fields.get("Lines") or []


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
    next_voucher_number: int = 1
    """Vouchers of the ledger have numbers of their own."""
    contacts: dict[str, Contact] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    credit_notes: dict[str, Invoice] = field(default_factory=dict)
    ledger_items: dict[str, LedgerItem] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    purchases: dict[str, Purchase] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    changed: list[datetime] = field(default_factory=list)
    """Since when each entry is as it is, as far as that was noted."""

    def balances(self) -> dict[int, Decimal]:
        """Sum the entries of each account, in kroner, debit positive."""
        sums: dict[int, Decimal] = {}
        for entry in self.entries:
            sums[entry.account] = sums.get(entry.account, Decimal("0.00")) + entry.amount
        return dict(sorted(sums.items()))

    def find_account(self, number: int) -> Account | DepositAccount | None:
        """Return the account or deposit account with that number."""
        return self.accounts.get(number) or self.deposit_accounts.get(number)

    def vat_return(self, first: date, last: date) -> VatReturn:
        """Return the VAT return from ``first`` to ``last``, both included."""
        numbers = {guid: each.fields.get("VatNumber") or "" for guid, each in self.contacts.items()}
        return vat_return(self.entries, numbers, first, last)
