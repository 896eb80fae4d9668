"""What a proved period is made of: each document and each movement, day by day.

A page is made of it, on which a figure leads down to its orders and their rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.reconcile.documents import Document, Unbooked

NOTHING = Decimal("0.00")
LISTED = 3000
"""So many orders and documents are kept one by one; a year of more is told by its sums."""
MOVED_BY_EACH = 8
"""On about so many accounts a document and what follows it move something, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An invoice or credit note of ours, beside what Dinero lists of it."""

    document: Document
    ours: Decimal
    """What it should come to in kroner, negative for a credit note."""
    found: Decimal | None
    """What it comes to; None where Dinero's lists lack it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a document of ours moved on one account, in kroner: debit positive."""

    account: int
    day: date
    order_id: int | None
    """None for what is of no single order."""
    name: str
    kind: str
    """A kind of document, as differences have it."""
    ours: Decimal
    found: Decimal


@dataclass(slots=True, kw_only=True)
class Details:
    """Gathers what a period is made of; lists end where there is too much for a page."""

    clearing: AbstractSet[int] = frozenset()
    """The accounts whose balances and fees are told day by day."""
    opening: Mapping[int, Decimal] = field(default_factory=dict)
    """What each of them held before the first day."""
    names: Mapping[int, str] = field(default_factory=dict)
    """What Dinero calls the accounts."""
    codes: Mapping[int, str] = field(default_factory=dict)
    """The VAT codes that accounts have now; those without VAT aren't in it."""
    boxes: Mapping[int, str] = field(default_factory=dict)
    """The boxes of the VAT return that accounts of VAT are in."""
    documents: list[Told] = field(default_factory=list)
    unbooked: list[Unbooked] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    is_whole: bool = True
    """Whether the lists hold all; if not, nothing is to be read from what they lack."""
    sales: dict[tuple[date, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """What Dinero's invoices less credit notes come to, by day and payment type, in kroner."""
    fees: dict[tuple[date, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """What providers kept of payouts, by day and clearing account, positive."""
    changes: dict[tuple[date, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """What anybody's entries moved on each clearing account, by day."""

    def know(self, chart: Chart) -> None:
        """Take the names of accounts, and their VAT codes, from the chart."""
        accounts = [*chart.entry.values(), *chart.deposit.values()]
        self.names = {each.number: each.name for each in accounts}
        self.codes = {each.number: each.vat_code for each in accounts if each.vat_code}

    def add_document(self, document: Document, ours: Decimal, found: Decimal | None) -> None:
        """Take in a document of ours, with its amounts on both sides."""
        if len(self.documents) < LISTED:
            self.documents.append(Told(document=document, ours=ours, found=found))
        else:
            self.is_whole = False

    def add_unbooked(self, order: Unbooked) -> None:
        """Take in an order without an invoice of ours."""
        if len(self.unbooked) < LISTED:
            self.unbooked.append(order)
        else:
            self.is_whole = False

    def add_moved(self, moved: Moved) -> None:
        """Take in what a document moved on one account."""
        if len(self.moved) < LISTED * MOVED_BY_EACH:
            self.moved.append(moved)
        else:
            self.is_whole = False

    def add_sale(self, day: date, payment_type: str, kroner: Decimal) -> None:
        """Take in what an invoice in Dinero comes to; negative for a credit note."""
        self.sales[day, payment_type] += kroner

    def add_fees(self, money: Iterable[Ours]) -> None:
        """Take in what was kept as fees of payouts."""
        for each in money:
            if each.account in self.clearing and each.parts.get(Column.FEES):
                self.fees[each.day, each.account] -= each.parts[Column.FEES]

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Take in what was posted on the clearing accounts, by whomever."""
        for each in entries:
            if each.account in self.clearing:
                self.changes[each.day, each.account] += each.amount

    def balances(self, days: Sequence[date]) -> Iterator[tuple[int, list[Decimal]]]:
        """Yield each clearing account with its balance at the end of ``days``, in their order.

        Accounts that held nothing, and on which nothing moved, are left out.
        """
        used = {account for _, account in self.changes}
        for account in sorted(self.clearing):
            opening = self.opening.get(account, NOTHING)
            if opening or account in used:
                yield account, [opening + self._moved_until(account, day) for day in days]

    def _moved_until(self, account: int, last: date) -> Decimal:
        moved = (
            amount for (day, of), amount in self.changes.items() if of == account and day <= last
        )
        return sum(moved, NOTHING)


def steps(first: date, last: date, *, at_most: int) -> list[tuple[date, date]]:
    """Cut a period into days; where those are more than ``at_most``, into months.

    Returns the first and the last day of each.
    """
    if (last - first).days < at_most:
        days = (first + timedelta(days=each) for each in range((last - first).days + 1))
        return [(day, day) for day in days]
    found = []
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((first, min(last, following - timedelta(days=1))))
        first = following
    return found
