"""A voucher takes its share off the lines, to the øre; what is left of it reduces the freight."""

from dataclasses import dataclass
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import is_whole_ore, spread
from dinero_sync.domain.order import Order


@dataclass(frozen=True, slots=True)
class Reduced:
    """What the lines and the freight cost after the voucher, gross."""

    lines: tuple[Decimal, ...]
    shipping: Decimal


def reduce_by_voucher(order: Order) -> Reduced:
    """Spread the voucher over the product lines by largest remainder, each by its gross amount.

    Because every line keeps its own VAT rate, the VAT of the discount is right as well. Raises
    HeldError for a line that doesn't come to whole øre.
    """
    amounts = _whole_amounts(order)
    on_lines = min(order.voucher_amount, sum(amounts, Decimal(0)))
    shares = spread(on_lines, amounts)
    return Reduced(
        lines=tuple(amount - share for amount, share in zip(amounts, shares, strict=True)),
        shipping=order.shipping_price - (order.voucher_amount - on_lines),
    )


def unreduced(order: Order) -> Reduced:
    """Return what lines and freight cost without the voucher; raises HeldError as above."""
    return Reduced(lines=tuple(_whole_amounts(order)), shipping=order.shipping_price)


def _whole_amounts(order: Order) -> list[Decimal]:
    amounts = [line.amount for line in order.lines]
    for position, amount in enumerate(amounts, start=1):
        if not is_whole_ore(amount):
            raise HeldError(
                HoldReason.LINES_DO_NOT_ADD_UP,
                f"Order line {position} comes to {amount}, which has a fraction of an øre. Rounded "
                "on its own it would make the invoice another amount than the order.",
                "Correct the price or the number of pieces in the shop; the order is then read "
                "again by itself.",
            )
    return amounts
