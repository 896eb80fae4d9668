"""Payouts out of movements, proved by what the file itself says of their sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from dinero_sync.domain.papers.payout import (
    NOTHING,
    Movement,
    MovementKind,
    Partial,
    Payout,
    payout_of,
)
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.refusal import RefusedFileError


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found in a file."""

    payouts: tuple[Payout, ...]
    partial: tuple[Partial, ...] = ()
    is_proven: bool = True
    """False where the file is in a form that its reader was written for unseen."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A row that says that money was paid out."""

    id: str
    day: date
    net: Decimal
    """Positive where the shop got it."""
    bank_text: str = ""
    currency: str = ""
    """Empty where the account that it left has one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of an account at a provider."""

    when: str
    """The time as text that sorts."""
    what: Movement | Paid
    balance: Decimal | None = None
    """What the account had after it; None where the file doesn't say."""

    @property
    def effect(self) -> Decimal:
        """Return by how much it changed the balance."""
        return -self.what.net if isinstance(self.what, Paid) else self.what.amount + self.what.fee


def proved(  # noqa: PLR0913 - a payout's own parts, by name
    movements: Iterable[Movement],
    *,
    id: str,  # noqa: A002 - the field's own name
    day: date,
    currency: str,
    net: Decimal | None = None,
    bank_text: str = "",
) -> Payout:
    """Add up a payout; raises RefusedFileError where the file says another net of it."""
    kept = tuple(movements)
    others = {each.currency for each in kept} - {currency}
    if others:
        raise RefusedFileError("several_currencies", payout=id, currencies=(currency, *others))
    total = sum((each.amount + each.fee for each in kept), NOTHING)
    if net is not None and total != net:
        raise RefusedFileError("payout_sum", payout=id, told=net, sum=total, currency=currency)
    return payout_of(kept, id=id, day=day, currency=currency, net=net, bank_text=bank_text)


def moved(  # noqa: PLR0913, PLR0917 - what a row says
    kind: MovementKind, amount: Decimal, reference: str, payment: str, currency: str, day: date
) -> Movement:
    """Build a movement of a row with one signed amount, which is its fee where it is one."""
    is_fee = kind is MovementKind.FEE
    return Movement(
        kind=kind,
        reference=reference,
        payment=payment,
        amount=NOTHING if is_fee else amount,
        fee=amount if is_fee else NOTHING,
        currency=currency,
        day=day,
    )


def by_day(payouts: Iterable[Payout]) -> tuple[Payout, ...]:
    """Put payouts in order; raises RefusedFileError where there are none, or one of them twice."""
    ordered = tuple(sorted(payouts, key=lambda each: (each.day, each.id)))
    if not ordered:
        raise RefusedFileError("nothing_paid_out")
    ids = [each.id for each in ordered]
    twice = [each for each, again in pairwise(sorted(ids)) if each == again]
    if twice:
        raise RefusedFileError("payout_twice", payout=twice[0])
    return ordered


def along_an_account(entries: Sequence[Entry], currency: str) -> Found:
    """Cut the entries of one account into payouts, where nothing else says what belongs to which.

    A payout takes what came since the one before it. What that one left, and what this one leaves,
    are movements of the kind ``carried``. A first payout whose account wasn't empty at the file's
    beginning is partial, and what was never paid out comes in a later file. Raises RefusedFileError
    where balances or payouts can't be proved.
    """
    ordered, opening = _in_order(entries)
    payouts: list[Payout] = []
    partial: list[Partial] = []
    carried, is_whole, since = opening, opening == NOTHING, list[Movement]()
    for entry in ordered:
        if isinstance(entry.what, Movement):
            since.append(entry.what)
            continue
        paid = entry.what
        left = carried + sum((each.amount + each.fee for each in since), NOTHING) - paid.net
        if is_whole:
            ends = (_carried(carried, paid, currency), _carried(-left, paid, currency))
            movements = (*since, *(each for each in ends if each.amount))
            payouts.append(_paid(movements, paid, currency))
        else:
            partial.append(Partial(paid.id, paid.day, currency, paid.net))
        carried, is_whole, since = left, True, []
    return Found(tuple(payouts), tuple(partial))


def along_each_account(entries: Iterable[tuple[tuple[str, str], Entry]]) -> Found:
    """Do so for every account in a file; each entry comes with its account and its currency."""
    accounts: dict[tuple[str, str], list[Entry]] = {}
    for account, entry in entries:
        accounts.setdefault(account, []).append(entry)
    each = [along_an_account(rows, currency) for (_, currency), rows in accounts.items()]
    partial = tuple(part for found in each for part in found.partial)
    whole = [payout for found in each for payout in found.payouts]
    if partial and not whole:
        steps = (sentence("settlement_whole_payout"),)
        raise RefusedFileError("begins_amid_a_payout", steps, payout=partial[0].id)
    return Found(by_day(whole), partial)


def _paid(movements: Iterable[Movement], paid: Paid, currency: str) -> Payout:
    return proved(
        movements,
        id=paid.id,
        day=paid.day,
        currency=currency,
        net=paid.net,
        bank_text=paid.bank_text,
    )


def _carried(amount: Decimal, paid: Paid, currency: str) -> Movement:
    return Movement(kind=MovementKind.CARRIED, amount=amount, currency=currency, day=paid.day)


def _in_order(entries: Sequence[Entry]) -> tuple[Sequence[Entry], Decimal]:
    """Return the entries, oldest first, and what the account had before them."""
    both = (entries, entries[::-1])
    ways = [way for way in both if _is_in_time(way)] or both
    openings = [(way, opening) for way in ways if (opening := _opening(way)) is not None]
    if len(openings) > 1:
        openings = [each for each in openings if each[1] == NOTHING] or openings
    if not openings:
        raise RefusedFileError("balance_broken")
    if len(openings) > 1 and len(entries) > 1:
        raise RefusedFileError("order_unclear")
    return openings[0]


def _is_in_time(entries: Sequence[Entry]) -> bool:
    return all(earlier.when <= later.when for earlier, later in pairwise(entries))


def _opening(entries: Sequence[Entry]) -> Decimal | None:
    """Return what the account had before these entries; None where they can't be in this order.

    Where no balance is told, a payout is taken to empty the account.
    """
    are_told = any(each.balance is not None for each in entries)
    opening: Decimal | None = None
    moved = NOTHING
    for each in entries:
        moved += each.effect
        known = each.balance
        if not are_told and isinstance(each.what, Paid):
            known = NOTHING
        if known is not None:
            if opening is not None and opening + moved != known:
                return None
            opening = known - moved
    return NOTHING if opening is None else opening
