"""What it costs to read a large settlement file and to match its movements with orders."""

import sys
from collections.abc import Iterator

from bench_builds import Usage, measure
from bench_measures import quick_folder
from bench_table import NOT_MEASURED, Row, megabytes

MANY, MORE = 50_000, 100_000
TITLES = (
    "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,"
    "available_on,currency,gross,fee,net,reporting_category,description"
)
IN_A_PAYOUT = 200
WORK = """
import sys
from pathlib import Path
from dinero_sync.domain.papers.payout import SettlementFormat, Source
from dinero_sync.posting.payouts.matching import match, number_reader
from dinero_sync.settlements.reading import read
file, movements = Path(sys.argv[1]), int(sys.argv[2])
accounts = {"clearing_account": 55080, "paid_to": 55095, "fee_account": 7420}
stripe, references = SettlementFormat.STRIPE, ("*order #{number}",)
source = Source(id="stripe", format=stripe, references=references, **accounts)
orders = {str(each): [each] for each in range(1, movements)}
settlement = read(file, [source])
number_in = number_reader(source.references)
matched = [match(payout.movements, orders, number_in) for payout in settlement.payouts]
assert sum(len(each.matched) for each in matched) == movements - 1, "not all were matched"
assert sum(len(each.unmatched) for each in matched) == 1, "one has no order"
"""


def stripe_rows(movements: int) -> Iterator[str]:
    """Yield the lines of an itemised reconciliation; the last movement has no order."""
    yield TITLES
    for at in range(1, movements + 1):
        payout = at // IN_A_PAYOUT
        day = f"2026-{payout // 28 % 12 + 1:02}-{payout % 28 + 1:02}"
        gross = 10_000 + at % 977
        fee = 100 + at % 31
        yield (
            f"po_{payout},{day} 01:00:00,txn_{at},{day} 00:10:00,{day},dkk,"
            f"{gross / 100:.2f},{fee / 100:.2f},{(gross - fee) / 100:.2f},charge,Shop order #{at}"
        )


def read_and_match(movements: int) -> Usage:
    """Read a file with so many movements, match them, and return what the process cost."""
    with quick_folder() as folder:
        file = folder / "stripe.csv"
        file.write_text("\n".join([*stripe_rows(movements), ""]), encoding="utf-8")
        return measure([sys.executable, "-c", WORK, file, str(movements)], folder)


def settlements() -> list[Row]:
    """Return the rows of the table: time and memory, and how they grow."""
    many, more = read_and_match(MANY), read_and_match(MORE)
    told = (
        ("settlement file of 100,000 movements, read and matched", f"{more.cpu:.1f} s", "≤ 20 s"),
        ("its memory at the most", megabytes(more.peak), "≤ 200 MB"),
        ("its time beside that of 50,000", f"{more.cpu / many.cpu:.2f}×", "about 2×"),
    )
    return [Row(measure=what, then=NOT_MEASURED, now=now, goal=goal) for what, now, goal in told]
