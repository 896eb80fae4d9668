"""A period proved part by part, so that a year of many orders needn't be held in memory."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.chart import Chart, Entry, EntryKind
from dinero_sync.domain.money import KRONER
from dinero_sync.posting.clearing.ours import Ours
from dinero_sync.posting.reconcile.books import AccountBooks
from dinero_sync.posting.reconcile.details import Details
from dinero_sync.posting.reconcile.documents import (
    Answers,
    Bought,
    Document,
    Listed,
    OrderClass,
    Received,
    Unbooked,
)
from dinero_sync.posting.reconcile.lists import Lists
from dinero_sync.posting.reconcile.outcome import (
    NOTHING,
    Cause,
    Difference,
    Gap,
    Kind,
    Reconciled,
    Sums,
)

SAME = {
    Cause.MISSING: {Cause.MISSING, Cause.REVERSED},
    Cause.EDITED: {Cause.EDITED, Cause.ROUNDING},
}
"""What the entries of a document say once more, where the lists have said the first of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What both sides have of some days of the period."""

    documents: Sequence[Document]
    """Ours of these days, booked."""
    listed: Sequence[Listed]
    """The booked invoices and credit notes in Dinero, by whomever."""
    money: Sequence[tuple[Kind, Ours]]
    """Payments, refunds and payouts of ours."""
    entries: Sequence[Entry]
    bills: Sequence[Bought] = ()
    """Those of ours that are booked."""


class Comparison:
    """Takes in a period, part by part, and then says what came of it."""

    def __init__(
        self, chart: Chart, deleted: AbstractSet[UUID], details: Details | None = None
    ) -> None:
        """Begin, with the chart of accounts as it is now and the contacts that are deleted.

        ``details`` say whose balances are to be told day by day.
        """
        self._details = details or Details()
        self._details.know(chart)
        self._sums = Sums()
        self._chart = chart
        self._lists = Lists(self._sums, deleted, details=self._details)
        self._books = AccountBooks(self._sums, chart, details=self._details)

    def take(self, part: Part) -> None:
        """Take in some days."""
        listed = self._lists.take(part.documents, part.listed)
        for document in part.documents:
            if document.is_sale:
                found = listed.get(document.invoice.guid)
                told = found.kroner if found else None
                self._classed(document.order_class, document.kroner(told))
        posted = [each for each in part.entries if each.kind is EntryKind.POSTED]
        self._books.take(part.documents, listed, part.money, part.bills, posted)
        self._details.add_fees(ours for _, ours in part.money)
        self._details.add_entries(posted)

    def take_unbooked(self, orders: Iterable[Unbooked]) -> None:
        """Take in the orders of the period that have no invoice of ours."""
        for each in orders:
            in_kroner = each.total if each.currency == KRONER else None
            self._classed(each.order_class, in_kroner or NOTHING)
            self._details.add_unbooked(each)

    def take_received(self, bills: Iterable[Received]) -> None:
        """Take in the bills of the period, whatever became of them."""
        for each in bills:
            so_far = self._sums.bills[each.bill_class]
            so_far.orders += 1
            so_far.total += each.total

    def _classed(self, order_class: OrderClass, total: Decimal) -> None:
        so_far = self._sums.classes[order_class]
        so_far.orders += 1
        so_far.total += total

    @property
    def missing(self) -> list[Document]:
        """Our documents that no list of the period has."""
        return list(self._lists.missing.values())

    @property
    def unfound_bills(self) -> set[UUID]:
        """Vouchers of our bills that no entry of the period bears."""
        return self._books.unfound

    @property
    def foreign_credit_notes(self) -> list[Listed]:
        """Credit notes of the period that aren't ours, as far as the journal knows."""
        return [each for each in self._lists.strangers.values() if each.is_credit]

    @property
    def names(self) -> set[str]:
        """What of the documents that aren't ours may be the id or the number of an order."""
        return self._lists.names()

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """First and last of each row of numbers that no document of the period has."""
        return list(self._lists.gaps())

    @property
    def strange_entries(self) -> Sequence[Entry]:
        """Entries of the period that aren't ours, as far as the journal knows."""
        return self._books.loose

    def _credit_forgotten(self, first: date, last: date) -> None:
        """Class the orders as credited that credit notes took whole which the journal forgot."""
        booked, credited = (
            self._sums.classes[each] for each in (OrderClass.BOOKED, OrderClass.CREDITED)
        )
        for order, total in self._lists.forgotten.items():
            if first <= order.day <= last and order.is_whole_with(total):
                booked.orders, credited.orders = booked.orders - 1, credited.orders + 1
                booked.total -= order.kroner
                credited.total += order.kroner

    def conclude(self, first: date, last: date, answers: Answers) -> Reconciled:
        """Say what came of the period, with what was looked up of single documents."""
        of_books = self._books.conclude(self._lists.strangers.keys(), answers)
        of_lists = [*_without_repeated_payments(self._lists.conclude(answers), of_books)]
        said = {(each.order_id, each.kind, same) for each in of_lists for same in _same(each.cause)}
        self._credit_forgotten(first, last)
        told = (each for each in of_books if (each.order_id, each.kind, each.cause) not in said)
        of_accounts = _closed(self._books.sales, self._chart)
        differences = [*of_lists, *told, *of_accounts]
        return Reconciled(
            first=first,
            last=last,
            sums=self._sums,
            differences=tuple(sorted(differences, key=_place)),
            gaps=tuple(_explained(self.gaps, answers)),
            details=self._details,
        )


def _same(cause: Cause) -> set[Cause]:
    return SAME.get(cause, {cause})


def _without_repeated_payments(
    of_lists: Iterable[Difference], of_books: Sequence[Difference]
) -> Iterator[Difference]:
    """Leave out what the lists say of a payment that its own entries tell better."""
    told = {each.order_id for each in of_books if each.kind is Kind.PAYMENT}
    for each in of_lists:
        is_repeated = each.kind is Kind.PAYMENT and each.cause is Cause.MISSING
        if not (is_repeated and each.order_id in told):
            yield each


def _closed(sales: Iterable[int], chart: Chart) -> Iterator[Difference]:
    """Say which accounts that sales were posted on are closed, or hidden, by now."""
    for number in sorted(sales):
        account = chart.entry.get(number)
        if account is not None and account.hidden:
            yield Difference(
                order_id=None,
                document=str(number),
                kind=Kind.ACCOUNT,
                amount=NOTHING,
                cause=Cause.ACCOUNT_CLOSED,
                account=number,
            )


def _explained(gaps: Iterable[tuple[int, int]], answers: Answers) -> Iterator[Gap]:
    """Cut gaps into those that a document of another day explains, and the rest."""
    for first, last in gaps:
        begins = first
        for number in sorted(each for each in answers.numbers if first <= each <= last):
            if begins < number:
                yield Gap(first=begins, last=number - 1)
            day, order = answers.numbers[number]
            yield Gap(first=number, last=number, day=day, order=order)
            begins = number + 1
        if begins <= last:
            yield Gap(first=begins, last=last)


def _place(difference: Difference) -> tuple[object, ...]:
    return (
        difference.day or date.max,
        difference.order_id or 0,
        difference.document,
        difference.kind,
        difference.cause,
    )
