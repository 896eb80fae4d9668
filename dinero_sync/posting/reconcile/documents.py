"""What is held against each other: orders and bills on our side, lists on Dinero's."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from dinero_sync.domain.documents import CreditPlan, Invoice, LedgerItem, Plan
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.papers.bill import BillKind, Voucher, VoucherPlan


class OrderClass(StrEnum):
    """What became of an order; each order of a period is in exactly one of them."""

    BOOKED = "booked"
    CREDITED = "credited"
    """Its invoice was credited whole."""
    SKIPPED = "skipped"
    WAITING = "waiting"
    HELD = "held"
    IN_DOUBT = "in_doubt"
    ELSEWHERE = "elsewhere"
    """A person said that it is in the books by other means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A booked invoice or credit note of ours, as the journal tells it."""

    order_id: int
    number: str
    """The order's, as the customer sees it."""
    key: str
    """Which of the order's documents it is."""
    day: date
    document_number: int | None
    contact: UUID | None
    total_dkk: Decimal | None
    """At Dinero's rate, as it was known when it was booked; None in kroner."""
    plan: Plan | CreditPlan
    payment_type: str
    """The entry of ``payment_types`` that took the order; empty for none."""
    has_margins: bool = False
    """Whether its ledger items are booked, too."""
    is_sale: bool = False
    """Whether it is what the order became: no credit note, no invoice of what came later."""
    credited: Decimal = Decimal(0)
    """What was credited of the order until the period's end, in its currency."""
    credited_ever: Decimal = Decimal(0)
    """The same until today."""
    paid_ever: Decimal = Decimal(0)
    """What of ours is registered as paid on the order until today, in kroner."""
    awaits_payment: bool = False
    """Whether a payment of ours is still to come."""
    in_shop: Decimal | None = None
    """What the order costs in the shop where that was changed after booking, and nobody has said
    yet what becomes of it; 0 for one that was cancelled."""

    @property
    def is_credit(self) -> bool:
        """Tell whether it is a credit note."""
        return isinstance(self.plan, CreditPlan)

    @property
    def sign(self) -> int:
        """What it does to what was sold: 1, or -1 for a credit note."""
        return -1 if self.is_credit else 1

    @property
    def invoice(self) -> Invoice:
        """The document itself."""
        return self.plan.note if isinstance(self.plan, CreditPlan) else self.plan.invoice

    @property
    def margins(self) -> tuple[LedgerItem, ...]:
        """Its ledger items that are booked."""
        return self.plan.ledger_items if self.has_margins else ()

    @property
    def is_foreign(self) -> bool:
        """Tell whether it is in another currency than kroner."""
        return self.invoice.currency != KRONER

    @property
    def order_class(self) -> OrderClass:
        """What became of the order whose sale it is."""
        whole = self.credited >= self.invoice.total > 0
        return OrderClass.CREDITED if whole else OrderClass.BOOKED

    def kroner(self, told: Decimal | None = None) -> Decimal:
        """Return the total in kroner; of another currency what Dinero told, else ``told``."""
        known = self.invoice.total if not self.is_foreign else self.total_dkk or told
        return round_to_ore(known or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbooked:
    """An order of the period that has no invoice of ours in Dinero."""

    order_id: int
    order_class: OrderClass
    total: Decimal | None
    """None where it can't be read."""
    currency: str | None


class BillClass(StrEnum):
    """What became of a bill; each bill of a period is in exactly one of them."""

    BOOKED = "booked"
    DRAFT = "draft"
    """In Dinero, and waits for a person's word to book."""
    HELD = "held"
    IN_DOUBT = "in_doubt"
    WAITING = "waiting"
    """The next run goes on with it."""
    ELSEWHERE = "elsewhere"
    """A person posted it, or said that it is in the books by other means."""
    BY_PAYOUTS = "by_payouts"
    """Its fees are posted by payouts; the document is kept."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A bill of the period, whatever became of it."""

    bill_class: BillClass
    total: Decimal
    """With VAT, in kroner, negative for a credit note; 0 where it can't be read, and for one in
    another currency that isn't booked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A booked bill of ours, as the journal tells it."""

    name: str
    """The whole name, by which people call it."""
    document_number: int | None
    plan: VoucherPlan
    is_paid: bool = False
    """Whether its payment is registered, too."""
    payment_voucher: UUID | None = None
    """Dinero's own name of the payment; None where its answer isn't known."""
    is_payment_certain: bool = True
    """False for a payment that was found at Dinero, and may be somebody else's."""

    @property
    def voucher(self) -> Voucher:
        """What was posted."""
        if self.plan.voucher is None:
            raise LookupError(f"{self.name} is booked and has no voucher")
        return self.plan.voucher

    @property
    def guid(self) -> UUID | None:
        """Dinero's own name of the voucher."""
        return self.plan.voucher_guid

    @property
    def day(self) -> date:
        """The day that it bears."""
        return self.voucher.date

    @property
    def sign(self) -> int:
        """What it does to what is owed to suppliers: 1, or -1 for a credit note."""
        return -1 if self.voucher.kind is BillKind.CREDIT_NOTE else 1

    @property
    def is_foreign(self) -> bool:
        """Tell whether it is in another currency than kroner."""
        return self.voucher.currency != KRONER

    @property
    def accounts(self) -> set[int]:
        """The accounts that its lines name."""
        return {line.account for line in self.voucher.lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A booked invoice or credit note in Dinero's list."""

    guid: UUID
    number: int | None
    day: date
    reference: str
    heading: str
    contact: UUID | None
    currency: str
    total: Decimal
    vat: Decimal
    kroner: Decimal
    is_paid: bool
    is_overpaid: bool
    is_credit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An order that a document which isn't ours may be about."""

    order_id: int
    number: str
    total: Decimal
    """Of our invoice of it, in its currency."""
    payment_type: str
    documents: frozenset[UUID]
    """Our booked invoices and credit notes of it; none where it has none."""
    day: date
    """Of our invoice of it."""
    kroner: Decimal
    """What that comes to in kroner."""
    credited: Decimal = Decimal(0)
    """What was credited of it until the period's end, as the journal knows, in its currency."""

    def is_whole_with(self, forgotten: Decimal) -> bool:
        """Tell whether it is credited whole by credit notes that the journal forgot, and only so.

        ``forgotten`` is what they come to, in its currency.
        """
        return self.credited < self.total <= self.credited + forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was looked up because the lists of the period left it open."""

    days: Mapping[UUID, date] = field(default_factory=dict)
    """The days of our documents, and of our bills' vouchers, that the period lacks, as far as
    Dinero has them."""
    credits: Mapping[UUID, str] = field(default_factory=dict)
    """Of credit notes that aren't ours, the id of the order whose invoice each is for."""
    orders: Mapping[str, Named] = field(default_factory=dict)
    """Orders by what documents that aren't ours may name them by: an id, or a number."""
    forgotten: Mapping[UUID, AbstractSet[UUID]] = field(default_factory=dict)
    """Credit notes that are ours, made before the journal was lost, each with the vouchers of all
    that goes with it."""
    payouts: Mapping[UUID, str] = field(default_factory=dict)
    """Ledger items of payouts that are ours, made before the journal was lost, with their names."""
    numbers: Mapping[int, tuple[date, str]] = field(default_factory=dict)
    """Numbers of documents with a day outside the period: that day, and the number of our order
    that has it; empty for somebody else's."""
