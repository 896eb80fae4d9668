"""What Dinero itself says about an order, beside what the journal meant to do."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from dinero_sync.dinero.decode import InvoicePayments, InvoiceRecord
from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects, orders
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import OrderRecord, Rung, Standing
from dinero_sync.sync.actions import note_decision
from dinero_sync.sync.outcome import done
from dinero_sync.sync.workplace import Workplace


class Choice(StrEnum):
    """What may safely be done about an order."""

    GO_ON = "go on"
    """Reading settles it: begin again at the rung it reached."""
    ACCEPT = "accept"
    """What Dinero holds is right; record the order as done."""
    RETRY = "retry"
    SKIP = "skip"
    ADOPT = "adopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Both sides of an order, read a moment ago."""

    record: OrderRecord
    unanswered: frozenset[EffectKind]
    """Changes that were sent and have no answer in the journal."""
    invoice: InvoiceRecord | None
    """Our invoice in Dinero; None when there is none, or it was deleted."""
    payments: InvoicePayments | None
    """None without a booked invoice."""

    def choices(self) -> tuple[Choice, ...]:
        """Return the safe choices, the most natural first."""
        if self.record.standing is Standing.IN_DOUBT or (
            self.record.standing is Standing.WORKING and self.unanswered
        ):
            return (Choice.GO_ON,)
        if self.record.standing is not Standing.HELD:
            return ()
        if self.invoice is not None and self.invoice.booked:
            return (Choice.ACCEPT, Choice.RETRY)
        return (Choice.RETRY, Choice.SKIP, Choice.ADOPT)

    def open_amount(self) -> Decimal | None:
        """Return what Dinero says is left to pay."""
        return None if self.payments is None else self.payments.remaining


def gather(place: Workplace, record: OrderRecord) -> Evidence:
    """Read what Dinero holds for an order (one call, or two for a booked invoice)."""
    guid = invoice_guid(place.settings.organization_id, record.order_id)
    invoice: InvoiceRecord | None
    try:
        invoice = place.ledger.client.invoice(guid)
    except (NotFoundError, DeletedError):
        invoice = None
    booked = invoice is not None and invoice.booked
    return Evidence(
        record=record,
        unanswered=frozenset(effects.open_intents(place.db, record.order_id)),
        invoice=invoice,
        payments=place.ledger.client.payments(guid) if booked else None,
    )


def accept(place: Workplace, evidence: Evidence, note: str) -> None:
    """Record an order as done with what Dinero holds for it.

    Raises UsageError unless our invoice is booked there: an order without one is skipped or
    adopted instead.
    """
    record = evidence.record
    if Choice.ACCEPT not in evidence.choices() or evidence.invoice is None:
        raise UsageError(
            f"Order #{record.number} has nothing in Dinero to accept, or isn't held. See: "
            f"dinero-sync resolve {record.order_id}"
        )
    decision = {"accept": note, "invoice": str(evidence.invoice.number)}
    note_decision(place.db, record, place.clock.now(), decision)
    rung = record.rung if record.rung.reached(Rung.BOOKED) else Rung.BOOKED
    settled = replace(
        done(record, rung),
        invoice_number=evidence.invoice.number,
        content=record.held_content or record.content,
        held_content=None,
    )
    orders.save(place.db, settled)
