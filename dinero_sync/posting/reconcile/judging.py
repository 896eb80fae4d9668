"""What is wrong with what one document posted, by its entries in Dinero's books."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import cast

from dinero_sync.domain.chart import Entry
from dinero_sync.posting.clearing.ours import Cause as Why
from dinero_sync.posting.clearing.ours import Difference as Off
from dinero_sync.posting.clearing.ours import Found
from dinero_sync.posting.reconcile.outcome import NOTHING, Cause, Difference
from dinero_sync.posting.reconcile.postings import Posting

CAUSES = {
    Why.MISSING: Cause.MISSING,
    Why.REVERSED: Cause.REVERSED,
    Why.OTHER_ACCOUNT: Cause.OTHER_ACCOUNT,
    Why.RATE: Cause.RATE,
    Why.ROUNDING: Cause.ROUNDING,
    Why.AMOUNT: Cause.EDITED,
}
OF_A_WHOLE = {Cause.MISSING, Cause.REVERSED}


def groups(postings: Iterable[Posting]) -> Iterator[list[Posting]]:
    """Put together what each document posted; they come one document after another."""
    for _, group in groupby(postings, key=attrgetter("group")):
        yield list(group)


def is_rounding(group: Sequence[Posting], found: Found) -> bool:
    """Tell whether Dinero only laid its rounding elsewhere within the voucher."""
    if not any(each.slack and each in found.amounts for each in group):
        return False
    off = [found.amounts.get(each, NOTHING) - each.amount for each in group]
    within = all(abs(each) <= one.slack for each, one in zip(off, group, strict=True))
    return within and not sum(off, NOTHING)


def told(offs: Sequence[Off], postings: int) -> Iterator[Difference]:
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


def other_days(group: Sequence[Posting], found: Found) -> Iterator[Difference]:
    """Say where a document's voucher bears another day; one that was taken back bears several."""
    for posting in group:
        amount = found.amounts.get(posting, NOTHING)
        for entry in found.entries.get(posting, ()):
            if entry.day != posting.day and entry.voucher == posting.voucher and amount:
                yield of_posting(posting, Cause.OTHER_DAY, day=entry.day)
                return


def recoded(group: Sequence[Posting], found: Found) -> Iterator[Difference]:
    """Say where entries bear other VAT codes than the lines that they were made of."""
    for posting in group:
        if posting.tells_code:
            there: dict[str | None, Decimal] = defaultdict(Decimal)
            for entry in found.entries.get(posting, ()):
                there[entry.vat_code] += entry.amount
            wanted = posting.by_code(found.amounts.get(posting, NOTHING))
            if _of_something(there.items()) != _of_something(wanted):
                yield of_posting(posting, Cause.EDITED)
                return


def _of_something(by_code: Iterable[tuple[str | None, Decimal]]) -> dict[str | None, Decimal]:
    """Leave out codes that nothing bears: no entry shows what comes to nothing."""
    return {code: amount for code, amount in by_code if amount}


def doubled(posting: Posting, entry: Entry) -> Difference:
    """Say that somebody posted a bill again by an entry."""
    number = entry.voucher_number
    told = of_posting(posting, Cause.DOUBLED, day=entry.day, amount=entry.amount)
    return replace(told, document_number=number)


def of_posting(
    posting: Posting, cause: Cause, *, day: date | None = None, amount: Decimal = NOTHING
) -> Difference:
    """Say of what a document posted that it differs, and why."""
    return Difference(
        order_id=posting.order_id,
        document=posting.name,
        kind=posting.kind,
        amount=amount,
        cause=cause,
        day=day or posting.day,
        account=posting.account,
        document_number=posting.invoice_number,
    )
