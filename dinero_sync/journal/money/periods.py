"""Payouts whose files name no orders, against what was registered in the days that they are of."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.period import Compared, Period
from dinero_sync.journal.documents import DocumentKind, Standing
from dinero_sync.journal.money.moved import registered

NOTHING = Decimal(0)


def periods(
    db: sqlite3.Connection, accounts: Mapping[str, int], first: date, last: date
) -> Iterator[Period]:
    """Yield such payouts in kroner that aren't skipped, and end from ``first`` to ``last``.

    ``accounts`` are the clearing accounts of the sources that are asked about, by their ids.
    """
    rows = db.execute(
        "SELECT subject, raw FROM subjects JOIN documents USING (subject)"
        " WHERE subjects.kind = ? AND document = ? AND standing != ? AND currency = ?"
        " AND json_extract(raw, '$.period') IS NOT NULL ORDER BY subject",
        ("payout", str(DocumentKind.PAYOUT), str(Standing.SKIPPED), KRONER),
    )
    for row in rows:
        told = json.loads(row["raw"])
        begin, end = map(date.fromisoformat, told["period"])
        if told["source"] in accounts and first <= end <= last:
            yield Period(
                payout=row["subject"],
                account=accounts[told["source"]],
                first=begin,
                last=end,
                sales=Decimal(str(told["gross"])),
                refunds=Decimal(str(told["refunds"])),
            )


def compared(db: sqlite3.Connection, told: Sequence[Period]) -> list[Compared]:
    """Compare periods with the payments and refunds that were registered in their days."""
    if not told:
        return []
    sales: dict[Period, Decimal] = defaultdict(Decimal)
    refunds: dict[Period, Decimal] = defaultdict(Decimal)
    for each in registered(db, max(period.last for period in told)):
        into = sales if each.amount > 0 else refunds
        for period in told:
            if each.account == period.account and period.first <= each.day <= period.last:
                into[period] += each.amount
    return [
        Compared(period=each, sales=sales.get(each, NOTHING), refunds=refunds.get(each, NOTHING))
        for each in told
    ]
