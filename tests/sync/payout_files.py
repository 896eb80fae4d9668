"""Settlement files as their owner puts them into the inbox, and the ledger items made of them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from business import Business, Finished

from dinero_sync.cli.terminal import Line, text_of
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.papers import payouts as store
from dinero_sync.journal.papers.payouts import PayoutRecord
from dinero_sync.sandbox.dinero.books import LedgerItem
from dinero_sync.sync.run.by_hand import open_state
from dinero_sync.sync.run.payouts.by_hand import book_items, waiting_items
from dinero_sync.sync.run.payouts.looking import look_at_payouts
from dinero_sync.sync.run.result import ended

CLEARING, ON_THE_WAY, FEES, EXCHANGE = 55060, 54040, 7420, 1445
NAME = "payout:viabill:238"
TITLES = ("Udbetaling", "Dato", "Type", "Ordrenr", "Beløb", "Gebyr")
VIABILL: dict[str, Any] = {
    "id": "viabill",
    "name": "ViaBill",
    "format": "columns",
    "columns": {
        "payout": "Udbetaling",
        "date": "Dato",
        "type": "Type",
        "reference": "Ordrenr",
        "amount": "Beløb",
        "fee": "Gebyr",
        "types": {
            "sale": ["Køb"],
            "refund": ["Retur"],
            "chargeback": ["Indsigelse"],
            "fee": ["Abonnement"],
            "reserve": ["Tilbageholdt"],
            "payout": ["Udbetalt"],
        },
    },
    "clearing_account": CLEARING,
    "paid_to": ON_THE_WAY,
    "fee_account": FEES,
}
Row = tuple[str, ...]
SALES: tuple[Row, ...] = (
    ("238", "2026-12-08", "Køb", "10427", "125.00", "-2.25"),
    ("238", "2026-12-08", "Retur", "10427", "-25.00", "0.00"),
)
SOLD: Row = ("238", "2026-12-08", "Køb", "10427", "125.00", "-2.25")
Came = tuple[str, str | None, str | None]
Decision = Callable[[Connection, PayoutRecord], None]


def shown(lines: Iterable[str | Line]) -> str:
    """Return what a report says, without its ends of lines."""
    return " ".join(" ".join(map(text_of, lines)).split())


def paid_out(net: str, payout: str = "238", day: str = "2026-12-09") -> Row:
    """Return the row of the payout itself."""
    return (payout, day, "Udbetalt", "", f"-{net}", "0.00")


def back(amount: str, day: str = "2026-12-09", payout: str = "238", kind: str = "Retur") -> Row:
    """Return a row by which money of the order went back to the buyer."""
    return (payout, day, kind, "10427", f"-{amount}", "0.00")


class PayoutFiles:
    """The inbox of a business, and the ledger items that came of it."""

    def __init__(self, business: Business) -> None:
        """Make the inbox, and one source."""
        self.business = business
        self.inbox = business.state_folder.parent / "payouts"
        self.inbox.mkdir()
        self.settings: dict[str, Any] = {"inbox": str(self.inbox), "sources": [VIABILL]}
        business.config["payouts"] = self.settings

    def source(self, **changes: object) -> None:
        """Let the one source be another."""
        self.settings["sources"] = [{**VIABILL, **changes}]

    def put(
        self, name: str = "afregning.csv", rows: Sequence[Row] = (*SALES, paid_out("97.75"))
    ) -> Path:
        """Put a file into the inbox: 125 kr. sold, 25 back, 2.25 in fees, unless told otherwise."""
        into = io.StringIO()
        csv.writer(into, delimiter=";").writerows([TITLES, *rows])
        path = self.inbox / name
        path.write_text(into.getvalue(), encoding="utf-8")
        return path

    def run(self, *, dry_run: bool = False) -> Finished:
        """Do one run."""
        return self.business.run_once(dry_run=dry_run)

    def look(
        self, *files: Path, statements: Sequence[Path] = (), dry_run: bool = False
    ) -> Finished:
        """Do as ``dinero-sync payouts`` does."""
        return self.business.do(
            lambda place: ended(
                place, lambda result: look_at_payouts(place, result, files or None, statements)
            ),
            dry_run=dry_run,
        )

    def came(self, finished: Finished) -> list[Came]:
        """Return each payout's name, outcome and reason."""
        found = finished.result.payouts
        return [
            (each.record.number, each.outcome and str(each.outcome), each.reason) for each in found
        ]

    def items(self) -> list[LedgerItem]:
        """Return the live ledger items."""
        found = self.business.sandbox.organisation.ledger_items.values()
        return [each for each in found if not each.deleted]

    def booked(self) -> dict[int, Decimal]:
        """Return what the booked ledger items moved, by account."""
        moved: dict[int, Decimal] = {}
        guids = {each.guid for each in self.items()}
        for entry in self.business.sandbox.organisation.entries:
            if entry.voucher_guid in guids:
                moved[entry.account] = moved.get(entry.account, Decimal(0)) + entry.amount
        return moved

    def waits_on_clearing(self) -> None:
        """Let payments wait on the clearing account of the source until they are paid out."""
        for each in self.business.config["payment_types"]:
            if each.get("deposit_account"):
                each["deposit_account"] = CLEARING

    def refunds(self) -> list[tuple[Decimal, date]]:
        """Return what was paid back on the order's invoice, with its day."""
        payments = self.business.invoice().payments
        return [(each.amount, each.date) for each in payments if each.amount < 0]

    def record(self, name: str = NAME) -> PayoutRecord:
        """Return what the journal knows of a payout."""
        with closing(open_copy(self.business.state_folder)) as db:
            return store.loaded(db, name)

    def files(self) -> list[str]:
        """Return what lies in the inbox and its folders."""
        found = (path for path in self.inbox.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.inbox).as_posix() for path in found)

    def book(self) -> Finished:
        """Book the drafts that wait, as ``dinero-sync book --all`` does."""
        return self.business.do(
            lambda place: ended(
                place,
                lambda result: book_items(place, waiting_items(place.db, None), result),
            )
        )

    def decide(self, act: Decision, name: str = NAME) -> None:
        """Let a person decide, with the journal alone."""
        with self.business.in_a_process(), open_state(self.business.loaded()) as (db, _):
            act(db, store.loaded(db, name))
