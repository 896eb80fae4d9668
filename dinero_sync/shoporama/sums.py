"""Whether an order's amounts can be those of an invoice: none negative, and all adding up."""

from decimal import Decimal

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Order, OrderLine
from dinero_sync.shoporama.raw_order import NOTHING_BOOKED

MOST_LINES_SHOWN = 10


def rounding_of(order: Order, limit: Decimal) -> Decimal:
    """Return what the total is above its parts, which may be ``limit`` in either direction.

    Raises HeldError for a negative amount, and when the parts don't give the total.
    """
    for name, amount in _named_amounts(order):
        if amount < 0:
            raise _negative(order, name, amount)
    products = sum((line.amount for line in order.lines), Decimal(0))
    difference = order.total - (products + order.shipping_price - order.voucher_amount)
    if abs(difference) > limit:
        raise _does_not_add_up(order, products)
    return difference


def _named_amounts(order: Order) -> list[tuple[str, Decimal]]:
    amounts = [
        ("total", order.total),
        ("VAT", order.vat or Decimal(0)),
        ("freight", order.shipping_price),
    ]
    for position, line in enumerate(order.lines, start=1):
        amounts.append((f"number of pieces on order line {position}", line.quantity))
        amounts.append((f"unit price on order line {position}", line.unit_price))
    return amounts


def _negative(order: Order, name: str, amount: Decimal) -> HeldError:
    return HeldError(
        HoldReason.NEGATIVE_AMOUNT,
        f"The order's {name} is negative: {amount}. An invoice can't say that, and whether it "
        f"stands for a discount, a return or a mistake isn't known. {NOTHING_BOOKED}",
        _correct_or_skip(order),
    )


def _does_not_add_up(order: Order, products: Decimal) -> HeldError:
    result = products + order.shipping_price - order.voucher_amount
    parts = [*_line_terms(order.lines, products), f"freight {order.shipping_price}"]
    return HeldError(
        HoldReason.LINES_DO_NOT_ADD_UP,
        f"The order doesn't add up: {' + '.join(parts)} - voucher {order.voucher_amount} "
        f"= {result:.2f}, but its total is {order.total} {order.currency}, which is "
        f"{order.total - result:+.2f}. An invoice of these lines would not be what the customer "
        f"pays. {NOTHING_BOOKED}",
        f"{_correct_or_skip(order)} Where the shop keeps freight or the voucher's amount under "
        f"another name (`dinero-sync show {order.order_id} --json` shows all names), say so in "
        "the configuration:\nshoporama:\n  fields:\n    shipping_price: name_in_your_shop\n"
        "    voucher_discount_amount: name_in_your_shop",
    )


def _line_terms(lines: tuple[OrderLine, ...], products: Decimal) -> list[str]:
    if not lines or len(lines) > MOST_LINES_SHOWN:
        return [f"{len(lines)} order lines {products:.2f}"]
    return [f"{line.quantity.normalize():f} × {line.unit_price}" for line in lines]


def _correct_or_skip(order: Order) -> str:
    return (
        "Correct the order in the shop; it is then read again by itself. Or end it without an "
        f'invoice: `dinero-sync skip {order.order_id} --reason "…"`.'
    )
