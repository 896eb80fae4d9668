"""Amounts of money, exact to the øre."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

KRONER = "DKK"
"""The currency of the books."""
ORE = Decimal("0.01")
"""The smallest amount there is, in kroner (and a cent, in euro)."""


def round_to_ore(amount: Decimal) -> Decimal:
    """Round ``amount`` (kroner) half up to two decimals, as invoices do."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add up ``amounts``; 0 where there are none."""
    return sum(amounts, Decimal(0))


def is_whole_ore(amount: Decimal) -> bool:
    """Tell whether ``amount`` (kroner) has no fraction of an øre."""
    return amount == round_to_ore(amount)


def vat_inside(gross: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT contained in ``gross`` at ``rate`` percent, in kroner and unrounded."""
    return gross * rate / (100 + rate)


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split ``amount`` (kroner) over ``weights`` in whole øre that add up to it exactly.

    By largest remainder: each share is within one øre of its exact part, and where remainders tie
    the earlier share gets the øre, so the same order is always split in the same way. Raises
    ValueError for a negative amount or weight, for a fraction of an øre, and for an amount to be
    spread over weights that are all zero.
    """
    if not is_whole_ore(amount) or min([amount, *weights]) < 0:
        raise ValueError("only amounts in whole øre that aren't negative can be spread")
    whole = total(weights)
    if not whole:
        if amount:
            raise ValueError("an amount can't be spread over weights that are all zero")
        return [Decimal(0) for _ in weights]
    ore = [amount / ORE * weight / whole for weight in weights]
    shares = [int(part) for part in ore]
    missing = int(amount / ORE) - sum(shares)
    by_remainder = sorted(range(len(ore)), key=lambda at: (shares[at] - ore[at], at))
    for at in by_remainder[:missing]:
        shares[at] += 1
    return [share * ORE for share in shares]
