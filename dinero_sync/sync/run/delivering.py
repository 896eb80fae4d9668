"""The delivering part of a run: orders up the ladder, once Dinero was looked at for them."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dinero_sync.dinero import invoices
from dinero_sync.dinero.invoices import InvoiceSummary
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.journal import orders
from dinero_sync.journal.documents import SALE, OrderRecord
from dinero_sync.journal.orders import Underway
from dinero_sync.logs import get_logger
from dinero_sync.sync.intake.remembered import recollect
from dinero_sync.sync.ladder.foreign_invoices import find_elsewhere, is_to_be_compared
from dinero_sync.sync.ladder.own_invoices import recall_booked
from dinero_sync.sync.ladder.step import Climb
from dinero_sync.sync.ladder.walk import Delivery, Progress
from dinero_sync.sync.run.result import RunResult, report
from dinero_sync.sync.work.workplace import Workplace

log = get_logger()
FAR = timedelta(days=31)
"""How far from an order's day an invoice that names the order is looked for."""


def deliver_records(
    place: Workplace,
    records: list[OrderRecord],
    result: RunResult,
    progress: Progress | None,
    *,
    booking: bool,
) -> None:
    """Take orders up the ladder from where ``records`` say that they stand."""
    known = {record.order_id: record for record in sorted(records, key=_turn)}
    deliver_all(place, list(known), result, progress, load=known.__getitem__, booking=booking)


def _turn(record: OrderRecord) -> tuple[bool, date, int]:
    day = record.invoice_day
    return (day is None, day or date.min, record.order_id)


def deliver_all(  # noqa: PLR0913 - two of them for what isn't a whole run alone
    place: Workplace,
    work: Sequence[int],
    result: RunResult,
    progress: Progress | None,
    *,
    load: Callable[[int], OrderRecord] | None = None,
    booking: bool | None = None,
) -> None:
    """Take orders up the ladder in this sequence; ``booking`` as configured unless it is given.

    Each is read from the journal when its turn has come, unless ``load`` says otherwise, as for
    drafts that a person gave their word for: those wait in the journal until they are booked.
    Without any, Dinero isn't asked.
    """
    if not work:
        return
    place.books()
    automatic = place.config.sync.booking == "automatic"
    climb = Climb(
        ledger=place.ledger,
        booking=automatic if booking is None else booking,
        closed_until=place.settings.closed_until,
        update_contacts=place.config.contacts.update,
    )
    delivery = Delivery(
        climb, lambda record: report(result, record), progress, are_saved=load is None
    )
    delivery.deliver(work, load or (lambda order_id: orders.loaded(place.db, order_id)))
    if delivery.trouble is not None:
        result.troubles.append(delivery.trouble)


def compared_with_dinero(
    place: Workplace, work: list[Underway], result: RunResult, *, forgot: bool
) -> list[int]:
    """Look at Dinero for what our memory doesn't tell; return what is left to deliver.

    Orders that may be in the books by other means are held. Where the journal may have forgotten
    orders that we booked before, they are recalled. One list call for a thousand invoices.
    """
    unsure = work if forgot else [each for each in work if is_to_be_compared(place.ledger, each)]
    if not unsure and not forgot:
        return [each.order_id for each in work]
    days = [each.day for each in unsure if each.day is not None]
    if forgot:
        days += [place.settings.start_date, accounting_date(place.clock.now())]
    listed = list(invoices.listed(place.dinero, min(days) - FAR, max(days) + FAR))
    if forgot:
        work = _without_recalled(place, work, listed, result)
    suspects = _suspects(place, work, listed, result)
    return [each.order_id for each in work if each.order_id not in suspects]


def _without_recalled(
    place: Workplace, work: list[Underway], listed: list[InvoiceSummary], result: RunResult
) -> list[Underway]:
    """Take over what we booked before; return what is left to deliver."""
    organization = place.settings.organization_id
    for record in recall_booked(place.ledger, listed, organization, as_sold(place)):
        report(result, record)
    before = {each.order_id for each in work}
    under_way = (each for each in orders.under_way(place.db) if each.chain == SALE)
    return [each for each in under_way if each.order_id in before]


def as_sold(place: Workplace) -> Callable[[OrderRecord], OrderRecord]:
    """Return what tells, of a cancelled order, as what it was booked by the present rules."""

    def told(record: OrderRecord) -> OrderRecord:
        place.books()
        return recollect(place.config, place.config_file, place.db).as_sold(record)

    return told


def _suspects(
    place: Workplace, work: list[Underway], listed: list[InvoiceSummary], result: RunResult
) -> set[int]:
    """Hold the orders that may be in the books by other means, and return their ids."""
    unsure = (each.order_id for each in work if is_to_be_compared(place.ledger, each))
    records = (orders.loaded(place.db, order_id) for order_id in unsure)
    suspects = set()
    for record in find_elsewhere(place.ledger, records, listed, place.settings.organization_id):
        orders.save(place.db, record)
        report(result, record)
        suspects.add(record.order_id)
    if suspects:
        log.warning(
            "orders.maybe_booked_elsewhere",
            count=len(suspects),
            message="Dinero holds invoices that look like these orders' and weren't made by "
            "dinero-sync. If Shoporama's own Dinero integration is on, switch it off: together "
            "they book every sale twice.",
        )
    return suspects
