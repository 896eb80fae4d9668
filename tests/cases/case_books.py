"""A case in the books: the sync runs in this process against the sandbox, and its books are read.

The entries are the sandbox's own, which shares no code with what is tested.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from case_files import Amounts, Case
from case_plan import configuration, shop_lists
from case_vies import vies

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.domain.identity import is_of_gift_card
from dinero_sync.journal import orders
from dinero_sync.journal.database import open_copy
from dinero_sync.journal.documents import Standing
from dinero_sync.logs import set_up_logs
from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.dinero.books import Invoice, Organisation
from dinero_sync.sandbox.dinero.vat_return import Entry, EuSale, VatReturn
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.run.run import RunOptions, run
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.sync.work.workplace import open_workplace

NOON = datetime(2026, 12, 10, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
YEAR = date(2026, 1, 1), date(2026, 12, 31)
READS = {"GET", "HEAD"}
BOXES = (
    "salgsmoms",
    "koebsmoms",
    "rubrik_a_varer",
    "rubrik_a_ydelser",
    "rubrik_b_varer_indberettes",
    "rubrik_b_varer_indberettes_ikke",
    "rubrik_b_ydelser",
    "rubrik_c",
)
"""The boxes of the VAT return (momsangivelse)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A voucher (bilag) with its entries, debits first."""

    kind: str
    """``invoice``, ``ledger_item``, ``payment`` or ``payment_by_gift_card``, as in the files."""
    number: int
    day: date
    text: str
    entries: tuple[Entry, ...]

    def amounts(self) -> Amounts:
        """Return account and amount of each entry."""
        return sorted((entry.account, entry.amount) for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a case came to in the books."""

    case: Case
    vouchers: tuple[Voucher, ...]
    boxes: Mapping[str, Decimal]
    """The boxes of the VAT return that aren't 0."""
    eu_sales: tuple[EuSale, ...]


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop and a company in Dinero, with the sync between them."""

    sandbox: Sandbox
    config: Config

    def sell(self, *cases: Case) -> RunResult:
        """Put the orders of ``cases`` into the shop and run once."""
        self.sandbox.add_orders(case.order for case in cases)
        return self.run()

    def run(self) -> RunResult:
        """Do one run, as ``dinero-sync run`` does."""
        set_up_logs(verbosity=0, log_format="json", stream=io.StringIO())
        clock = SandboxTime(self.sandbox)
        with (
            structlog.contextvars.bound_contextvars(run_id=str(uuid4())),
            open_workplace(self.config, "config.yaml", clock) as place,
        ):
            return run(place, RunOptions())

    @property
    def reasons_held(self) -> list[str | None]:
        """Why the orders are held that are."""
        with closing(open_copy(state_folder(self.config))) as db:
            return [record.reason for record in orders.standing(db, [Standing.HELD])]

    @property
    def invoices(self) -> list[Invoice]:
        """The invoices and drafts in Dinero."""
        return list(self.sandbox.invoices.values())

    @property
    def writes(self) -> int:
        """How many requests so far were to change something at Dinero."""
        asked = [each for each in self.sandbox.requests if each.service == "dinero"]
        return sum(each.method not in READS for each in asked)

    @property
    def vouchers(self) -> tuple[Voucher, ...]:
        """All vouchers in the books: each invoice with its payments, then the ledger items."""
        return tuple(_vouchers(self.sandbox.organisation))

    @property
    def vat_return(self) -> VatReturn:
        """The VAT return of the year."""
        return self.sandbox.organisation.vat_return(*YEAR)

    @property
    def boxes(self) -> Mapping[str, Decimal]:
        """The boxes of the VAT return that aren't 0."""
        found = self.vat_return
        return {name: getattr(found, name) for name in BOXES if getattr(found, name)}

    @property
    def balances(self) -> Mapping[int, Decimal]:
        """The balance of each account, debit positive."""
        return self.sandbox.organisation.balances()


@contextmanager
def a_sandbox() -> Iterator[Sandbox]:
    """Run a sandbox whose books are those of December 2026."""
    with running_sandbox(orders="none", clock_shift_seconds=_shift()) as sandbox:
        yield sandbox


@contextmanager
def a_shop(case: Case, sandbox: Sandbox) -> Iterator[Shop]:
    """Open a shop with the rules of ``case``, no orders yet, and empty books."""
    sandbox.reset()
    sandbox.change_settings(clock_shift_seconds=_shift())
    sandbox.catalogue = shop_lists(case)
    with TemporaryDirectory() as folder, vies(case.vies) as vies_url:
        yield Shop(sandbox, configuration(case, sandbox.url, vies_url, Path(folder, "state")))
    structlog.reset_defaults()


def settle(case: Case, sandbox: Sandbox) -> Settled:
    """Sell what the case says in empty books, and read them."""
    with a_shop(case, sandbox) as shop:
        shop.sell(case)
        return Settled(
            case=case,
            vouchers=shop.vouchers,
            boxes=shop.boxes,
            eu_sales=shop.vat_return.eu_sales_list,
        )


def _shift() -> float:
    return (NOON - datetime.now(UTC)).total_seconds()


class SandboxTime(SystemClock):
    """The sandbox's time; a pause moves it on at once."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._sandbox = sandbox

    def now(self) -> datetime:
        return self._sandbox.now()

    def pause(self, seconds: float) -> None:
        shift = self._sandbox.settings.clock_shift_seconds + seconds
        self._sandbox.change_settings(clock_shift_seconds=shift)


def _vouchers(books: Organisation) -> Iterator[Voucher]:
    for invoice in books.invoices.values():
        if sale := _entries_of(books, invoice.guid):
            yield _voucher("invoice", sale)
        for payment in invoice.payments:
            if payment.ledger_item is None:
                by_card = is_of_gift_card(payment.external_reference or "")
                kind = "payment_by_gift_card" if by_card else "payment"
                yield _voucher(kind, _entries_of(books, payment.voucher))
    for guid in books.ledger_items:
        yield _voucher("ledger_item", _entries_of(books, guid))


def _entries_of(books: Organisation, guid: str) -> list[Entry]:
    return [entry for entry in books.entries if entry.voucher_guid == guid]


def _voucher(kind: str, entries: Iterable[Entry]) -> Voucher:
    ordered = sorted(entries, key=lambda entry: (entry.amount < 0, entry.account))
    first = ordered[0]
    return Voucher(
        kind=kind,
        number=first.voucher_number,
        day=first.date,
        text=first.description,
        entries=tuple(ordered),
    )
