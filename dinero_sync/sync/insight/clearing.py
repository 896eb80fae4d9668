"""``clearing``: what the journal knows of clearing accounts against what Dinero's books hold.

Reads both, and writes to neither.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from sqlite3 import Connection

from dinero_sync.clock import SystemClock
from dinero_sync.config.inboxes.payouts import sources_of
from dinero_sync.config.model import Config
from dinero_sync.dinero import credit_notes, entries
from dinero_sync.dinero.organisations import AccountingYear, accounting_years
from dinero_sync.dinero.payments import voucher_of
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.money import KRONER
from dinero_sync.domain.papers.period import Compared
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import reading
from dinero_sync.journal.folder.lock import run_lock
from dinero_sync.journal.money import moved
from dinero_sync.journal.money.moved import Item, Registered
from dinero_sync.journal.money.periods import compared, periods
from dinero_sync.journal.papers.payouts import item_guids
from dinero_sync.posting.clearing.ours import Column, Ours
from dinero_sync.posting.clearing.statement import (
    Books,
    ClearingAccount,
    Kept,
    Settled,
    Statement,
    statements,
)
from dinero_sync.sync.insight.forgotten import ForgottenPayouts, forgotten_notes, refunded
from dinero_sync.sync.work.settings import state_folder
from dinero_sync.sync.work.workplace import open_workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """The clearing accounts in one period."""

    first: date
    last: date
    statements: list[Statement]
    periods: list[Compared]
    """Payouts of the period whose files name no orders."""


def clearing_accounts(config: Config) -> list[ClearingAccount]:
    """Return the deposit accounts of payment types and of gift cards, and those of sources."""
    names: dict[int, list[str]] = {}
    for entry in config.payment_types:
        if entry.deposit_account is not None:
            names.setdefault(entry.deposit_account, []).append(entry.name)
    cards = config.posting.gift_cards
    if cards is not None and cards.redeemed_account is not None:
        names.setdefault(cards.redeemed_account, [])
    for source in config.payouts.sources:
        names.setdefault(source.clearing_account, [])
    return [
        ClearingAccount(number=number, payment_types=tuple(names[number]))
        for number in sorted(names)
    ]


def chosen(
    accounts: Sequence[ClearingAccount], number: int | None, payment_type: str | None
) -> list[ClearingAccount]:
    """Return the accounts that were asked for; raises UsageError where there is none such."""
    found = [
        each
        for each in accounts
        if number in {None, each.number}
        and (payment_type is None or payment_type in each.payment_types)
    ]
    if found:
        return found
    known = ", ".join(" ".join([str(each.number), *each.payment_types]) for each in accounts)
    raise UsageError(
        spoken(
            "No clearing account is meant by that. A clearing account is the deposit_account of an "
            "entry of payment_types, the clearing_account of one of payouts.sources, or the "
            "redeemed_account of posting.gift_cards: {known}.",
            known=known or spoken("the configuration names none"),
        )
    )


def clear(  # noqa: PLR0913 - what is asked for, by name
    config: Config,
    config_file: str,
    clock: SystemClock,
    accounts: Sequence[ClearingAccount],
    *,
    first: date | None = None,
    last: date | None = None,
) -> Clearing:
    """Reckon ``accounts`` in a period: by default from the accounting year's start until today.

    Raises LockHeldError while a run is at work, which moves what is compared; UsageError for a
    period that ends before it begins; NotConnectedError; and TemporaryError where a read failed or
    was cut short.
    """
    folder, numbers = state_folder(config), {each.number for each in accounts}
    today = accounting_date(clock.now())
    with (
        open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place,
        run_lock(folder) if folder.exists() else nullcontext(),
    ):
        years = sorted(accounting_years(place.dinero), key=lambda each: each.first)
        until = last or today
        begin = first or _year_of(years, until).first
        if begin > until:
            raise UsageError(
                spoken("--until {until} lies before --from {begin}.", until=until, begin=begin)
            )
        with reading(folder) as db:
            items = list(moved.items(db, until))
            ours = _ours(db, until, items, fee_accounts(config))
            listed = credit_notes.listed(place.dinero, begin, until)
            notes = [(each.guid, each.reference, each.date) for each in listed if each.number]
            organization = place.settings.organization_id
            for note in forgotten_notes(place.dinero, db, organization, notes):
                ours += refunded(note)
            sources = {
                each.id: each.clearing_account
                for each in config.payouts.sources
                if each.clearing_account in numbers
            }
            known = item_guids(db)
            told = list(periods(db, sources, begin, until))
            by_period = compared(db, told)
        forgotten = ForgottenPayouts(known, sources_of(config.payouts), organization)
        books = Books(
            first=begin,
            opening=opening(place.dinero, years, begin, numbers),
            entries=entries.between(place.dinero, years, begin, until),
            column_of=forgotten.column_of,
        )
        settled = (each for item in items for each in _settled(item))
        found = statements(accounts, ours, settled, books, _kept(items, sources))
    return Clearing(first=begin, last=until, statements=found, periods=by_period)


def _year_of(years: Sequence[AccountingYear], day: date) -> AccountingYear:
    """Return the year that a day lies in, else the last one before it, else the first."""
    begun = [each for each in years if each.first <= day]
    if not years:
        raise UsageError(
            spoken(
                "Dinero has no accounting year (regnskabsår) yet, so there is nothing to compare."
            )
        )
    return begun[-1] if begun else years[0]


def opening(
    transport: Transport, years: Sequence[AccountingYear], begin: date, numbers: Collection[int]
) -> Mapping[int, Decimal]:
    """Return what each of the accounts ``numbers`` held before a day, in kroner: debit positive."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for each in entries.opening(transport, _year_of(years, begin), begin):
        if each.account in numbers:
            sums[each.account] += each.amount
    return sums


def fee_accounts(config: Config) -> set[int]:
    """Return the accounts that payouts post their fees on."""
    return {each.fee_account for each in config.payouts.sources}


def _ours(db: Connection, until: date, items: Sequence[Item], fees: Collection[int]) -> list[Ours]:
    """Return what of ours moved until a day."""
    payments = map(of_payment, moved.registered(db, until))
    return [*payments, *(each for item in items for each in of_item(item, fees))]


def _kept(items: Iterable[Item], sources: Mapping[str, int]) -> Iterator[Kept]:
    """Yield what providers kept of payouts in kroner; others differ from it by their rates."""
    for item in items:
        if item.kept and item.currency == KRONER and item.source in sources:
            yield Kept(
                name=item.name, account=sources[item.source], amount=item.kept, since=item.day
            )


COLUMNS = {
    "payment": Column.SALES,
    "gift_card_payment": Column.SALES,
    "refund": Column.REFUNDS,
    "gift_card_refund": Column.REFUNDS,
    "chargeback": Column.REFUNDS,
}
"""Where each kind of payment counts; ledger items are payouts, but for their fees: what a gift card
paid is paid out, so to speak, by the debt to its holder."""


def of_payment(paid: Registered) -> Ours:
    """Return what a payment or a refund moves on its account."""
    return Ours(
        name=paid.number,
        order_id=paid.order_id,
        account=paid.account,
        day=paid.day,
        parts={COLUMNS[paid.kind]: paid.amount},
        description=paid.description,
        voucher=voucher_of(paid.answer),
        invoice_number=paid.invoice_number,
        is_foreign=paid.is_foreign,
        is_certain=paid.is_certain,
    )


def of_item(item: Item, fees: Collection[int]) -> Iterator[Ours]:
    """Yield what a ledger item moves on each of its accounts."""
    parts: dict[int, dict[Column, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    coded: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in item.lines:
        if line.vat_code is not None:
            coded[line.account][line.vat_code] += line.amount
        if line.balancing_vat_code is not None:
            coded[line.balancing_account][line.balancing_vat_code] -= line.amount
        is_fee = not {line.account, line.balancing_account}.isdisjoint(fees)
        column = Column.FEES if is_fee else Column.PAYOUTS
        parts[line.account][column] += line.amount
        parts[line.balancing_account][column] -= line.amount
    for account, columns in parts.items():
        yield Ours(
            name=item.name,
            order_id=item.order_id,
            account=account,
            day=item.day,
            parts=columns,
            voucher=item.voucher,
            coded=coded.get(account, {}),
        )


def _settled(item: Item) -> Iterator[Settled]:
    is_in_kroner = item.currency == KRONER
    accounts = {number for line in item.lines for number in (line.account, line.balancing_account)}
    for order_id, amount in item.settled:
        for account in accounts:
            yield Settled(
                order_id=order_id, account=account, amount=amount if is_in_kroner else None
            )
