"""Whether an order adds up: lines, freight and voucher give its total, or it is held."""

from dataclasses import replace
from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.money import ORE, is_whole_ore, round_to_ore
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import (
    Fact,
    Facts,
    Steps,
    Yaml,
    sentence,
)
from dinero_sync.shoporama.order_parts import NO_SALE, OR_BY_HAND, PRICE, RawFields

MOST_LINES_SHOWN = 10
MOST_ROUNDED = Decimal("1.00")
"""What may still be a matter of rounding, in the order's currency."""
CORRECT: Steps = (sentence("correct_order"), *OR_BY_HAND)


def added_up(order: Order, limit: Decimal) -> Order:
    """Return the order with what its voucher took off, and what its total is above its parts.

    A voucher may be worth more than what it pays: what was used of it follows from the total. Else
    the difference may be ``limit`` in either direction. Raises HeldError for a negative amount that
    is no discount, and when the parts don't give the total.
    """
    _refuse_negative(order)
    used = _gross(order) - order.total
    if _used_up_to(order, used):
        return replace(order, voucher_amount=used)
    rounded = replace(order, voucher_amount=round_to_ore(order.voucher_amount))
    difference = rounded.voucher_amount - used
    if abs(difference) > limit:
        raise _does_not_add_up(rounded, difference)
    return replace(rounded, rounding=difference)


def _gross(order: Order) -> Decimal:
    return sum((line.amount for line in order.lines), order.shipping_price)


def _used_up_to(order: Order, used: Decimal) -> bool:
    """Tell whether the voucher paid the goods, or all, and was worth more; or wasn't whole øre."""
    worth = order.voucher_amount
    if worth > used >= 0 and order.total in {0, order.shipping_price}:
        return True
    return not is_whole_ore(worth) and abs(worth - used) < ORE


def _refuse_negative(order: Order) -> None:
    """Hold negative amounts; lines that take something off a sale are discounts, or returns."""
    amounts = [
        ("total", order.total),
        ("VAT", order.vat or Decimal(0)),
        ("freight", order.shipping_price),
    ]
    for name, amount in amounts:
        if amount < 0:
            raise _negative("", amount, name=name)
    is_sale = order.total > 0 or order.voucher_amount >= _gross(order) - order.total > 0
    for position, line in enumerate(order.lines, start=1):
        if line.amount < 0 and is_sale:
            continue
        if line.quantity < 0:
            raise _negative("pieces", line.quantity, position=position)
        if line.unit_price < 0:
            raise _negative("price", line.unit_price, position=position)


def _negative(text: str, amount: Decimal, **facts: Fact) -> HeldError:
    steps = (*CORRECT, *NO_SALE)
    return HeldError(HoldReason.NEGATIVE_AMOUNT, text, steps, amount=amount, **facts)


def _does_not_add_up(order: Order, difference: Decimal) -> HeldError:
    if _is_their_vat(order, difference):
        return HeldError(
            HoldReason.LINES_DO_NOT_ADD_UP,
            "without_vat",
            (sentence("prices_with_vat"), RawFields.yaml(PRICE), *OR_BY_HAND),
            difference=difference,
            total=order.total,
        )
    products = _gross(order) - order.shipping_price
    many = not order.lines or len(order.lines) > MOST_LINES_SHOWN
    lines: Facts = (
        {"count": len(order.lines), "products": products}
        if many
        else {"lines": tuple(n for each in order.lines for n in (each.quantity, each.unit_price))}
    )
    return HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        "many_parts" if many else "parts",
        _what_adds_up(order, difference),
        freight=order.shipping_price,
        voucher=order.voucher_amount,
        sum=order.total - difference,
        total=order.total,
        currency=order.currency,
        difference=difference,
        **lines,
    )


def _is_their_vat(order: Order, difference: Decimal) -> bool:
    """Tell whether the total is above the lines by just their VAT: with or without the freight's.

    Then the shop states the prices of its lines without VAT.
    """
    rates = [(line.amount, line.vat_rate or Decimal(0)) for line in order.lines]
    of_lines = sum((amount * rate / 100 for amount, rate in rates), Decimal(0))
    near = ORE * (len(rates) + 1)
    vats = [vat for vat in (of_lines, order.vat) if vat]
    return any(abs(difference - vat) <= near < difference for vat in vats)


def _what_adds_up(order: Order, difference: Decimal) -> Steps:
    """Say what mends the difference: a small one may be booked as rounding."""
    if abs(difference) <= MOST_ROUNDED:
        allowed = Yaml(
            "posting:\n"
            "  rounding:\n"
            f"    limit: {abs(difference)}\n"
            "    account: 1490  # Øredifferencer\n"
        )
        return (sentence("allow_rounding"), allowed, *CORRECT, *NO_SALE)
    return (
        *CORRECT,
        *NO_SALE,
        sentence("freight_under_another_name", order=str(order.order_id)),
        RawFields.yaml("shipping_price", "voucher_discount_amount"),
    )
