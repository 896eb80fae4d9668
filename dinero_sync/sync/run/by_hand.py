"""What a person does about single orders: retry, skip, book a draft."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime

from dinero_sync import logs
from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero import credit_notes, invoices
from dinero_sync.dinero.invoices import InvoiceRecord
from dinero_sync.domain.documents import CreditPlan, canonical_json
from dinero_sync.domain.hold import (
    ENDED_BY_PERSON,
    OF_A_WORD,
    OF_RETURNS,
    HoldReason,
    OpenReason,
    SkipReason,
)
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.spoken import Spoken, spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal import effects, orders
from dinero_sync.journal.database import FILE_NAME, open_journal, told_of
from dinero_sync.journal.documents import (
    SALE,
    DocumentKind,
    OrderRecord,
    Rung,
    Standing,
    SubjectRecord,
)
from dinero_sync.journal.effects import EffectKind, Phase
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.folder.trouble import UNDER_WAY
from dinero_sync.journal.papers.payouts import PAYOUT
from dinero_sync.sync.ladder.invoice import find_document
from dinero_sync.sync.work.outcome import climbed, resumed, skipped
from dinero_sync.sync.work.state import own_state_folder
from dinero_sync.sync.work.workplace import Workplace

OF_GIFT_CARDS = frozenset(
    {DocumentKind.GIFT_CARD_PAYMENT, DocumentKind.GIFT_CARD_REFUND, DocumentKind.GIFT_CARD}
)
"""What a gift card paid or got back, and the item that moves it: both bear one day."""


@contextmanager
def open_state(config: Config) -> Iterator[tuple[sqlite3.Connection, SystemClock]]:
    """Open the journal alone, under the run's lock; calls nobody."""
    folder = own_state_folder(config)
    with (
        run_lock(folder),
        told_of(folder / FILE_NAME, UNDER_WAY),
        closing(open_journal(folder)) as db,
    ):
        yield db, SystemClock()


def held_orders(db: sqlite3.Connection) -> list[OrderRecord]:
    """List the orders that wait for a person; not those that end by their word alone."""
    held = orders.standing(db, (Standing.HELD,))
    return [each for each in held if each.reason not in OF_A_WORD]


def refuse_to_release(record: OrderRecord, *, again: bool) -> None:
    """Raise UsageError for an order that nobody holds, and for one that a person ended.

    The latter says what the person noted; ``again`` takes that back.
    """
    if record.reason in OF_RETURNS:
        raise UsageError(
            spoken(
                "A return of order #{number} waits for your word. If the credit note that "
                "`dinero-sync show {order_id}` proposes is right: dinero-sync credit "
                "{order_id} --accept. If nothing is to be credited: dinero-sync skip "
                "{order_id} --reason TEXT",
                number=record.number,
                order_id=record.order_id,
            )
        )
    if record.reason == HoldReason.CHARGEBACK:
        raise UsageError(
            spoken(
                "A chargeback of order #{number} waits for your word, which trying again "
                "doesn't say. What there is to choose: dinero-sync show {order_id}",
                number=record.number,
                order_id=record.order_id,
            )
        )
    ended = record.reason in ENDED_BY_PERSON
    if ended and not again:
        raise UsageError(_was_ended(record))
    if record.standing is not Standing.HELD and not ended:
        raise UsageError(
            spoken(
                "Order #{number} isn't held; it stands as: {standing}. See: dinero-sync show "
                "{order_id}",
                number=record.number,
                standing=spoken(record.standing),
                order_id=record.order_id,
            )
        )


def _was_ended(record: OrderRecord) -> str:
    adopted = record.reason == SkipReason.BOOKED_ELSEWHERE
    how = (
        spoken("as booked by other means (adopt)")
        if adopted
        else spoken("without an invoice (skip)")
    )
    risk = spoken("If that is so, an invoice of ours would be the second one. ") if adopted else ""
    return spoken(
        "Order #{number} was ended by a person, {how}, with the note: {note}\n"
        "{risk}Nothing was changed. To take that decision back, and have the next "
        "run book the order if it is due: dinero-sync retry {order_id} --again",
        number=record.number,
        how=how,
        note=record.note,
        risk=risk,
        order_id=record.order_id,
    )


def release(
    db: sqlite3.Connection,
    record: OrderRecord,
    now: datetime,
    *,
    by_name: bool = True,
    day: date | None = None,
) -> None:
    """Let the next run read an order again that was held or ended by a person, and go on with it.

    Only an order that was named counts as compared with those in the books by other means. ``day``
    is what a person chose for the document that is held.
    """
    chosen = day_chosen(day)
    if record.chain != SALE:
        decision = {"retry": record.reason, "document": record.chain, **chosen}
        note_decision(db, record, now, decision)
        orders.save(db, resumed(record) if day is None else _dated_later(record, day), record)
        return
    elsewhere = by_name and record.reason == HoldReason.MAYBE_BOOKED_ELSEWHERE
    again = resumed(record if day is None else dated(record, day))
    released = replace(
        again.having(replace(again.current, next_look=now)),
        content=record.held_content or record.content,
        held_content=None,
        not_elsewhere=record.not_elsewhere or elsewhere,
    )
    note_decision(db, record, now, {"retry": record.reason, **chosen})
    orders.save(db, released)


def dated(record: OrderRecord, day: date) -> OrderRecord:
    """Return the order with another day for the document that is held."""
    if record.current.kind is DocumentKind.PAYMENT:
        return replace(record, payment_day=day)
    if record.current.kind is DocumentKind.MARGIN and record.plan is not None:
        items = tuple(replace(item, date=day) for item in record.plan.ledger_items)
        return record.with_plan(replace(record.plan, ledger_items=items))
    use = record.plan and record.plan.gift_card
    if record.plan is not None and use and record.current.kind in OF_GIFT_CARDS:
        moved = replace(use, item=replace(use.item, date=day))
        return record.with_plan(replace(record.plan, gift_card=moved))
    return record.having(replace(record.sale, day=day))


def day_chosen(day: date | None) -> Mapping[str, str]:
    """Return what a decision tells of the day that a person chose, if any."""
    return {} if day is None else {effects.CHOSEN_DAY: day.isoformat()}


def _dated_later(record: OrderRecord, day: date) -> OrderRecord:
    """Return a chain that came after a sale, at work, with another day for what is held of it.

    A draft that is there is made to say so. What is booked keeps its day.
    """
    plan, turn = record.credit, record.current
    if turn.kind is DocumentKind.CREDIT_NOTE and plan is not None:
        dated_plan = replace(record.sale, plan=plan.dated(day), day=day)
        return climbed(record.having(dated_plan), Rung.PLANNED)
    if plan is not None:
        known = replace(record.sale, plan=_behind_dated(plan, turn.kind, day))
        return resumed(record.having(known))
    if record.chargeback is not None:
        owed = replace(record.chargeback, day=day)
        return resumed(record.having(replace(record.sale, plan=owed, day=day)))
    if turn.kind is DocumentKind.PAYMENT:
        return resumed(dated(record, day))
    if record.plan is not None:
        invoice = replace(record.plan.invoice, date=day)
        record = dated(record, day).with_plan(replace(record.plan, invoice=invoice))
    return climbed(record, Rung.PLANNED)


def _behind_dated(plan: CreditPlan, kind: DocumentKind, day: date) -> CreditPlan:
    """Return a credit note's plan with another day for a kind of what comes behind it."""
    if kind is DocumentKind.REFUND and plan.refund is not None:
        return replace(plan, refund=replace(plan.refund, day=day))
    if kind in OF_GIFT_CARDS and plan.gift_card is not None:
        return replace(plan, gift_card=plan.gift_card.dated(day))
    return replace(plan, ledger_items=plan.dated(day).ledger_items)


def called(record: SubjectRecord) -> Spoken:
    """Name an order, a bill or a payout at the beginning of a sentence."""
    if not isinstance(record.subject, str):
        return spoken("Order #{number}", number=record.number)
    if record.subject.startswith(f"{PAYOUT}:"):
        return spoken("The payout {name}", name=record.subject)
    return spoken("The bill {name}", name=record.subject)


def note_decision(
    db: sqlite3.Connection, record: SubjectRecord, now: datetime, decision: Mapping[str, str | None]
) -> None:
    """Write down what a person decided about an order or a bill, among its effects."""
    effects.append(
        db,
        at=now,
        run_id=logs.run_id(),
        subject=record.subject,
        kind=EffectKind.OPERATOR,
        phase=Phase.DONE,
        body=canonical_json(decision),
    )


def skip_order(
    place: Workplace,
    record: OrderRecord,
    reason: str,
    code: SkipReason = SkipReason.BY_OPERATOR,
) -> None:
    """End an order without an invoice of ours; our draft, if there is one, is deleted in Dinero.

    ``code`` tells an order that is booked by other means. Raises UsageError when our invoice is
    booked. With another chain of the order than its sale, that ends, without its document.
    """
    if record.sale.kind is not DocumentKind.INVOICE:
        _skip_later(place, record, reason)
        return
    if record.rung.reached(Rung.BOOKED):
        raise _is_booked(record.number, record.invoice_number)
    draft = _document(place, record)
    if draft is not None and draft.booked:
        raise _is_booked(record.number, draft.number)
    if draft is not None:
        place.books()
        place.ledger.send(
            record,
            EffectKind.DELETE_DRAFT,
            {"invoice": draft.guid},
            invoices.delete(draft.guid, draft.timestamp),
        )
    else:
        place.ledger.adopt_begun(record, [EffectKind.DELETE_DRAFT], None)
    of_later = {} if record.chain == SALE else {"document": record.chain}
    note_decision(place.db, record, place.clock.now(), {code: reason, **of_later})
    orders.save(place.db, skipped(record, code, reason))


def _skip_later(place: Workplace, record: OrderRecord, reason: str) -> None:
    """End a credit note without one; its draft is deleted. Raises UsageError for a booked one."""
    note = record.invoice
    draft = credit_notes.found(place.dinero, note.guid) if note is not None else None
    if record.rung.reached(Rung.BOOKED) or (draft is not None and draft.booked):
        raise UsageError(
            spoken(
                "The credit note of order #{number} is booked, which can't be undone. If "
                "what is left of it was done in Dinero by hand: dinero-sync resolve "
                "{order_id} --accept NOTE",
                number=record.number,
                order_id=record.order_id,
            )
        )
    if draft is not None:
        place.books()
        place.ledger.send(
            record,
            EffectKind.DELETE_DRAFT,
            {"credit_note": draft.guid},
            credit_notes.delete(draft.guid, draft.timestamp),
        )
    else:
        place.ledger.adopt_begun(record, [EffectKind.DELETE_DRAFT], None)
    decision = {str(SkipReason.BY_OPERATOR): reason, "document": record.chain}
    note_decision(place.db, record, place.clock.now(), decision)
    orders.save(place.db, skipped(record, SkipReason.BY_OPERATOR, reason), record)


def _document(place: Workplace, record: OrderRecord) -> InvoiceRecord | None:
    """Read the order's invoice in Dinero, or its later one, if one was ever begun."""
    plan = record.plan if record.chain != SALE else None
    guid = invoice_guid(place.settings.organization_id, record.order_id)
    return find_document(place.dinero, plan.invoice.guid if plan else guid)


def _is_booked(number: str, invoice_number: int | None) -> UsageError:
    return UsageError(
        spoken(
            "Order #{number} is booked as invoice {invoice_number}, which can't be "
            "undone. To take the sale out of the books, make a credit note (kreditnota) "
            "for it in Dinero; a held order then ends by: dinero-sync resolve ORDER "
            "--accept NOTE",
            number=number,
            invoice_number=invoice_number,
        )
    )


def _is_to_be_booked(record: OrderRecord) -> bool:
    """Tell whether a draft waits for a word, or was given it by a command that was cut short."""
    cut_short = record.standing in {Standing.WORKING, Standing.IN_DOUBT}
    return record.reason == OpenReason.AWAITING_BOOKING or (
        cut_short and record.rung.reached(Rung.VERIFIED)
    )


def waiting_drafts(db: sqlite3.Connection, named: list[OrderRecord] | None) -> list[OrderRecord]:
    """Return the drafts to book: those named, or all that wait.

    Raises UsageError for a named order that has no draft waiting.
    """
    if named is None:
        begun = orders.standing(db, (Standing.OPEN, Standing.WORKING, Standing.IN_DOUBT))
        return [each for each in begun if _is_to_be_booked(each)]
    found = []
    for record in named:
        waiting = [each for each in orders.chains(db, record.order_id) if _is_to_be_booked(each)]
        found += waiting
        if not waiting:
            raise UsageError(
                spoken(
                    "Order #{number} has no draft that waits to be booked; it stands as: "
                    "{standing}. See: dinero-sync show {order_id}",
                    number=record.number,
                    standing=spoken(record.standing),
                    order_id=record.order_id,
                )
            )
    return found
