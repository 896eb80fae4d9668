"""What we posted on a clearing account, and where it is among the entries that Dinero lists."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from dinero_sync.domain.chart import Entry
from dinero_sync.domain.money import ORE

NOTHING = Decimal("0.00")
WORD = re.compile(r"[\w-]+")


class Column(StrEnum):
    """Where what is ours counts in the statement of an account."""

    SALES = "sales"
    REFUNDS = "refunds"
    PAYOUTS = "payouts"
    FEES = "fees"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ours:
    """What one document of ours moved on one account."""

    name: str
    """What people call it by: an order's number, or the whole name of a payout."""
    order_id: int | None
    """None for what isn't of one order."""
    account: int
    day: date
    parts: Mapping[Column, Decimal] = field(default_factory=dict)
    """In kroner: debit positive."""
    description: str = ""
    """The text that we gave it; empty where it has several."""
    voucher: UUID | None = None
    """Dinero's own name of it; None where the journal doesn't know it."""
    invoice_number: int | None = None
    is_foreign: bool = False
    """Whether its invoice is in another currency, so that a rate made its amount."""
    is_certain: bool = True
    """False for what was found at Dinero, and may have been somebody else's."""
    coded: Mapping[str, Decimal] = field(default_factory=dict)
    """How much of it bears which VAT code, with the VAT that is in it."""

    @property
    def own_name(self) -> str:
        """What a text calls it by: an order's number, or a payout's or a bill's own."""
        return self.name.rpartition(":")[2]

    @property
    def amount(self) -> Decimal:
        """What it moved, in kroner."""
        return sum(self.parts.values(), NOTHING)


class Cause(StrEnum):
    """Why what we posted isn't what Dinero holds."""

    MISSING = "missing"
    REVERSED = "reversed"
    """It was deleted, or its opposite was posted under the same voucher."""
    OTHER_ACCOUNT = "other_account"
    RATE = "rate"
    """An øre, where a rate of exchange made the amount."""
    ROUNDING = "rounding"
    """An øre in kroner."""
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One of ours that is missing or altered."""

    ours: Ours
    found: Decimal
    """What Dinero has of it on its account, in kroner."""
    cause: Cause
    other_account: int | None = None
    """Where it is instead."""

    @property
    def amount(self) -> Decimal:
        """What Dinero has more, in kroner; negative for less."""
        return self.found - self.ours.amount


@dataclass(slots=True)
class Found:
    """What Dinero's entries have of ours, and what in them isn't ours."""

    amounts: dict[Ours, Decimal] = field(default_factory=dict)
    """What each comes to; those that weren't found aren't in it."""
    entries: dict[Ours, list[Entry]] = field(default_factory=dict)
    """What each is made of in Dinero."""
    elsewhere: dict[Ours, list[Entry]] = field(default_factory=dict)
    """Entries of the same voucher on other accounts."""
    others: list[Entry] = field(default_factory=list)
    """Entries on the accounts that aren't ours."""

    def take(self, ours: Ours, entry: Entry) -> None:
        """Take an entry for one of ours."""
        self.amounts[ours] = self.amounts.get(ours, NOTHING) + entry.amount
        self.entries.setdefault(ours, []).append(entry)

    def difference(self, ours: Ours) -> Difference | None:
        """Tell what is wrong with one of ours; None where nothing is."""
        found = self.amounts.get(ours)
        if found == ours.amount:
            return None
        beside = self._elsewhere(ours) if found is None else None
        return Difference(
            ours=ours,
            found=found or NOTHING,
            cause=Cause.OTHER_ACCOUNT if beside else _cause(ours, found),
            other_account=beside,
        )

    def _elsewhere(self, ours: Ours) -> int | None:
        same = (each for each in self.elsewhere.get(ours, ()) if each.amount == ours.amount)
        return next((each.account for each in same), None)


def _cause(ours: Ours, found: Decimal | None) -> Cause:
    if found is None:
        return Cause.MISSING
    if not found:
        return Cause.REVERSED
    if abs(found - ours.amount) > ORE:
        return Cause.AMOUNT
    return Cause.RATE if ours.is_foreign else Cause.ROUNDING


def find(
    ours: Collection[Ours],
    entries: Iterable[Entry],
    accounts: Collection[int],
    *,
    names_tell: bool,
) -> Found:
    """Look for each of ours among the entries of its period; those on ``accounts`` are all taken.

    By Dinero's own name of the voucher. Where the journal doesn't know that, or no entry bears such
    a name, by our text; else by the invoice's number and the amount, else by day and amount. And
    what is missing of one of ours is found where an entry of just that amount names its order: so
    a person mends it. An entry is taken for one of ours at most. With ``names_tell`` it is known
    that entries bear such names, also where none of these does.
    """
    found = Found()
    named: dict[tuple[UUID | None, int], Ours] = {
        (each.voucher, each.account): each for each in ours if each.voucher
    }
    by_voucher = _by_voucher(ours)
    loose: list[Entry] = []
    for entry in entries:
        own = named.get((entry.voucher, entry.account))
        if own is not None:
            found.take(own, entry)
            continue
        for each in by_voucher.get(entry.voucher, ()):
            found.elsewhere.setdefault(each, []).append(entry)
        if entry.account in accounts:
            loose.append(entry)
    names_tell = names_tell or bool(found.amounts)
    left = [
        each
        for each in ours
        if each not in found.amounts and not (names_tell and each.voucher is not None)
    ]
    loose = _find_otherwise(left, loose, found)
    found.others = _make_up(ours, loose, found)
    return found


def _by_voucher(ours: Iterable[Ours]) -> dict[UUID | None, list[Ours]]:
    known: dict[UUID | None, list[Ours]] = {}
    for each in ours:
        if each.voucher is not None:
            known.setdefault(each.voucher, []).append(each)
    return known


def _find_otherwise(ours: Iterable[Ours], loose: list[Entry], found: Found) -> list[Entry]:
    """Find what no voucher's name tells, and return the entries that are nobody's."""
    wanted = list(ours)
    for signs_of in (_by_text, _by_number, _by_day):
        signs: dict[object, list[Entry]] = {}
        for entry in loose:
            signs.setdefault(signs_of(entry), []).append(entry)
        taken: set[int] = set()
        for each in wanted:
            own = signs.get(signs_of(each), [])
            some = own if signs_of is _by_text else own[:1]
            for entry in some:
                found.take(each, entry)
                taken.add(id(entry))
            del own[: len(some)]
        wanted = [each for each in wanted if each not in found.amounts]
        loose = [entry for entry in loose if id(entry) not in taken]
    return loose


def _make_up(ours: Iterable[Ours], loose: Iterable[Entry], found: Found) -> list[Entry]:
    """Find what makes up for ours that are missing or altered, and return what is nobody's."""
    by_amount: dict[tuple[int, Decimal], list[Entry]] = {}
    for entry in loose:
        by_amount.setdefault((entry.account, entry.amount), []).append(entry)
    for each in ours:
        so_far = found.amounts.get(each, NOTHING)
        some = by_amount.get((each.account, each.amount - so_far), [])
        own = next((entry for entry in some if _names(entry, each)), None)
        if own is not None:
            found.take(each, own)
            some.remove(own)
    return [entry for some in by_amount.values() for entry in some]


def _names(entry: Entry, ours: Ours) -> bool:
    """Tell whether an entry says which order, invoice or payout it is about."""
    number = ours.invoice_number
    return ours.own_name in words_of(entry) or (
        number is not None and number == entry.voucher_number
    )


def words_of(entry: Entry) -> set[str]:
    """Return the words, and the numbers, of an entry's text."""
    return set(WORD.findall(entry.description))


def _by_text(of: Entry | Ours) -> object:
    return (of.account, of.description) if of.description else object()


def _by_number(of: Entry | Ours) -> object:
    number = of.voucher_number if isinstance(of, Entry) else of.invoice_number
    return (of.account, number, of.amount) if number else object()


def _by_day(of: Entry | Ours) -> object:
    return (of.account, of.day, of.amount)


def differences(ours: Iterable[Ours], found: Found) -> Iterator[Difference]:
    """Yield those of ours that are missing or altered, in their order."""
    told = (found.difference(each) for each in ours)
    return (each for each in told if each is not None)
