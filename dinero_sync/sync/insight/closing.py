"""``close``: everything that belongs to a period when its books are closed.

Reads the journal, the shop and Dinero, and writes to none of them.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from sqlite3 import Connection

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero.organisations import chart
from dinero_sync.domain.documents import CreditPlan, Invoice, Plan
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ExitCode, TemporaryError, UsageError, worst
from dinero_sync.journal import effects, orders
from dinero_sync.journal.database import reading
from dinero_sync.journal.documents import SALE, Standing
from dinero_sync.journal.money import closing, sent
from dinero_sync.journal.money.closing import Decision, Open
from dinero_sync.journal.money.sent import Sent
from dinero_sync.journal.upkeep import verification
from dinero_sync.journal.upkeep.verification import Verification
from dinero_sync.posting.insight.margin_period import MarginSale, margin_sales
from dinero_sync.posting.insight.sales_abroad import (
    ForeignVat,
    Sold,
    ToBusiness,
    foreign_vat,
    to_businesses,
)
from dinero_sync.posting.reconcile.documents import OrderClass
from dinero_sync.posting.reconcile.outcome import Reconciled
from dinero_sync.sync.insight.clearing import Clearing, clear, clearing_accounts
from dinero_sync.sync.insight.reconcile import reconcile
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.sync.work.workplace import open_workplace

PERIOD = re.compile(r"(\d{4})(?:(Q)([1-4])|(H)([12])|(-)(0[1-9]|1[0-2]))?")
MONTHS = {"Q": 3, "H": 6, "-": 1}
YEAR = 12
WAITING = frozenset({Standing.HELD, Standing.IN_DOUBT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A period, and all that was found of it."""

    name: str
    first: date
    last: date
    reconciled: Reconciled
    clearing: Clearing | None
    """None where the configuration has no clearing accounts."""
    open: tuple[Open, ...]
    decisions: tuple[Decision, ...]
    margins: tuple[MarginSale, ...]
    foreign_vat: tuple[ForeignVat, ...]
    to_businesses: tuple[ToBusiness, ...]
    journal: Verification

    @property
    def exit_code(self) -> ExitCode:
        """Return what keeps the period from being closed, as the command ends; money may wait."""
        return worst(self._codes())

    def _codes(self) -> Iterator[ExitCode]:
        if self.journal.faults:
            yield ExitCode.STATE
        classes = self.reconciled.sums.classes
        # An order without a date is in a class, if it is of the period; a bill may be of any.
        standings = {each.standing for each in self.open if each.day or not each.is_order}
        if classes[OrderClass.IN_DOUBT].orders or Standing.IN_DOUBT in standings:
            yield ExitCode.IN_DOUBT
        if classes[OrderClass.HELD].orders or Standing.HELD in standings:
            yield ExitCode.HELD
        if any(each.is_draft for each in self.open):
            yield ExitCode.HELD
        if not self.reconciled.is_proved or self.clearing_differs:
            yield ExitCode.HELD

    @property
    def held(self) -> int:
        """Count what is held or in doubt and is, or may be, of the period.

        An order without a date is known by its class alone, which tells how many there are.
        """
        waiting = [each for each in self.open if each.standing in WAITING]
        dated = [each for each in waiting if each.day or not each.is_order]
        sales = sum(
            each.document == SALE and each.day is not None and each.day >= self.first
            for each in dated
        )
        classes = self.reconciled.sums.classes
        orders = classes[OrderClass.HELD].orders + classes[OrderClass.IN_DOUBT].orders
        return len(dated) + max(0, orders - sales)

    @property
    def clearing_differs(self) -> bool:
        """Tell whether a clearing account holds something else than it should."""
        found = self.clearing.statements if self.clearing else []
        return any(each.difference or each.differences for each in found)


def days_of(name: str) -> tuple[date, date]:
    """Return the days of ``2026Q4``, ``2026H2``, ``2026-11`` or ``2026``; raises UsageError."""
    match = PERIOD.fullmatch(name.upper())
    if match is None or int(match[1]) == 0:
        raise UsageError(
            spoken(
                "“{name}” is no period. Write a quarter like 2026Q4, a half-year like 2026H2, a "
                "month like 2026-11, or a year like 2026.",
                name=name,
            )
        )
    year, kind = int(match[1]), match[2] or match[4] or match[6]
    length = MONTHS.get(kind, YEAR)
    number = int(match[3] or match[5] or match[7] or 1)
    ends = number * length
    last = date(year, ends, calendar.monthrange(year, ends)[1])
    return date(year, ends - length + 1, 1), last


def close(config: Config, config_file: str, clock: SystemClock, name: str) -> Closing:
    """Gather what belongs to a period.

    Raises UsageError for what is no period, or one that the journal doesn't keep any more;
    LockHeldError while a run is at work; NotConnectedError; and TemporaryError where a read failed
    or was cut short, or a run changed the journal meanwhile.
    """
    first, last = days_of(name)
    folder, accounts = state_folder(config), clearing_accounts(config)
    with reading(folder) as db:
        head = effects.head(db)
    proved = reconcile(config, config_file, clock, first, last, with_balances=True)
    cleared = None
    if accounts:
        cleared = clear(config, config_file, clock, accounts, first=first, last=last)
    with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
        known = chart(place.dinero)
    with reading(folder) as db:
        documents = _documents(db, first, last)
        found = Closing(
            name=name.upper(),
            first=first,
            last=last,
            reconciled=proved,
            clearing=cleared,
            open=tuple(closing.still_open(db, last)),
            decisions=tuple(closing.decisions(db, first, last)),
            margins=tuple(documents.margins),
            foreign_vat=tuple(foreign_vat(documents.sold)),
            to_businesses=tuple(to_businesses(documents.sold, known)),
            journal=verification.verify(db),
        )
    if found.journal.head != head:
        raise TemporaryError(
            spoken(
                "A run of dinero-sync changed the journal while the period was read; nothing was "
                "written. Try again in a minute."
            )
        )
    return found


@dataclass(slots=True)
class _Documents:
    """What the returns ask of the period's documents, taken from them one by one."""

    sold: list[Sold] = field(default_factory=list)
    """Those with lines without Danish VAT: no others are in the returns on sales abroad."""
    margins: list[MarginSale] = field(default_factory=list)


def _documents(db: Connection, first: date, last: date) -> _Documents:
    """Look through the booked invoices and credit notes of the period."""
    found = _Documents()
    for each in sent.booked(db, first, last):
        if isinstance(each.plan, Plan):
            found.margins += margin_sales(each.plan, each.number, each.document_number)
        document = _document_of(each)
        if document is None or all(line.vat_rate for line in document.lines):
            continue
        sale, kroner = _sale_of(db, each), each.total_dkk
        if sale is not None:
            invoice, contact = sale.invoice, sale.contact
            found.sold.append(
                Sold(document=document, invoice=invoice, contact=contact, kroner=kroner)
            )
    return found


def _document_of(found: Sent) -> Invoice | None:
    """Return the invoice, or the credit note; None where it was removed for its age."""
    if isinstance(found.plan, CreditPlan):
        return found.plan.note
    return None if found.plan is None else found.plan.invoice


def _sale_of(db: Connection, found: Sent) -> Plan | None:
    """Return the sale that a document is, or is taken back of; an order may have several."""
    if not isinstance(found.plan, CreditPlan):
        return found.plan
    guid = found.plan.invoice_guid
    plans = (each.plan for each in orders.chains(db, found.order_id))
    return next((each for each in plans if each is not None and each.invoice.guid == guid), None)
