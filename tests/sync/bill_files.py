"""Bills as their owner puts them into the inbox: a PDF, and beside it what it says."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from business import Business, Finished

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.papers import bills as store
from dinero_sync.journal.papers.bills import BillRecord
from dinero_sync.sandbox.dinero.purchases.kept import Purchase
from dinero_sync.sync.run.bills.by_hand import book_vouchers, waiting_vouchers
from dinero_sync.sync.run.by_hand import open_state
from dinero_sync.sync.run.releasing import refuse_day, release
from dinero_sync.sync.run.result import ended

SUPPLIER = "DK13585628"
NUMBER = "1042"
REFERENCE = f"bill:{SUPPLIER}:{NUMBER}"
HOSTING: dict[str, Any] = {
    "name": "Shoporama",
    "when": {"name": "Shoporama*"},
    "account": 7300,
    "vat": "I25",
    "paid_from": 55000,
}
Decision = Callable[[Connection, BillRecord], None]
VOUCHERS = "*/vouchers/purchase"


class Bills:
    """The inbox of a business, and the vouchers that came of it."""

    def __init__(self, business: Business) -> None:
        """Make the inbox, and one rule."""
        self.business = business
        self.inbox = business.state_folder.parent / "bills"
        self.inbox.mkdir()
        self.settings: dict[str, Any] = {"inbox": str(self.inbox), "rules": [HOSTING]}
        business.config["bills"] = self.settings

    def rule(self, **changes: object) -> None:
        """Let the one rule be another; None takes a key away."""
        changed = {**HOSTING, **changes}
        self.settings["rules"] = [
            {key: value for key, value in changed.items() if value is not None}
        ]

    def put(self, name: str = "faktura", **changes: object) -> Path:
        """Put a bill into the inbox: 750 kr. and VAT, unless ``changes`` say otherwise."""
        said = {
            "supplier": "Shoporama ApS",
            "vat_number": SUPPLIER,
            "number": f'"{NUMBER}"',
            "date": "2026-12-03",
            "currency": "DKK",
            "amounts": "[{rate: 25, net: 750.00, vat: 187.50}]",
            "total": "937.50",
            **changes,
        }
        text = "".join(f"{key}: {value}\n" for key, value in said.items() if value is not None)
        path = self.inbox / f"{name}.pdf"
        path.write_bytes(f"%PDF-1.4\n% {name}\n%%EOF\n".encode())
        path.with_suffix(".yaml").write_text(text, encoding="utf-8")
        return path

    def run(self, *, dry_run: bool = False) -> Finished:
        """Do one run."""
        return self.business.run_once(dry_run=dry_run)

    def came(self, finished: Finished) -> list[tuple[str, str | None, str | None]]:
        """Return each bill's file, outcome and reason."""
        found = finished.result.bills
        return [(each.file, each.outcome and str(each.outcome), each.reason) for each in found]

    def vouchers(self) -> list[Purchase]:
        """Return the live purchase vouchers and credit notes."""
        found = self.business.sandbox.organisation.purchases.values()
        return [each for each in found if not each.deleted]

    def voucher(self) -> Purchase:
        """Return the one that there is."""
        (found,) = self.vouchers()
        return found

    def balances(self) -> dict[int, Decimal]:
        """Return what stands on each account."""
        found = self.business.sandbox.organisation.balances()
        assert sum(found.values()) == 0
        return {account: amount for account, amount in found.items() if amount}

    def record(self, name: str = REFERENCE) -> BillRecord:
        """Return what the journal knows of a bill."""
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
                lambda result: book_vouchers(place, waiting_vouchers(place.db, None), result),
            )
        )

    def retry(self, day: date | None = None, name: str = REFERENCE) -> None:
        """Release a held bill, as ``dinero-sync retry`` does; ``day`` is its ``--date``."""
        config, now = self.business.loaded(), self.business.sandbox.now()

        def act(db: Connection, record: BillRecord) -> None:
            if day is not None:
                refuse_day(record, day, config.dinero.closed_until, accounting_date(now))
            release(db, record, now, by_name=True, day=day)

        self.decide(act, name)

    def decide(self, act: Decision, name: str = REFERENCE) -> None:
        """Let a person decide, with the journal alone."""
        with self.business.in_a_process(), open_state(self.business.loaded()) as (db, _):
            act(db, store.loaded(db, name))
