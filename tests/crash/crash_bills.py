"""Bills of suppliers in an inbox, and what must come of each, told from what they say alone.

Nothing of the program under test is used but its journal.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from crash_desk import Desk, Json

from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.papers import bills as store
from dinero_sync.sandbox.state import Sandbox

FOLDER = "bills"
DAY = (datetime.now(UTC) - timedelta(days=9)).date()
"""Of all bills."""
SUPPLIER = "DK13585628"
ABROAD = "IE6388047V"
INBOX: Json = {
    "bills": {
        "inbox": f"state/{FOLDER}",
        "start_date": str(DAY),
        "rules": [
            {"name": "hosting", "when": {"vat_number": SUPPLIER}, "account": 7300, "vat": "I25"}
            | {"paid_from": 55000},
            {"name": "ads", "when": {"vat_number": ABROAD}, "account": 2100, "vat": "IEUY"}
            | {"paid_from": 55000},
        ],
    }
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedBill:
    """A bill, and what Dinero must hold of it once everything is quiet."""

    supplier: str
    number: str
    rate: int
    net: str
    vat: str
    currency: str = "DKK"
    kind: Literal["invoice", "credit_note"] = "invoice"
    kroner_paid: str | None = None

    @property
    def reference(self) -> str:
        """What names it."""
        return f"bill:{self.supplier}:{self.number}"

    @property
    def total(self) -> Decimal:
        """With VAT."""
        return Decimal(self.net) + Decimal(self.vat)

    def yaml(self) -> str:
        """Write what is on it."""
        paid = f"kroner_paid: {self.kroner_paid}\n" if self.kroner_paid else ""
        return (
            f"supplier: Leverandør {self.number}\nvat_number: {self.supplier}\n"
            f'number: "{self.number}"\ndate: {DAY}\ncurrency: {self.currency}\n'
            f"kind: {self.kind}\namounts:\n"
            f"  - {{rate: {self.rate}, net: {self.net}, vat: {self.vat}}}\n"
            f"total: {self.total}\n{paid}"
        )


BILLS = (
    ExpectedBill(supplier=SUPPLIER, number="1042", rate=25, net="750.00", vat="187.50"),
    ExpectedBill(
        supplier=ABROAD,
        number="7",
        rate=0,
        net="100.00",
        vat="0.00",
        currency="EUR",
        kroner_paid="747.10",
    ),
    ExpectedBill(
        supplier=SUPPLIER, number="1043", rate=25, net="80.00", vat="20.00", kind="credit_note"
    ),
)


def put_bills(desk: Desk) -> None:
    """Put the bills into the inbox, one of them twice."""
    inbox = desk.state / FOLDER
    desk.state.mkdir(mode=0o700)
    inbox.mkdir()
    for bill in BILLS:
        _put(inbox / bill.number, bill)
    _put(inbox / "copy", BILLS[0])


def _put(path: Path, bill: ExpectedBill) -> None:
    path.with_suffix(".pdf").write_bytes(f"%PDF-1.4\n% {path.name}\n%%EOF\n".encode())
    path.with_suffix(".yaml").write_text(bill.yaml(), encoding="utf-8")


def bill_violations(
    sandbox: Sandbox, state_folder: Path, expected: Sequence[ExpectedBill]
) -> Iterator[str]:
    """Compare vouchers, files and journal with what must have come of the bills."""
    live = [each for each in sandbox.organisation.purchases.values() if not each.deleted]
    if len(live) != len(expected):
        yield f"{len(expected)} bills have {len(live)} vouchers."
    for bill in expected:
        yield from _of_bill(sandbox, bill)
    if not expected:
        return
    inbox = state_folder / FOLDER
    left = [path.name for path in inbox.iterdir() if path.is_file()]
    held = list(inbox.glob("held/*"))
    done = list(inbox.glob("done/*.pdf"))
    if left or held or len(done) != len(expected) + 1:
        yield f"The inbox has {left}, {len(held)} held files, and {len(done)} bills that are done."
    with closing(open_copy(state_folder)) as db:
        for bill in expected:
            record = store.load(db, bill.reference)
            if record is None or record.standing is not Standing.DONE:
                yield f"{bill.reference} stands as {record and (record.standing, record.reason)}."
            elif begun := sorted(effects.open_intents(db, bill.reference)):
                yield f"{bill.reference} has changes without an outcome: {', '.join(begun)}."


def _of_bill(sandbox: Sandbox, bill: ExpectedBill) -> Iterator[str]:
    organisation = sandbox.organisation
    found = [
        each
        for each in organisation.purchases.values()
        if (each.gross, each.currency) == (bill.total, bill.currency) and not each.deleted
    ]
    if len(found) != 1:
        yield f"{bill.reference} has {len(found)} vouchers."
        return
    (voucher,) = found
    if voucher.number is None or voucher.is_credit_note != (bill.kind == "credit_note"):
        yield f"{bill.reference}: {voucher.number}, credit note: {voucher.is_credit_note}."
    if voucher.fields.get("FileGuid") not in organisation.files:
        yield f"{bill.reference} has no document."
    if voucher.vat != Decimal(bill.vat):
        yield f"{bill.reference} has VAT of {voucher.vat}, not {bill.vat}."
    paid = [each.amount for each in voucher.payments]
    if paid != ([Decimal(bill.kroner_paid)] if bill.kroner_paid else []):
        yield f"{bill.reference} is paid {paid}."
    if voucher.is_on_credit:
        guid = str(voucher.fields["ContactGuid"])
        number = organisation.contacts[guid].fields["VatNumber"]
        if number != bill.supplier.removeprefix("DK"):
            yield f"{bill.reference} is owed to {number}."
