"""What our documents posted, against the entries in Dinero's books."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.posting.clearing.ours import Found, Ours, find
from dinero_sync.posting.reconcile.details import Details, Moved
from dinero_sync.posting.reconcile.documents import Answers, BillClass, Bought, Document, Listed
from dinero_sync.posting.reconcile.judging import (
    doubled,
    groups,
    is_rounding,
    of_posting,
    other_days,
    recoded,
    told,
)
from dinero_sync.posting.reconcile.outcome import (
    NOTHING,
    SETTLES,
    Both,
    Cause,
    Difference,
    Kind,
    Sums,
)
from dinero_sync.posting.reconcile.postings import (
    GOODS_ABROAD,
    SERVICES_ABROAD,
    USUAL,
    Learning,
    Posting,
    SystemAccounts,
    of_money,
    postings_of,
)
from dinero_sync.posting.reconcile.purchases import (
    Vouchers,
    by_voucher,
    is_tellable,
    named_twice,
    of_bill,
    of_fees,
)

OUTPUT_VAT = "salgsmoms"
INPUT_VAT = "koebsmoms"
GOODS_VAT = "moms_af_varekoeb_i_udlandet"
SERVICES_VAT = "moms_af_ydelseskoeb_i_udlandet"
BOXES = {
    "UEUV": "rubrik_b_varer_indberettes",
    "UEUV2": "rubrik_b_varer_indberettes_ikke",
    "UEUY": "rubrik_b_ydelser",
    "UVV": "rubrik_c",
    "UVY": "rubrik_c",
    "UVC": "rubrik_c",
}
"""The box of the VAT return (momsangivelse) that each VAT code's sales without VAT are in."""
PURCHASE_BOXES = {"IEUV": "rubrik_a_varer", "IEUY": "rubrik_a_ydelser"}
"""The same of purchases: what is bought outside the EU is in no box A."""
PURCHASE_CODES = frozenset({"I25", "REP", "HREP", "OBPK", *GOODS_ABROAD, *SERVICES_ABROAD})
RESULT = range(50000)
"""Accounts of the profit and loss (resultatopgørelse) in Dinero's chart: what somebody posts there
by hand is a sale or a cost; on those of the balance it may be what moves money on."""
Recoded = tuple[int, str, str]
"""An account, the VAT code that its entries have, and the one that it has now."""


@dataclass(slots=True)
class AccountBooks:
    """Finds our postings part by part; what its part lacks is looked for at the end."""

    sums: Sums
    chart: Chart
    learning: Learning = field(default_factory=Learning)
    system: SystemAccounts = USUAL
    taxes: Mapping[int, tuple[str, int]] = field(default_factory=lambda: _taxes(USUAL))
    """The boxes of the accounts of VAT, each with the sign that makes it positive."""
    late: list[Posting] = field(default_factory=list)
    """Ours that no entry of their days is of."""
    untold: list[Bought] = field(default_factory=list)
    """Bills in another currency whose rate no entry of their days tells."""
    bought: list[Posting] = field(default_factory=list)
    """What bills posted: they are few, beside orders."""
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
        money: Sequence[tuple[Kind, Ours]],
        bills: Sequence[Bought],
        entries: Sequence[Entry],
    ) -> None:
        """Look for what some days' documents, money and bills posted among their entries."""
        coded = [each.voucher for _, each in money if each.coded]
        vouchers = by_voucher(entries, [*coded, *(each.guid for each in bills)])
        self.learning.take(documents, entries)
        for bill in bills:
            if not bill.is_foreign and bill.voucher.deposit_account is None:
                self.learning.take_bill(bill.voucher, vouchers.of(bill.guid))
        self.system = system = self.learning.accounts
        self.taxes = _taxes(system)
        ours = [
            each
            for document in documents
            for each in postings_of(document, listed.get(document.invoice.guid), self.chart, system)
        ]
        self.sales |= {each.account for each in ours if each.is_sale}
        for kind, moved in money:
            if moved.coded:
                ours += of_fees(kind, moved, vouchers.of(moved.voucher), self.chart, system)
            else:
                ours += of_money(moved, kind, system)
        ours += self._of_bills(bills, vouchers)
        self.codes_told = self.codes_told or any(each.vat_code for each in entries)
        for entry in entries:
            self._add_all(entry)
        found = find(ours, entries, {each.account for each in entries}, names_tell=self.names_tell)
        self.loose += _nobodys(found)
        self.names_tell = self.names_tell or bool(found.amounts)
        for group in groups(ours):
            if any(each in found.amounts or each in found.elsewhere for each in group):
                self._judge(group, found)
            else:
                self.late += group

    def _of_bills(self, bills: Iterable[Bought], vouchers: Vouchers) -> list[Posting]:
        """Return what bills posted; those whose amount in kroner nothing tells so far are kept."""
        found: list[Posting] = []
        for bill in bills:
            entries = vouchers.of(bill.guid)
            if is_tellable(bill, entries, self.system):
                found += of_bill(bill, entries, self.chart, self.system)
            else:
                self.untold.append(bill)
        self.bought += found
        return found

    @property
    def unfound(self) -> set[UUID]:
        """The vouchers of our bills that no entry of the period bears."""
        named = {entry.voucher for entry in self.loose}
        late = {each.voucher for each in self.late if each.kind is Kind.BILL}
        return {each for each in late | {each.guid for each in self.untold} if each} - named

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
        sums = self.sums
        yield sums.by_account.setdefault(account, Both()), 1
        if account in self.taxes:
            if is_ours or code or not self.codes_told:
                box, sign = self.taxes[account]
                yield sums.boxes.setdefault(box, Both()), sign
        elif code and code in PURCHASE_CODES:
            yield sums.by_purchase_code.setdefault(code, Both()), 1
            if code in PURCHASE_BOXES:
                yield sums.boxes.setdefault(PURCHASE_BOXES[code], Both()), 1
        elif code:
            yield sums.by_vat_code.setdefault(code, Both()), -1
            if code in BOXES:
                yield sums.boxes.setdefault(BOXES[code], Both()), -1

    def _code(self, entry: Entry) -> str | None:
        """Return an entry's VAT code; where Dinero tells none at all, its account's."""
        if self.codes_told:
            return entry.vat_code
        known = self.chart.entry.get(entry.account)
        return known.vat_code if known else None

    def _judge(self, group: Sequence[Posting], found: Found) -> None:
        """Count a document's postings on both sides, and say what is wrong with them."""
        present = [each for each in group if each.is_certain or each in found.amounts]
        only_rounded = is_rounding(present, found)
        for each in present:
            ours = found.amounts.get(each, NOTHING) if only_rounded else each.amount
            self._count(each, ours, found)
            if self.codes_told and each.has_code:
                self._note_codes(each, found)
        offs = [off for off in map(found.difference, present) if off is not None]
        if offs and not only_rounded:
            self.differences += told(offs, len(present))
        elif self.codes_told:
            self.differences += recoded(present, found)
        self.differences += other_days(present, found)

    def _count(self, posting: Posting, ours: Decimal, found: Found) -> None:
        """Count a posting on our side as what it should be, and on Dinero's as what it is.

        What Dinero adds to a payment in another currency, by its rate, is as it should be.
        """
        for code, amount in posting.by_code(ours):
            for both, sign in self._counted(posting.account, code, is_ours=True):
                both.ours += sign * amount
        there = found.amounts.get(posting, NOTHING)
        if posting.is_total:
            self.sums.purchases.ours -= ours
            self.sums.purchases.found -= there
            if posting.is_foreign:  # whose total is known by now
                self.sums.bills[BillClass.BOOKED].total -= ours
        self._detail(posting, posting.account, ours, there)
        for entry in found.entries.get(posting, ()):
            for both, sign in self._counted(entry.account, self._code(entry), is_ours=True):
                both.found += sign * entry.amount
        if posting.is_foreign and posting.kind in SETTLES:
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

    def conclude(self, vouchers: AbstractSet[UUID], answers: Answers) -> list[Difference]:
        """Look for what is late in all that is loose, and say what is nobody's.

        ``vouchers`` are the invoices and credit notes in Dinero that aren't ours.
        """
        self.details.boxes = {account: box for account, (box, _) in self.taxes.items()}
        of_untold = by_voucher(self.loose, [each.guid for each in self.untold])
        for bill in self.untold:
            self.late += of_bill(bill, of_untold.of(bill.guid), self.chart, self.system)
        accounts = {each.account for each in self.loose}
        found = find(self.late, self.loose, accounts, names_tell=self.names_tell)
        for group in groups(self.late):
            voucher = group[0].voucher
            day = answers.days.get(voucher) if voucher else None
            if day is None or any(each in found.amounts for each in group):
                self._judge(group, found)
            else:
                self._moved_out(group, found, day)
        nobodys = list(self._not_forgotten(_nobodys(found), answers))
        twice = (doubled(bill, entry) for bill, entry in named_twice(self.bought, nobodys))
        by_hand = self._by_hand(nobodys, vouchers)
        forgotten = self._payouts_forgotten(answers.payouts)
        return [*self.differences, *self._accounts_recoded(), *forgotten, *twice, *by_hand]

    def _not_forgotten(self, entries: Iterable[Entry], answers: Answers) -> Iterator[Entry]:
        """Count as ours what the journal lost of credit notes and payouts, and yield the rest."""
        ours = {voucher for each in answers.forgotten.values() for voucher in each}
        ours |= answers.payouts.keys()
        for entry in entries:
            if entry.voucher not in ours:
                yield entry
                continue
            for both, sign in self._counted(entry.account, self._code(entry), is_ours=True):
                both.ours += sign * entry.amount
                both.found += sign * entry.amount

    def _payouts_forgotten(self, payouts: Mapping[UUID, str]) -> Iterator[Difference]:
        """Say which payouts are ours and aren't in the journal any more."""
        entries = by_voucher(self.loose, payouts).entries
        for voucher, name in payouts.items():
            first, *_ = entries[voucher]
            yield Difference(
                order_id=None,
                document=name,
                kind=Kind.PAYOUT,
                amount=NOTHING,
                cause=Cause.FORGOTTEN,
                day=first.day,
                document_number=first.voucher_number,
            )

    def _moved_out(self, group: Sequence[Posting], found: Found, day: date) -> None:
        """Count a bill that bears a day outside the period, and say so."""
        for each in group:
            self._count(each, each.amount, found)
        self.differences.append(of_posting(group[0], Cause.OTHER_DAY, day=day))

    def _accounts_recoded(self) -> Iterator[Difference]:
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


def _taxes(system: SystemAccounts) -> Mapping[int, tuple[str, int]]:
    return {
        system.vat: (OUTPUT_VAT, -1),
        system.input_vat: (INPUT_VAT, 1),
        system.goods_vat: (GOODS_VAT, -1),
        system.services_vat: (SERVICES_VAT, -1),
    }


def _nobodys(found: Found) -> Iterator[Entry]:
    """Yield the entries that aren't ours, nor of a voucher of ours."""
    moved = {id(entry) for entries in found.elsewhere.values() for entry in entries}
    return (each for each in found.others if id(each) not in moved)
