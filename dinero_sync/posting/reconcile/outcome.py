"""What comes of proving a period: sums on both sides, differences with causes, number gaps."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dinero_sync.posting.reconcile.details import Details
from dinero_sync.posting.reconcile.documents import BillClass, OrderClass

NOTHING = Decimal("0.00")


class Kind(StrEnum):
    """What a difference is about."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    MARGIN = "margin"
    PAYMENT = "payment"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    PAYOUT = "payout"
    GIFT_CARD = "gift_card"
    """What moves a gift card that was paid with to its debt."""
    ORDER = "order"
    ACCOUNT = "account"
    VOUCHER = "voucher"
    BILL = "bill"
    """What a supplier's bill posted."""
    BILL_PAYMENT = "bill_payment"


OF_INVOICES = frozenset({Kind.PAYMENT, Kind.REFUND, Kind.CHARGEBACK})
"""What settles an invoice, or opens it again."""
SETTLES = OF_INVOICES | {Kind.BILL_PAYMENT}
"""The same of invoices and bills."""


class Cause(StrEnum):
    """Why the two sides differ."""

    MISSING = "missing"
    DOUBLED = "doubled"
    OTHER_DAY = "other_day"
    EDITED = "edited"
    OTHER_ACCOUNT = "other_account"
    REVERSED = "reversed"
    ROUNDING = "rounding"
    RATE = "rate"
    CREDITED_ELSEWHERE = "credited_elsewhere"
    FORGOTTEN = "forgotten"
    """It is ours, made before the journal was lost."""
    PAID_ELSEWHERE = "paid_elsewhere"
    DELETED_CONTACT = "deleted_contact"
    ACCOUNT_RECODED = "account_recoded"
    ACCOUNT_CLOSED = "account_closed"
    POSTED_BY_HAND = "posted_by_hand"
    CHANGED_IN_SHOP = "changed_in_shop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that isn't alike on both sides."""

    order_id: int | None
    document: str
    """What people find it by: an order's number, an account's, a voucher's."""
    kind: Kind
    amount: Decimal
    """What Dinero has more than there should be, in kroner; sales count positive."""
    cause: Cause
    day: date | None = None
    """Where it is in Dinero, or should be."""
    account: int | None = None
    """On which account it should be, or is."""
    other_account: int | None = None
    """Where it is instead."""
    document_number: int | None = None
    """Dinero's number."""
    vat_codes: tuple[str, str] = ("", "")
    """The VAT code it was posted by, and the one that the account has now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers that no invoice or credit note of the period has."""

    first: int
    last: int
    day: date | None = None
    """The day of the document that has it, outside the period; None where there is none."""
    order: str = ""
    """The number of our order that it belongs to."""


@dataclass(slots=True)
class Both:
    """An amount on both sides, in kroner unless it is told by currency."""

    ours: Decimal = NOTHING
    """By our documents."""
    found: Decimal = NOTHING
    """What Dinero has of them."""
    all: Decimal = NOTHING
    """All that Dinero has there, by whomever."""

    @property
    def difference(self) -> Decimal:
        """What Dinero has more of ours than there should be."""
        return self.found - self.ours

    @property
    def others(self) -> Decimal:
        """What others posted there."""
        return self.all - self.found


@dataclass(slots=True)
class ClassSum:
    """The orders of a class."""

    orders: int = 0
    total: Decimal = NOTHING
    """In kroner; an order in another currency counts once Dinero has told its rate."""


@dataclass(slots=True, kw_only=True)
class Sums:
    """What was added up."""

    classes: dict[OrderClass, ClassSum] = field(
        default_factory=lambda: {each: ClassSum() for each in OrderClass}
    )
    invoices: int = 0
    credit_notes: int = 0
    documents: Both = field(default_factory=Both)
    """Invoices less credit notes, with VAT."""
    by_currency: dict[str, Both] = field(default_factory=dict)
    """The same in each currency, in that."""
    by_payment_type: dict[str, Both] = field(default_factory=dict)
    """The same by the order's payment type; empty for none."""
    by_account: dict[int, Both] = field(default_factory=dict)
    """As the accounts have it: debit positive."""
    by_vat_code: dict[str, Both] = field(default_factory=dict)
    """Sales without VAT, positive."""
    boxes: dict[str, Both] = field(default_factory=dict)
    """Of the VAT return, positive as they are reported."""
    bills: dict[BillClass, ClassSum] = field(
        default_factory=lambda: {each: ClassSum() for each in BillClass}
    )
    """By what became of each; with VAT."""
    purchases: Both = field(default_factory=Both)
    """Bills less credit notes of suppliers, with VAT."""
    by_purchase_code: dict[str, Both] = field(default_factory=dict)
    """Purchases and fees without VAT, by VAT code, positive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """A period, proved or with what differs."""

    first: date
    last: date
    sums: Sums
    differences: tuple[Difference, ...]
    gaps: tuple[Gap, ...]
    details: Details = field(default_factory=Details)
    """What the sums are made of."""

    @property
    def orders(self) -> int:
        """How many orders of the shop there are."""
        return sum(each.orders for each in self.sums.classes.values())

    @property
    def shop_total(self) -> Decimal:
        """What they cost, in kroner."""
        return sum((each.total for each in self.sums.classes.values()), NOTHING)

    @property
    def difference(self) -> Decimal:
        """What the documents in Dinero come to more than there should be, in kroner."""
        return self.sums.documents.difference

    @property
    def is_proved(self) -> bool:
        """Tell whether nothing differs, and no number is missing without an explanation."""
        explained = all(each.day is not None for each in self.gaps)
        return not self.difference and not self.differences and explained
