"""``reconcile``: a period's orders, our documents and Dinero's books held against each other.

Reads the journal, the shop and Dinero, and writes to none of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from sqlite3 import Connection
from uuid import UUID

from dinero_sync.clock import SystemClock
from dinero_sync.config.inboxes.payouts import sources_of
from dinero_sync.config.model import Config
from dinero_sync.dinero import contacts, credit_notes, entries, invoices
from dinero_sync.dinero.errors import DeletedError, NotFoundError
from dinero_sync.dinero.invoices import InvoiceSummary
from dinero_sync.dinero.organisations import AccountingYear, accounting_years, chart
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.documents import CreditPlan, Plan
from dinero_sync.domain.hold import HoldReason
from dinero_sync.domain.identity import order_in
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.payout import Source
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import FILE_NAME, reading
from dinero_sync.journal.documents import DocumentKind
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.money import moved, sent
from dinero_sync.journal.money.laid_out import lay_out, of_days, paid_on
from dinero_sync.journal.money.sent import Sent
from dinero_sync.journal.papers.payouts import item_guids
from dinero_sync.posting.clearing.ours import Ours
from dinero_sync.posting.reconcile.comparison import Comparison, Part
from dinero_sync.posting.reconcile.details import Details
from dinero_sync.posting.reconcile.documents import (
    Answers,
    Bought,
    Document,
    Listed,
    Named,
    Unbooked,
)
from dinero_sync.posting.reconcile.outcome import Kind, Reconciled
from dinero_sync.sync.insight import purchases
from dinero_sync.sync.insight.clearing import (
    clearing_accounts,
    of_item,
    of_payment,
    opening,
)
from dinero_sync.sync.insight.forgotten import ForgottenPayouts, forgotten_notes
from dinero_sync.sync.insight.unbooked import Unread, unbooked
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.sync.work.workplace import open_workplace

Days = tuple[date, date]
"""The first and the last."""
BESIDE = timedelta(days=62)
"""How far around the period documents are looked for whose numbers the period lacks."""
AT_ONCE = 2000
"""With about so many documents a part of the period is read: each has some five entries."""
KINDS = {
    "payment": Kind.PAYMENT,
    "gift_card_payment": Kind.PAYMENT,
    "refund": Kind.REFUND,
    "gift_card_refund": Kind.REFUND,
    "chargeback": Kind.CHARGEBACK,
    "payout": Kind.PAYOUT,
    "gift_card": Kind.GIFT_CARD,
}


def reconcile(  # noqa: PLR0913 - what is asked for, by name
    config: Config,
    config_file: str,
    clock: SystemClock,
    first: date,
    last: date,
    *,
    with_balances: bool = False,
) -> Reconciled:
    """Prove the period from ``first`` to ``last``, or say what differs.

    With ``with_balances`` the clearing accounts are told day by day, from what they held before.

    Raises UsageError for a period that ends before it begins, that is older than what the journal
    keeps, or without a journal; LockHeldError while a run is at work; NotConnectedError; and
    TemporaryError where a read failed or was cut short.
    """
    if first > last:
        raise UsageError(spoken("--to {last} lies before --from {first}.", last=last, first=first))
    folder = state_folder(config)
    if not (folder / FILE_NAME).exists():
        raise UsageError(
            spoken(
                "There is no journal in {folder}, so there is nothing to compare. Let a run finish "
                "first: dinero-sync run",
                folder=folder,
            )
        )
    with (
        open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place,
        run_lock(folder),
        reading(folder) as db,
    ):
        new = Unread(place.shop, place.quota, place.reader, place.settings, folder, config)
        orders = unbooked(db, place.db, new, first, last)
        clearing = {each.number for each in clearing_accounts(config)} if with_balances else set()
        organization_id = place.settings.organization_id
        sources = sources_of(config.payouts)
        days = (first, last)
        return prove(place.dinero, db, organization_id, days, orders, sources, clearing)


def prove(  # noqa: PLR0913, PLR0917 - both sides, and what is asked of them
    dinero: Transport,
    db: Connection,
    organization_id: int,
    days: Days,
    orders: Iterable[Unbooked],
    sources: Sequence[Source] = (),
    clearing: Collection[int] = (),
) -> Reconciled:
    """Hold a period against Dinero; ``orders`` are those without an invoice of ours.

    ``sources`` are those of payouts, and ``clearing`` the accounts that are told day by day. Raises
    TemporaryError where a read failed or was cut short, and UsageError where the journal doesn't
    keep the period any more.
    """
    first, last = days
    years = sorted(accounting_years(dinero), key=lambda each: each.first)
    details = Details(
        clearing=frozenset(clearing),
        opening=opening(dinero, years, first, clearing) if clearing else {},
    )
    comparison = Comparison(chart(dinero), frozenset(contacts.deleted(dinero)), details)
    comparison.take_unbooked(orders)
    bills = purchases.of_days(db, first, last)
    comparison.take_received(map(purchases.received, bills))
    known = _Known(
        credited=sent.credited(db),
        items=_items(db, last, {each.fee_account for each in sources}),
        forgotten=ForgottenPayouts(item_guids(db), sources, organization_id),
        bills=[purchases.bought(db, each) for each in bills if purchases.is_booked(each)],
        last=last,
        organization_id=organization_id,
    )
    lay_out(db, moved.registered(db, date.max))
    for part in _parts(sent.days(db, first, last), first, last):
        comparison.take(_part(dinero, years, db, known, part))
    return comparison.conclude(first, last, _answers(dinero, db, comparison, known, days))


def _parts(documents: Mapping[date, int], first: date, last: date) -> Iterator[Days]:
    """Cut a period into parts that fit into memory: months, or fewer days with many documents."""
    begins, count = first, 0
    while first <= last:
        count += documents.get(first, 0)
        following = first + timedelta(days=1)
        if following.day == 1 or following > last or count >= AT_ONCE:
            yield begins, first
            begins, count = following, 0
        first = following


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the journal tells of the whole period at once."""

    credited: Mapping[int, list[tuple[date, Decimal]]]
    items: Sequence[tuple[Kind, Ours]]
    """Payouts and what else is a ledger item."""
    bills: Sequence[Bought]
    """Those that are booked in the period."""
    forgotten: ForgottenPayouts
    last: date
    organization_id: int


def _items(db: Connection, last: date, fees: set[int]) -> list[tuple[Kind, Ours]]:
    return [
        (KINDS[item.kind], ours) for item in moved.items(db, last) for ours in of_item(item, fees)
    ]


def _part(
    dinero: Transport, years: Sequence[AccountingYear], db: Connection, known: _Known, days: Days
) -> Part:
    """Gather what both sides have of some days."""
    booked = list(sent.booked(db, *days))
    paid = paid_on(db, (each.order_id for each in booked))
    payments = ((KINDS[each.kind], of_payment(each)) for each in of_days(db, *days))
    items = ((kind, ours) for kind, ours in known.items if days[0] <= ours.day <= days[1])
    return Part(
        documents=[_document(each, known, paid) for each in booked],
        listed=[*_listed(dinero, days)],
        money=[*payments, *items],
        entries=[*entries.between(dinero, years, *days)],
        bills=[each for each in known.bills if days[0] <= each.day <= days[1]],
    )


def _listed(dinero: Transport, days: Days) -> Iterator[Listed]:
    """Yield the booked invoices and credit notes that Dinero has of some days."""
    for each in invoices.listed(dinero, *days):
        if each.number is not None:
            yield _as_listed(each, is_credit=False)
    for each in credit_notes.listed(dinero, *days):
        if each.number is not None:
            yield _as_listed(each, is_credit=True)


def _as_listed(summary: InvoiceSummary, *, is_credit: bool) -> Listed:
    in_kroner = summary.total if summary.currency == KRONER else summary.total_dkk
    return Listed(
        guid=summary.guid,
        number=summary.number,
        day=summary.date,
        reference=summary.reference,
        heading=summary.heading,
        contact=summary.contact_guid,
        currency=summary.currency,
        total=summary.total,
        vat=summary.vat,
        kroner=in_kroner or Decimal(0),
        is_paid=summary.is_paid,
        is_overpaid=summary.is_overpaid,
        is_credit=is_credit,
    )


def _document(each: Sent, known: _Known, paid: Mapping[int, Decimal]) -> Document:
    """Return a document with what else is known of its order.

    Raises UsageError where its contents aren't in the journal (any more).
    """
    if each.plan is None:
        raise UsageError(
            spoken(
                "What was booked of order {order} on {day} isn't in the journal: it was removed "
                "for its age, or the journal was made anew after the order was cancelled. So that "
                "period can't be proved. Choose a later --from.",
                order=str(each.order_id),
                day=each.day,
            )
        )
    notes = known.credited.get(each.order_id, [])
    return Document(
        order_id=each.order_id,
        number=each.number,
        key=each.key,
        day=each.day,
        document_number=each.document_number,
        contact=each.contact,
        total_dkk=each.total_dkk,
        plan=each.plan,
        payment_type=each.payment_type,
        has_margins=each.has_margins,
        is_sale=each.key == DocumentKind.INVOICE,
        credited=sum((total for day, total in notes if day <= known.last), Decimal(0)),
        credited_ever=sum((total for _, total in notes), Decimal(0)),
        paid_ever=paid.get(each.order_id, Decimal(0)),
        awaits_payment=each.awaits_payment,
        in_shop=_in_shop(each),
    )


def _in_shop(each: Sent) -> Decimal | None:
    if each.changed is HoldReason.CANCELLED_AFTER_BOOKING:
        return Decimal(0)
    if each.order_total is None or not each.changed:
        return None
    by_card = each.plan.paid_by_card if isinstance(each.plan, Plan) else Decimal(0)
    return each.order_total + by_card  # which the shop took off the total


def _answers(
    dinero: Transport, db: Connection, comparison: Comparison, known: _Known, days: Days
) -> Answers:
    """Look up what the lists of the period leave open, document by document."""
    notes = comparison.foreign_credit_notes
    credit_notes_for = {
        each.guid: order
        for each in notes
        if (order := _order_credited(dinero, each.guid)) is not None
    }
    told = ((each.guid, each.reference, each.day) for each in notes)
    lost = forgotten_notes(dinero, db, known.organization_id, told)
    names = comparison.names | set(credit_notes_for.values())
    orders = {name: found for name in names if (found := _named(db, name, known)) is not None}
    return Answers(
        days={
            **{
                each.invoice.guid: day for each in comparison.missing if (day := _day(dinero, each))
            },
            **dict(purchases.days_elsewhere(dinero, known.bills, comparison.unfound_bills)),
        },
        credits=credit_notes_for,
        forgotten={each.guid: each.vouchers for each in lost},
        payouts=known.forgotten.among(comparison.strange_entries),
        orders=orders,
        numbers=_numbers(dinero, db, comparison.gaps, days),
    )


def _day(dinero: Transport, document: Document) -> date | None:
    """Return the day that one of our documents bears in Dinero; None where it isn't there."""
    read = credit_notes.read if document.is_credit else invoices.read
    with suppress(NotFoundError, DeletedError):
        found = read(dinero, document.invoice.guid)
        return found.date if found.booked else None
    return None


def _order_credited(dinero: Transport, guid: UUID) -> str | None:
    """Return the order whose invoice somebody else's credit note is for; None for no order."""
    with suppress(NotFoundError, DeletedError):
        invoice = credit_notes.invoice_credited(dinero, guid)
        if invoice is not None:
            return order_in(invoices.read(dinero, invoice).reference)
    return None


def _named(db: Connection, name: str, known: _Known) -> Named | None:
    """Return the order with an id or a number, as far as we booked it."""
    found = sent.named(db, name)
    sale = next((each for each in found if each.key == DocumentKind.INVOICE), None)
    if sale is None or not isinstance(sale.plan, Plan):
        return None
    document = _document(sale, known, {})
    return Named(
        order_id=sale.order_id,
        number=sale.number,
        total=sale.plan.invoice.total,
        payment_type=sale.payment_type,
        documents=frozenset(_guid(each.plan) for each in found if each.plan is not None),
        day=sale.day,
        kroner=document.kroner(),
        credited=document.credited,
    )


def _guid(plan: Plan | CreditPlan) -> UUID:
    return plan.note.guid if isinstance(plan, CreditPlan) else plan.invoice.guid


def _numbers(
    dinero: Transport, db: Connection, gaps: Sequence[tuple[int, int]], days: Days
) -> dict[int, tuple[date, str]]:
    """Find the numbers that the period lacks among documents of other days."""
    found = {
        number: (day, order)
        for first, last in gaps
        for number, day, order in sent.numbered(db, first, last)
    }
    left = [(low, high) for low, high in gaps if _within(found, low, high) <= high - low]
    first, last = days
    around = ((first - BESIDE, first - timedelta(1)), (last + timedelta(1), last + BESIDE))
    for each in _all_listed(dinero, around if left else ()):
        number = each.number
        if number is not None and any(low <= number <= high for low, high in left):
            found.setdefault(number, (each.day, ""))
    return found


def _within(numbers: Iterable[int], low: int, high: int) -> int:
    """Count the numbers of a row; one that somebody chose may be millions above the last."""
    return sum(low <= each <= high for each in numbers)


def _all_listed(dinero: Transport, periods: Iterable[Days]) -> Iterator[Listed]:
    for days in periods:
        yield from _listed(dinero, days)
