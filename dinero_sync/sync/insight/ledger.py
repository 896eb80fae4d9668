"""``export``: a period of Dinero's ledger, voucher by voucher, each of ours with its order.

Reads the journal and Dinero, and writes to neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from sqlite3 import Connection

from dinero_sync.clock import SystemClock
from dinero_sync.config.model import Config
from dinero_sync.dinero import entries
from dinero_sync.dinero.organisations import AccountingYear, accounting_years, chart
from dinero_sync.dinero.payments import voucher_of
from dinero_sync.domain.chart import Chart, Entry
from dinero_sync.errors import UsageError
from dinero_sync.journal.money import vouchers
from dinero_sync.journal.money.vouchers import Named
from dinero_sync.sync.work.workplace import open_workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What was posted together, so that it adds up to 0.00 (bilag)."""

    day: date
    entries: tuple[Entry, ...]
    ours: Named | None
    """None for what isn't known to be of dinero-sync."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A period within one accounting year."""

    first: date
    last: date
    chart: Chart
    opening: Mapping[int, Decimal]
    """What each account holds as the period begins, in kroner; those that hold nothing aren't in
    it."""
    vouchers: tuple[Voucher, ...]

    def balances(self) -> dict[int, Decimal]:
        """Return what each account that is named holds as the period ends, in kroner."""
        sums = defaultdict(Decimal, self.opening)
        for voucher in self.vouchers:
            for entry in voucher.entries:
                sums[entry.account] += entry.amount
        return dict(sorted(sums.items()))


def read_ledger(  # noqa: PLR0913 - what a reading needs, by name
    config: Config,
    config_file: str,
    clock: SystemClock,
    db: Connection,
    *,
    first: date,
    last: date,
) -> Ledger:
    """Read what Dinero has posted from ``first`` to ``last``, by whomever.

    Raises UsageError for a period that ends before it begins, or that isn't in one accounting year;
    NotConnectedError; and TemporaryError where a read failed or was cut short.
    """
    if first > last:
        raise UsageError(f"--to {last} lies before --from {first}.")
    with open_workplace(config, config_file, clock, dry_run=True, needs_journal=False) as place:
        year = _year_of(accounting_years(place.dinero), first, last)
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for each in entries.opening(place.dinero, year, first):
            sums[each.account] += each.amount
        found = list(entries.between(place.dinero, [year], first, last))
        known = chart(place.dinero)
    return Ledger(
        first=first,
        last=last,
        chart=known,
        opening={number: sums[number] for number in sorted(sums) if sums[number]},
        vouchers=tuple(together(found, dict(_ours(db)))),
    )


def _year_of(years: Sequence[AccountingYear], first: date, last: date) -> AccountingYear:
    for year in years:
        if year.first <= first and last <= year.last:
            return year
    told = ", ".join(f"{each.first} to {each.last}" for each in years) or "none"
    raise UsageError(
        f"The days from {first} to {last} don't lie in one accounting year (regnskabsår), and "
        f"balances begin anew with each. Export one year at a time; Dinero has: {told}."
    )


def _ours(db: Connection) -> Iterator[tuple[object, Named]]:
    yield from vouchers.vouchers(db)
    for answer, named in vouchers.answers(db):
        guid = voucher_of(answer)
        if guid is not None:
            yield guid, named


def together(found: Iterable[Entry], ours: Mapping[object, Named]) -> Iterator[Voucher]:
    """Yield entries by their vouchers, in the order of days.

    What doesn't add up to 0.00 by itself is one voucher with the rest of its day, which does: as
    where Dinero tells no voucher's name.
    """
    groups: dict[tuple[date, object], list[Entry]] = defaultdict(list)
    for entry in found:
        groups[entry.day, entry.voucher].append(entry)
    odd: dict[date, list[Entry]] = defaultdict(list)
    whole: list[Voucher] = []
    for (day, guid), some in groups.items():
        left = sum((each.amount for each in some), Decimal(0))
        if guid is None or left:
            odd[day] += some
        else:
            whole.append(Voucher(day=day, entries=tuple(some), ours=ours.get(guid)))
    rest = (Voucher(day=day, entries=tuple(some), ours=None) for day, some in odd.items())
    yield from sorted([*whole, *rest], key=lambda each: each.day)
