"""Documents: what is made at Dinero of an order, a payout or a bill, and how far each one is.

A sale is a chain of them: the invoice leads, and what follows from the same plan comes behind it,
in this order: its margins, its sending, its payment. A credit note leads a chain of its own, as a
payout's ledger item and a bill's voucher do. At most one document of a chain is at work: those
behind it wait until it is done.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self
from uuid import UUID

from dinero_sync.domain.documents import LedgerVoucher, Plan
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
    PAYMENT = "payment"
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
    DocumentKind.PAYMENT: Rung.PAID,
    DocumentKind.VOUCHER: Rung.BOOKED,
    DocumentKind.VOUCHER_PAYMENT: Rung.PAID,
    DocumentKind.PAYOUT: Rung.BOOKED,
}
"""Where each kind is done."""
SALE = "invoice"
"""The key of the document that leads an order's sale."""


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
    plan: Plan | VoucherPlan | LedgerVoucher | None = None
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
    if not is_first and not document.is_done:
        return replace(document, standing=Standing.BEHIND)
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRecord:
    """One subject as the journal knows it, with the documents that are made of it."""

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
    def subject(self) -> Subject:
        """What names it in the journal."""
        raise NotImplementedError

    @property
    def current(self) -> Document:
        """The document whose turn it is; the one that leads where all are done."""
        return next((each for each in self.documents if not each.is_done), self.documents[0])

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
    """One order as the journal knows it, with the documents of its sale."""

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

    @property
    def sale(self) -> Document:
        """The invoice."""
        return self.documents[0]

    @property
    def rung(self) -> Rung:
        """The last recovery point of the sale: the invoice's, or that it is paid."""
        is_paid = any(each.rung is Rung.PAID for each in self.documents)
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
            self.document(kind) or Document(key=str(kind), kind=kind, rung=Rung.PLANNED)
            for kind in following(plan)
        )
        return replace(self, documents=chained((replace(self.sale, plan=plan), *behind)))

    def without_plan(self) -> Self:
        """Return the order as one of which nothing is to be made yet."""
        sale = Document(
            key=SALE, kind=DocumentKind.INVOICE, looks=self.looks, settings=self.settings
        )
        return replace(self, documents=(sale,), payment_day=None)


def is_undecided(record: OrderRecord) -> bool:
    """Tell whether nothing was made of the order yet, and the next run is to."""
    return record.standing is Standing.WORKING and record.rung is Rung.SEEN


def to_plan_anew(record: OrderRecord) -> OrderRecord:
    """Return an order whose plan can't be read, so that it is planned anew if it is to go on.

    It begins as one just seen: what was made of it is found in Dinero by its identity, be it
    booked. What is done behind its invoice stays done. One that rests stays where it is.
    """
    is_draft = record.standing is Standing.OPEN and not record.rung.reached(Rung.BOOKED)
    if is_draft or record.standing in {Standing.WORKING, Standing.IN_DOUBT}:
        known, done = record.current, (each for each in record.documents[1:] if each.is_done)
        begun = Document(
            key=SALE,
            kind=DocumentKind.INVOICE,
            looks=known.looks,
            next_look=known.next_look,
            settings=record.settings,
            day=record.invoice_day,
        )
        return replace(record, documents=(begun, *done))
    if record.rung.reached(Rung.BOOKED):
        return record
    return replace(record, documents=(replace(record.sale, rung=Rung.SEEN),))
