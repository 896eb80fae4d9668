"""Which order each movement of a settlement file is of: never one of two."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dinero_sync.domain.papers.payout import OF_AN_ORDER, Movement, MovementKind

NUMBER = "{number}"
DIGITS = r"(?<![0-9])0*([0-9]+)(?![0-9])"
"""Gateways ask for four digits or more, and shops fill up with zeros in front."""
SIGNS = {"*": ".*", NUMBER: DIGITS}

Orders = Mapping[str, Sequence[int]]
"""The ids of the orders that each number may be of: an order has one, but a shop may send its id in
place of its number, and then a number can be of two orders."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The movements of a payout that have an order, and those that should have one."""

    matched: tuple[tuple[Movement, int], ...]
    """With the order's id."""
    unmatched: tuple[Movement, ...]


def number_reader(references: Iterable[str]) -> Callable[[str], str | None]:
    """Return what finds the number of an order in a reference, by the patterns of a source.

    ``*`` is any text, and ``{number}`` the digits of the number, as in ``*order #{number}``; small
    letters are the same as capital ones. Where the patterns find two numbers, there is none.
    """
    patterns = [_pattern(each.strip()) for each in references]

    def number_in(reference: str) -> str | None:
        text = reference.strip()
        found = {
            hit[1]
            for whole, part in patterns
            if whole.fullmatch(text)
            for hit in part.finditer(text)
        }
        return found.pop() if len(found) == 1 else None

    return number_in


def _pattern(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a whole reference has to be, and what stands wherever in it a number does."""
    pieces = re.split(r"(\*|\{number\})", pattern)
    whole = "".join(SIGNS.get(each) or re.escape(each) for each in pieces)
    before = pieces[pieces.index(NUMBER) - 1]
    flags = re.IGNORECASE | re.DOTALL
    return re.compile(whole, flags), re.compile(re.escape(before) + DIGITS, flags)


def match(
    movements: Iterable[Movement], orders: Orders, number_in: Callable[[str], str | None]
) -> Matching:
    """Find the order of each sale, refund and chargeback.

    By its own reference; and a refund or chargeback without one by that of the sale of its payment.
    A number that no order has, or that may be of two, leaves the movement unmatched.
    """
    kept = [
        (each, _order(each.reference, orders, number_in))
        for each in movements
        if each.kind in OF_AN_ORDER
    ]
    payments = _payments(kept)
    matched: list[tuple[Movement, int]] = []
    unmatched: list[Movement] = []
    for movement, order in kept:
        known = order
        if known is None and number_in(movement.reference) is None:
            known = payments.get(movement.payment)
        if known is None:
            unmatched.append(movement)
        else:
            matched.append((movement, known))
    return Matching(tuple(matched), tuple(unmatched))


def _order(reference: str, orders: Orders, number_in: Callable[[str], str | None]) -> int | None:
    number = number_in(reference)
    found = set() if number is None else set(orders.get(number, ()))
    return found.pop() if len(found) == 1 else None


def _payments(movements: Iterable[tuple[Movement, int | None]]) -> dict[str, int]:
    """Return the order of each payment that sales of one order alone bear."""
    found: dict[str, set[int]] = {}
    for movement, order in movements:
        if movement.kind is MovementKind.SALE and movement.payment and order is not None:
            found.setdefault(movement.payment, set()).add(order)
    return {payment: orders.pop() for payment, orders in found.items() if len(orders) == 1}
