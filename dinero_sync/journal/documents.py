"""Documents: what is made at Dinero of an order, a payout or a bill, and how far each one is.

A sale is a chain of them: the invoice leads, and what follows from the same plan comes behind it,
in this order: its margins, its sending, what a gift card paid, its payment. A credit note leads a
chain of its own, as a payout's ledger item and a bill's voucher do. At most one document of a chain
is at work: those behind it wait until it is done.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

from dinero_sync.domain.documents import (
    ChargebackPlan,
    CreditPlan,
    Invoice,
    LedgerItem,
    LedgerVoucher,
    Plan,
)
from dinero_sync.domain.papers.bill import VoucherPlan
from dinero_sync.domain.step import AS_WRITTEN, Facts, Steps

Subject = int | str
"""What names whatever documents are made of: an order's id, or the whole name of a payout or a
bill, like ``payout:stripe:po_1``."""


class DocumentKind(StrEnum):
    """The kinds of document there are."""

    INVOICE = "invoice"
    MARGIN = "margin"
    """The ledger items with the margins of second-hand goods that an invoice sold."""
    SENDING = "sending"
    """An invoice's way to the buyer."""
    GIFT_CARD_PAYMENT = "gift_card_payment"
    """The payment of an invoice by a multi-purpose gift card."""
    GIFT_CARD = "gift_card"
    """The ledger item that takes what such a card paid off the debt to its holder."""
    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"
    REFUND = "refund"
    """The money that goes back because of a credit note."""
    GIFT_CARD_REFUND = "gift_card_refund"
    """What goes back to a gift card because of a credit note."""
    CHARGEBACK = "chargeback"
    """The money that a buyer's bank took back, so that the buyer owes again."""
    VOUCHER = "voucher"
    """The purchase voucher, or purchase credit note, of a bill."""
    VOUCHER_PAYMENT = "voucher_payment"
    """What was paid on a purchase voucher on credit."""
    PAYOUT = "payout"
    """The ledger item of what a payment provider paid out."""


class Standing(StrEnum):
    """What a document waits for; an order stands as the first of its documents that isn't done."""

    OPEN = "open"
    """An event in the shop, or a person's word to book."""
    WORKING = "working"
    """The next step of a run."""
    BEHIND = "behind"
    """The document before it, of the same chain."""
    HELD = "held"
    """A person."""
    IN_DOUBT = "in_doubt"
    """Reading, to learn whether an effect happened."""
    SKIPPED = "skipped"
    DONE = "done"


SETTLED = frozenset({Standing.OPEN, Standing.HELD, Standing.SKIPPED, Standing.DONE})
"""The watermark may pass an order that stands so: it can't be forgotten."""


class Rung(StrEnum):
    """The last recovery point a document reached; what is behind it isn't done again."""

    SEEN = "seen"
    PLANNED = "planned"
    CONTACT = "contact"
    DRAFTED = "drafted"
    VERIFIED = "verified"
    POSTED = "posted"
    """Of ledger items: they are there, and Dinero was told to book them."""
    BOOKED = "booked"
    SENT = "sent"
    PAID = "paid"

    def reached(self, other: "Rung") -> bool:
        """Tell whether this rung is ``other`` or above it."""
        return RUNGS.index(self) >= RUNGS.index(other)


RUNGS = tuple(Rung)
TOP = {
    DocumentKind.INVOICE: Rung.BOOKED,
    DocumentKind.MARGIN: Rung.BOOKED,
    DocumentKind.SENDING: Rung.SENT,
    DocumentKind.GIFT_CARD_PAYMENT: Rung.PAID,
    DocumentKind.GIFT_CARD: Rung.BOOKED,
    DocumentKind.PAYMENT: Rung.PAID,
    DocumentKind.CREDIT_NOTE: Rung.BOOKED,
    DocumentKind.REFUND: Rung.PAID,
    DocumentKind.GIFT_CARD_REFUND: Rung.PAID,
    DocumentKind.CHARGEBACK: Rung.PAID,
    DocumentKind.VOUCHER: Rung.BOOKED,
    DocumentKind.VOUCHER_PAYMENT: Rung.PAID,
    DocumentKind.PAYOUT: Rung.BOOKED,
}
"""Where each kind is done."""
SALE = "invoice"
"""The key of the document that leads an order's sale, and of that chain."""
OF_OTHER_CHAINS = ":"
"""What stands in the keys of documents that aren't an order's sale, and in no other."""
BEHIND = {
    "invoice": (DocumentKind.MARGIN, DocumentKind.SENDING, DocumentKind.PAYMENT),
    "credit": (
        DocumentKind.MARGIN,
        DocumentKind.REFUND,
        DocumentKind.GIFT_CARD_REFUND,
        DocumentKind.GIFT_CARD,
    ),
}
"""What may stand behind the later invoices and the credit notes of an order.

A later invoice and a credit note may bear the same number: no kind is behind both, but margins,
whose keys name the whole chain.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, as the journal knows it."""

    key: str
    """What names it among those of its subject; equal to the kind where there is one of it."""
    kind: DocumentKind
    standing: Standing = Standing.WORKING
    rung: Rung = Rung.SEEN
    reason: str | None = None
    """The stable code of a hold, a skip, a doubt, or of what an open document waits for."""
    text: str | None = None
    """The code of the sentence that says it, see :class:`dinero_sync.domain.hold.Hold`."""
    facts: Facts = field(default_factory=dict)
    """The values in that sentence."""
    steps: Steps = ()
    """What a person does about it."""
    looks: int = 0
    """How often it was looked at again since the outside last changed."""
    next_look: datetime | None = None
    settings: str = ""
    """A hash of the rules of the last decision; a hold ends by itself when they change."""
    day: date | None = None
    """The accounting date; kept once planned."""
    plan: Plan | CreditPlan | ChargebackPlan | VoucherPlan | LedgerVoucher | None = None
    """What is to be made; those behind it follow from the same plan, and have none."""
    contact_guid: UUID | None = None
    """The contact in Dinero: the planned one, or one that was there before."""
    document_number: int | None = None
    """Dinero's own number, once it is booked."""
    total_dkk: Decimal | None = None
    """Its total in kroner at Dinero's rate; None in kroner, and until Dinero says it."""

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to do about it, so that the next one's turn has come."""
        return self.standing is Standing.DONE


def following(plan: Plan) -> tuple[DocumentKind, ...]:
    """Return the kinds of document that come behind a plan's invoice, in their order."""
    wanted = {
        DocumentKind.MARGIN: bool(plan.ledger_items),
        DocumentKind.SENDING: plan.sending is not None,
        DocumentKind.GIFT_CARD_PAYMENT: plan.gift_card is not None,
        DocumentKind.GIFT_CARD: plan.gift_card is not None,
        DocumentKind.PAYMENT: plan.payment is not None,
    }
    return tuple(kind for kind, is_wanted in wanted.items() if is_wanted)


def chained(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Let the first of a chain that isn't done go on, and those behind it wait."""
    turn = next((each.key for each in documents if not each.is_done), None)
    return tuple(_in_turn(each, is_first=each.key == turn) for each in documents)


def _in_turn(document: Document, *, is_first: bool) -> Document:
    if is_first and document.standing is Standing.BEHIND:
        return replace(document, standing=Standing.WORKING)
    if not is_first and document.standing not in {Standing.DONE, Standing.BEHIND}:
        return replace(document, standing=Standing.BEHIND)
    return document


def key_behind(chain: str, kind: DocumentKind) -> str:
    """Return the key of a document of a kind behind what leads a chain."""
    if chain == SALE:
        return str(kind)
    of = chain if kind is DocumentKind.MARGIN else chain.partition(OF_OTHER_CHAINS)[2]
    return f"{kind}{OF_OTHER_CHAINS}{of}"


def is_in_chain(chain: str, key: str) -> bool:
    """Tell whether a document with that key is, or was, one of a chain."""
    if chain == SALE:
        return OF_OTHER_CHAINS not in key
    behind = BEHIND.get(chain.partition(OF_OTHER_CHAINS)[0], ())
    return key == chain or any(key == key_behind(chain, kind) for kind in behind)


class Chain(Protocol):
    """Whatever tells which chain of which subject it is about."""

    @property
    def subject(self) -> Subject:
        """What names the subject in the journal."""

    def owns(self, key: str) -> bool:
        """Tell whether a document of the subject is, or was, one of the chain's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRecord(ABC):
    """One subject as the journal knows it, with the documents of one of its chains.

    Each chain stands for itself, and has a record of its own: an order's sale, a credit note of it,
    an invoice of what came later; a bill has one alone.
    """

    number: str
    """What people call it by."""
    raw: str = "{}"
    """What the outside said, as JSON text."""
    total: Decimal | None = None
    """None while it can't be read."""
    currency: str | None = None
    content: str | None = None
    """A hash of what was planned; changes after booking show by it."""
    documents: tuple[Document, ...]
    """The first leads; those behind it wait for their turn."""

    @property
    @abstractmethod
    def subject(self) -> Subject:
        """What names it in the journal."""

    @property
    def chain(self) -> str:
        """Which of the subject's chains it is: the key of what leads it."""
        return self.documents[0].key

    @abstractmethod
    def owns(self, key: str) -> bool:
        """Tell whether a document of the subject is, or was, one of this chain's."""

    @property
    def current(self) -> Document:
        """The document whose turn it is; the one that leads where all are done."""
        for each in self.documents:
            if not each.is_done:
                return each
        return self.documents[0]

    @property
    def standing(self) -> Standing:
        """What it waits for."""
        return self.current.standing

    @property
    def reason(self) -> str | None:
        """Why it stands so: a stable code, see :class:`Document`."""
        return self.current.reason

    @property
    def note(self) -> str | None:
        """What was written about it in words: by a person who ended it, or by version 1."""
        told = self.current.facts.get("text") if self.current.text == AS_WRITTEN else None
        return told if isinstance(told, str) else None

    @property
    def looks(self) -> int:
        """How often it was looked at again since it last changed."""
        return self.current.looks

    @property
    def next_look(self) -> datetime | None:
        """When to look at it again."""
        return self.current.next_look

    @property
    def settings(self) -> str:
        """A hash of the rules of the last decision."""
        return self.documents[0].settings

    def document(self, kind: DocumentKind) -> Document | None:
        """Return the document of a kind; None where there is none."""
        return next((each for each in self.documents if each.kind is kind), None)

    def having(self, document: Document) -> Self:
        """Return it with ``document`` as it is now, and those behind that in their turn."""
        documents = (document if each.key == document.key else each for each in self.documents)
        return replace(self, documents=chained(tuple(documents)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord(SubjectRecord):
    """One order as the journal knows it: its sale, or another of its chains."""

    order_id: int
    changed: datetime | None = None
    """When the shop last changed the order, in UTC."""
    held_content: str | None = None
    """The same hash of a change that is held until a person says that it is dealt with."""
    seen_undue: bool = False
    payment_day: date | None = None
    """The day to date the payment; None until the shop says that the order is paid."""
    not_elsewhere: bool = False
    """A person said that no other invoice in Dinero is this order's."""
    documents: tuple[Document, ...] = (Document(key=SALE, kind=DocumentKind.INVOICE),)
    """Those of its sale: the invoice leads, and what is made from the same plan is behind it."""

    @property
    def subject(self) -> Subject:
        """The order's id."""
        return self.order_id

    def owns(self, key: str) -> bool:
        """Tell whether a document of the order is, or was, one of this chain's."""
        return is_in_chain(self.chain, key)

    @property
    def sale(self) -> Document:
        """The invoice; of a credit note's chain, that one."""
        return self.documents[0]

    @property
    def rung(self) -> Rung:
        """The last recovery point of the sale: the invoice's, or that all of it is paid."""
        paid = [each.rung for each in self.documents if TOP[each.kind] is Rung.PAID]
        is_paid = bool(paid) and all(rung is Rung.PAID for rung in paid)
        return Rung.PAID if is_paid else self.sale.rung

    @property
    def invoice_day(self) -> date | None:
        """The accounting date; kept once planned."""
        return self.sale.day

    @property
    def plan(self) -> Plan | None:
        """Everything that should exist in Dinero for the sale."""
        return self.sale.plan if isinstance(self.sale.plan, Plan) else None

    @property
    def credit(self) -> CreditPlan | None:
        """What should exist in Dinero for the credit note whose chain it is."""
        return self.sale.plan if isinstance(self.sale.plan, CreditPlan) else None

    @property
    def chargeback(self) -> ChargebackPlan | None:
        """What the buyer's bank took back, of the chargeback whose chain it is."""
        return self.sale.plan if isinstance(self.sale.plan, ChargebackPlan) else None

    @property
    def invoice(self) -> Invoice | None:
        """The invoice, or the credit note, that leads the chain."""
        if self.credit is not None:
            return self.credit.note
        return None if self.plan is None else self.plan.invoice

    @property
    def own_total(self) -> Decimal | None:
        """What the chain is about: what the order costs, or what came of it later."""
        if self.chargeback is not None:
            return self.chargeback.amount
        document = None if self.chain == SALE else self.invoice
        return self.total if document is None else document.total

    @property
    def paid_on(self) -> date | None:
        """The day to date the payment of the chain's invoice; None until the order is paid.

        What came to an order later wasn't paid before it was invoiced.
        """
        day, invoiced = self.payment_day, self.invoice_day
        if day is None or invoiced is None or self.chain == SALE:
            return day
        return max(day, invoiced)

    @property
    def paid_kroner(self) -> Decimal | None:
        """What the whole invoice was paid with, in kroner, where its currency is another one."""
        payment = None if self.plan is None else self.plan.payment
        if payment is None or payment.foreign_amount is None:
            return None
        return payment.amount or self.total_dkk

    @property
    def ledger_items(self) -> tuple[LedgerItem, ...]:
        """The margins that belong to it, or are taken back by it."""
        plan = self.plan or self.credit
        return () if plan is None else plan.ledger_items

    @property
    def contact_guid(self) -> UUID | None:
        """The contact in Dinero."""
        return self.sale.contact_guid

    @property
    def invoice_number(self) -> int | None:
        """Dinero's number of the booked invoice."""
        return self.sale.document_number

    @property
    def total_dkk(self) -> Decimal | None:
        """The invoice's total in kroner, see :class:`Document`."""
        return self.sale.total_dkk

    def with_plan(self, plan: Plan) -> Self:
        """Return the order with what is to be made of it, and a document for each part."""
        behind = (
            self.document(kind)
            or Document(key=key_behind(self.chain, kind), kind=kind, rung=Rung.PLANNED)
            for kind in following(plan)
        )
        return replace(self, documents=chained((replace(self.sale, plan=plan), *behind)))

    def without_plan(self) -> Self:
        """Return the order as one of which nothing is to be made yet."""
        sale = Document(
            key=self.chain, kind=DocumentKind.INVOICE, looks=self.looks, settings=self.settings
        )
        return replace(self, documents=(sale,), payment_day=None)


def is_undecided(record: OrderRecord) -> bool:
    """Tell whether nothing was made of the order yet, and the next run is to."""
    return record.standing is Standing.WORKING and record.rung is Rung.SEEN
