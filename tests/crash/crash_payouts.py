"""Payouts in an inbox, and what must come of each, told from what their files say alone.

Nothing of the program under test is used but its journal.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from crash_desk import Desk, Json

from dinero_sync.journal import effects
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.journal.papers import payouts as store
from dinero_sync.sandbox.dinero.books import LedgerItem
from dinero_sync.sandbox.state import Sandbox

FOLDER, BILLS = "payouts", "bills"
SEVERAL_DOCUMENTS = "The document of the bill of fees is there"
DAY = (datetime.now(UTC) - timedelta(days=9)).date()
"""Of all payouts."""
CLEARING, ON_THE_WAY, FEES = 55060, 54040, 7420
INBOX: Json = {
    "payouts": {
        "inbox": f"state/{FOLDER}",
        "start_date": str(DAY),
        "sources": [
            {
                "id": "viabill",
                "name": "ViaBill",
                "format": "columns",
                "columns": {
                    "payout": "Udbetaling",
                    "date": "Dato",
                    "type": "Type",
                    "amount": "Beløb",
                    "fee": "Gebyr",
                    "types": {"reserve": ["Rest"], "payout": ["Udbetalt"]},
                },
                "clearing_account": CLEARING,
                "paid_to": ON_THE_WAY,
                "fee_account": FEES,
            }
        ],
    },
    "bills": {
        "inbox": f"state/{BILLS}",
        "start_date": str(DAY),
        "rules": [{"name": "fees", "when": {"name": "ViaBill*"}, "settled_by": "viabill"}],
    },
}
TITLES = "Udbetaling;Dato;Type;Beløb;Gebyr\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPayout:
    """A payout, and what Dinero must hold of it once everything is quiet."""

    id: str
    gross: str
    fee: str

    @property
    def net(self) -> Decimal:
        """What was paid out."""
        return Decimal(self.gross) - Decimal(self.fee)

    @property
    def name(self) -> str:
        """What names it in the journal."""
        return f"payout:viabill:{self.id}"

    def rows(self) -> str:
        """Write its rows; orders are no part of this."""
        return (
            f"{self.id};{DAY};Rest;{self.gross};-{self.fee}\n"
            f"{self.id};{DAY};Udbetalt;-{self.net};0.00\n"
        )


PAYOUTS = (
    ExpectedPayout(id="238", gross="500.00", fee="7.25"),
    ExpectedPayout(id="239", gross="500.00", fee="7.25"),
    ExpectedPayout(id="240", gross="80.10", fee="1.16"),
)
"""Two of them of the same sum and day."""
BILL = (
    f'supplier: ViaBill A/S\nnumber: "77"\ndate: {DAY}\ncurrency: DKK\n'
    'amounts: [{rate: 0, net: 1.16, vat: 0.00}]\ntotal: "1.16"\n'
)
"""What the last of them kept, on a bill: its document belongs to no other."""


def put_payouts(desk: Desk) -> None:
    """Put the payouts into the inbox: two in one file, one in a file that comes twice."""
    inbox, bills = desk.state / FOLDER, desk.state / BILLS
    desk.state.mkdir(mode=0o700)
    bills.mkdir()
    (bills / "77.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (bills / "77.yaml").write_text(BILL, encoding="utf-8")
    inbox.mkdir()
    first, second, third = PAYOUTS
    _put(inbox / "a.csv", first.rows() + second.rows())
    _put(inbox / "b.csv", third.rows())
    _put(inbox / "copy.csv", third.rows())


def _put(path: Path, rows: str) -> None:
    path.write_text(TITLES + rows, encoding="utf-8")


def is_of_payout(item: LedgerItem) -> bool:
    """Tell whether a ledger item is of a payout; others are margins."""
    return str(item.lines[0]["Description"]).startswith("Udbetaling")


def payout_violations(
    sandbox: Sandbox, state_folder: Path, expected: Sequence[ExpectedPayout]
) -> Iterator[str]:
    """Compare ledger items, accounts, inbox and journal with what must have come of payouts."""
    if not expected:
        return
    organisation = sandbox.organisation
    items = [each for each in organisation.ledger_items.values() if is_of_payout(each)]
    told = Counter(map(_id_of, items))
    if told != Counter(each.id for each in expected):
        yield f"The payouts' ledger items are {dict(told)}."
    if any(each.voucher_number is None for each in items):
        yield "A ledger item isn't booked."
    yield from _document_violations(sandbox, items, expected[-1])
    net, fees = sum(each.net for each in expected), sum(Decimal(each.fee) for each in expected)
    balances = organisation.balances()
    for account, amount in ((ON_THE_WAY, net), (FEES, fees), (CLEARING, -net - fees)):
        if balances.get(account, Decimal(0)) != amount:
            yield f"Account {account} has {balances.get(account)}, not {amount}."
    inbox = state_folder / FOLDER
    left = [path.name for path in inbox.iterdir() if path.is_file()]
    held, done = list(inbox.glob("held/*")), list(inbox.glob("done/*"))
    if left or held or len(done) != len(expected):
        yield f"The inbox has {left}, {len(held)} held files, and {len(done)} that are done."
    with closing(open_copy(state_folder)) as db:
        for payout in expected:
            record = store.load(db, payout.name)
            if record is None or record.standing is not Standing.DONE:
                yield f"{payout.name} stands as {record and (record.standing, record.reason)}."
            elif begun := sorted(effects.open_intents(db, payout.name)):
                yield f"{payout.name} has changes without an outcome: {', '.join(begun)}."


def _document_violations(
    sandbox: Sandbox, items: Sequence[LedgerItem], of_bill: ExpectedPayout
) -> Iterator[str]:
    """Compare documents: one of the bill, on no other payout's item than the one it is of.

    It may be on none: where its upload is late, the item is booked without it.
    """
    files = list(sandbox.organisation.files)
    if len(files) != 1:
        yield f"{SEVERAL_DOCUMENTS} {len(files)} times."
    for item in items:
        file, is_its = item.fields.get("FileGuid"), _id_of(item) == of_bill.id
        if file is not None and not (is_its and file in files):
            yield f"The item of payout {_id_of(item)} has the document {file}."


def _id_of(item: LedgerItem) -> str:
    return str(item.lines[0]["Description"]).split()[-1]
