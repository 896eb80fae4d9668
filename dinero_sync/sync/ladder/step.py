"""What a ladder is made of: steps, each from one rung of one kind of document to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dinero_sync.dinero.invoices import InvoiceTotals
from dinero_sync.domain.documents import ChargebackPlan, CreditPlan, Plan
from dinero_sync.journal.documents import DocumentKind, OrderRecord, Rung
from dinero_sync.journal.effects import chosen_days
from dinero_sync.posting.days.closed import is_closed, refuse_closed
from dinero_sync.sync.work.ledger import Ledger


@dataclass(slots=True, kw_only=True)
class Climb:
    """What the steps of one run share: whom they speak to, what was asked for, what was read."""

    ledger: Ledger
    booking: bool = True
    """Without it, drafts are verified and left."""
    closed_until: date | None = None
    """The last day on which no document may be dated by itself; None for none."""
    refunds_told: frozenset[int] = frozenset()
    """The accounts whose refunds wait until a settlement file tells of them."""
    update_contacts: bool = False
    """With it, contacts that are in Dinero get what the orders say."""
    timestamps: dict[int, str] = field(default_factory=dict)
    """Of invoices, by order, from our own writes in this run; what isn't here is read first."""
    totals: Mapping[UUID, InvoiceTotals] = field(default_factory=dict)
    """Of drafts, as Dinero listed them for the present chunk; empty where it couldn't."""
    booked_items: frozenset[int] | None = None
    """The orders of the present chunk whose ledger items, of the kind in turn, are booked by now;
    None where Dinero couldn't be asked about all of them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step up."""

    kind: DocumentKind
    at: Rung
    """The rung that a document stands on which takes it."""
    take: Callable[[Climb, OrderRecord], OrderRecord]
    """Returns the order with the document one rung higher, or at rest; safe to repeat.

    Raises HeldError, RejectedError, StaleTimestampError where the document changed, and a
    TemporaryError.
    """
    beforehand: Callable[[Climb, Sequence[OrderRecord]], None] | None = None
    """Done once for all orders of a chunk that are about to take the step."""

    def is_next_for(self, record: OrderRecord) -> bool:
        """Tell whether it is this step that an order's sale takes next."""
        turn = record.current
        return turn.kind is self.kind and turn.rung is self.at


def credited(record: OrderRecord) -> CreditPlan:
    """Return the plan of a credit note's chain."""
    if record.credit is None:
        raise LookupError(f"{record.chain} of order {record.order_id} has no plan")
    return record.credit


def charged_back(record: OrderRecord) -> ChargebackPlan:
    """Return the plan of a chargeback's chain."""
    if record.chargeback is None:
        raise LookupError(f"{record.chain} of order {record.order_id} has no plan")
    return record.chargeback


def planned(record: OrderRecord) -> Plan:
    """Return the plan of an order that has one."""
    if record.plan is None:
        raise LookupError(f"order {record.order_id} stands at {record.rung} without a plan")
    return record.plan


def refuse_closed_day(climb: Climb, record: OrderRecord, what: str, day: date) -> None:
    """Hold a document about to be dated ``day`` where that is closed; asks the journal alone then.

    The order was decided about before, but its period may have been closed since. Raises HeldError.
    """
    if is_closed(day, climb.closed_until):
        chosen = chosen_days(climb.ledger.db, record.order_id)
        refuse_closed(what, day, climb.closed_until, chosen)
