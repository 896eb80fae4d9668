"""What is known of an order that is to be credited: by the journal, and by Dinero itself."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero import credit_notes, payments
from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.invoices import InvoiceRecord, LineRecord
from dinero_sync.dinero.payments import InvoicePayments
from dinero_sync.domain.documents import CreditPlan, Invoice, InvoiceLine, Plan, Share
from dinero_sync.domain.hold import HeldError, HoldReason, SkipReason
from dinero_sync.domain.identity import credit_guid, credit_reference, is_of_gift_card
from dinero_sync.domain.money import round_to_ore, total
from dinero_sync.domain.order import Order
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects, orders
from dinero_sync.journal.documents import OrderRecord, Rung, Standing
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.posting.credit.left import Left
from dinero_sync.posting.credit.note import Sold, pieces_told
from dinero_sync.posting.credit.selection import booked_as, left_to_credit
from dinero_sync.shoporama.reader import ReaderSettings, read_order
from dinero_sync.sync.intake.shop_masters import remembered_masters
from dinero_sync.sync.ladder.invoice import find_document
from dinero_sync.sync.work.workplace import Workplace

OF_A_CHANGE = "proposal:"
"""What the selection of a credit note begins with that follows a change of its order."""
BY_HAND = spoken(
    "Make this credit note (kreditnota) in Dinero by hand, and register there what is paid back."
)


class CreditedElsewhereError(UsageError):
    """An order that can't be credited here, since somebody else credited its invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A booked sale, what earlier credit notes left of it, and its next one's key."""

    record: OrderRecord
    """The order, by its sale."""
    sold: Sold
    left: tuple[Left, ...]
    earlier: tuple[OrderRecord, ...]
    """Its credit notes that the journal knows, those skipped not among them."""
    recalled: tuple[tuple[Share, ...], ...]
    """What those took that are ours in Dinero, and that the journal doesn't know."""
    recalled_guids: frozenset[UUID]
    """Whose they are."""
    next_key: str
    """Of the next credit note that a person makes."""
    contact_guid: UUID

    @property
    def otherwise(self) -> tuple[Share, ...]:
        """What earlier credit notes took that follow no change of the order in the shop."""
        plans = (each.credit for each in self.earlier)
        taken = (each.shares for each in plans if each and not _follows_a_change(each))
        return tuple(share for shares in (*taken, *self.recalled) for share in shares)

    @property
    def for_changes(self) -> Decimal:
        """What earlier credit notes come to that followed a change of the order in the shop."""
        plans = (each.credit for each in self.earlier)
        return total(each.note.total for each in plans if each and _follows_a_change(each))


def _follows_a_change(plan: CreditPlan) -> bool:
    return plan.selection.startswith(OF_A_CHANGE)


def credited(place: Workplace, record: OrderRecord) -> Credited:
    """Read what is known of a booked order (three calls, two more for each forgotten note).

    The next note's key is taken first: what another machine books under it after that is seen, and
    what it books before that is among the invoice's credit notes.

    Raises UsageError for an order that can't be credited here, with what to do.
    """
    plan, number = _booked_plan(record)
    guid = plan.invoice.guid
    found = find_document(place.dinero, guid)
    if found is None or not found.booked or found.contact_guid is None:
        raise UsageError(
            spoken(
                "The invoice of order #{number} isn't booked in Dinero, by what Dinero says. "
                "Nothing was credited. See: dinero-sync resolve {order_id}",
                number=record.number,
                order_id=record.order_id,
            )
        )
    next_key = _next_key(place, record)
    there = payments.of_invoice(place.dinero, guid)
    earlier = earlier_notes(place.db, record.order_id)
    order = order_as_booked(place.db, record, place.reader)
    booked = booked_as(plan.invoice, order)
    recalled = _recalled(place, record, there, earlier, plan.invoice)
    taken = [share for each in earlier for share in (each.credit.shares if each.credit else ())]
    taken += [share for shares in recalled.values() for share in shares]
    sold = Sold(
        organization_id=place.settings.organization_id,
        order_id=record.order_id,
        order_number=record.number,
        plan=plan,
        booked=booked,
        invoice_number=number,
        paid_kroner=record.paid_kroner,
        earlier=tuple(each.credit for each in earlier if each.credit),
        forgotten_in_money=_in_money(there, earlier, recalled),
    )
    return Credited(
        record=record,
        sold=sold,
        left=left_to_credit(booked, taken),
        earlier=earlier,
        recalled=tuple(recalled.values()),
        recalled_guids=frozenset(recalled),
        next_key=next_key,
        contact_guid=found.contact_guid,
    )


def _booked_plan(record: OrderRecord) -> tuple[Plan, int]:
    if record.reason == SkipReason.BOOKED_ELSEWHERE:
        raise UsageError(
            spoken(
                "Order #{number} was booked by other means, with the note: {note}. What its "
                "invoice says isn't known here, so nothing was credited. {by_hand}",
                number=record.number,
                note=record.note,
                by_hand=BY_HAND,
            )
        )
    if not record.rung.reached(Rung.BOOKED) or record.invoice_number is None:
        raise UsageError(
            spoken(
                "Order #{number} has no booked invoice that could be credited; it stands as: "
                "{standing}. To end it without an invoice: dinero-sync skip {order_id} --reason "
                "TEXT",
                number=record.number,
                standing=spoken(record.standing),
                order_id=record.order_id,
            )
        )
    if record.plan is None:
        raise UsageError(
            spoken(
                "What was booked for order #{number} isn't kept any more (sync.retention_days). "
                "Nothing was credited. {by_hand}",
                number=record.number,
                by_hand=BY_HAND,
            )
        )
    return record.plan, record.invoice_number


def earlier_notes(db: sqlite3.Connection, order_id: int) -> tuple[OrderRecord, ...]:
    """Return an order's credit notes, made or under way, as the journal knows them.

    What is merely proposed isn't under way yet.
    """
    found = orders.chains(db, order_id)
    return tuple(
        each
        for each in found
        if each.credit
        and each.sale.standing is not Standing.SKIPPED
        and each.sale.reason != HoldReason.RETURNED
    )


def order_as_booked(
    db: sqlite3.Connection, record: OrderRecord, reader: ReaderSettings
) -> Order | None:
    """Return the order as the shop told it when it was booked; None where that isn't known."""
    lines = effects.of_subject(db, record.order_id)
    told = {each.body_hash: each.body for each in lines if each.kind is EffectKind.ORDER}
    referred = [
        json.loads(each.body).get("order")
        for each in lines
        if each.kind in {EffectKind.DRAFT, EffectKind.REPLACE_DRAFT}
        and each.phase is Phase.INTENT
        and each.body
        and record.owns(each.document)
    ]
    raw = told.get(referred[-1]) if referred else None
    try:
        return read_order(
            json.loads(raw or record.raw, parse_float=Decimal), remembered_masters(db), reader
        )
    except HeldError:
        return None


def _recalled(
    place: Workplace,
    record: OrderRecord,
    there: InvoicePayments,
    earlier: tuple[OrderRecord, ...],
    invoice: Invoice,
) -> dict[UUID, tuple[Share, ...]]:
    """Return what credit notes of ours took that the journal has forgotten, by their guids.

    Raises CreditedElsewhereError where somebody else credited the invoice.
    """
    known = {each.credit.note.guid for each in earlier if each.credit}
    found: dict[UUID, tuple[Share, ...]] = {}
    for voucher in there.credit_notes:
        if voucher in known:
            continue
        note = credit_notes.found(place.dinero, voucher)
        ours = credit_reference(record.order_id, "")
        shares = None if note is None else _shares(note, invoice)
        if note is None or not note.reference.startswith(ours) or shares is None:
            told = _by_another(record, note, there.credited, invoice.currency)
            raise CreditedElsewhereError(told)
        found[voucher] = shares
    return found


def _in_money(
    there: InvoicePayments,
    earlier: tuple[OrderRecord, ...],
    recalled: Mapping[UUID, tuple[Share, ...]],
) -> Decimal:
    """Return what forgotten credit notes took, less what of it went back to gift cards."""
    taken = total(share.amount for shares in recalled.values() for share in shares)
    plans = (each.credit for each in earlier)
    cards = (plan.gift_card for plan in plans if plan)
    known = {card.payment.reference for card in cards if card}
    to_cards = total(
        each.amount
        for each in there.payments
        if each.amount < 0 and is_of_gift_card(each.reference) and each.reference not in known
    )
    return taken + to_cards


def _by_another(
    record: OrderRecord, note: InvoiceRecord | None, credited: Decimal, currency: str
) -> str:
    numbered = note is not None and note.number
    by = spoken("credit note {number}", number=numbered) if numbered else spoken("a credit note")
    return spoken(
        "Invoice {invoice} of order #{number} was credited in Dinero by other means, by {by}; "
        "{credited} {currency} of it in all. Which of its lines are left can't be told, so "
        "nothing was credited. {by_hand}",
        invoice=record.invoice_number,
        number=record.number,
        by=by,
        credited=round_to_ore(credited),
        currency=currency,
        by_hand=BY_HAND,
    )


def _shares(note: InvoiceRecord, invoice: Invoice) -> tuple[Share, ...] | None:
    """Tell what a credit note took of which line of its invoice; None where it can't be told."""
    free = dict(enumerate(invoice.lines))
    shares = []
    for line in note.lines:
        place = next((at for at, each in free.items() if _is_of(line, each)), None)
        if place is None or line.amount is None:
            return None
        del free[place]
        pieces = pieces_told(line.description, line.quantity, invoice.language)
        shares.append(Share(line=place, amount=line.amount, pieces=pieces))
    return tuple(shares)


def _is_of(line: LineRecord, booked: InvoiceLine) -> bool:
    """Tell whether a credit note's line is of an invoice's; it may say fewer pieces in words."""
    same = line.description.endswith(booked.description) or booked.description.endswith(
        line.description
    )
    return same and line.account == booked.account


def _next_key(place: Workplace, record: OrderRecord) -> str:
    """Return the key of the next credit note by hand: one more than Dinero ever had.

    One that is a draft there, which a lost journal left behind, is taken up again.
    """
    known = [
        each.chain.removeprefix("credit:") for each in orders.chains(place.db, record.order_id)
    ]
    count = 1 + max((int(key) for key in known if key.isdecimal()), default=0)
    while not _is_to_use(place, record.order_id, count):
        count += 1
    return str(count)


def _is_to_use(place: Workplace, order_id: int, count: int) -> bool:
    guid = credit_guid(place.settings.organization_id, order_id, str(count))
    try:
        return not credit_notes.read(place.dinero, guid).booked
    except DeletedError:
        return False
    except NotFoundError:
        return True
