"""The documents of fees that payouts post (``settled_by``): which bill is of which payout.

Dinero links a document to a ledger item while that is a draft, and never afterwards. So a bill that
is there before the item is booked is linked, where the sums prove that it is about it; of any other
the journal tells which payouts it is about, and its document is in Dinero all the same.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.bill import BillKind
from dinero_sync.journal.papers import bills, payouts
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.journal.papers.record import PaperRecord
from dinero_sync.posting.payouts.fee_bills import FeeBill, PaidFees, bill_of, covered
from dinero_sync.sync.payouts.outcome import amount_of

AROUND = timedelta(days=100)
"""Payouts of the bill's month and the month before, and bills likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLink:
    """A bill of fees, and a payout that posted some of them."""

    bill: str
    """As the journal names it."""
    payout: str
    is_proved: bool
    """Whether the sums say so; else they are of one month, and no more is known."""
    is_linked: bool
    """Whether the bill's document is on the payout's ledger item."""


def document_for(
    db: sqlite3.Connection, record: PayoutRecord, without: Collection[str] = ()
) -> str | None:
    """Return Dinero's name of the document of a payout's fees; None where no bill is proved so.

    ``without`` are documents that can't be linked.
    """
    day, source = _day(record), _source(record)
    near = [each for each in bills.settled_by(db, source) if _is_near(each, record)]
    if not near or day is None:
        return None
    found = bill_of(record.name, filter(None, map(_fee_bill, near)), _paid(db, source, day))
    return None if found is None or found.file_guid in without else found.file_guid


def fee_links(db: sqlite3.Connection, record: PaperRecord) -> list[FeeLink]:
    """List which payouts posted the fees on a bill, or which bills are of a payout's fees."""
    if isinstance(record, BillRecord):
        return list(_links_of(db, record))
    if not isinstance(record, PayoutRecord):
        return []
    near = (each for each in bills.settled_by(db, _source(record)) if _is_near(each, record))
    found = [link for each in near for link in _links_of(db, each)]
    return [each for each in found if each.payout == record.name]


def _links_of(db: sqlite3.Connection, record: BillRecord) -> Iterator[FeeLink]:
    bill, plan = _fee_bill(record), record.plan
    if bill is None or plan is None or plan.settled_by is None:
        return
    about = covered(bill, _paid(db, plan.settled_by, bill.day))
    for each in about.payouts:
        item = payouts.loaded(db, each.name).plan
        yield FeeLink(
            bill=record.name,
            payout=each.name,
            is_proved=about.is_proved,
            is_linked=item is not None and item.file_guid == bill.file_guid,
        )


def _is_near(record: BillRecord, payout: PayoutRecord) -> bool:
    bill, day = _fee_bill(record), _day(payout)
    return bill is not None and day is not None and abs(bill.day - day) <= AROUND


def _paid(db: sqlite3.Connection, source: str, day: date) -> list[PaidFees]:
    """Return what payouts of a source about a day kept as fees."""
    found = []
    for each in payouts.of_source(db, source, day - AROUND, day + AROUND):
        fees, own = amount_of(each, "fees"), _day(each)
        if fees is not None and own is not None:
            currency = each.currency or KRONER
            found.append(PaidFees(name=each.name, day=own, currency=currency, fees=-fees))
    return found


def _source(record: PayoutRecord) -> str:
    return str(record.told.get("source"))


def _day(record: PayoutRecord) -> date | None:
    told = record.told.get("date")
    return None if told is None else date.fromisoformat(str(told))


def _fee_bill(record: BillRecord) -> FeeBill | None:
    """Return a bill whose document is in Dinero; None for any other, and for a credit note."""
    told, plan = record.told.get("bill") or {}, record.plan
    if plan is None or plan.file_guid is None or told.get("kind") != BillKind.INVOICE:
        return None
    if record.total is None or record.currency is None:
        return None
    return FeeBill(
        name=record.name,
        day=date.fromisoformat(str(told["date"])),
        currency=record.currency,
        total=record.total,
        file_guid=plan.file_guid,
    )
