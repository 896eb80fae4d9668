"""What came of orders after their sale: credit notes, and invoices of what came to them later."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from dinero_sync.config.choices import Booking
from dinero_sync.domain.hold import HoldReason
from dinero_sync.domain.money import total
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, DocumentKind, OrderRecord, Rung, Standing
from dinero_sync.journal.money.chargebacks import open_chargebacks
from dinero_sync.sync.ladder.contact import know_buyers
from dinero_sync.sync.ladder.step import Climb
from dinero_sync.sync.ladder.walk import Delivery
from dinero_sync.sync.payouts.uncredited import end_those_credited
from dinero_sync.sync.run.credit.awaited import refunds_told
from dinero_sync.sync.run.result import RunResult, report
from dinero_sync.sync.work.outcome import going_on, resumed, settled
from dinero_sync.sync.work.workplace import Workplace

NOTHING = Decimal(0)


def later_chains(place: Workplace, covers: Callable[[int], bool]) -> list[OrderRecord]:
    """Return the chains under way besides sales, of the orders that ``covers`` takes."""
    return [
        orders.loaded(place.db, each.order_id, each.chain)
        for each in orders.under_way(place.db)
        if each.chain != SALE and each.rung is not Rung.SEEN and covers(each.order_id)
    ]


def deliver_chains(
    place: Workplace,
    records: Sequence[OrderRecord],
    result: RunResult,
    *,
    booking: bool | None = None,
) -> None:
    """Take chains up the ladder, those of one order after each other.

    What is in doubt is read first; ``booking`` as configured unless it is given. Without any,
    Dinero isn't asked.
    """
    if not records:
        return
    place.books()
    chosen = place.config.credits.booking or place.config.sync.booking
    automatic = chosen is Booking.AUTOMATIC
    climb = Climb(
        ledger=place.ledger,
        booking=automatic if booking is None else booking,
        closed_until=place.settings.closed_until,
        refunds_told=refunds_told(place),
    )
    know_buyers(place.ledger, (each for each in records if each.plan is not None))
    for batch in _one_an_order(records):
        for order_id, record in batch.items():
            batch[order_id] = _at_work(place, record)
        delivery = Delivery(climb, lambda record: report(result, record))
        delivery.deliver(list(batch), batch.__getitem__)
        if delivery.trouble is not None:
            result.troubles.append(delivery.trouble)
    for record in records:
        _end_waiting_for_payment(place, record.order_id)
        _end_cancelled(place, record.order_id)
        _end_chargebacks(place, record.order_id)
    end_those_credited(place.db)


def _end_chargebacks(place: Workplace, order_id: int) -> None:
    """End the chargebacks that credit notes of an order took out of the books."""
    for each in open_chargebacks(orders.chains(place.db, order_id)):
        if each.amount <= 0:
            ended = settled(each.record, DocumentKind.CHARGEBACK)
            orders.save(place.db, ended, each.record)


def _end_waiting_for_payment(place: Workplace, order_id: int) -> None:
    """Let a sale wait for its payment no longer once all of its invoice is credited.

    All that the buyer was to pay in money, that is: a gift card may have paid the rest.
    """
    sale, *later = orders.chains(place.db, order_id)
    if sale.standing is not Standing.OPEN or sale.plan is None:
        return
    due = sale.plan.invoice.total - sale.plan.paid_by_card
    if _credited(later) >= due:
        orders.save(place.db, settled(sale, DocumentKind.PAYMENT), sale)


def _end_cancelled(place: Workplace, order_id: int) -> None:
    """End the hold of a cancelled order once all of its invoice is credited, however it was.

    Not while an invoice of what came to it later may still be in the books.
    """
    sale, *later = orders.chains(place.db, order_id)
    is_held = sale.standing is Standing.HELD
    is_cancelled = is_held and sale.reason == HoldReason.CANCELLED_AFTER_BOOKING
    has_more = any(_is_of_what_came(each) for each in later)
    if is_cancelled and not has_more and sale.plan and _credited(later) == sale.plan.invoice.total:
        orders.save(place.db, followed(sale), sale)


def _is_of_what_came(chain: OrderRecord) -> bool:
    """Tell whether a chain is an invoice of what came to an order later, and wasn't given up."""
    is_invoice = chain.chain != SALE and chain.sale.kind is DocumentKind.INVOICE
    return is_invoice and chain.sale.standing is not Standing.SKIPPED


def _credited(later: Iterable[OrderRecord]) -> Decimal:
    """Return what the credit notes that were made here come to."""
    made = [each.credit for each in later if each.credit and each.sale.is_done]
    return total(each.note.total for each in made)


def followed(record: OrderRecord) -> OrderRecord:
    """Return an order that was held for what the shop changed, with the books as the shop says."""
    is_off = record.reason == HoldReason.CANCELLED_AFTER_BOOKING
    every = [each.kind for each in record.documents] if is_off else [DocumentKind.INVOICE]
    content = record.held_content or record.content
    return reduce(settled, every, replace(record, content=content, held_content=None))


def _one_an_order(records: Sequence[OrderRecord]) -> Iterator[dict[int, OrderRecord]]:
    waiting = list(records)
    while waiting:
        batch: dict[int, OrderRecord] = {}
        for record in waiting:
            batch.setdefault(record.order_id, record)
        waiting = [each for each in waiting if batch[each.order_id] is not each]
        yield batch


def _at_work(place: Workplace, record: OrderRecord) -> OrderRecord:
    """Let a chain that was in doubt, held or waiting go on from where it begins again."""
    if record.standing in {Standing.WORKING, Standing.DONE}:
        return record
    again = going_on(record) if record.standing is Standing.IN_DOUBT else resumed(record)
    orders.save(place.db, again, record)
    return again
