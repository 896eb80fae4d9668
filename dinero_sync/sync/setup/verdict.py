"""``doctor``'s last line: how many of the orders that it has just read a run would book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dinero_sync.domain.spoken import Spoken, joined, spoken
from dinero_sync.sync.setup.findings import Diagnosis, fine, note, problem
from dinero_sync.sync.setup.outlook import Expected, Fate
from dinero_sync.texts import telling

OUTLOOK = spoken("What would a run make of these orders?")
NAMED = 5
"""So many orders of a group are named by their numbers."""


def verdict_on(orders: Sequence[Expected]) -> Diagnosis:
    """Say what a run would make of the orders that were read, and why it would hold some."""
    fates = {fate: [each for each in orders if each.fate is fate] for fate in Fate}
    counted = [told for fate in Fate if (told := _counted(fate, fates[fate]))]
    answer = spoken(
        "Of {count} orders: {fates}.", count=len(orders), fates=joined(*counted, between=", ")
    )
    meaning = joined(
        *_held(fates[Fate.HELD]),
        *_untold(fates[Fate.UNTOLD]),
        spoken("Each document, line by line, before the first run: dinero-sync plan"),
        between="\n",
    )
    verdict = problem if fates[Fate.HELD] else note if not fates[Fate.BOOKED] else fine
    return replace(verdict(OUTLOOK, answer, meaning), orders=_as_data(fates))


def _counted(fate: Fate, orders: Sequence[Expected]) -> Spoken | None:
    """Say how many orders have a fate; None where none has."""
    if not orders:
        return None
    count = len(orders)
    sums = tuple(
        spoken("{amount} {currency}", amount=amount, currency=currency)
        for currency, amount in _totals(orders).items()
    )
    return {
        Fate.BOOKED: spoken("{count} would be booked ({sums})", count=count, sums=sums),
        Fate.HELD: spoken("{count} held", count=count),
        Fate.WAITING: spoken("{count} not due yet", count=count),
        Fate.NEVER: spoken("{count} never become an invoice", count=count),
        Fate.DONE: spoken("{count} done already", count=count),
        Fate.UNTOLD: spoken("{count} undecided", count=count),
    }[fate]


def _totals(orders: Sequence[Expected]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for each in orders:
        found[each.currency] = found.get(each.currency, Decimal(0)) + each.total
    return found


def _by_text(held: Sequence[Expected]) -> list[list[Expected]]:
    """Group the orders that are held by what is said of them, the largest group first."""
    groups: dict[str, list[Expected]] = {}
    for each in held:
        groups.setdefault(each.text, []).append(each)
    return sorted(groups.values(), key=len, reverse=True)


def _held(held: Sequence[Expected]) -> Iterator[Spoken]:
    for group in _by_text(held):
        first, rest = group[0], len(group) - NAMED
        numbers = tuple(f"#{each.number}" for each in group[:NAMED])
        yield spoken(
            "Held as {reason}: {numbers}. {message}",
            reason=first.reason,
            numbers=numbers
            if rest <= 0
            else spoken("{numbers} and {rest} more", numbers=numbers, rest=rest),
            message=telling.spoken_as(first.text, first.facts),
        )


def _untold(untold: Sequence[Expected]) -> Iterator[Spoken]:
    if untold:
        yield spoken(
            "The undecided depend on products of the catalogue, or on what the EU says of VAT "
            "numbers; doctor asks few of them, a run asks them all."
        )


def _as_data(fates: Mapping[Fate, Sequence[Expected]]) -> dict[str, object]:
    """Return the same for programs."""
    return {
        "read": sum(map(len, fates.values())),
        **{str(fate): len(orders) for fate, orders in fates.items()},
        "totals": _totals(fates[Fate.BOOKED]),
        "reasons": [
            {
                "reason": group[0].reason,
                "orders": len(group),
                "numbers": [each.number for each in group],
            }
            for group in _by_text(fates[Fate.HELD])
        ],
    }
