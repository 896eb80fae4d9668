"""A credit note (kreditnota) of a booked invoice, as it should exist in Dinero."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.documents import Invoice, LedgerItem, hash_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a credit note takes of one line of its invoice."""

    line: int
    """The place of the line on the invoice, from 0."""
    amount: Decimal
    """Gross, as the line's own amount; negative of a negative line."""
    pieces: Decimal = Decimal(0)
    """How many of the line's pieces go back; none where only an amount is credited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """How the buyer's money goes back once the credit note leaves the invoice overpaid."""

    reference: str
    description: str
    deposit_account: int | None = None
    """Where it is paid from; None for the account of the invoice's own payment."""
    day: date | None = None
    """The day it is dated; None for the credit note's."""
    paid_kroner: Decimal | None = None
    """What the whole invoice was paid with, in kroner, where its currency is another one: by that
    rate it is paid back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPlan:
    """Everything that should exist in Dinero for one credit note of an order."""

    note: Invoice
    """The credit note itself: its lines are those of the invoice, positive, as far as credited."""
    invoice_guid: UUID
    """The invoice that it is for."""
    invoice_number: int
    shares: tuple[Share, ...]
    """What it takes of the invoice's lines, by which the next one knows what is left."""
    selection: str
    """What was asked for, written in one way: by it the same command goes on with the same one."""
    ledger_items: tuple[LedgerItem, ...] = ()
    """The margins of second-hand goods that the credit note takes back."""
    refund: Refund | None = None
    """None where no money is to go back."""

    def dated(self, day: date) -> "CreditPlan":
        """Return the plan of the same credit note, and of its margins, with another day."""
        items = tuple(replace(item, date=day) for item in self.ledger_items)
        return replace(self, note=replace(self.note, date=day), ledger_items=items)

    def fingerprint(self) -> str:
        """Return a hash of what the plan says."""
        return hash_of(self)
