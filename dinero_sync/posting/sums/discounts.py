"""A discount laid on lines and freight: the usual way, and the others that a shop may have meant.

A discount lowers what VAT is reckoned of (momsloven § 27, stk. 3, nr. 2). Where an order has goods
of different VAT, whose price it lowers decides the VAT; which it was only the order itself can say.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.money import spread
from dinero_sync.domain.order import Order, OrderLine

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reduced:
    """What the lines and the freight cost, gross; as a rule after the discount."""

    lines: tuple[Decimal, ...]
    shipping: Decimal


WaysToReduce = list[list[Reduced]]
"""Groups of ways in which a discount may be meant, the likelier first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounted:
    """What an order costs before its voucher, and which of it a voucher can be for."""

    amounts: tuple[Decimal, ...]
    """Of each line; 0 for a line that is a discount itself, and taken off the others."""
    freight: Decimal
    voucher: Decimal
    is_reduced: tuple[bool, ...]
    """False for gift cards that are sold: their face value is owed to the holder in full."""

    @property
    def goods(self) -> tuple[Decimal, ...]:
        """What each line costs that a voucher can be for."""
        return tuple(
            amount if reduced else NOTHING
            for amount, reduced in zip(self.amounts, self.is_reduced, strict=True)
        )

    @property
    def exceeds_goods(self) -> bool:
        """Tell whether a gift card, which no discount is for, would have to bear some of it."""
        return not all(self.is_reduced) and self.voucher > sum(self.goods, NOTHING)


def before_voucher(order: Order, is_reduced: Sequence[bool]) -> Discounted | None:
    """Take lines with a negative price off those of the same VAT rate, each by its amount.

    None where such a line names no rate that lines of the order have, or more than these cost.
    """
    amounts = [max(line.amount, NOTHING) for line in order.lines]
    for line in discount_lines(order):
        alike = [
            amount if reduced and other.vat_rate == line.vat_rate else NOTHING
            for other, amount, reduced in zip(order.lines, amounts, is_reduced, strict=True)
        ]
        if sum(alike, NOTHING) < -line.amount:
            return None
        shares = spread(-line.amount, alike)
        amounts = [amount - share for amount, share in zip(amounts, shares, strict=True)]
    return Discounted(
        amounts=tuple(amounts),
        freight=order.shipping_price,
        voucher=order.voucher_amount,
        is_reduced=tuple(is_reduced),
    )


def discount_lines(order: Order) -> list[OrderLine]:
    """Return the lines that stand for a discount or a return: those with a negative amount."""
    return [line for line in order.lines if line.amount < 0]


def reduce_by_voucher(costs: Discounted) -> Reduced:
    """Spread the voucher over the goods by largest remainder, each by its gross amount.

    What the voucher is more than the goods comes off the freight.
    """
    on_goods = min(costs.voucher, sum(costs.goods, NOTHING))
    return _laid(costs, on_goods, costs.goods)


def ways_to_reduce(
    costs: Discounted, vat: Sequence[Hashable], freight_vat: Hashable
) -> WaysToReduce:
    """Return the ways to lay the voucher, the likelier group first, the usual way first of all.

    ``vat`` says which treatment each line has, ``freight_vat`` that of the freight. Of goods of one
    treatment there is one way. Else the voucher may be for all of them, or for those of one
    treatment. What it does to freight is asked last, or where it is just the freight's price.
    """
    usual = reduce_by_voucher(costs)
    goods = sum(costs.goods, NOTHING)
    if not costs.voucher or costs.voucher > goods:
        return [[usual]]
    different: dict[Hashable, None] = dict.fromkeys(
        treatment for treatment, amount in zip(vat, costs.goods, strict=True) if amount
    )
    on_goods = [usual, *(_on_one(costs, vat, each) for each in different)]
    with_freight: list[Reduced | None] = []
    if costs.freight and set(different) != {freight_vat}:
        alone = _laid(costs, NOTHING, costs.goods)
        with_freight = [alone if costs.voucher <= costs.freight else None, _on_all(costs)]
    free_freight = costs.voucher == costs.freight
    groups = [on_goods + with_freight] if free_freight else [on_goods, with_freight]
    found = [list(dict.fromkeys(way for way in group if way is not None)) for group in groups]
    return [group for group in found if group]


def _on_one(costs: Discounted, vat: Sequence[Hashable], treatment: Hashable) -> Reduced | None:
    weights = [
        amount if each == treatment else NOTHING
        for amount, each in zip(costs.goods, vat, strict=True)
    ]
    return _laid(costs, costs.voucher, weights) if sum(weights) >= costs.voucher else None


def _on_all(costs: Discounted) -> Reduced:
    *_, on_freight = spread(costs.voucher, [*costs.goods, costs.freight])
    return _laid(costs, costs.voucher - on_freight, costs.goods)


def _laid(costs: Discounted, on_lines: Decimal, weights: Sequence[Decimal]) -> Reduced:
    """Lay so much on the lines by their weights, and the rest of the voucher on the freight."""
    shares = spread(on_lines, weights)
    return Reduced(
        lines=tuple(amount - share for amount, share in zip(costs.amounts, shares, strict=True)),
        shipping=costs.freight - (costs.voucher - on_lines),
    )
