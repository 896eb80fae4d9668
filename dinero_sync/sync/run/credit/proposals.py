"""What is proposed where an order was cancelled or edited after its invoice was booked.

What went is credited, and what came is invoiced. A proposal is made anew when it is accepted, from
the same words of the shop: nothing of it is made before a person, or the configuration, says so.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dinero_sync.config.choices import Returns
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.documents import Invoice, InvoiceLine, Payment, Plan
from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.identity import (
    later_invoice_guid,
    later_invoice_reference,
    later_payment_reference,
)
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.order import Order, OrderStatus
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import NOTE, ORDER, Sentence, Steps, command, sentence
from dinero_sync.errors import DeadlineError, StoppedError, TemporaryError, UsageError
from dinero_sync.journal import orders
from dinero_sync.journal.cache import keep, recall_however_old
from dinero_sync.journal.chains import later_sale
from dinero_sync.journal.documents import (
    DocumentKind,
    OrderRecord,
    Standing,
)
from dinero_sync.journal.schema import transaction
from dinero_sync.posting.credit.difference import Difference, difference
from dinero_sync.posting.credit.left import all_left, total_left
from dinero_sync.posting.credit.note import Terms, credit_plan
from dinero_sync.shoporama.reader import read_order
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.intake.shop_masters import remembered_masters
from dinero_sync.sync.run.by_hand import note_decision
from dinero_sync.sync.run.credit.credited import (
    OF_A_CHANGE,
    Credited,
    CreditedElsewhereError,
    credited,
)
from dinero_sync.sync.run.credit.later_chains import deliver_chains, followed
from dinero_sync.sync.run.credit.making import credit_record
from dinero_sync.sync.run.credit.returned import accept_returns
from dinero_sync.sync.run.credit.since_then import LaterInvoices, hold_by_hand, later_invoices
from dinero_sync.sync.run.result import RunResult, ended
from dinero_sync.sync.work.outcome import held
from dinero_sync.sync.work.workplace import Workplace

PROPOSED = "proposed"
IN_VAIN = "orders_not_proposed"
"""Under which the held orders are kept of which nothing can be proposed."""
CHANGED = frozenset({HoldReason.CHANGED_AFTER_BOOKING, HoldReason.CANCELLED_AFTER_BOOKING})
REASONS = {
    HoldReason.CANCELLED_AFTER_BOOKING: ("Ordren er annulleret.", "The order was cancelled."),
    HoldReason.CHANGED_AFTER_BOOKING: ("Ordren er ændret.", "The order was changed."),
}
"""What stands on the credit note, in Danish and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The documents by which the books follow what the shop says now; none where they do."""

    credit: OrderRecord | None
    extra: OrderRecord | None
    """With the invoice of what came to the order."""

    def chains(self) -> tuple[OrderRecord, ...]:
        """Return what is to be made, in its turn."""
        return tuple(each for each in (self.credit, self.extra) if each is not None)


def is_to_be_followed(place: Workplace, record: OrderRecord) -> bool:
    """Tell whether an order is held for what the shop changed, and a proposal may follow.

    Not where the books are right in what the customer pays: which sale it was is a person's to say.
    """
    is_off = place.config.credits.returns is Returns.OFF
    if is_off or record.standing is not Standing.HELD or record.reason not in CHANGED:
        return False
    return record.sale.text == record.reason or _is_proposed(record)


def follow_changes(
    place: Workplace, fresh: Collection[int], troubles: list[TemporaryError]
) -> Iterator[OrderRecord]:
    """Propose what follows from changes in the shop, or make it where the configuration says so.

    Where the books say already what the shop says now, the hold ends.

    ``fresh`` are the orders that this run found changed; besides them those that an earlier run
    couldn't follow. Yields each as it stands then. Where Dinero gives no answer, that is noted in
    ``troubles``, and a later run does it.
    """
    for record in _unfollowed(place, fresh):
        try:
            yield _followed(place, record)
        except (DeadlineError, StoppedError):
            raise
        except TemporaryError as error:
            troubles.append(error)
            if record.order_id in fresh:
                yield record


def _unfollowed(place: Workplace, fresh: Collection[int]) -> list[OrderRecord]:
    """Return the held orders that are to be followed; not those of which nothing comes."""
    is_automatic = place.config.credits.returns is Returns.AUTOMATIC
    in_vain = _in_vain(place)
    return [
        each
        for each in orders.standing(place.db, [Standing.HELD])
        if is_to_be_followed(place, each)
        and (
            each.order_id in fresh
            or (is_automatic if _is_proposed(each) else each.order_id not in in_vain)
        )
    ]


def _followed(place: Workplace, record: OrderRecord) -> OrderRecord:
    shown = proposed(place, record)
    in_vain = _in_vain(place)
    wanted = in_vain - {record.order_id} if _is_proposed(shown) else {*in_vain, record.order_id}
    if wanted != in_vain:
        keep(place.db, IN_VAIN, list[int], sorted(wanted), place.clock.now())
    if place.config.credits.returns is Returns.AUTOMATIC and _is_proposed(shown):
        accept_proposal(place, shown)
        return orders.loaded(place.db, record.order_id)
    return shown


def _is_proposed(record: OrderRecord) -> bool:
    return f".{PROPOSED}_" in (record.sale.text or "")


def _in_vain(place: Workplace) -> set[int]:
    return set(recall_however_old(place.db, IN_VAIN, list[int]) or ())


def proposed(place: Workplace, record: OrderRecord) -> OrderRecord:
    """Return an order that is held for what the shop changed, with what is proposed about it.

    Where nothing can be, it says what else is booked of the order, or is as it was.
    """
    found = _proposal_or_hold(place, record)
    if found is None:
        return record
    if isinstance(found, Proposal) and not found.chains():
        shown = followed(record)
    else:
        hold = _hold(record, found) if isinstance(found, Proposal) else found
        shown = held(record, hold, place.clock.now(), DocumentKind.INVOICE)
    orders.save(place.db, shown, record)
    return shown


def propose_anew(place: Workplace) -> None:
    """Work out again what is proposed, since somebody made credit notes; costs some reading."""
    for record in orders.standing(place.db, [Standing.HELD]):
        if record.reason in CHANGED and _is_proposed(record):
            proposed(place, record)


def _proposal_or_hold(place: Workplace, record: OrderRecord) -> Proposal | Hold | None:
    """Work out what is proposed, or what is told where nothing can be; None as it is told."""
    later, left = later_invoices(place, record), Decimal(0)
    try:
        known = credited(place, record)
    except UsageError:
        pass
    else:
        found = _proposal_by(place, known, later)
        if found is not None:
            return found
        left = total_left(known.left)
    return hold_by_hand(place, record, later, left)


def _hold(record: OrderRecord, found: Proposal) -> Hold:
    reason = HoldReason(record.reason or "")
    which = "credit" if found.extra is None else "both" if found.credit else "extra"
    credit = found.credit and found.credit.invoice
    extra = found.extra and found.extra.invoice
    sums: dict[str, Decimal] = {}
    lines: dict[str, tuple[Sentence, ...]] = {}
    if credit:
        sums["credited"], lines["lines"] = credit.total, tuple(_told(credit.lines))
    if extra:
        sums["invoiced"], lines["extra"] = extra.total, tuple(_told(extra.lines))
    return HeldError(
        reason,
        f"{PROPOSED}_{which}",
        _steps(record, found),
        invoice=str(record.invoice_number),
        currency=record.currency or "",
        **sums,
        **lines,
    ).hold


def _steps(record: OrderRecord, found: Proposal) -> Steps:
    credit = sentence("or_credit_by_hand", invoice=str(record.invoice_number))
    return (
        sentence("make_what_is_proposed"),
        command("credit", ORDER, "--accept"),
        credit if found.extra is None else sentence("or_make_it_by_hand"),
        command("resolve", ORDER, "--accept", NOTE),
    )


def _told(lines: tuple[InvoiceLine, ...]) -> Iterator[Sentence]:
    for line in lines:
        yield sentence("proposed_line", name=line.description, amount=line.amount)


def proposal_of(place: Workplace, record: OrderRecord) -> Proposal | None:
    """Work out what follows from what the shop says now of a booked order; costs some reading.

    None where it can't be told. Raises UsageError for an order that can't be credited here.
    """
    return _proposal_by(place, credited(place, record), later_invoices(place, record))


def _proposal_by(place: Workplace, found: Credited, later: LaterInvoices) -> Proposal | None:
    record = found.record
    order = _order_now(place, record)
    if order is None or later.lines is None:
        return None
    is_as_booked = not (found.earlier or found.recalled or later.are_there)
    if order.status is OrderStatus.CANCELLED:
        if later.are_there or (is_as_booked and total_left(found.left) <= 0):
            return None
        gone = Difference(shares=all_left(found.left), extra=())
        return _proposal(place, found, gone, None, later)
    now = recollect(place.config, place.config_file, place.db).decide(record).decision.plan
    if now is None or now.ledger_items or found.sold.plan.ledger_items:
        return None  # margins of goods that came and went are a person's to judge
    changed = difference(found.left, now.invoice, added=later.lines, otherwise=found.otherwise)
    if changed is None or not _follows(changed, found.sold.plan, now, is_as_booked=is_as_booked):
        return None
    return _proposal(place, found, changed, now, later)


def _follows(changed: Difference, booked: Plan, now: Plan, *, is_as_booked: bool) -> bool:
    """Tell whether the books follow an edit by what differs in lines.

    How much of what came a gift card paid is a person's to say; so is, where no line differs, what
    else of the order was changed.
    """
    is_paid_alike = booked.paid_by_card == now.paid_by_card
    if changed.extra:
        return is_paid_alike
    if changed.shares:
        return True
    before, after = booked.contact, now.contact
    is_buyer = (before.vat_number, before.ean) == (after.vat_number, after.ean)
    return is_paid_alike and is_buyer and not is_as_booked


def _order_now(place: Workplace, record: OrderRecord) -> Order | None:
    raw = json.loads(record.raw, parse_float=Decimal)
    try:
        return read_order(raw, remembered_masters(place.db), place.reader)
    except HeldError:
        return None


def _proposal(
    place: Workplace,
    found: Credited,
    changed: Difference,
    now: Plan | None,
    later: LaterInvoices,
) -> Proposal:
    record, day = found.record, accounting_date(place.clock.now())
    credit = extra = None
    if changed.shares:
        cancelled = now is None
        danish, english = REASONS[
            HoldReason.CANCELLED_AFTER_BOOKING if cancelled else HoldReason.CHANGED_AFTER_BOOKING
        ]
        is_danish = found.sold.plan.invoice.language.startswith("da")
        terms = Terms(
            key=found.next_key,
            day=day,
            reason=danish if is_danish else english,
            selection=f"{OF_A_CHANGE}{record.held_content}",
            refunds=place.config.credits.refunds,
        )
        plan = credit_plan(found.sold, changed.shares, found.left, terms)
        if plan.refund is not None and changed.extra:
            brought = sum((line.amount for line in changed.extra), Decimal(0))
            plan = replace(plan, refund=replace(plan.refund, set_off=brought))
        credit = credit_record(found, found.next_key, plan)
    if changed.extra and now is not None:
        count = later.next_count
        invoice = replace(
            now.invoice,
            guid=later_invoice_guid(place.settings.organization_id, record.order_id, count),
            reference=later_invoice_reference(record.order_id, count),
            date=day,
            lines=changed.extra,
            texts=(),
            terms=None,
        )
        payment = now.payment and _payment_of_extra(record, count, now.payment, invoice)
        extra = later_sale(
            record, count, replace(now, invoice=invoice, payment=payment, gift_card=None)
        )
    return Proposal(credit=credit, extra=extra)


def _payment_of_extra(
    record: OrderRecord, count: int, payment: Payment, invoice: Invoice
) -> Payment:
    """Return the payment of what came to an order, registered where its own is."""
    in_kroner = invoice.currency == KRONER
    return replace(
        payment,
        reference=later_payment_reference(record.order_id, count),
        amount=invoice.total if in_kroner else None,
        foreign_amount=None if in_kroner else invoice.total,
    )


def accept_proposal(place: Workplace, record: OrderRecord) -> tuple[OrderRecord, ...]:
    """Journal what holds propose and end them; return what is to be delivered.

    Raises UsageError for an order without a proposal, and for one of which nothing can be made any
    more.
    """
    returned = accept_returns(place, record.order_id)
    if returned:
        note_decision(place.db, record, place.clock.now(), {"credit": "accepted returns"})
        if record.reason in CHANGED and _is_proposed(record):  # of what is left then
            record = proposed(place, record)
    if record.reason not in CHANGED or not _is_proposed(record):
        if returned:
            return tuple(returned)
        raise UsageError(
            spoken(
                "Nothing is proposed for order #{number}. To credit it all the same, say what: "
                "dinero-sync credit {order_id} --all --reason TEXT",
                number=record.number,
                order_id=record.order_id,
            )
        )
    try:
        found = proposal_of(place, record)
    except CreditedElsewhereError as error:
        proposed(place, record)  # which says so
        raise UsageError(
            spoken(
                "What was proposed for order #{number} isn't made, so that nothing is credited "
                "twice: somebody credited its invoice in Dinero meanwhile. What to do now: "
                "dinero-sync show {order_id}",
                number=record.number,
                order_id=record.order_id,
            )
        ) from error
    if found is None:
        raise UsageError(
            spoken(
                "What was proposed for order #{number} can't be made any more: the order or the "
                "rules changed. See: dinero-sync show {order_id}",
                number=record.number,
                order_id=record.order_id,
            )
        )
    with transaction(place.db):  # with half of it the rest could not be worked out any more
        decision = {"credit": "accepted", "reason": record.reason}
        note_decision(place.db, record, place.clock.now(), decision)
        for each in found.chains():
            orders.save(place.db, each)
        orders.save(place.db, followed(record), record)
    return (*returned, *found.chains())


def make_proposed(place: Workplace, record: OrderRecord) -> RunResult:
    """Make what a hold proposes; expected errors are in the result, as with a run.

    Raises UsageError as :func:`accept_proposal` does.
    """
    chains = accept_proposal(place, record)
    return ended(place, lambda result: deliver_chains(place, chains, result))
