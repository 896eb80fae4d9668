"""What is posted on the clearing accounts at Dinero: ours from before, or what a person posted."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from dinero_sync.dinero import entries
from dinero_sync.dinero.organisations import AccountingYear, accounting_years
from dinero_sync.domain.chart import Entry
from dinero_sync.domain.documents import LedgerVoucher
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import invoice_guid
from dinero_sync.domain.papers.payout import Source
from dinero_sync.domain.step import NOTE, ORDER, command, sentence
from dinero_sync.journal import effects
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.posting.payouts.elsewhere import (
    AFTER,
    BEFORE,
    is_payout_of_ours,
    posted_elsewhere,
    taken_off,
)
from dinero_sync.posting.payouts.settings import PayoutSettings
from dinero_sync.sync.work.ledger import Ledger

RETRY = "retry"
"""Under which a person's decision to go on names the reason of the hold."""
A_MONTH = timedelta(days=32)


@dataclass(slots=True, kw_only=True)
class Posted:
    """What is posted on the clearing accounts, read by months: each once in a pass."""

    ledger: Ledger
    settings: PayoutSettings
    _years: list[AccountingYear] | None = field(default=None, init=False)
    _months: dict[date, list[Entry]] = field(default_factory=dict, init=False)

    def about(self, day: date) -> list[Entry]:
        """Return what is posted about a day; costs a call a month, and one for the years."""
        months = {each.replace(day=1) for each in (day - BEFORE, day + AFTER)}
        return [entry for month in sorted(months) for entry in self._month(month)]

    def _month(self, first: date) -> list[Entry]:
        if first not in self._months:
            if self._years is None:
                self._years = accounting_years(self.ledger.transport)
            last = (first + A_MONTH).replace(day=1) - timedelta(days=1)
            clearing = {number for number, _ in self.settings.clearing_accounts()}
            found = entries.between(self.ledger.transport, self._years, first, last)
            self._months[first] = [each for each in found if each.account in clearing]
        return self._months[first]

    def is_there(self, record: PayoutRecord, item: LedgerVoucher) -> bool:
        """Tell whether a payout's item is booked, though the journal doesn't know.

        Raises HeldError where it is booked with another sum, and where somebody else seems to have
        posted the payout, unless a person said that nobody did.
        """
        source = self.settings.source(str(record.told.get("source")))
        found = self.about(item.date)
        own = [each for each in found if each.voucher == item.guid]
        if own:
            _refuse_differing(own, item, source)
            return True
        if HoldReason.MAYBE_POSTED_ELSEWHERE in effects.decided(
            self.ledger.db, record.subject, RETRY
        ):
            return False
        ours = store.item_guids(self.ledger.db) | self._invoices(record)
        others = (
            each
            for each in found
            if not is_payout_of_ours(each, source, self.settings.organization_id)
        )
        suspect = posted_elsewhere(item, source, others, ours)
        if suspect is not None:
            raise _maybe_posted(suspect, record)
        return False

    def _invoices(self, record: PayoutRecord) -> frozenset[UUID]:
        """Return the invoices of the payout's orders: their payments and refunds are ours."""
        organisation = self.settings.organization_id
        matched = record.told.get("matched") or []
        return frozenset(invoice_guid(organisation, order_id) for order_id, _ in matched)


def _refuse_differing(own: list[Entry], item: LedgerVoucher, source: Source) -> None:
    booked = sum((each.amount for each in own), Decimal(0))
    if booked == -taken_off(item, source):
        return
    raise HeldError(
        HoldReason.PAYOUT_ITEM_DIFFERS,
        "booked",
        (sentence("correct_booked_item"), command("resolve", ORDER, "--accept", NOTE)),
        voucher=str(own[0].voucher_number or "-"),
        booked=-booked,
        planned=taken_off(item, source),
        account=source.clearing_account,
    )


def _maybe_posted(found: Entry, record: PayoutRecord) -> HeldError:
    return HeldError(
        HoldReason.MAYBE_POSTED_ELSEWHERE,
        "payout",
        (
            sentence("if_it_is_this_payout"),
            command("adopt", ORDER),
            sentence("if_it_is_another_payout"),
            command("retry", ORDER),
        ),
        voucher=str(found.voucher_number or "-"),
        day=found.day,
        account=found.account,
        net=record.total or 0,
    )
