"""Our documents against Dinero's lists of invoices and credit notes."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from dinero_sync.domain.identity import order_in
from dinero_sync.posting.reconcile.details import Details
from dinero_sync.posting.reconcile.documents import Answers, Document, Listed, Named
from dinero_sync.posting.reconcile.outcome import (
    NOTHING,
    Both,
    Cause,
    Difference,
    Kind,
    Sums,
)

TELLING = 4
"""How many digits of a number in a text tell an order from days, years and quantities, nearly."""
DIGITS = re.compile(r"\d+")
UNPLANNED_CREDITS = {Cause.CREDITED_ELSEWHERE, Cause.FORGOTTEN}
"""Credit notes that the journal knows nothing of, for which an invoice may look overpaid."""
SAME_TOTAL = Decimal("1.00")
"""How far totals of one sale may differ: lines without VAT can't express every total."""


@dataclass(slots=True)
class Lists:
    """Compares part by part; what its part doesn't tell is kept to the end."""

    sums: Sums
    deleted: AbstractSet[UUID]
    """Contacts that are deleted in Dinero."""
    missing: dict[UUID, Document] = field(default_factory=dict)
    """Ours that no list had so far."""
    strangers: dict[UUID, Listed] = field(default_factory=dict)
    """Listed, and not ours so far."""
    numbers: set[int] = field(default_factory=set)
    """Dinero's numbers that are taken in the period."""
    differences: list[Difference] = field(default_factory=list)
    details: Details = field(default_factory=Details)
    forgotten: dict[Named, Decimal] = field(default_factory=dict)
    """What credit notes that the journal forgot come to, by order, in its currency."""

    def take(self, documents: Sequence[Document], listed: Sequence[Listed]) -> dict[UUID, Listed]:
        """Compare some days; returns what the lists have of its documents."""
        found = {each.guid: each for each in listed}
        self.numbers.update(each.number for each in listed if each.number is not None)
        matched: dict[UUID, Listed] = {}
        for document in documents:
            guid = document.invoice.guid
            other = found.pop(guid, None) or self.strangers.pop(guid, None)
            if other is None:
                self.missing[guid] = document
            else:
                matched[guid] = other
                self._compare(document, other)
        for guid, other in found.items():
            late = self.missing.pop(guid, None)
            if late is None:
                self.strangers[guid] = other
            else:
                self._compare(late, other)
        return matched

    def _compare(self, document: Document, listed: Listed) -> None:
        self._add_ours(document, listed)
        self._add_found(listed, document.payment_type)
        self.differences += _differences(document, listed, self.deleted)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last of each row of numbers that nothing in the period has."""
        taken = sorted(self.numbers)
        for before, after in pairwise(taken):
            if after > before + 1:
                yield before + 1, after - 1

    def names(self) -> set[str]:
        """Return what of the invoices that aren't ours may be the name of an order."""
        return {name for each in self.strangers.values() for name in _names(each)}

    def conclude(self, answers: Answers) -> list[Difference]:
        """Say what became of ours that no list has, and whose those are that aren't ours."""
        found = list(self.differences)
        for guid, document in self.missing.items():
            day = answers.days.get(guid)
            self._add_ours(document, None)
            found.append(
                _difference(
                    document,
                    Cause.MISSING if day is None else Cause.OTHER_DAY,
                    -document.sign * document.kroner(),
                    day=day or document.day,
                )
            )
        strangers = [self._stranger(each, answers) for each in self.strangers.values()]
        named = [each for each in strangers if each is not None]
        credited = {each.order_id for each in named if each.cause in UNPLANNED_CREDITS}
        return named + [
            each
            for each in found
            if each.cause is not Cause.PAID_ELSEWHERE or each.order_id not in credited
        ]

    def _stranger(self, listed: Listed, answers: Answers) -> Difference | None:
        """Tell what a document that isn't ours does to an order of ours; None where nothing."""
        order = _order_of(listed, answers)
        if order is None or not order.documents:
            return None
        amount = _sign(listed) * listed.kroner
        if listed.guid in order.documents:
            cause = Cause.OTHER_DAY
        elif listed.guid in answers.forgotten:
            cause, amount = Cause.FORGOTTEN, NOTHING
            self._add_alike(listed, order.payment_type)
            self.forgotten[order] = self.forgotten.get(order, NOTHING) + listed.total
        else:
            cause = Cause.CREDITED_ELSEWHERE if listed.is_credit else Cause.DOUBLED
        self._add_found(listed, order.payment_type)
        return Difference(
            order_id=order.order_id,
            document=order.number,
            kind=_kind(listed),
            amount=amount,
            cause=cause,
            day=listed.day,
            document_number=listed.number,
        )

    def _add_ours(self, document: Document, listed: Listed | None) -> None:
        """Count a document of ours on our side."""
        sums, sign = self.sums, document.sign
        kroner = sign * document.kroner(listed.kroner if listed else None)
        sums.documents.ours += kroner
        currency = document.invoice.currency
        sums.by_currency.setdefault(currency, Both()).ours += sign * document.invoice.total
        sums.by_payment_type.setdefault(document.payment_type, Both()).ours += kroner
        found = _sign(listed) * listed.kroner if listed else None
        self.details.add_document(document, kroner, found)

    def _add_alike(self, listed: Listed, payment_type: str) -> None:
        """Count a document on our side as Dinero has it: nobody knows better any more."""
        sums, sign = self.sums, _sign(listed)
        sums.documents.ours += sign * listed.kroner
        sums.by_currency.setdefault(listed.currency, Both()).ours += sign * listed.total
        sums.by_payment_type.setdefault(payment_type, Both()).ours += sign * listed.kroner

    def _add_found(self, listed: Listed, payment_type: str) -> None:
        """Count a document on Dinero's side."""
        sums, sign = self.sums, _sign(listed)
        kroner = sign * listed.kroner
        if listed.is_credit:
            sums.credit_notes += 1
        else:
            sums.invoices += 1
        sums.documents.found += kroner
        sums.by_currency.setdefault(listed.currency, Both()).found += sign * listed.total
        sums.by_payment_type.setdefault(payment_type, Both()).found += kroner
        self.details.add_sale(listed.day, payment_type, kroner)


def _order_of(listed: Listed, answers: Answers) -> Named | None:
    """Return the order that a document is about: by a reference of ours, or by what it says.

    A number in its text tells an order only where the total is the order's, too.
    """
    if listed.is_credit and listed.guid in answers.credits:
        return answers.orders.get(answers.credits[listed.guid])
    ours = order_in(listed.reference)
    if ours is not None:
        return answers.orders.get(ours)
    exact = answers.orders.get(listed.reference.strip())
    if exact is not None:
        return exact
    said = (answers.orders.get(each) for each in _names(listed))
    same = (each for each in said if each and abs(each.total - listed.total) <= SAME_TOTAL)
    return next(same, None)


def _names(listed: Listed) -> set[str]:
    """Return what of a document may be the name of an order."""
    reference = listed.reference.strip()
    ours = order_in(reference)
    if ours is not None:
        return {ours}
    words = DIGITS.findall(f"{reference}\n{listed.heading}")
    return {reference, *(each for each in words if len(each) >= TELLING)} - {""}


def _differences(
    document: Document, listed: Listed, deleted: AbstractSet[UUID]
) -> Iterator[Difference]:
    off = document.sign * (listed.kroner - document.kroner(listed.kroner))
    total_differs = listed.total != document.invoice.total
    if total_differs or off or listed.currency != document.invoice.currency:
        yield _difference(document, Cause.EDITED if total_differs else Cause.RATE, off)
    elif listed.contact != document.contact and None not in {listed.contact, document.contact}:
        yield _difference(document, Cause.EDITED, NOTHING)
    if listed.day != document.day:
        yield _difference(document, Cause.OTHER_DAY, NOTHING, day=listed.day)
    if listed.contact in deleted:
        yield _difference(document, Cause.DELETED_CONTACT, NOTHING)
    if document.is_sale:
        yield from _changed_in_shop(document)
        if not total_differs:
            yield from _of_payments(document, listed)


def _changed_in_shop(document: Document) -> Iterator[Difference]:
    left = document.invoice.total - document.credited_ever
    if document.in_shop is not None and document.in_shop != left:
        booked_more = left - document.in_shop
        yield _difference(document, Cause.CHANGED_IN_SHOP, booked_more, kind=Kind.ORDER)


def _of_payments(document: Document, listed: Listed) -> Iterator[Difference]:
    """Say where an invoice is paid otherwise than by our payments, by its status alone."""
    left = document.invoice.total - document.credited_ever
    paid = document.paid_ever
    if document.awaits_payment and listed.is_paid and left > 0 and not paid:
        yield _difference(document, Cause.PAID_ELSEWHERE, document.kroner(), kind=Kind.PAYMENT)
    elif listed.is_overpaid and not document.is_foreign and paid <= left:
        yield _difference(document, Cause.PAID_ELSEWHERE, NOTHING, kind=Kind.PAYMENT)
    elif paid >= left > 0 and not listed.is_paid and not document.is_foreign:
        yield _difference(document, Cause.MISSING, -paid, kind=Kind.PAYMENT)


def _difference(
    document: Document,
    cause: Cause,
    amount: Decimal,
    *,
    kind: Kind | None = None,
    day: date | None = None,
) -> Difference:
    usual = Kind.CREDIT_NOTE if document.is_credit else Kind.INVOICE
    return Difference(
        order_id=document.order_id,
        document=document.number,
        kind=kind or usual,
        amount=amount,
        cause=cause,
        day=day or document.day,
        document_number=document.document_number,
    )


def _kind(listed: Listed) -> Kind:
    return Kind.CREDIT_NOTE if listed.is_credit else Kind.INVOICE


def _sign(listed: Listed) -> int:
    return -1 if listed.is_credit else 1
