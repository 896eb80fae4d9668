"""The statement of a clearing account: how ours and others' entries make its balance."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from dinero_sync.domain.chart import Entry, EntryKind
from dinero_sync.posting.clearing.ours import (
    NOTHING,
    Column,
    Difference,
    Found,
    Ours,
    differences,
    find,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingAccount:
    """An account that money waits on between an order's payment and its payout."""

    number: int
    payment_types: tuple[str, ...] = ()
    """The names of the entries of ``payment_types`` that register payments there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a payout of ours says that it paid out of an order."""

    order_id: int
    account: int
    amount: Decimal | None
    """In kroner; None where the payout is in another currency: all of it then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a provider kept of a payout: a reserve, or a balance that it carries on."""

    name: str
    """Of the payout."""
    account: int
    amount: Decimal
    """In kroner; negative where it let go more than it kept."""
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An order whose payout hasn't come."""

    order_id: int
    number: str
    amount: Decimal
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One account in one period, in kroner, debit positive."""

    account: ClearingAccount
    opening: Decimal
    columns: Mapping[Column, Decimal]
    other: Decimal
    """Entries that aren't ours."""
    in_dinero: Decimal
    open: tuple[Open, ...]
    """The oldest first."""
    kept: tuple[Kept, ...]
    """What providers keep back, the oldest first; empty where all of it was let go."""
    unexplained: tuple[Entry, ...]
    """What ``other`` is made of."""
    differences: tuple[Difference, ...]
    """What of ours is missing or altered."""

    @property
    def closing(self) -> Decimal:
        """What the account should hold: the opening balance, ours, and what others posted."""
        return self.opening + sum(self.columns.values(), NOTHING) + self.other

    @property
    def difference(self) -> Decimal:
        """What Dinero has more than that; negative for less."""
        return self.in_dinero - self.closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What Dinero's books hold in a period."""

    first: date
    opening: Mapping[int, Decimal]
    """What each account holds at the begin of ``first``."""
    entries: Iterable[Entry]
    """All from ``first`` to the end of the period; they are gone through once."""
    column_of: Callable[[Entry], Column | None] = lambda _: None
    """Where an entry counts that is ours though the journal lost it; None for anybody else's."""


def statements(
    accounts: Sequence[ClearingAccount],
    ours: Sequence[Ours],
    settled: Iterable[Settled],
    books: Books,
    kept: Iterable[Kept] = (),
) -> list[Statement]:
    """Reckon the accounts in the period of ``books``.

    ``ours``, ``settled`` and ``kept`` are all there were until the period's end, also before it.
    """
    numbers = {each.number for each in accounts}
    own = [each for each in ours if each.account in numbers]
    of_period = [each for each in own if each.day >= books.first]
    posted = (each for each in books.entries if each.kind is EntryKind.POSTED)
    found = find(of_period, posted, numbers, names_tell=False)
    waiting = _open_orders(_not_invented(own, of_period, found), settled)
    back = _kept_back(kept)
    return [
        _statement(
            each,
            of_period,
            found,
            books,
            waiting.get(each.number, ()),
            back.get(each.number, ()),
        )
        for each in accounts
    ]


def _not_invented(own: Iterable[Ours], of_period: Iterable[Ours], found: Found) -> Iterator[Ours]:
    """Leave out what may have been somebody else's, and isn't there as ours."""
    strangers = {each for each in of_period if not each.is_certain and each not in found.amounts}
    return (each for each in own if each not in strangers)


def _statement(  # noqa: PLR0913, PLR0917 - what a statement is made of
    account: ClearingAccount,
    of_period: Sequence[Ours],
    found: Found,
    books: Books,
    open_orders: Sequence[Open],
    kept: Sequence[Kept],
) -> Statement:
    number = account.number
    opening = books.opening.get(number, NOTHING)
    own = [
        each
        for each in of_period
        if each.account == number and (each.is_certain or each in found.amounts)
    ]
    beside = [each for each in found.others if each.account == number]
    lost = [(column, each) for each in beside if (column := books.column_of(each)) is not None]
    others = [each for each in beside if books.column_of(each) is None]
    columns = dict.fromkeys(Column, NOTHING)
    for each in own:
        for column, amount in each.parts.items():
            columns[column] += amount
    for column, entry in lost:
        columns[column] += entry.amount
    other = sum((each.amount for each in others), NOTHING)
    held = sum((found.amounts.get(each, NOTHING) for each in own), NOTHING)
    held += sum((each.amount for _, each in lost), NOTHING)
    closing = opening + sum(columns.values(), NOTHING) + other
    kept_back = sum((each.amount for each in kept), NOTHING)
    return Statement(
        account=account,
        opening=opening,
        columns=columns,
        other=other,
        in_dinero=opening + held + other,
        open=_without_paid_out(open_orders, closing - kept_back),
        kept=tuple(kept),
        unexplained=tuple(sorted(others, key=attrgetter("day"))),
        differences=tuple(differences(own, found)),
    )


def _kept_back(kept: Iterable[Kept]) -> dict[int, list[Kept]]:
    """Return what is kept back on each account, from when nothing was for the last time."""
    found: dict[int, list[Kept]] = defaultdict(list)
    for each in sorted(kept, key=attrgetter("since", "name")):
        of_account = found[each.account]
        of_account.append(each)
        if not sum(one.amount for one in of_account):
            of_account.clear()
    return found


def _open_orders(ours: Iterable[Ours], settled: Iterable[Settled]) -> dict[int, list[Open]]:
    """Return, of each account, the orders that no payout of ours names, the oldest first."""
    amounts: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    since: dict[tuple[int, int], tuple[date, str]] = {}
    for each in ours:
        if each.order_id is not None:
            key = each.account, each.order_id
            amounts[key] += each.amount
            since[key] = min(since.get(key, (each.day, each.name)), (each.day, each.name))
    for said in settled:
        key = said.account, said.order_id
        if key in amounts:
            amounts[key] -= amounts[key] if said.amount is None else said.amount
    found: dict[int, list[Open]] = {}
    for (account, order_id), amount in amounts.items():
        day, number = since[account, order_id]
        if amount:
            order = Open(order_id=order_id, number=number, amount=amount, since=day)
            found.setdefault(account, []).append(order)
    return {
        account: sorted(orders, key=attrgetter("since", "order_id"))
        for account, orders in found.items()
    }


def _without_paid_out(orders: Iterable[Open], balance: Decimal) -> tuple[Open, ...]:
    """Leave out what is no longer in the balance of orders: the oldest was paid out first.

    Payouts that name no orders, and those that somebody posted by hand, leave less in the account
    than its orders come to. Each order is left out as a whole or not at all.
    """
    waiting = list(orders)
    too_much = sum((each.amount for each in waiting), NOTHING) - balance
    kept = []
    for each in waiting:
        if 0 < each.amount <= too_much:
            too_much -= each.amount
        else:
            kept.append(each)
            too_much = NOTHING if each.amount > 0 else too_much
    return tuple(kept)
