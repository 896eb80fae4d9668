"""What our documents posted, against the entries in Dinero's books."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import cast
from uuid import UUID

from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.posting.clearing.ours import Cause as Why
from dinero_sync.posting.clearing.ours import Difference as Off
from dinero_sync.posting.clearing.ours import Found, Ours, find
from dinero_sync.posting.reconcile.details import Details, Moved
from dinero_sync.posting.reconcile.documents import Document, Listed
from dinero_sync.posting.reconcile.outcome import (
    NOTHING,
    OF_INVOICES,
    Both,
    Cause,
    Difference,
    Kind,
    Sums,
)
from dinero_sync.posting.reconcile.postings import (
    USUAL,
    Learning,
    Posting,
    SystemAccounts,
    of_money,
    postings_of,
)

OUTPUT_VAT = "salgsmoms"
BOXES = {
    "UEUV": "rubrik_b_varer_indberettes",
    "UEUV2": "rubrik_b_varer_indberettes_ikke",
    "UEUY": "rubrik_b_ydelser",
    "UVV": "rubrik_c",
    "UVY": "rubrik_c",
    "UVC": "rubrik_c",
}
"""The box of the VAT return (momsangivelse) that each VAT code's sales without VAT are in."""
RESULT = range(50000)
"""Accounts of the profit and loss (resultatopgørelse) in Dinero's chart: what somebody posts there
by hand is a sale or a cost; on those of the balance it may be what moves money on."""
CAUSES = {
    Why.MISSING: Cause.MISSING,
    Why.REVERSED: Cause.REVERSED,
    Why.OTHER_ACCOUNT: Cause.OTHER_ACCOUNT,
    Why.RATE: Cause.RATE,
    Why.ROUNDING: Cause.ROUNDING,
    Why.AMOUNT: Cause.EDITED,
}
OF_A_WHOLE = {Cause.MISSING, Cause.REVERSED}
Recoded = tuple[int, str, str]
"""An account, the VAT code that its entries have, and the one that it has now."""


@dataclass(slots=True)
class AccountBooks:
    """Finds our postings part by part; what its part lacks is looked for at the end."""

    sums: Sums
    chart: Chart
    learning: Learning = field(default_factory=Learning)
    system: SystemAccounts = USUAL
    late: list[Posting] = field(default_factory=list)
    """Ours that no entry of their days is of."""
    loose: list[Entry] = field(default_factory=list)
    """Entries that are nobody's so far."""
    sales: set[int] = field(default_factory=set)
    """The accounts that our sales were posted on."""
    names_tell: bool = False
    """Whether entries bear the names that we gave our vouchers."""
    codes_told: bool = False
    """Whether Dinero tells VAT codes of entries at all."""
    recoded: dict[Recoded, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    differences: list[Difference] = field(default_factory=list)
    details: Details = field(default_factory=Details)

    def take(
        self,
        documents: Sequence[Document],
        listed: dict[UUID, Listed],
        money: Iterable[tuple[Kind, Ours]],
        entries: Sequence[Entry],
    ) -> None:
        """Look for what some days' documents, payments and payouts posted among their entries."""
        self.learning.take(documents, entries)
        self.system = system = self.learning.accounts
        ours = [
            each
            for document in documents
            for each in postings_of(document, listed.get(document.invoice.guid), self.chart, system)
        ]
        self.sales |= {each.account for each in ours if each.is_sale}
        for kind, moved in money:
            ours += of_money(moved, kind, system)
        self.codes_told = self.codes_told or any(each.vat_code for each in entries)
        for entry in entries:
            self._add_all(entry)
        found = find(ours, entries, {each.account for each in entries})
        self.loose += _nobodys(found)
        self.names_tell = self.names_tell or bool(found.amounts)
        for group in _groups(ours):
            if any(each in found.amounts or each in found.elsewhere for each in group):
                self._judge(group, found)
            else:
                self.late += group

    def _add_all(self, entry: Entry) -> None:
        """Count an entry among all that Dinero has on its account, by its code, in its box."""
        for both, sign in self._counted(entry.account, self._code(entry)):
            both.all += sign * entry.amount

    def _counted(
        self, account: int, code: str | None, *, is_ours: bool = False
    ) -> Iterator[tuple[Both, int]]:
        """Yield where an amount counts: on its account; by its code, and in its box, as a sale.

        VAT that was moved on without a code, as when it is settled, is in no box.
        """
        yield self.sums.by_account.setdefault(account, Both()), 1
        if account == self.system.vat:
            if is_ours or code or not self.codes_told:
                yield self.sums.boxes.setdefault(OUTPUT_VAT, Both()), -1
        elif code:
            yield self.sums.by_vat_code.setdefault(code, Both()), -1
            if code in BOXES:
                yield self.sums.boxes.setdefault(BOXES[code], Both()), -1

    def _code(self, entry: Entry) -> str | None:
        """Return an entry's VAT code; where Dinero tells none at all, its account's."""
        if self.codes_told:
            return entry.vat_code
        known = self.chart.entry.get(entry.account)
        return known.vat_code if known else None

    def _judge(self, group: Sequence[Posting], found: Found) -> None:
        """Count a document's postings on both sides, and say what is wrong with them."""
        present = [each for each in group if each.is_certain or each in found.amounts]
        is_rounding = _is_rounding(present, found)
        for each in present:
            ours = found.amounts.get(each, NOTHING) if is_rounding else each.amount
            self._count(each, ours, found)
            if self.codes_told and each.has_code:
                self._note_codes(each, found)
        if not is_rounding:
            offs = [off for off in map(found.difference, present) if off is not None]
            self.differences += _told(offs, len(present))
        self.differences += _other_days(present, found)

    def _count(self, posting: Posting, ours: Decimal, found: Found) -> None:
        """Count a posting on our side as what it should be, and on Dinero's as what it is.

        What Dinero adds to a payment in another currency, by its rate, is as it should be.
        """
        for both, sign in self._counted(posting.account, posting.vat_code, is_ours=True):
            both.ours += sign * ours
        self._detail(posting, posting.account, ours, found.amounts.get(posting, NOTHING))
        for entry in found.entries.get(posting, ()):
            for both, sign in self._counted(entry.account, self._code(entry), is_ours=True):
                both.found += sign * entry.amount
        if posting.is_foreign and posting.kind in OF_INVOICES:
            for entry in found.elsewhere.get(posting, ()):
                for both, sign in self._counted(entry.account, None):
                    both.ours += sign * entry.amount
                    both.found += sign * entry.amount
                self._detail(posting, entry.account, entry.amount, entry.amount)

    def _detail(self, posting: Posting, account: int, ours: Decimal, found: Decimal) -> None:
        if not self.details.is_whole:  # there is too much for a page
            return
        self.details.add_moved(
            Moved(
                account=account,
                day=posting.day,
                order_id=posting.order_id,
                name=posting.name,
                kind=posting.kind,
                ours=ours,
                found=found,
            )
        )

    def _note_codes(self, posting: Posting, found: Found) -> None:
        for entry in found.entries.get(posting, ()):
            if entry.vat_code != posting.vat_code:
                key = (posting.account, entry.vat_code or "", posting.vat_code or "")
                self.recoded[key] -= entry.amount

    def conclude(self, vouchers: AbstractSet[UUID]) -> list[Difference]:
        """Look for what is late in all that is loose, and say what is nobody's.

        ``vouchers`` are the invoices and credit notes in Dinero that aren't ours.
        """
        self.details.vat_account = self.system.vat
        accounts = {each.account for each in self.loose}
        found = find(self.late, self.loose, accounts, names_tell=self.names_tell)
        for group in _groups(self.late):
            self._judge(group, found)
        return [*self.differences, *self._recoded(), *self._by_hand(_nobodys(found), vouchers)]

    def _recoded(self) -> Iterator[Difference]:
        for (account, then, now), amount in sorted(self.recoded.items()):
            yield Difference(
                order_id=None,
                document=str(account),
                kind=Kind.ACCOUNT,
                amount=amount,
                cause=Cause.ACCOUNT_RECODED,
                account=account,
                vat_codes=(then, now),
            )

    def _by_hand(
        self, entries: Iterable[Entry], vouchers: AbstractSet[UUID]
    ) -> Iterator[Difference]:
        """Say what somebody posted on accounts of our sales that is no invoice or credit note."""
        by_voucher: dict[object, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.voucher not in vouchers and self._is_sale(entry):
                by_voucher[entry.voucher or entry.voucher_number or id(entry)].append(entry)
        for of_one in by_voucher.values():
            first = of_one[0]
            yield Difference(
                order_id=None,
                document=first.description or str(first.voucher_number or ""),
                kind=Kind.VOUCHER,
                amount=-sum((each.amount for each in of_one), NOTHING),
                cause=Cause.POSTED_BY_HAND,
                day=first.day,
                account=first.account,
                document_number=first.voucher_number,
            )

    def _is_sale(self, entry: Entry) -> bool:
        if entry.account == self.system.vat:
            return entry.vat_code is not None
        return entry.account in self.sales and (
            entry.account in RESULT or entry.vat_code is not None
        )


def _nobodys(found: Found) -> Iterator[Entry]:
    """Yield the entries that aren't ours, nor of a voucher of ours."""
    moved = {id(entry) for entries in found.elsewhere.values() for entry in entries}
    return (each for each in found.others if id(each) not in moved)


def _groups(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    """Put together what each document posted; they come one document after another."""
    for _, group in groupby(postings, key=attrgetter("group")):
        yield list(group)


def _is_rounding(group: Sequence[Posting], found: Found) -> bool:
    """Tell whether Dinero only laid its rounding elsewhere within the voucher."""
    if not any(each.slack for each in group):
        return False
    off = [found.amounts.get(each, NOTHING) - each.amount for each in group]
    within = all(abs(each) <= one.slack for each, one in zip(off, group, strict=True))
    return within and not sum(off, NOTHING)


def _told(offs: Sequence[Off], postings: int) -> Iterator[Difference]:
    """Say in one what is wrong with some of so many postings of a document, by the largest.

    What is missing on one of its accounts alone isn't gone: somebody edited it.
    """
    if not offs:
        return
    moved = [each for each in offs if each.cause is Why.OTHER_ACCOUNT]
    largest = max(moved or offs, key=lambda each: abs(each.amount))
    cause = CAUSES[largest.cause]
    is_whole = len(offs) == postings and len({each.cause for each in offs}) == 1
    if cause in OF_A_WHOLE and not is_whole:
        cause = Cause.EDITED
    posting = cast("Posting", largest.ours)
    sign = -1 if posting.is_sale else 1
    yield Difference(
        order_id=posting.order_id,
        document=posting.name,
        kind=posting.kind,
        amount=sign * largest.amount,
        cause=cause,
        day=posting.day,
        account=posting.account,
        other_account=largest.other_account,
        document_number=posting.invoice_number,
    )


def _other_days(group: Sequence[Posting], found: Found) -> Iterator[Difference]:
    """Say where a document's voucher bears another day; one that was taken back bears several."""
    for posting in group:
        amount = found.amounts.get(posting, NOTHING)
        for entry in found.entries.get(posting, ()):
            if entry.day != posting.day and entry.voucher == posting.voucher and amount:
                yield Difference(
                    order_id=posting.order_id,
                    document=posting.name,
                    kind=posting.kind,
                    amount=NOTHING,
                    cause=Cause.OTHER_DAY,
                    day=entry.day,
                    account=posting.account,
                    document_number=posting.invoice_number,
                )
                return
