"""Whether somebody else posted a payout already: by what they took off the clearing account."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.domain.documents import LedgerLine, LedgerVoucher
from dinero_sync.domain.identity import payout_guid, payout_name
from dinero_sync.domain.money import total
from dinero_sync.domain.papers.payout import Source

BEFORE, AFTER = timedelta(days=1), timedelta(days=7)
"""How far a person's day may be from the provider's: most take the day on which the bank got it."""
NOTHING = Decimal(0)


def posted_elsewhere(
    item: LedgerVoucher, source: Source, entries: Iterable[Entry], ours: Collection[UUID]
) -> Entry | None:
    """Find what a person posted on the clearing account that may be this payout; None without any.

    One entry of the net, or a voucher of net and fees together. ``ours`` are vouchers that are
    known to be of something else of ours.
    """
    clearing = source.clearing_account
    near = [
        each
        for each in entries
        if each.account == clearing
        and each.kind is EntryKind.POSTED
        and item.date - BEFORE <= each.day <= item.date + AFTER
        and each.voucher not in ours
    ]
    net = total(_taken(each, source.paid_to, clearing) for each in item.lines)
    whole = taken_off(item, source)
    sums: dict[object, Decimal] = defaultdict(Decimal)
    for each in near:
        sums[each.voucher or each] += each.amount
    for each in near:
        if (net and each.amount == -net) or (whole and sums[each.voucher or each] == -whole):
            return each
    return None


def taken_off(item: LedgerVoucher, source: Source) -> Decimal:
    """Return what a ledger item takes off the clearing account."""
    return total(_taken(each, None, source.clearing_account) for each in item.lines)


def _taken(line: LedgerLine, other: int | None, clearing: int) -> Decimal:
    """Return what a line takes off the clearing account, to another one where that is given."""
    if line.balancing_account == clearing and other in {None, line.account}:
        return line.amount
    if line.account == clearing and other in {None, line.balancing_account}:
        return -line.amount
    return NOTHING


def is_payout_of_ours(entry: Entry, source: Source, organization_id: int) -> bool:
    """Tell by its description whether an entry is of a payout that we posted, known or forgotten.

    The description carries the payout's id, and the voucher's identity follows from that.
    """
    return payout_guid(organization_id, source.id, _id_told(entry, source)) == entry.voucher


def payouts_of_ours(
    entries: Iterable[Entry], sources: Iterable[Source], organization_id: int
) -> dict[UUID, str]:
    """Return the vouchers of payouts that we posted, with the payouts' names."""
    return {
        entry.voucher: payout_name(source.id, _id_told(entry, source))
        for source, entry in product(sources, entries)
        if entry.voucher and is_payout_of_ours(entry, source, organization_id)
    }


def _id_told(entry: Entry, source: Source) -> str:
    return entry.description.partition(f"{source.id} ")[2]
