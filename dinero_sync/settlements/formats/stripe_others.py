"""Stripe's exports that hold no whole payouts: they are known, named, and refused."""

from dinero_sync.domain.papers.payout import Columns, SettlementFormat
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.stripe_rows import wrong_report
from dinero_sync.settlements.table import having, titled

OTHERS = {
    "Summary": having("category", "description", "net_amount", "currency"),
    "All transactions": having("id", "Type", "Source", "Amount", "Fee", "Net", "Created (UTC)"),
}


def _seen(file: File) -> str | None:
    return next((name for name, fits in OTHERS.items() if titled(file.text, fits)), None)


def _fits(file: File) -> bool:
    return _seen(file) is not None


def _read(file: File, _: Columns) -> Found:
    raise wrong_report(_seen(file) or "")


READER = Reader(
    format=SettlementFormat.STRIPE,
    report="Reports without payouts",
    is_proven=True,
    fits=_fits,
    read=_read,
)
