"""Credit notes and payouts of ours that the journal lost: known by identity.

A journal that is made anew by reading learns the invoices of its orders, and neither of these. What
a credit note is called follows from its order, and a payout's item from what its text says.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from uuid import UUID

from dinero_sync.dinero import credit_notes, payments
from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.payments import PaymentRecord
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Entry
from dinero_sync.domain.identity import (
    credit_guid,
    credit_in,
    gift_card_refund_reference,
    gift_card_return_guid,
    margin_reversal_guid,
    refund_reference,
)
from dinero_sync.domain.papers.payout import Source
from dinero_sync.journal import orders
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.payouts.elsewhere import payouts_of_ours
from dinero_sync.posting.payouts.plan import FEE

MOST_LINES = 200
"""So many lines of an order may have a margin that a credit note takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenNote:
    """A credit note of ours in Dinero, and what went back because of it."""

    order_id: int
    number: str
    """The order's, as the customer sees it; its id where the journal doesn't know the order."""
    guid: UUID
    day: date
    refunds: tuple[PaymentRecord, ...]
    items: frozenset[UUID]
    """The ledger items that go with it, as far as there are any."""

    @property
    def vouchers(self) -> frozenset[UUID]:
        """What all of it is called in Dinero's ledger."""
        of_refunds = {each.voucher for each in self.refunds if each.voucher is not None}
        return frozenset({self.guid, *self.items, *of_refunds})


def forgotten_notes(
    dinero: Transport,
    db: Connection,
    organization_id: int,
    notes: Iterable[tuple[UUID, str, date]],
) -> Iterator[ForgottenNote]:
    """Yield those of some credit notes that are ours by identity, and that the journal lacks.

    ``notes`` are guids with references and days. A reference alone doesn't tell: people copy them.
    """
    for guid, reference, day in notes:
        named = credit_in(reference)
        if named is None or credit_guid(organization_id, *named) != guid:
            continue
        order_id, key = named
        chains = orders.chains(db, order_id)
        if any(each.invoice is not None and each.invoice.guid == guid for each in chains):
            continue
        items = {
            margin_reversal_guid(organization_id, order_id, place, key)
            for place in range(1, MOST_LINES)
        }
        yield ForgottenNote(
            order_id=order_id,
            number=chains[0].number if chains else str(order_id),
            guid=guid,
            day=day,
            refunds=tuple(_refunds(dinero, guid, order_id, key)),
            items=frozenset({*items, gift_card_return_guid(organization_id, order_id, key)}),
        )


def _refunds(dinero: Transport, note: UUID, order_id: int, key: str) -> Iterator[PaymentRecord]:
    """Yield what went back because of a credit note, by the references that we gave."""
    ours = {refund_reference(order_id, key), gift_card_refund_reference(order_id, key)}
    with suppress(DeletedError, NotFoundError):
        invoice = credit_notes.invoice_credited(dinero, note)
        if invoice is not None:
            found = payments.of_invoice(dinero, invoice).payments
            yield from (each for each in found if each.reference in ours)


@dataclass(frozen=True, slots=True)
class ForgottenPayouts:
    """Tells payouts of ours that the journal lost among entries that aren't ours by the journal."""

    known: frozenset[UUID]
    """The ledger items of payouts that the journal has."""
    sources: Sequence[Source]
    organization_id: int

    def among(self, entries: Iterable[Entry]) -> dict[UUID, str]:
        """Return the vouchers of such payouts, with the payouts' names."""
        found = payouts_of_ours(entries, self.sources, self.organization_id)
        return {voucher: name for voucher, name in found.items() if voucher not in self.known}

    def column_of(self, entry: Entry) -> Column | None:
        """Tell where an entry on a clearing account counts as of one; None for any other."""
        if not self.among([entry]):
            return None
        return Column.FEES if entry.description.startswith(FEE) else Column.PAYOUTS


def refunded(note: ForgottenNote) -> Iterator[Ours]:
    """Yield what the refunds of such a note move on accounts of money.

    Which day each bears isn't known any more: its voucher tells it.
    """
    for each in note.refunds:
        if each.deposit_account is not None:
            yield Ours(
                name=note.number,
                order_id=note.order_id,
                account=each.deposit_account,
                day=note.day,
                parts={Column.REFUNDS: each.amount},
                voucher=each.voucher,
                is_certain=False,
            )
