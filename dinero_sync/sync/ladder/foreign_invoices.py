"""Whether an order is in the books by other means: another integration's, or a person's.

Looked for before anything is made for an order. What may be the same sale is held; nothing is
guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero import invoices
from dinero_sync.dinero.errors import RejectedError
from dinero_sync.dinero.invoices import InvoiceSummary
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import Hold, HoldReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.step import ORDER, command, sentence
from dinero_sync.journal import cache, contacts
from dinero_sync.journal.documents import OrderRecord, Rung
from dinero_sync.journal.effects import EffectKind
from dinero_sync.journal.orders import Underway
from dinero_sync.sync.ladder.contact import contacts_in_dinero, refresh_directory
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.work.ledger import Ledger
from dinero_sync.sync.work.outcome import held

NEAR = timedelta(days=7)
"""How far an invoice with about the same total is worth a call, to see what its text says."""
SAME_TOTAL = Decimal("1.00")
"""How far totals of one sale may differ: lines without VAT can't express every total."""
OUR_REFERENCE = re.compile(r"shoporama:(\d+)")
TELLING = 4
"""How many digits of an order's number tell it apart from days, years and quantities, nearly."""
DIGITS = re.compile(r"\d+")


def is_to_be_compared(ledger: Ledger, order: Underway) -> bool:
    """Tell whether nothing was made for an order yet and nobody said that it isn't elsewhere."""
    return (
        order.rung is Rung.PLANNED
        and not order.not_elsewhere
        and not ledger.may_have(order, EffectKind.DRAFT)
    )


def find_elsewhere(
    ledger: Ledger,
    records: Iterable[OrderRecord],
    listed: Sequence[InvoiceSummary],
    organization_id: int,
) -> Iterator[OrderRecord]:
    """Yield, held, each order that has an invoice in Dinero which isn't ours but may be its.

    ``listed`` are the invoices around the orders' days. Where none of them tells by itself, those
    with about an order's total near its day are read: one call for each, and never again once it is
    booked. ``records`` are those that :func:`is_to_be_compared` names, read one by one.
    """
    made_by_others = [each for each in listed if not _is_ours(each, organization_id)]
    if not made_by_others:
        return
    others = _Others(ledger, made_by_others)
    for record in records:
        matches = others.like(record)
        if matches:
            yield held(record, _hold(matches), ledger.clock.now())


def _is_ours(invoice: InvoiceSummary, organization_id: int) -> bool:
    reference = OUR_REFERENCE.fullmatch(invoice.reference)
    return reference is not None and invoice.guid == invoice_guid(
        organization_id, int(reference.group(1))
    )


class _Others:
    """The invoices in Dinero that somebody else made."""

    def __init__(self, ledger: Ledger, invoices: list[InvoiceSummary]) -> None:
        self._ledger = ledger
        self._invoices = invoices
        self._read: dict[UUID, frozenset[str]] = {}
        self._knows_buyers = False

    def like(self, record: OrderRecord) -> list[InvoiceSummary]:
        """List those that name an order, or have its buyer, its day and about its total."""
        ours = planned(record)
        near = {each.guid for each in self._invoices if _is_near(each, ours)}
        that_day = [
            each for each in self._invoices if each.guid in near and each.date == ours.invoice.date
        ]
        self._know_buyers_of(that_day)
        buyers = contacts_in_dinero(self._ledger, ours.contact)
        to_them = {each.guid for each in that_day if each.contact_guid in buyers}
        told = [
            each
            for each in self._invoices
            if _names(record, each, is_near=each.guid in near) or each.guid in to_them
        ]
        to_read = [each for each in self._invoices if each.guid in near]
        return told or [each for each in to_read if _is_among(record, self._numbers_in(each))]

    def _know_buyers_of(self, invoices: Iterable[InvoiceSummary]) -> None:
        """Read which contacts changed, once, if an invoice is to one that we don't know.

        Whoever books beside us makes contacts of their own, for buyers that we know, too.
        """
        if self._knows_buyers:
            return
        named = [each.contact_guid for each in invoices if each.contact_guid is not None]
        if not all(contacts.is_known(self._ledger.db, guid) for guid in named):
            refresh_directory(self._ledger)
            self._knows_buyers = True

    def _numbers_in(self, invoice: InvoiceSummary) -> frozenset[str]:
        """Return the numbers in an invoice's comment and lines; a booked one is read but once."""
        if invoice.guid not in self._read:
            self._read[invoice.guid] = frozenset(self._kept_numbers(invoice))
        return self._read[invoice.guid]

    def _kept_numbers(self, invoice: InvoiceSummary) -> list[str]:
        name = f"elsewhere_{invoice.guid}"
        kept = cache.recall_however_old(self._ledger.db, name, list[str])
        if kept is not None:
            return kept
        try:
            found = invoices.read(self._ledger.transport, invoice.guid)
        except RejectedError:  # it is gone meanwhile
            return []
        lines = [line.description for line in found.lines]
        numbers = DIGITS.findall("\n".join([found.comment, *lines, *found.texts]))
        if found.booked:
            now = self._ledger.clock.now()
            cache.keep(self._ledger.db, name, list[str], numbers, now)
        return numbers


def _is_near(other: InvoiceSummary, ours: Plan) -> bool:
    """Tell whether an invoice has about the total and the day of the one that was planned.

    Whoever takes a gift card for a discount makes it of what the card left.
    """
    total = ours.invoice.total
    totals = {total, total - ours.paid_by_card}
    is_same = any(abs(other.total - each) <= SAME_TOTAL for each in totals)
    return is_same and abs(other.date - ours.invoice.date) <= NEAR


def _names(record: OrderRecord, other: InvoiceSummary, *, is_near: bool) -> bool:
    """Tell whether the list shows an order's number or id as a number of its own.

    A short number may be a day or a quantity: in a text it tells only where the total fits.
    """
    numbers = {record.number, str(record.order_id)}
    telling = [each for each in numbers if is_near or len(each) >= TELLING]
    text = f"{other.reference}\n{other.heading}"
    return other.reference.strip() in numbers or any(
        re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) for number in telling
    )


def _is_among(record: OrderRecord, numbers: frozenset[str]) -> bool:
    """Tell whether an order's number or id is among ``numbers``."""
    digits = DIGITS.findall(record.number)
    return str(record.order_id) in numbers or (bool(digits) and numbers.issuperset(digits))


def _hold(matches: list[InvoiceSummary]) -> Hold:
    return Hold(
        reason=HoldReason.MAYBE_BOOKED_ELSEWHERE,
        text=HoldReason.MAYBE_BOOKED_ELSEWHERE,
        facts={"found": tuple(part for each in matches for part in (each.number or 0, each.date))},
        steps=(
            sentence("compare_same_sale"),
            command("adopt", ORDER),
            sentence("another_sale"),
            command("retry", ORDER),
            sentence("switch_integration_off"),
        ),
    )
